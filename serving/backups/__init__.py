"""Backups: all that a desk keeps, copied while it answers, and put back in an empty place."""
