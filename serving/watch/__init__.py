"""The watch: looks for drift, broken feeds and unfairness in what was answered."""
