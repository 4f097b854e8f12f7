"""Our own PostgreSQL: the launcher, the two roles, and set-based helpers. No Django models."""
