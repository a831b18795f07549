"""What people typed, kept as typed, and read into what the actions take."""
