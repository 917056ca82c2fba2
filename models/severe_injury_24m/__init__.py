"""A treated injury or death within 24 months: spec, lock and card."""
