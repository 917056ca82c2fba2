"""At hand: where the journal is not to be had, nothing leaves, and it is counted."""

from collections.abc import Iterator
from contextlib import contextmanager

from serving.journal import JournalUnavailable
from serving.metrics import JOURNAL_FAILURES
from serving.problems import unavailable


@contextmanager
def journal_at_hand() -> Iterator[None]:
    """Raise Problem where the journal cannot be written, or cannot be read."""
    try:
        yield
    except JournalUnavailable as lost:
        JOURNAL_FAILURES.inc()
        raise unavailable("journal_unavailable") from lost
