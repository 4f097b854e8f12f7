"""What a sponsor would pay, and what a family would receive: the law asked on a page."""
