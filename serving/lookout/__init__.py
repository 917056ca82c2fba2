"""The lookout: it scores children anew where something changed, and tells who moved."""
