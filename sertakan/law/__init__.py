"""The law of JKK and JKM as dated data and pure functions. No Django, no clock, no database."""
