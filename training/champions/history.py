"""`kizuki registry history`: which version answered on any past day, and who has decided so."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Annotated, Any

import typer

from features.errors import KizukiError
from models.ledger import PROPOSED, Decision, Ledger, challenger, champions
from models.specs import spec_of
from training.home import home
from training.summary import aligned

_DAY = ["%Y-%m-%d"]


def history(
    model: Annotated[str, typer.Argument(help="A folder of models/, such as placement_24m.")],
    on: Annotated[
        datetime | None, typer.Option(formats=_DAY, help="Who answered on this day, by our clock.")
    ] = None,
) -> None:
    """Tell every decision about a model, with what it was made on, or who answered on a day."""
    decisions = Ledger(home()).decisions(spec_of(model).name)
    if not decisions:
        raise KizukiError(f"nothing is on record of {model}: nobody has proposed a version yet")
    told = _all(decisions) if on is None else _on(decisions, on, datetime.now().astimezone())
    typer.echo("\n".join(told))


def answering(
    decisions: Sequence[Decision], begin: datetime, end: datetime
) -> Iterator[tuple[Decision, Decision | None]]:
    """Who answered between two moments, the earliest first, and who silently beside each."""
    known: tuple[int, int | None] | None = None
    for place, decision in enumerate(decisions, start=1):
        so_far = decisions[:place]
        later = decisions[place].at if place < len(decisions) else end
        if decision.at >= end or later <= begin or not champions(so_far):
            continue
        now, beside = champions(so_far)[-1], challenger(so_far)
        who = now.version, beside.version if beside else None
        if who != known:
            yield now, beside
        known = who


def _all(decisions: Sequence[Decision]) -> Iterator[str]:
    heading = ("at", "act", "version", "by", "why")
    rows = [(_moment(d.at), d.act, str(d.version), d.by, d.why) for d in decisions]
    lines = aligned([heading, *rows])
    yield lines[0]
    for line, decision in zip(lines[1:], decisions, strict=True):
        yield line
        if decision.act == PROPOSED:
            yield from (f"    {told}" for told in _evidence(decision.evidence))


def _on(decisions: Sequence[Decision], on: datetime, now: datetime) -> Iterator[str]:
    begin = on.astimezone()
    if begin > now:
        raise KizukiError(f"{on:%Y-%m-%d} has not come yet")
    model, end = decisions[0].model, min((on + timedelta(days=1)).astimezone(), now)
    answered = list(answering(decisions, begin, end))
    if not answered:
        yield f"{model} had no champion on {on:%Y-%m-%d}: nobody answered"
    for champion, beside in answered:
        silently = f", version {beside.version} silently beside it" if beside else ""
        yield (
            f"{model} version {champion.version} answered on {on:%Y-%m-%d}{silently}: "
            f"{champion.act} by {champion.by} at {_moment(champion.at)} (bundle {champion.digest})"
        )


def _evidence(evidence: Mapping[str, Any]) -> Iterator[str]:
    for gate in evidence["gates"]:
        yield f"gate {'holds' if gate['holds'] else 'fails'}: {gate['asks']}, {gate['measured']}"
    yield f"run {evidence['run']}"
    yield from (f"{name} {value}" for name, value in sorted(evidence["origin"].items()))


def _moment(at: datetime) -> str:
    return at.astimezone().isoformat(sep=" ", timespec="seconds")
