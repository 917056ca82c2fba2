"""Placement within 24 months of a notification."""
