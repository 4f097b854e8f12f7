"""A death reported, decided by the law, approved by a second person, and paid once."""
