"""Case files in, one row per child and cutoff out."""
