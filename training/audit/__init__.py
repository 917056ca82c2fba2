"""The audit report: what a model is, how well it does, for whom, and what nobody can know of it."""
