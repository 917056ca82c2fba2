"""Jobs: many requests sent at once, answered one by one, and never lost or answered twice."""
