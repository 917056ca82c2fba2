"""The attic: looks at everything, nothing looks at it."""
