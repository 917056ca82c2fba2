"""Selective labels: what became of children whom nobody looked at, and what cannot be known."""
