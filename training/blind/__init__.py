"""The blind comparison: specialists judge histories without the score, before anybody relies on it.

Where specialists and model differ by much, neither is right by that alone: the histories are looked
at again, together, with the reasons that were given.
"""
