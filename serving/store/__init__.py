"""The store: case events as they became known, of each office apart; histories come out of it.

An event is stored once and never changed. What a row looks like on a day follows from the events
that had become known by then, and what the store had on a time from those it had received.
"""
