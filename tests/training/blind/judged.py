"""A key and judgements for the tests, as small tables."""

from models.bands import band_code
from training.blind.folder import Case, Entered, Judgement, Key


def key_of(*scores: int) -> Key:
    """A key whose cases, numbered from 1, have these scores."""
    cases = {
        number: Case(number, f"child-{number}", "2024-01-01", score, band_code(score))
        for number, score in enumerate(scores, start=1)
    }
    return Key("placement_24m", 1, "digest", 5, cases)


def entered(by: str, *scores: int | None) -> Entered:
    """What somebody gave to the cases from 1 on; None is a case left empty."""
    judged = [
        Judgement(number, band_code(score), score, f"why {number}")
        for number, score in enumerate(scores, start=1)
        if score is not None
    ]
    return Entered(by, "2024-04-01T00:00:00+00:00", judged)
