"""Sponsors and the agreements under which they pay: places, budget, period."""
