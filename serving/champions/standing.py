"""Standing: who answers now, read anew whenever the ledger changes."""

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Executor
from pathlib import Path

from models.ledger import Ledger
from serving.champions.champion import Champion
from serving.watched import Watched


class Standing(Mapping[str, Champion]):
    """The bundles that the ledger names, by model; read anew whenever it changes.

    So a promotion or a rollback is answered by at once, or with `later` as soon as it was read.
    Where what it names then cannot answer, who answered before goes on, or `instead` where there
    was nobody, and the log hears of it.
    """

    def __init__(
        self,
        home: Path,
        read: Callable[[Path], dict[str, Champion]],
        later: Executor | None = None,
        instead: Callable[[], dict[str, Champion]] | None = None,
    ) -> None:
        self._ledger = Watched(Ledger(home).path, lambda _: read(home), later, instead)

    @property
    def stale(self) -> bool:
        """Whether what the ledger names now could not be taken."""
        return self._ledger.stale

    def __getitem__(self, model: str) -> Champion:
        return self._ledger.now[model]

    def __iter__(self) -> Iterator[str]:
        return iter(self._ledger.now)

    def __len__(self) -> int:
        return len(self._ledger.now)
