"""`kizuki promote` and `kizuki registry`: who answers, and who has decided so."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from features.errors import KizukiError
from models.ledger import PROPOSED, Ledger, bundle_folder, challenger, champions
from models.specs import spec_of
from training.champions import promote as champion
from training.champions.promote import Who
from training.home import home
from training.registry import CHALLENGER, CHAMPION, Registry, Version

Model = Annotated[str, typer.Argument(help="A folder of models/, such as placement_24m.")]
Number = Annotated[int, typer.Option("--version", help="The version, as `kizuki train` told it.")]
By = Annotated[str, typer.Option(help="Who decides: the name of a person.")]
Why = Annotated[str, typer.Option(help="The reason; it is kept on record.")]


def promote(model: Model, number: Number, by: By, why: Why) -> None:
    """Propose a version whose gates hold, or approve what another person has proposed.

    The first person proposes; typed by another, the same command approves. Then it answers.
    """
    kept, who = home(), _who(by, why)
    registry, version = _version(kept, model, number)
    decision = champion.promote_version(kept, version, who)
    if decision.act == PROPOSED:
        typer.echo(
            f"{model} version {number} is proposed by {decision.by} (bundle {decision.digest})\n"
            "next, another person: "
            f"kizuki promote {model} --version {number} --by NAME --why REASON"
        )
        return
    _repeat(registry, kept, model)
    typer.echo(
        f"{model} version {number} is the champion, promoted by {decision.by} "
        f"(bundle {decision.digest})\nserving reads it from {bundle_folder(kept, model, number)}"
    )


def rollback(model: Model, by: By, why: Why) -> None:
    """Let the champion before answer again, at once."""
    kept = home()
    decision = champion.roll_back(kept, spec_of(model).name, _who(by, why))
    typer.echo(f"{model} version {decision.version} is the champion again, by {decision.by}")
    _repeat_if_up(kept, model)


def challenge(model: Model, number: Number, by: By, why: Why) -> None:
    """Let a version answer silently beside the champion: journaled, and never shown."""
    kept, who = home(), _who(by, why)
    registry, version = _version(kept, model, number)
    champion.challenge(kept, version, who)
    _repeat(registry, kept, model)
    typer.echo(f"{model} version {number} answers silently beside the champion, once it is served")


def stand_down(model: Model, by: By, why: Why) -> None:
    """Let the challenger answer no longer."""
    kept = home()
    decision = champion.stand_down(kept, spec_of(model).name, _who(by, why))
    typer.echo(f"{model} version {decision.version} is no challenger any more")
    _repeat_if_up(kept, model)


def delete(model: Model, number: Number, by: By, why: Why) -> None:
    """Take a version off the record; never one that answers or has ever answered."""
    kept, who = home(), _who(by, why)
    registry, version = _version(kept, model, number)
    champion.delete(kept, registry, version, who)
    typer.echo(f"{model} version {number} is deleted")


def _version(kept: Path, model: str, number: int) -> tuple[Registry, Version]:
    name = spec_of(model).name
    registry = Registry(kept)
    return registry, registry.version(name, number)


def _repeat(registry: Registry, kept: Path, model: str) -> None:
    """Let the aliases of MLflow name whom the ledger names."""
    decisions = Ledger(kept).decisions(model)
    beside = challenger(decisions)
    registry.point(
        model,
        {
            CHAMPION: champions(decisions)[-1].version,
            CHALLENGER: beside.version if beside else None,
        },
    )


def _repeat_if_up(kept: Path, model: str) -> None:
    """What the desk reads is done already: a registry that is down holds nobody up."""
    try:
        _repeat(Registry(kept), kept, model)
    except KizukiError as problem:
        typer.echo(f"the aliases in MLflow are as they were: {problem}", err=True)


def _who(by: str, why: str) -> Who:
    return Who(by, why, datetime.now(UTC))
