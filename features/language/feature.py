"""A feature: one question, asked in each of its windows, with the words to tell its answer."""

import hashlib
import inspect
from collections.abc import Callable
from dataclasses import dataclass
from types import FunctionType

from features.language.text import Text
from features.language.values import LeakError, Value
from features.language.windows import Lookback, Window

LANGUAGE_VERSION = 1  # raised when a verb comes to mean something else: all fingerprints change


class DeclarationError(ValueError):
    """A feature that is not declared as a feature must be; the words say what to mend."""


@dataclass(frozen=True, slots=True)
class Reason:
    """How an answer is told: `none` where it is the verb's answer to "no rows", else `some`.

    Both may have the blank {window}; `some` also {value}.
    """

    some: Text
    none: Text

    def __post_init__(self) -> None:
        if self.some.blanks - {"window", "value"} or self.none.blanks - {"window"}:
            raise DeclarationError(
                f"only {{window}} and {{value}} can be filled in: {self.some.en!r}"
            )


@dataclass(frozen=True, slots=True)
class Column:
    """A feature at one window: one column of the row."""

    name: str
    feature: str
    window: Lookback
    value: Value
    fingerprint: str


@dataclass(frozen=True)
class Feature:
    """A question about a child's history: its columns, words, example and meaning.

    After the `sunset`, where there is one, a fact no longer changes the answer.
    """

    name: str
    about: str
    reason: Reason
    example: str
    columns: tuple[Column, ...]
    sunset: Lookback | None = None

    @property
    def tables(self) -> frozenset[str]:
        """The tables that the answer is made from."""
        return frozenset().union(*(column.value.tables for column in self.columns))

    @property
    def unit(self) -> str:
        """What the answer counts: see `Value.unit`."""
        return self.columns[0].value.unit


def feature(
    *,
    windows: tuple[Lookback, ...],
    reason: Reason,
    example: str,
    sunset: Lookback | None = None,
) -> Callable[[Callable[[Window], Value]], Feature]:
    """Declare a feature from a function that turns a window into a value.

    A window longer than the `sunset` is cut to it, words and column name included.

    Raises DeclarationError for a lambda, a closure, a missing docstring or a protected field, and
    LeakError for a value that looks past the cutoff.
    """

    def declare(question: Callable[[Window], Value]) -> Feature:
        name, about = _read_question(question)
        cut = [_cut(window, sunset) for window in windows]
        columns = tuple(_column(name, window, question, len(cut) > 1) for window in cut)
        if not columns or len({type(column.value) for column in columns}) > 1:
            raise DeclarationError(f"{name}: needs a window, and the same verb in each")
        if len({column.name for column in columns}) < len(columns):
            raise DeclarationError(f"{name}: two of its windows are the same")
        return Feature(name, about, reason, inspect.cleandoc(example), columns, sunset)

    return declare


def fingerprint(value: Value) -> str:
    """A short hash of what is asked: it changes when, and only when, the question does."""
    asked = f"{LANGUAGE_VERSION} {value}"
    return hashlib.sha256(asked.encode()).hexdigest()[:16]


def _cut(window: Lookback, sunset: Lookback | None) -> Lookback:
    if sunset is None or sunset.days is None:
        return window
    return sunset if window.days is None or window.days > sunset.days else window


def _read_question(question: Callable[[Window], Value]) -> tuple[str, str]:
    if not isinstance(question, FunctionType) or question.__name__ == "<lambda>":
        raise DeclarationError("a feature is a named function, not a lambda")
    name = question.__name__
    if question.__closure__ or list(inspect.signature(question).parameters) != ["window"]:
        raise DeclarationError(f"{name}: takes one argument, window, and closes over nothing")
    if not (question.__doc__ or "").strip():
        raise DeclarationError(f"{name}: needs a docstring that says what it asks")
    return name, " ".join(inspect.cleandoc(question.__doc__ or "").split())


def _column(
    name: str, window: Lookback, question: Callable[[Window], Value], several: bool
) -> Column:
    value = question(window)
    if not isinstance(value, Value):
        raise DeclarationError(f"{name}: must end in a value, such as .count()")
    if value.span != window:
        raise LeakError(f"{name}: must look back over the window that it is given")
    for field in value.fields:
        if field.protected:
            raise DeclarationError(f"{name}: {field.table}.{field} is protected, for audits only")
    full_name = f"{name}_{window.code}" if several else name
    return Column(full_name, name, window, value, fingerprint(value))
