"""What can be asked of a child's history: a small closed language that cannot look ahead."""
