"""Any new notification within 6 months: spec, lock and card."""
