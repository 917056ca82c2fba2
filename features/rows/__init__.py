"""Rows: every column answered for a cohort, explained for one child, and the timeline behind."""
