"""Whole bundles that somebody broke, with checksums that fit: refused, and never the process's end.

LightGBM's own reader and contributions can be made to write outside their arrays; ours are not.
"""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from features.errors import KizukiError
from models.bundle import CARD, FITTED, LOCK, MODEL, MOST_BYTES, SUMS, read_bundle
from models.specs import spec_of
from tests.models.test_bundle import edit, renew_sums
from tests.models.test_trees_text import deep_chain
from tests.small_model import small_bundle

SPEC = spec_of("placement_24m")
MUTATED = 100_000 if "KIZUKI_SLOW" in os.environ else 3000
Change = Callable[[str], str]


def said(change: Callable[[dict[str, Any]], object]) -> Change:
    """Change what is said in JSON."""

    def changed(text: str) -> str:
        parts = json.loads(text)
        change(parts)
        return json.dumps(parts)

    return changed


def line(key: str, put: str) -> Change:
    """The first line of a key says something else."""
    return lambda text: re.sub(rf"(?m)^{key}=.*$", f"{key}={put}", text, count=1)


HAND_BROKEN: dict[str, tuple[str, Change, str]] = {
    "an empty model": (MODEL, lambda _: "", "breaks off"),
    "a model cut in the middle": (MODEL, lambda text: text[: len(text) // 2], "breaks off"),
    "a column too many": (MODEL, line("max_feature_idx", "999"), "feature_names"),
    "a split on a column there is not": (MODEL, line("split_feature", "9999 0 0 0 0 0"), "split_f"),
    "a child that is its own parent": (MODEL, line("left_child", "0 0 0 0 0 0"), "left_child"),
    "a child far away": (MODEL, line("left_child", "2147483647 1 2 3 4 5"), "left_child"),
    "a leaf far away": (MODEL, line("right_child", "-2147483648 -2 -3 -4 -5 -6"), "right_child"),
    "more leaves than anybody grows": (MODEL, line("num_leaves", "2147483647"), "num_leaves"),
    "leaves that are not there": (MODEL, line("num_leaves", "4000"), "has 7 numbers and needs"),
    "a tree deeper than any": (MODEL, deep_chain, "deeper than"),
    "counts that are 0": (MODEL, line("internal_count", "0 0 0 0 0 0"), "internal_count"),
    "sets of categories far away": (MODEL, line("num_cat", "2147483647"), "cat_boundaries"),
    "leaves without end": (MODEL, line("leaf_value", "inf inf inf inf inf inf inf"), "finite"),
    "digits without end": (MODEL, line("leaf_count", "9" * 100_000), "leaf_count"),
    "fitted: no JSON": (FITTED, lambda text: text[:-9], "is no JSON"),
    "fitted: nested without end": (FITTED, lambda _: "[" * 1_000_000, "is no JSON"),
    "fitted: a list": (FITTED, lambda _: "[]", "format is missing"),
    "fitted: no thresholds": (FITTED, said(lambda parts: parts.pop("thresholds")), "thresholds"),
    "fitted: a threshold in words": (
        FITTED, said(lambda parts: parts["thresholds"].__setitem__(3, "1")), "no list of numbers",
    ),
    "fitted: thresholds that fall": (
        FITTED, said(lambda parts: parts["thresholds"].reverse()), "do not rise",
    ),
    "fitted: a slope that is NaN": (
        FITTED, said(lambda parts: parts["calibrator"].update(slope=float("nan"))), "slope is no",
    ),
    "fitted: a range that is too short": (
        FITTED, said(lambda parts: parts["calibrator"]["low"].pop()), "needs 4 low",
    ),
    "fitted: three bands": (FITTED, said(lambda parts: parts["bands"].pop()), "needs 4 bands"),
    "fitted: bands in another order": (
        FITTED, said(lambda parts: parts["bands"].reverse()), "not in its place",
    ),
    "fitted: a share above 1": (
        FITTED, said(lambda parts: parts["bands"][0].update(share=1.5)), "not a share",
    ),
    "a lock of other questions": (LOCK, lambda text: text + "x", "have changed"),
}  # fmt: skip


@pytest.mark.parametrize("broken", HAND_BROKEN)
def test_a_bundle_broken_by_hand_is_refused_in_words(broken: str, tmp_path: Path) -> None:
    small_bundle(tmp_path / "b", SPEC)
    name, change, told = HAND_BROKEN[broken]
    edit(tmp_path / "b" / name, change)
    renew_sums(tmp_path / "b")
    with pytest.raises(KizukiError, match=told) as refused:
        read_bundle(tmp_path / "b")
    assert len(str(refused.value)) < 400


@pytest.mark.parametrize("name", [MODEL, FITTED, LOCK, CARD, SUMS])
def test_a_file_larger_than_any_model_is_not_read(name: str, tmp_path: Path) -> None:
    small_bundle(tmp_path / "b", SPEC)
    with (tmp_path / "b" / name).open("ab") as file:
        file.truncate(MOST_BYTES * 100)  # a hole: nothing is written
    with pytest.raises(KizukiError, match=f"{name}: is larger than any model"):
        read_bundle(tmp_path / "b")


@pytest.mark.parametrize("sums", ["[]", "[1]", "null", "[" * 100_000, '{"model.txt": []}'])
def test_checksums_that_are_none_are_refused(sums: str, tmp_path: Path) -> None:
    small_bundle(tmp_path / "b", SPEC)
    (tmp_path / "b" / SUMS).write_text(sums, "utf-8")
    with pytest.raises(KizukiError, match=r"not a whole bundle|changed since"):
        read_bundle(tmp_path / "b")


def test_thousands_of_bundles_broken_by_chance_never_end_the_process(tmp_path: Path) -> None:
    small_bundle(tmp_path / "b", SPEC)
    command = [sys.executable, "-m", "tests.models.broken_bundles", str(tmp_path / "b")]
    done = subprocess.run([*command, str(MUTATED)], check=False, capture_output=True, text=True)
    assert done.returncode == 0, f"ended by {done.returncode}: {done.stderr[-2000:]}"
    found = {name: int(times) for name, times in re.findall(r"(\w[\w ]*): (\d+)", done.stdout)}
    assert sum(found.values()) == MUTATED
    assert "nonsense" not in done.stdout
    assert min(found["refused"], found["scored"]) > MUTATED / 100
