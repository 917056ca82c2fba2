"""The desk: answers a case system's questions, and keeps a record of every answer."""
