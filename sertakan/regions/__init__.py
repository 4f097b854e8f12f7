"""Kemendagri codes from province down to village."""
