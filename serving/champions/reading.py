"""Reading: the bundles that the ledger names, each only as it was signed and promoted."""

from datetime import datetime
from pathlib import Path

from features.errors import KizukiError
from models.bundle import read_bundle
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


def _champion(home: Path, decided: Decision, keys: Path | None) -> Champion:
    folder = bundle_folder(home, decided.model, decided.version)
    trusted = trusted_keys(keys or keys_folder(home))
    check_signature(folder, decided.model, decided.version, trusted)
    bundle = read_bundle(folder)
    if (bundle.spec.name, bundle.digest) != (decided.model, decided.digest):
        raise KizukiError(f"{folder}: is not the bundle that was promoted; promote it again")
    return Champion(bundle, decided.version, decided.by, decided.at)
