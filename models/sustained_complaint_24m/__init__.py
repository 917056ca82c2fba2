"""A sustained complaint within 24 months: the same path on a real, public history."""
