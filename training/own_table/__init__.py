"""A ready-made table: rows that somebody else has made, trained on and judged as our own are."""
