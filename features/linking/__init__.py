"""The same person in the case files of offices that share no number: found, merged, undone."""
