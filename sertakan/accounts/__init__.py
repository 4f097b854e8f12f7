"""Users: who signs in."""
