"""Data quality: what in a case file cannot be read, cannot be right, is late or is not there."""
