"""Trees: read from a bundle, and walked to the score and to the exact reasons for it."""
