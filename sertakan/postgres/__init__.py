"""PostgreSQL: the server started for us where none is named, its two roles, and bulk loading."""
