"""Erasing: what is kept of a child goes, when somebody says so or when it was kept long enough."""
