"""Reading: the bundles that the ledger names, each only as it was signed and promoted."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

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
from models.signing import check_signature, keys_folder, trusted_keys
from models.specs import NAMES
from serving.champions.champion import Champion
from serving.log import log_fault


@dataclass(frozen=True)
class Signed:
    """A bundle on disk: its folder, and the model and version that it must be signed as."""

    folder: Path
    model: str
    version: int

    def read(self, keys: Path) -> Bundle:
        """The bundle; raises KizukiError unless one of the keys in the folder vouches for it."""
        check_signature(self.folder, self.model, self.version, trusted_keys(keys))
        return read_bundle(self.folder)


Trial = Callable[[Sequence[Signed]], None]  # raises KizukiError for one not to be read here


def untried(bundles: Sequence[Signed]) -> None:
    """No trial: for a process that nobody but who began it waits for."""


def read_champions(
    home: Path, keys: Path | None = None, trial: Trial = untried
) -> dict[str, Champion]:
    """Every promoted model by name.

    Raises KizukiError where there is none, or where one is damaged, stale, not signed with one of
    the trusted `keys`, not the bundle that was promoted, or fails the trial before it is read.
    """
    stood = [champions(Ledger(home).decisions(name)) for name in NAMES]
    standing = [decisions[-1] for decisions in stood if decisions]
    if not standing:
        raise KizukiError(
            f"{home} holds no promoted model; train one with `kizuki train` and promote it with "
            "`kizuki promote`, or name another folder in KIZUKI_HOME"
        )
    trial([_signed(home, decided) for decided in standing])
    return {decided.model: _champion(home, decided, keys) for decided in standing}


def read_challengers(
    home: Path, keys: Path | None = None, trial: Trial = untried
) -> dict[str, Champion]:
    """Every challenger by the name of its model.

    One that cannot answer is logged and left out: the champion answers all the same.
    """
    found = {}
    for name in NAMES:
        standing = challenger(Ledger(home).decisions(name))
        try:
            if standing:
                trial([_signed(home, standing)])
                found[name] = _champion(home, standing, keys)
        except KizukiError as problem:
            log_fault("challenger cannot answer", problem, model=name)
    return found


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


def _signed(home: Path, decided: Decision) -> Signed:
    folder = bundle_folder(home, decided.model, decided.version)
    return Signed(folder, decided.model, decided.version)


def _champion(home: Path, decided: Decision, keys: Path | None) -> Champion:
    signed = _signed(home, decided)
    bundle = signed.read(keys or keys_folder(home))
    if (bundle.spec.name, bundle.digest) != (decided.model, decided.digest):
        raise KizukiError(f"{signed.folder}: is not the bundle that was promoted; promote it again")
    return Champion(bundle, decided.version, decided.by, decided.at)
