"""The planning of hours: how many children are reached for the time that an office has."""
