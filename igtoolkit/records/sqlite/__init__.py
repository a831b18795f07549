"""SQLite as this service uses it."""
