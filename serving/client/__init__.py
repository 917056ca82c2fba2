"""The client: for case systems in Python, typed, and written from the published file."""
