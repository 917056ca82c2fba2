"""The pages written from the code say what the code says, and the command notices when not."""

from pathlib import Path

import pytest

import kizuki
from features import catalogue
from features.language.fields import Choice
from features.library import COLUMNS, FEATURES
from features.tables import TABLES


def run(arguments: list[str]) -> object:
    with pytest.raises(SystemExit) as ended:
        kizuki.main(arguments)
    return ended.value.code


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(catalogue, "FOLDER", tmp_path)
    return tmp_path


def test_the_pages_of_the_checkout_are_current() -> None:
    stale = [path.name for path in catalogue.stale_pages(catalogue.FOLDER)]
    assert not stale, "kizuki catalogue writes them anew"


def test_what_was_written_is_current(folder: Path) -> None:
    assert run(["catalogue"]) == 0
    assert {path.name for path in folder.iterdir()} == {"CATALOGUE.md", "GLOSSARY.md"}
    assert run(["catalogue", "--check"]) == 0


@pytest.mark.parametrize("name", ["CATALOGUE.md", "GLOSSARY.md"])
def test_a_page_that_was_changed_or_lost_is_noticed_and_left_alone(
    name: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(["catalogue"])
    (folder / name).write_text("changed by hand", encoding="utf-8")
    assert run(["catalogue", "--check"]) == 1
    assert f"{name} is not current" in capsys.readouterr().err
    assert (folder / name).read_text(encoding="utf-8") == "changed by hand"
    (folder / name).unlink()
    assert run(["catalogue", "--check"]) == 1


def test_every_feature_and_column_is_in_the_catalogue() -> None:
    page = catalogue.catalogue_page()
    for feature in FEATURES.values():
        entry = page.partition(f"\n### {feature.name}\n")[2].partition("\n### ")[0]
        reason = feature.reason
        said = (feature.about, feature.example, reason.some.ja, reason.none.en)
        assert [words for words in said if words not in entry] == []
    for column in COLUMNS.values():
        assert f"| `{column.name}` |" in page
        assert f"`{column.value}` | `{column.fingerprint}` |" in page


def test_every_field_and_code_is_in_the_glossary_and_protected_ones_are_marked() -> None:
    page = catalogue.glossary_page()
    for table in TABLES.values():
        section = page.partition(f"\n### {table.name} ")[2].partition("\n### ")[0]
        rows = {line.split("`")[1]: line for line in section.splitlines() if line[:3] == "| `"}
        assert list(rows) == list(table.columns)
        for name, field in table.columns.items():
            assert field.words.ja in rows[name]
            assert ("protected" in rows[name]) == field.protected
            codes = field.allowed if isinstance(field, Choice) else {}
            assert [code for code in codes if f"`{code}` {codes[code].ja}" not in rows[name]] == []


def test_rows_of_each_table_have_as_many_cells_as_its_head() -> None:
    for text in catalogue.pages().values():
        blocks = [block.splitlines() for block in text.split("\n\n") if block.startswith("| ")]
        assert blocks
        for block in blocks:
            assert len({line.count(" | ") for line in block if "---" not in line}) == 1
