"""What each page shows, as plain values worked out before the template is asked."""
