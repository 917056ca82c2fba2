"""The workshop: from rows with known outcomes to a fitted bundle."""
