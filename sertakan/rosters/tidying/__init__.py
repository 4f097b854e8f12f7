"""From what was typed to what was meant: NIK, dates, sex, jobs, names, places."""
