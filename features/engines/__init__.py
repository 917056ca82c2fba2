"""Engines that answer questions: one child at a time, or millions of rows at once."""
