"""One file for each form that the store has had."""
