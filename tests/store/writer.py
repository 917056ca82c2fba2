"""A program that tells a store events, three at a time, and says which were acknowledged.

Run by tests/store/test_durability.py, which ends it in the middle of a write.
"""

import sys
from itertools import count

from serving.store.store import Store
from tests.store.telling import NOW, OFFICE, events_of

ROW = "{id} | notifications | {id} | 2024-01-10 | police\n"
HEADER = "event | table | id | known | source\n"


def batch(first: int) -> str:
    """The small table of three events."""
    rows = (ROW.format(id=f"e{number}") for number in range(first, first + 3))
    return HEADER + "".join(rows)


def main(url: str, first: int) -> None:
    """Tell until ended."""
    store = Store(url)
    for number in count(first, 3):
        store.keep(OFFICE, events_of(batch(number)), NOW)
        sys.stdout.write(f"{number}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
