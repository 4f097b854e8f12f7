"""Work in the background: jobs that people start and watch, and what is done by the clock."""
