"""Baselines: simpler ways of scoring, which trees are held against."""
