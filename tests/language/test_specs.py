"""Every page of specs, put to both engines; and no part of the language without a page."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from importlib import import_module
from inspect import isabstract
from pathlib import Path

import numpy as np
import pytest

from features.engines.one_child import answer
from features.histories import history_of
from features.language.fields import Condition
from features.language.roles import Role
from features.language.rows import Rows
from features.language.values import Value
from features.language.windows import Horizon, Lookback
from tests.engines.both import assert_bit_equal, in_batch
from tests.language.spec import Asked, Spec
from tests.small_world import CHILD, SmallWorld, read_world

PAGES = sorted(path.stem for path in (Path(__file__).parent / "specs").glob("*.py"))
SPECS: dict[str, Spec] = {
    f"{page}: {spec.says}": spec
    for page in PAGES
    for spec in import_module(f"tests.language.specs.{page}").SPECS
}


@pytest.mark.parametrize("spec", SPECS.values(), ids=SPECS)
def test_both_engines_answer_as_the_page_says(spec: Spec) -> None:
    world = read_world(spec.table)
    for ask in spec.asks:
        _check(ask, world)


def _check(ask: Asked, world: SmallWorld) -> None:
    cutoff = world.cutoff if ask.cutoff is None else ask.cutoff
    one = answer(
        ask.value, history_of(CHILD, world.case_file, world.coverage), cutoff, ask.known_by
    )
    assert one.number == ask.gives, ask.value
    if ask.rows is not None:
        assert [row for _, row in one.evidence] == ask.rows, ask.value
    assert {table for table, _ in one.evidence} <= {ask.value.table}
    assert one.recorded or one.number is None
    batch = in_batch([ask.value], world.case_file, [CHILD], [cutoff], ask.known_by, world.coverage)
    assert_bit_equal(np.array([[one.number]], dtype=np.float64), batch, [ask.value])


def _concrete(kind: type) -> Iterator[type]:
    """The verbs under a class of the language: those that no other class is made from."""
    below: list[type] = kind.__subclasses__()
    if not below and not isabstract(kind):
        yield kind
    for each in below:
        yield from _concrete(each)


def _parts(node: object) -> Iterator[object]:
    yield node
    if isinstance(node, Rows | Value | Condition) and is_dataclass(node):
        for part in fields(node):
            yield from _parts(getattr(node, part.name))


ASKED_PARTS = [part for spec in SPECS.values() for ask in spec.asks for part in _parts(ask.value)]


@pytest.mark.parametrize("kind", [Rows, Value, Condition])
def test_every_part_of_the_language_has_a_page(kind: type) -> None:
    verbs = {each for each in _concrete(kind) if each.__module__.startswith("features.language")}
    assert verbs, "a closed set of verbs"
    assert verbs <= {type(part) for part in ASKED_PARTS}


def test_every_role_and_both_ways_to_look_have_a_page() -> None:
    assert {part for part in ASKED_PARTS if isinstance(part, Role)} == set(Role)
    assert {type(part) for part in ASKED_PARTS} >= {Lookback, Horizon}


def test_a_part_without_a_page_is_noticed() -> None:
    class Forgotten(Value):
        """A verb that nobody wrote a page for."""

    assert Forgotten in set(_concrete(Value)) - {type(part) for part in ASKED_PARTS}
