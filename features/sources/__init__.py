"""Importers: the files of a case system become a case file, and nothing is dropped in silence."""
