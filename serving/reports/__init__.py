"""The reports: one answer explained to a person, on one page that needs nothing else."""
