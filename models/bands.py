"""Scores from 1 to 20, and the four bands that name them."""

from bisect import bisect_right
from dataclasses import dataclass

from features.language.text import Text

HIGHEST_SCORE = 20  # as in the screening tools that offices know: twentieths of past cases


@dataclass(frozen=True, slots=True)
class BandName:
    """A band: its code, words and the highest score in it."""

    code: str
    words: Text
    to_score: int


BAND_NAMES = (
    BandName("lower", Text("低い", "lower"), 10),
    BandName("middle", Text("中程度", "middle"), 15),
    BandName("raised", Text("高い", "raised"), 18),
    BandName("highest", Text("最も高い", "highest"), HIGHEST_SCORE),
)


@dataclass(frozen=True, slots=True)
class Band:
    """How past children of a band fared: of `count`, the share with the outcome and its interval.

    The interval is Wilson's at 95 %; the children are those of the test slice, which the model
    has never seen.
    """

    code: str
    count: int
    share: float
    low: float
    high: float

    @property
    def name(self) -> BandName:
        """The band's words and scores."""
        return next(name for name in BAND_NAMES if name.code == self.code)


def score_of(margin: float, thresholds: tuple[float, ...]) -> int:
    """The score, 1 to 20: how many of the 19 thresholds the margin reaches, and one."""
    return 1 + bisect_right(thresholds, margin)


def band_code(score: int) -> str:
    """The code of the band that a score lies in."""
    return next(name.code for name in BAND_NAMES if score <= name.to_score)
