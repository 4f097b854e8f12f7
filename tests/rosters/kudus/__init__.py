"""A made-up kabupaten: lists as other offices send them, with what is true of every row.

Nothing here comes from the code under test. People, layouts and faults are drawn from a seed.
"""
