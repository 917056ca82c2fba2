"""Notified again within 12 months, and substantiated."""
