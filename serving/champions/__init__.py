"""Champions: the promoted bundles that answer, and their challengers, as the ledger names them.

Each is read only as it was signed (`serving.champions.reading`); what a desk that serves does when
the ledger changes, or is away, is in `serving.champions.swapping`.
"""

from serving.champions.champion import Champion, chosen, no_past, rehearse
from serving.champions.reading import champion_of, read_challengers, read_champions
from serving.champions.standing import Standing

__all__ = [
    "Champion", "Standing", "champion_of", "chosen", "no_past", "read_challengers",
    "read_champions", "rehearse",
]  # fmt: skip
