"""Divergence: the same children under several outcomes, and whose band depends on the choice."""
