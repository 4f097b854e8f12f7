"""Rosters as offices really send them: read, tidied, checked and linked. Pure Polars, no
database."""
