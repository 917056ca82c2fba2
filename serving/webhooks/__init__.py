"""Webhooks: what happens in an office is told to those who asked for it, by ids alone."""
