"""The synthetic town: families with a hidden true risk, and the case file an office has of them."""
