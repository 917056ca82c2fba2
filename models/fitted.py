"""What was learnt beside the trees, as plain numbers: read strictly, or refused."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import partial
from itertools import pairwise
from types import NoneType
from typing import Any

from features.errors import KizukiError
from models.bands import BAND_NAMES, HIGHEST_SCORE, Band
from models.calibration import Calibrator
from models.familiar import Familiar

FORMAT = 2
_MOST = 1e300


@dataclass(frozen=True)
class Fitted:
    """What was learnt beside the trees: calibration, the 19 score thresholds, the four bands.

    `familiar` is what was common among the rows that the trees have learnt from.
    """

    calibrator: Calibrator
    thresholds: tuple[float, ...]
    bands: tuple[Band, ...]
    familiar: Familiar


def fitted_text(model: str, fitted: Fitted) -> str:
    """What is kept of it, under the name of its model."""
    return json.dumps({"format": FORMAT, "model": model, **asdict(fitted)}, indent=1) + "\n"


def read_fitted(text: str) -> tuple[str, Fitted]:
    """The model's name, and what was learnt; raises KizukiError where the text is not such."""
    try:
        said = json.loads(text)
    except (RecursionError, ValueError):
        raise KizukiError("is no JSON") from None
    if _part(said, "format") != FORMAT:
        raise KizukiError(f"format {said['format']} is not {FORMAT}")
    bands = _part(said, "bands")
    if not isinstance(bands, list) or len(bands) != len(BAND_NAMES):
        raise KizukiError(f"needs {len(BAND_NAMES)} bands")
    fitted = Fitted(
        _calibrator(_part(said, "calibrator")),
        _rising(said, "thresholds", HIGHEST_SCORE - 1),
        tuple(_band(band, name.code) for band, name in zip(bands, BAND_NAMES, strict=True)),
        _familiar(_part(said, "familiar")),
    )
    return str(_part(said, "model")), fitted


def _calibrator(said: Any) -> Calibrator:
    steps = {name: _rising(said, name, None) for name in ("low_from", "high_to")}
    low, high = (
        _rising(said, name, len(steps[at]) + 1)
        for name, at in (("low", "low_from"), ("high", "high_to"))
    )
    if min(*low, *high) < 0 or max(*low, *high) > 1:
        raise KizukiError("low and high are not probabilities")
    slope = _number(said, "slope")
    if not slope:
        raise KizukiError("slope is 0")
    return Calibrator(slope, _number(said, "intercept"), low=low, high=high, **steps)


def _familiar(said: Any) -> Familiar:
    weight = _numbers(said, "weight", None)
    lowest, highest, unanswered = (
        _list(said, name, kinds, len(weight))
        for name, kinds in (
            ("lowest", (int, float, NoneType)),
            ("highest", (int, float, NoneType)),
            ("unanswered", (bool,)),
        )
    )
    return Familiar(lowest, highest, unanswered, weight)


def _band(said: Any, code: str) -> Band:
    if _part(said, "code") != code:
        raise KizukiError(f"the band {code} is not in its place")
    share, low, high = (_number(said, name) for name in ("share", "low", "high"))
    count = _part(said, "count")
    if type(count) is not int or count < 0 or not 0 <= low <= share <= high <= 1:
        raise KizukiError(f"the band {code} is not a share of children, and its interval")
    return Band(code, count, share, low, high)


def _rising(said: Any, name: str, count: int | None) -> tuple[float, ...]:
    numbers = _numbers(said, name, count)
    if any(one > next_ for one, next_ in pairwise(numbers)):
        raise KizukiError(f"{name} do not rise")
    return numbers


def _numbers(said: Any, name: str, count: int | None) -> tuple[float, ...]:
    return _list(said, name, (int, float), count)


def _list(said: Any, name: str, kinds: tuple[type, ...], count: int | None) -> tuple[Any, ...]:
    items = _part(said, name)
    if not isinstance(items, list) or not all(map(partial(_is, kinds), items)):
        raise KizukiError(f"{name} is no list of numbers")
    if count is not None and len(items) != count:
        raise KizukiError(f"needs {count} {name}")
    return tuple(items)


def _number(said: Any, name: str) -> float:
    number = _part(said, name)
    if not _is((int, float), number):
        raise KizukiError(f"{name} is no number")
    return float(number)


def _is(kinds: tuple[type, ...], said: object) -> bool:
    """Whether it is one of these kinds, to the letter; a number is finite, and no wonder."""
    return type(said) in kinds and (not isinstance(said, int | float) or abs(said) < _MOST)


def _part(said: Any, name: str) -> Any:
    if not isinstance(said, Mapping) or name not in said:
        raise KizukiError(f"{name} is missing")
    return said[name]
