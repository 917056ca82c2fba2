"""A bundle is read back whole, and refused when damaged or stale."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from features.errors import KizukiError
from models import bundle as bundles
from models.bundle import read_bundle
from models.lock import lock_hash, lock_text
from models.specs import spec_of
from tests.small_model import small_bundle, small_fitted

SPEC = spec_of("placement_24m")


def edit(path: Path, change: Callable[[str], str]) -> None:
    path.write_text(change(path.read_text("utf-8")), "utf-8")


def renew_sums(folder: Path) -> None:
    """Checksums as somebody would write them who changed a file on purpose."""
    sums = {name: bundles._sum(folder / name) for name in bundles.FILES}
    (folder / bundles.SUMS).write_text(json.dumps(sums), "utf-8")


def test_a_bundle_is_read_back_as_it_was_written(tmp_path: Path) -> None:
    bundle = small_bundle(tmp_path / "b", SPEC)
    assert bundle.fitted == small_fitted(SPEC)
    assert bundle.spec is SPEC
    assert bundle.lock == lock_hash(SPEC)
    assert bundle.paths.columns == len(SPEC.columns)


def test_the_same_model_is_the_same_bytes(tmp_path: Path) -> None:
    first, second = (small_bundle(tmp_path / name, SPEC).digest for name in ("a", "b"))
    assert first == second


def test_no_file_of_a_bundle_is_code(tmp_path: Path) -> None:
    small_bundle(tmp_path / "b", SPEC)
    for path in (tmp_path / "b").iterdir():
        assert path.read_text("utf-8")  # all of it is text


@pytest.mark.parametrize("name", bundles.FILES)
def test_a_changed_file_is_refused(tmp_path: Path, name: str) -> None:
    small_bundle(tmp_path / "b", SPEC)
    edit(tmp_path / "b" / name, lambda text: text + " ")
    with pytest.raises(KizukiError, match=f"{name} changed since"):
        read_bundle(tmp_path / "b")


@pytest.mark.parametrize("name", [*bundles.FILES, bundles.SUMS])
def test_a_missing_file_is_refused(tmp_path: Path, name: str) -> None:
    small_bundle(tmp_path / "b", SPEC)
    (tmp_path / "b" / name).unlink()
    with pytest.raises(KizukiError, match="not a whole bundle"):
        read_bundle(tmp_path / "b")


def test_a_model_trained_on_other_questions_is_refused(tmp_path: Path) -> None:
    small_bundle(tmp_path / "b", SPEC)
    lines = lock_text(SPEC).splitlines(keepends=True)
    edit(tmp_path / "b" / bundles.LOCK, lambda _: "".join([*lines[1:], lines[0]]))
    renew_sums(tmp_path / "b")
    with pytest.raises(KizukiError, match="features of placement_24m have changed"):
        read_bundle(tmp_path / "b")


def test_another_format_is_refused(tmp_path: Path) -> None:
    small_bundle(tmp_path / "b", SPEC)
    edit(tmp_path / "b" / bundles.FITTED, lambda text: text.replace('"format": 2', '"format": 1'))
    renew_sums(tmp_path / "b")
    with pytest.raises(KizukiError, match="format 1 is not 2"):
        read_bundle(tmp_path / "b")


def test_an_unknown_model_is_named(tmp_path: Path) -> None:
    small_bundle(tmp_path / "b", SPEC)
    edit(tmp_path / "b" / bundles.FITTED, lambda text: text.replace("placement_24m", "../other"))
    renew_sums(tmp_path / "b")
    with pytest.raises(KizukiError, match="no model is called"):
        read_bundle(tmp_path / "b")


def test_a_model_that_says_something_else_than_when_it_was_written_is_refused(
    tmp_path: Path,
) -> None:
    small_bundle(tmp_path / "b", SPEC)
    text = (tmp_path / "b" / bundles.MODEL).read_text()
    leaf = re.search(r"^leaf_value=(\S+)", text, re.M)
    assert leaf
    other = text.replace(leaf[0], f"leaf_value={float(leaf[1]) + 1e-6}", 1)
    (tmp_path / "b" / bundles.MODEL).write_text(other)
    renew_sums(tmp_path / "b")
    with pytest.raises(KizukiError, match="does not say here what it said where it was written"):
        read_bundle(tmp_path / "b")
