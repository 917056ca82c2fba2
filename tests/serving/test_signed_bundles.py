"""Twelve attacks on what answers: each is refused before a byte of it is parsed, and told."""

import os
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from features.errors import KizukiError
from models import bundle as bundles
from models.key_files import signing_key
from models.ledger import PROMOTED, bundle_folder
from models.signing import MOST_BESIDE, SIGNATURE, keys_folder, sign_bundle
from models.specs import spec_of
from serving.champions import Standing, read_champions, reading
from tests.models.test_bundle import renew_sums
from tests.serving.desks import MODEL, decide
from tests.small_model import small_bundle


@pytest.fixture
def home(promoted: Path, tmp_path: Path) -> Path:
    """A state folder whose champion is version 3, and was version 2 before."""
    made = shutil.copytree(promoted, tmp_path / "home")
    older = small_bundle(bundle_folder(made, MODEL, 2), spec_of(MODEL), seed=2).digest
    now = read_champions(made)[MODEL].bundle.digest
    decide(made, PROMOTED, MODEL, 2, older)
    decide(made, PROMOTED, MODEL, 3, now)
    return made


def sign_with_another(folder: Path) -> None:
    key = signing_key(folder.parents[3] / "stranger" / "a.key")
    sign_bundle(folder, MODEL, 3, key)


def withdraw_key(folder: Path) -> None:
    for path in keys_folder(folder.parents[2]).iterdir():
        path.unlink()


def edit(folder: Path) -> None:
    said = bytearray((folder / bundles.MODEL).read_bytes())
    said[len(said) // 2] ^= 1
    (folder / bundles.MODEL).write_bytes(said)
    renew_sums(folder)


def swap_file(folder: Path) -> None:
    shutil.copy(folder.with_name("2") / bundles.MODEL, folder / bundles.MODEL)
    renew_sums(folder)


def put_link(folder: Path) -> None:
    path = folder / bundles.CARD
    path.rename(folder.parents[3] / "elsewhere.md")
    path.symlink_to(folder.parents[3] / "elsewhere.md")


def put_older(folder: Path) -> None:
    shutil.rmtree(folder)
    shutil.copytree(folder.with_name("2"), folder)


def put_zip(folder: Path) -> None:
    packed = folder.parents[3] / "packed.zip"
    with zipfile.ZipFile(packed, "w") as file:
        for path in folder.iterdir():
            file.write(path, path.name)
    shutil.rmtree(folder)
    packed.rename(folder)


def put_giant(folder: Path) -> None:
    os.truncate(folder / bundles.MODEL, 2 << 30)  # a hole: nothing is written
    assert (folder / bundles.MODEL).stat().st_size > MOST_BESIDE


def put_outside(folder: Path) -> None:
    """A checksum list that names a file outside."""
    sums = folder / bundles.SUMS
    sums.write_text(sums.read_text().replace(bundles.MODEL, f"../2/{bundles.MODEL}"))


ATTACKS: dict[str, Callable[[Path], object]] = {
    "a key that nobody trusts": sign_with_another,
    "a key that is trusted no longer": withdraw_key,
    "a file too many": lambda folder: (folder / "extra.txt").write_text("x"),
    "a file too few": lambda folder: (folder / bundles.GOLDEN).unlink(),
    "a file of another version": swap_file,
    "a link to a file outside": put_link,
    "a byte that was edited": edit,
    "the version before in its place": put_older,
    "a zip file in its place": put_zip,
    "a file of two gigabytes": put_giant,
    "a pickle inside": lambda folder: (folder / "model.pkl").write_bytes(b"\x80\x04cos\nsystem\n."),
    "a name that leads outside": put_outside,
    "no signature": lambda folder: (folder / SIGNATURE).unlink(),
}


@pytest.mark.parametrize("attack", ATTACKS)
def test_it_is_refused_before_it_is_parsed_and_who_answered_goes_on(
    attack: str, home: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    standing = Standing(home, read_champions)
    before = standing[MODEL].bundle.digest
    ATTACKS[attack](bundle_folder(home, MODEL, 3))
    parsed: list[Path] = []
    monkeypatch.setattr(reading, "read_bundle", parsed.append)
    with pytest.raises(KizukiError, match=MODEL):
        read_champions(home)
    os.utime(home / "champions" / "ledger.db")
    assert standing[MODEL].bundle.digest == before
    assert caplog.messages == ["what a file says now cannot be taken"]
    assert parsed == []


def test_what_was_promoted_answers_with_what_lies_beside_it(home: Path) -> None:
    folder = bundle_folder(home, MODEL, 3)
    (folder / "reference.parquet").write_bytes(b"x" * 1000)
    sign_bundle(folder, MODEL, 3, signing_key(keys_folder(home) / "promoter.key"))
    assert read_champions(home)[MODEL].version == 3
