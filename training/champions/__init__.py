"""Champion and challenger: which version answers, decided by two people and kept on record."""
