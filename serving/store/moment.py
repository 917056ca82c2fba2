"""Moments as the store keeps them: alike on every database, and in order as text."""

from datetime import UTC, datetime


def told(at: datetime) -> str:
    """A time as the store keeps it: ISO 8601 in UTC, whatever the zone that it came in."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")
