"""Champions: the promoted bundles that answer, and their challengers, as the ledger names them."""

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from features.engines.checked_row import get_ready
from features.engines.one_child import Answer
from features.errors import KizukiError
from models.bundle import Bundle, read_bundle
from models.ledger import (
    PROMOTED,
    ROLLED_BACK,
    Decision,
    Ledger,
    bundle_folder,
    challenger,
    champions,
)
from models.score import score_row
from models.signing import check_signature, keys_folder, trusted_keys
from models.specs import NAMES
from serving.log import log_fault
from serving.problems import FieldProblem, invalid, unavailable
from serving.watched import Watched


@dataclass(frozen=True)
class Champion:
    """A bundle that answers, or does silently: its version, who decided so, and when."""

    bundle: Bundle
    version: int
    promoted_by: str
    promoted_at: datetime


def read_champions(home: Path, keys: Path | None = None) -> dict[str, Champion]:
    """Every promoted model by name.

    Raises KizukiError where there is none, or where one is damaged, stale, not signed with one of
    the trusted `keys`, or not the bundle that was promoted.
    """
    found = {}
    for name in NAMES:
        standing = champions(Ledger(home).decisions(name))
        if standing:
            found[name] = _champion(home, standing[-1], keys)
    if not found:
        raise KizukiError(
            f"{home} holds no promoted model; train one with `kizuki train` and promote it with "
            "`kizuki promote`, or name another folder in KIZUKI_HOME"
        )
    return found


def read_challengers(home: Path, keys: Path | None = None) -> dict[str, Champion]:
    """Every challenger by the name of its model.

    One that cannot answer is logged and left out: the champion answers all the same.
    """
    found = {}
    for name in NAMES:
        standing = challenger(Ledger(home).decisions(name))
        try:
            if standing:
                found[name] = _champion(home, standing, keys)
        except KizukiError as problem:
            log_fault("challenger cannot answer", problem, model=name)
    return found


def chosen(champions: Mapping[str, Champion], model: str) -> Champion:
    """The champion of a model; raises Problem where it has none."""
    if model in champions:
        return champions[model]
    if model in NAMES:
        raise unavailable("model_unavailable")
    there = f"no such model; there are: {', '.join(champions)}"
    raise invalid([FieldProblem("model", there)])


def rehearse(champions: Mapping[str, Champion]) -> None:
    """Score a row of which nothing is known with each champion: it is no answer, and not kept.

    What is compiled or read at first use takes seconds, for which no child is to wait.
    """
    for champion in champions.values():
        columns = champion.bundle.spec.columns
        get_ready(columns)
        score_row(champion.bundle, {column.name: Answer(None) for column in columns})


def no_past(model: str, digest: str, at: datetime) -> Champion:
    """The past of a desk that knows none; raises KizukiError."""
    raise KizukiError(f"no earlier champion of {model} is at hand")


def champion_of(
    home: Path, model: str, digest: str, at: datetime, keys: Path | None = None
) -> Champion:
    """The champion whose bundle has the digest, as it stood at a time.

    Raises KizukiError where none had it, or where it can no longer answer.
    """
    for decision in reversed(Ledger(home).decisions(model)):
        stood = decision.act in {PROMOTED, ROLLED_BACK} and decision.at <= at
        if stood and decision.digest == digest:
            return _champion(home, decision, keys)
    raise KizukiError(f"no champion of {model} had the bundle {digest} by {at}")


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


def _champion(home: Path, decided: Decision, keys: Path | None) -> Champion:
    folder = bundle_folder(home, decided.model, decided.version)
    trusted = trusted_keys(keys or keys_folder(home))
    check_signature(folder, decided.model, decided.version, trusted)
    bundle = read_bundle(folder)
    if (bundle.spec.name, bundle.digest) != (decided.model, decided.digest):
        raise KizukiError(f"{folder}: is not the bundle that was promoted; promote it again")
    return Champion(bundle, decided.version, decided.by, decided.at)
