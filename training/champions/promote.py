"""Promote: make a trained version the champion, the model that answers; two people decide."""

import os
import shutil
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from features.errors import KizukiError
from models.bundle import read_bundle
from models.key_files import signing_key
from models.ledger import (
    CHALLENGES,
    DELETED,
    PROMOTED,
    PROPOSED,
    ROLLED_BACK,
    STOOD_DOWN,
    Decision,
    Ledger,
    bundle_folder,
    challenger,
    champions,
    proposal,
)
from models.signing import sign_bundle
from training.home import promoters_key
from training.registry import Registry, Version


@dataclass(frozen=True)
class Who:
    """Who decides, when and why."""

    by: str
    why: str
    at: datetime

    def __post_init__(self) -> None:
        if not self.by.strip():
            raise KizukiError("say who decides: --by NAME")
        if not self.why.strip():
            raise KizukiError("say why: --why REASON")

    def decides(self, act: str, version: Version) -> Decision:
        """Their decision about a version, with what is on record of it as evidence."""
        digest = read_bundle(version.bundle).digest
        gates = [vars(gate) for gate in version.gates]
        evidence = {"run": version.run, "gates": gates, "origin": dict(version.origin)}
        return Decision(
            self.at, act, version.model, version.number, digest, self.by.strip(), self.why.strip(),
            evidence,
        )  # fmt: skip

    def decides_again(self, act: str, before: Decision, evidence: Mapping[str, object]) -> Decision:
        """Their decision about the version that an earlier one was about."""
        return replace(
            before, at=self.at, act=act, by=self.by.strip(), why=self.why.strip(), evidence=evidence
        )


def promote_version(home: Path, version: Version, who: Who) -> Decision:
    """Propose that a version answers or, where another person has proposed it, let it answer.

    Raises KizukiError where a gate does not hold, the bundle is damaged or stale, or the one who
    approves is the one who proposed.
    """
    _must_hold(version)

    def how(before: Sequence[Decision]) -> Decision:
        _must_not_answer_already(version, before)
        proposed = proposal(before, version.number)
        if proposed is None:
            return who.decides(PROPOSED, version)
        decision = who.decides(PROMOTED, version)
        _must_be_another(proposed, decision)
        _put_in_place(home, version, decision.digest)
        return replace(decision, by=f"{proposed.by}, {decision.by}")

    return Ledger(home).decide(version.model, how)


def roll_back(home: Path, model: str, who: Who) -> Decision:
    """Let the champion before answer again, at once; two people have approved it in its time.

    Raises KizukiError where there is none, or its bundle can no longer answer.
    """

    def how(before: Sequence[Decision]) -> Decision:
        standing = champions(before)
        if len(standing) < 2:
            raise KizukiError(f"{model} has no champion before this one to go back to")
        now, then = standing[-1], standing[-2]
        bundle = read_bundle(bundle_folder(home, model, then.version))
        if bundle.digest != then.digest:
            raise KizukiError(f"{model} version {then.version} is not the bundle that answered")
        return who.decides_again(ROLLED_BACK, then, {"from": now.version})

    return Ledger(home).decide(model, how)


def challenge(home: Path, version: Version, who: Who) -> Decision:
    """Let a version answer silently beside the champion, in place of any other that does.

    Its gates need not hold: nobody sees what it says. Raises KizukiError where there is no
    champion, or the version is it.
    """

    def how(before: Sequence[Decision]) -> Decision:
        if not champions(before):
            raise KizukiError(
                f"{version.model} has no champion to answer beside; promote one first"
            )
        _must_not_answer_already(version, before)
        decision = who.decides(CHALLENGES, version)
        _put_in_place(home, version, decision.digest)
        return decision

    return Ledger(home).decide(version.model, how)


def stand_down(home: Path, model: str, who: Who) -> Decision:
    """Let the challenger answer no longer; raises KizukiError where there is none."""

    def how(before: Sequence[Decision]) -> Decision:
        standing = challenger(before)
        if standing is None:
            raise KizukiError(f"{model} has no challenger")
        return who.decides_again(STOOD_DOWN, standing, {})

    return Ledger(home).decide(model, how)


def delete(home: Path, registry: Registry, version: Version, who: Who) -> Decision:
    """Take a version off the record.

    Raises KizukiError for one that answers, or ever did: its answers must be told of.
    """

    def how(before: Sequence[Decision]) -> Decision:
        acts = {d.act for d in before if d.version == version.number}
        if acts & {PROMOTED, ROLLED_BACK, CHALLENGES}:
            standing = champions(before)
            now = bool(standing) and standing[-1].version == version.number
            raise KizukiError(
                f"{version.model} version {version.number} "
                f"{'is the champion' if now else 'has answered'}, and cannot be deleted"
            )
        decision = who.decides(DELETED, version)
        registry.delete(version)
        return decision

    return Ledger(home).decide(version.model, how)


def _must_hold(version: Version) -> None:
    failed = [f"{gate.asks}, {gate.measured}" for gate in version.gates if not gate.holds]
    if failed:
        raise KizukiError(
            f"{version.model} version {version.number} does not hold: {'; '.join(failed)}"
        )


def _must_not_answer_already(version: Version, before: Sequence[Decision]) -> None:
    standing = champions(before)
    if standing and standing[-1].version == version.number:
        raise KizukiError(f"{version.model} version {version.number} is the champion already")


def _must_be_another(proposed: Decision, approved: Decision) -> None:
    if _name(proposed.by) == _name(approved.by):
        raise KizukiError(
            f"{proposed.by} proposed {proposed.model} version {proposed.version}: another person "
            "must approve it"
        )
    if proposed.digest != approved.digest:
        raise KizukiError(
            f"the bundle of {proposed.model} version {proposed.version} has changed since it was "
            "proposed"
        )


def _name(by: str) -> str:
    """A name, however it is typed: wide or narrow letters, capitals and blanks make no other."""
    return "".join(unicodedata.normalize("NFKC", by).casefold().split())


def _put_in_place(home: Path, version: Version, digest: str) -> None:
    """Copy beside, then rename: at no moment is there half a bundle where the desk reads.

    `digest` is that of the version's bundle, as it was decided on.
    """
    place = bundle_folder(home, version.model, version.number)
    there = _digest(place)
    if there == digest:
        sign_bundle(place, version.model, version.number, signing_key(promoters_key(home)))
        return
    if there:
        raise KizukiError(f"{place} holds another bundle of that version: move it away")
    beside = place.with_name(f"{place.name}.next")
    for damaged in (beside, place):
        shutil.rmtree(damaged, ignore_errors=True)
    shutil.copytree(version.bundle, beside)
    sign_bundle(beside, version.model, version.number, signing_key(promoters_key(home)))
    os.sync()  # before the ledger says that it answers
    beside.rename(place)


def _digest(bundle: Path) -> str:
    """The digest of a bundle that can answer, or nothing."""
    try:
        return read_bundle(bundle).digest
    except KizukiError:
        return ""
