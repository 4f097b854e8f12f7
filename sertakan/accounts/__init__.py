"""The people who work with the program, and how they sign in."""
