"""The adapter for CDS Hooks 2.0: the score as a card, and what was made of it as feedback.

Not the main interface, as nobody has defined hooks for child protection, but a vocabulary that
clients know. A score is never `critical`, a card has no suggestion that could be carried out
unasked, and nothing is fetched from a FHIR server, whoever names one.
"""

from typing import Annotated, Any, Literal

from pydantic import Field

from features.language.text import Text
from serving import answers
from serving.about import ScoreId
from serving.advice import SILENT
from serving.desk import Desk
from serving.endpoints import review, score
from serving.override_reasons import OVERRIDE_REASONS
from serving.problems import Problem
from serving.shape import Shape
from serving.strict_json import canonical

HOOK, SERVICE = "referral-screen", "kizuki"
SYSTEM = "urn:kizuki:override-reason"
LONGEST_SUMMARY = 139  # characters
SCORED = Text("スコア {score}/20（{band}）", "Score {score} of 20 ({band})")
UNTOLD = Text("スコアなし：{why}", "No score: {why}")


class ServiceId(Shape):
    """Which service is meant."""

    service_id: str


class Request(Shape):
    """A call of the hook: `context` asks for a score; what speaks of FHIR is not looked at."""

    hook: Literal["referral-screen"]
    hook_instance: Annotated[str, Field(min_length=1, max_length=64)]
    context: score.Request
    prefetch: dict[str, Any] | None = None
    fhir_server: str | None = None
    fhir_authorization: dict[str, Any] | None = None


class Coding(Shape):
    """A code of the list of reasons."""

    code: review.ReasonCode
    system: str | None = None
    display: str | None = None


class OverrideReason(Shape):
    """Why a card was not followed."""

    reason: Coding | None = None
    user_comment: review.Words | None = None


class Outcome(Shape):
    """What was made of a card."""

    card: str
    outcome: Literal["accepted", "overridden"]
    override_reason: OverrideReason | None = None
    outcome_timestamp: str


class Feedback(Shape):
    """What was made of one or more cards."""

    feedback: Annotated[list[Outcome], Field(min_length=1, max_length=100)]


def discover(desk: Desk) -> bytes:
    """The one service."""
    about = f"{answers.ADVICE.en} {answers.ADVICE.ja}"
    service = {"hook": HOOK, "id": SERVICE, "title": "Kizuki 気づき", "description": about}
    return canonical({"services": [service]})


def call(desk: Desk, place: ServiceId, request: Request) -> bytes:
    """The score as a card; a silent desk has none, and says so by an empty list."""
    _check(place)
    if request.context.case_file is None and request.context.office is None:
        raise Problem("data_missing", "Send context.caseFile, or name the context.office.")
    said = answers.Response.model_validate_json(score.score(desk, request.context))
    silent = SILENT.code in {why.code for why in said.cannot_tell}
    return canonical({"cards": [] if silent and not said.red_flags else [card_of(said)]})


def feedback(desk: Desk, place: ServiceId, request: Feedback) -> bytes:
    """Each outcome as a review of the answer; none is kept where one names no card of ours."""
    _check(place)
    for outcome in request.feedback:
        desk.said(outcome.card)
    for outcome in request.feedback:
        review.review(desk, ScoreId(score_id=outcome.card), _review(outcome))
    return canonical({})


def card_of(said: answers.Response) -> dict[str, Any]:
    """The card of an answer."""
    return {
        "uuid": said.score_id,
        "summary": _summary(said)[:LONGEST_SUMMARY],
        "detail": _detail(said),
        "indicator": "warning" if said.red_flags else "info",
        "source": {"label": f"Kizuki {said.model.name} {said.model.version}"},
        "overrideReasons": [
            {"code": code, "system": SYSTEM, "display": words.read(said.language)}
            for code, words in OVERRIDE_REASONS.items()
        ],
    }


def _check(place: ServiceId) -> None:
    if place.service_id != SERVICE:
        raise Problem("not_found", f"There is one service: {SERVICE}.")


def _review(outcome: Outcome) -> review.Request:
    why = outcome.override_reason or OverrideReason()
    if outcome.outcome == "accepted":
        return review.Request(decision="agree", words=why.user_comment)
    code = why.reason.code if why.reason else "other"
    return review.Request(decision="override", reason_code=code, words=why.user_comment)


def _summary(said: answers.Response) -> str:
    if said.score is None or said.band is None:
        why = "; ".join(why.words for why in said.cannot_tell)
        return UNTOLD.filled(why=_both(why)).read(said.language)
    blanks = {"score": _both(str(said.score)), "band": _both(said.band.words)}
    return SCORED.filled(**blanks).read(said.language)


def _detail(said: answers.Response) -> str:
    """Markdown: signs of grave danger first, then the reasons; its marks in words are escaped."""
    lines = [f"**{_plain(flag.words)}**" for flag in said.red_flags]
    lines += [f"- {_plain(reason.words)}" for reason in said.reasons]
    return "\n".join([*lines, "", said.advice])


def _plain(words: str) -> str:
    return "".join(f"\\{mark}" if mark in "\\`*_[]<>#" else mark for mark in words)


def _both(words: str) -> Text:
    return Text.said(words, words)
