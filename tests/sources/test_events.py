"""Events as lines of JSON: a case file made of them, or gone on with, whatever the order."""

import gzip
import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from features.case_file import CaseFile
from features.errors import KizukiError
from features.sources.event_stream import BESIDE, import_events
from features.sources.report import Report
from tests.sources.census_files import reasons, rows
from tests.sources.test_real_files import run

TODAY = date(2024, 3, 31)
Said = dict[str, object]


def report_of(day: str, known: str = "", **said: object) -> Said:
    row = {"id": "n1", "child": "A", "happened": day, "known": known or day}
    return {"type": "record", "table": "notifications", **row, **said}


def withdrawal(known: str, id_: str = "n1") -> Said:
    return {"type": "withdrawal", "table": "notifications", "id": id_, "known": known}


def coverage(table: str, **said: object) -> Said:
    return {"type": "coverage", "table": table, **said}


def stream(folder: Path, *lines: Said | str, as_of: date | None = None) -> Report:
    """The lines taken into the case file of the folder."""
    texts = [line if isinstance(line, str) else json.dumps(line) for line in lines]
    folder.mkdir(exist_ok=True)
    (folder / "events.jsonl").write_text("".join(f"{text}\n" for text in texts), "utf-8")
    made = import_events(folder / "events.jsonl", folder, "utf-8", TODAY, as_of)
    case_file, beside, report = made
    case_file.write(folder)
    (folder / BESIDE).write_text("".join(f"{line}\n" for line in beside), "utf-8")
    return report


def versions(folder: Path, table: str = "notifications") -> list[tuple[str | None, ...]]:
    frame = CaseFile.read(folder).tables[table]
    return rows(frame, "id", "happened", "known", "withdrawn")


def test_a_record_is_a_row_and_a_later_one_of_its_id_corrects_it(tmp_path: Path) -> None:
    stream(
        tmp_path,
        report_of("2024-01-02", "2024-02-01", source="school"),
        report_of("2024-01-01", source="police"),
    )
    assert versions(tmp_path) == [
        ("n1", "2024-01-01", "2024-01-01", "2024-02-01"),
        ("n1", "2024-01-02", "2024-02-01", None),
    ]
    assert CaseFile.read(tmp_path).as_of == date(2024, 2, 1)


def test_what_is_withdrawn_is_not_believed_from_that_day_until_it_is_told_again(
    tmp_path: Path,
) -> None:
    stream(
        tmp_path,
        withdrawal("2024-01-10"),
        report_of("2024-01-01"),
        report_of("2024-01-01", "2024-02-01"),
    )
    assert versions(tmp_path) == [
        ("n1", "2024-01-01", "2024-01-01", "2024-01-10"),
        ("n1", "2024-01-01", "2024-02-01", None),
    ]


def test_what_is_withdrawn_on_its_own_day_was_never_believed(tmp_path: Path) -> None:
    stream(tmp_path, report_of("2024-01-01"), withdrawal("2024-01-01"))
    assert versions(tmp_path) == []
    stream(tmp_path, report_of("2024-01-01"))  # told again, it is still withdrawn
    assert versions(tmp_path) == []


def test_the_same_line_again_is_one_event_and_another_of_its_day_is_refused(
    tmp_path: Path,
) -> None:
    first = report_of("2024-01-01", source="police")
    stream(tmp_path, first)
    report = stream(tmp_path, first, report_of("2024-01-01", source="school"), first)
    assert len(versions(tmp_path)) == 1
    told = {(line.kept, line.refused, line.reason): line.first for line in report.lines()}
    assert told == {
        (2, 0, "says again what is on record"): "line 1",
        (0, 1, "known: another record of this id became known on that day"): "line 2",
    }


REFUSED = {
    "not JSON": ('{"type": }', "", "line 1, column 10", "is not JSON, or breaks off"),
    "JSON without end": ("[" * 100_000, "", "line 1", "is not JSON that can be read"),
    "a number without end": ("1" * 5000, "", "line 1", "is not JSON that can be read"),
    "no table": ({"type": "record", "table": "notes"}, "", "line 1", None),
    "no object": ("[1]", "", "line 1", "must be an object"),
    "a field twice": ('{"type": "record", "type": "record"}', "", "line 1",
                      "names a field twice"),
    "no number": ('{"type": NaN}', "", "line 1", "holds a number that is none"),
    "a type": ({"type": "message"}, "", "line 1",
               "type: must be one of: record, withdrawal, coverage"),
    "a list for a type": ({"type": ["record"]}, "", "line 1",
                          "type: must be one of: record, withdrawal, coverage"),
    "a field": (report_of("2024-01-01", colour="red"), "notifications", "line 1",
                "colour: notifications has no such field"),
    "a code": (report_of("2024-01-01", source="GHOST"), "notifications", "line 1", None),
    "before it happened": (report_of("2024-02-01", "2024-01-01"), "notifications", "line 1",
                           "known: lies before happened"),
    "in the future": (report_of("2024-04-01"), "notifications", "line 1",
                      "known: lies in the future"),
    "withdrawn by itself": (report_of("2024-01-01", withdrawn="2024-02-01"), "notifications",
                            "line 1", "withdrawn: is told by a line of its own, of the type "
                            "withdrawal"),
    "a withdrawal of more": ({**withdrawal("2024-01-01"), "child": "A"}, "notifications",
                             "line 1", "child: a withdrawal has no such field"),
    "a withdrawal of nothing": ({"type": "withdrawal", "table": "notifications"},
                                "notifications", "line 1", "id: is required; known: is required"),
    "a kind of coverage": (coverage("placements", kinds=["GHOST"]), "placements", "line 1", None),
}  # fmt: skip


@pytest.mark.parametrize("wrong", REFUSED)
def test_a_line_that_cannot_be_is_refused_by_number_and_never_repeated(
    tmp_path: Path, wrong: str
) -> None:
    line, table, place, reason = REFUSED[wrong]
    good = {"type": "record", "table": "children", "id": "c", "child": "c",
            "happened": "2020-01-01", "known": "2020-01-01"}  # fmt: skip
    report = stream(tmp_path, line, good)
    refused = [line for line in report.lines() if line.refused]
    assert [(one.table, one.first) for one in refused] == [(table, place)]
    assert reason in (None, refused[0].reason)
    assert "GHOST" not in str(report)
    assert set(CaseFile.read(tmp_path).tables) == {"children"}


def test_a_stream_of_which_nothing_can_be_taken_makes_no_case_file(tmp_path: Path) -> None:
    with pytest.raises(KizukiError, match="none of its 1 lines can be taken; line 1, column 1: is"):
        stream(tmp_path, "?")
    with pytest.raises(KizukiError, match="holds no record"):
        stream(tmp_path)
    with pytest.raises(KizukiError, match="lies in the future"):
        stream(tmp_path, report_of("2024-01-01"), as_of=date(2024, 4, 1))


def test_coverage_says_that_a_table_is_recorded_even_if_it_is_empty(tmp_path: Path) -> None:
    kinds = coverage("placements", kinds=["foster"])
    kinship = {"type": "record", "table": "placements", "id": "p", "child": "A",
               "happened": "2024-01-01", "known": "2024-01-01", "kind": "kinship"}  # fmt: skip
    report = stream(
        tmp_path,
        report_of("2024-01-01"),
        kinship,
        kinds,
        coverage("contacts"),
        coverage("placements"),
    )
    case_file = CaseFile.read(tmp_path)
    assert set(case_file.tables) == {"notifications", "placements", "contacts"}
    assert case_file.coverage["placements"].kinds == {"foster"}
    told = reasons(report)
    not_recorded = "kind: is declared as a kind that is not recorded"
    assert told["record", "placements", not_recorded] == "line 2"
    assert told["coverage", "placements", "differs from what was declared"] == "line 5"


def test_the_day_up_to_which_all_is_told_can_be_given(tmp_path: Path) -> None:
    lines = (report_of("2024-01-01"), report_of("2024-03-01", id="n2"))
    report = stream(tmp_path, *lines, as_of=date(2024, 2, 1))
    assert CaseFile.read(tmp_path).as_of == date(2024, 2, 1)
    after = "known: lies after the day of the extract"
    assert reasons(report) == {("record", "notifications", after): "line 2"}
    stream(tmp_path, *lines)
    assert CaseFile.read(tmp_path).as_of == date(2024, 3, 1)


DAYS = st.integers(1, 4).map(lambda day: f"2024-01-0{day}")
IDS = st.sampled_from(["n1", "n2"])
RECORDS = st.builds(
    lambda id_, known: report_of("2023-12-31", known, id=id_, source=f"{SOURCES[known]}"),
    IDS,
    DAYS,
)
SOURCES = {"2024-01-01": "police", "2024-01-02": "school", "2024-01-03": "child",
           "2024-01-04": "other"}  # fmt: skip
LINES = st.lists(RECORDS | st.builds(withdrawal, DAYS, IDS), min_size=1, max_size=6)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(st.data(), LINES)
def test_any_order_any_repetition_and_any_cut_give_the_same_case_file(
    tmp_path: Path, data: st.DataObject, lines: list[Said]
) -> None:
    lines = [report_of("2023-12-31", id="first"), *lines]
    again = data.draw(st.lists(st.sampled_from(lines), max_size=3))
    shuffled = data.draw(st.permutations([*lines, *again]))
    cut = data.draw(st.integers(0, len(shuffled)))
    for folder in ("once", "in two"):
        for path in (tmp_path / folder).glob("*"):
            path.unlink()
    stream(tmp_path / "once", *lines)
    stream(tmp_path / "in two", *shuffled[:cut], lines[0])
    stream(tmp_path / "in two", *shuffled[cut:])
    for path in (tmp_path / "once").iterdir():
        if path.name != "events.jsonl":
            assert path.read_bytes() == (tmp_path / "in two" / path.name).read_bytes(), path.name


def test_a_stream_goes_on_with_a_case_file_of_any_importer(tmp_path: Path) -> None:
    stays = "id,child,start,end\np1,A,2024-01-01,2024-02-01\n"
    (tmp_path / "stays.csv").write_text(stays)
    (tmp_path / "mapping.toml").write_text(
        'as_of = 2024-02-15\nfiles.stays = { path = "stays.csv" }\n[coverage.placements]\n'
        'from = 2020-01-01\n[[tables]]\nfrom = "stays"\nto = "placements"\nfields = '
        '{ id = "id", child = "child", happened = "start", known = "start", until = "end" }\n'
    )
    out = tmp_path / "out"
    assert run("tables", tmp_path, "--mapping", tmp_path / "mapping.toml", "--out", out) == 0
    before = versions(out, "placements")
    (tmp_path / "events.jsonl.gz").write_bytes(
        gzip.compress(json.dumps(report_of("2024-03-01")).encode())
    )
    for _ in range(2):
        assert run("events", tmp_path / "events.jsonl.gz", "--out", out) == 0
        assert versions(out, "placements") == before
        assert len(versions(out)) == 1
    assert CaseFile.read(out).coverage["placements"].first > 0
    assert (out / "report.csv").is_file()
    assert [path.name for path in tmp_path.glob(".*")] == []


def test_rows_of_another_importer_that_were_never_believed_stay_as_they_are(
    tmp_path: Path,
) -> None:
    stream(tmp_path, report_of("2024-01-01"), report_of("2024-01-05"))
    made = CaseFile.read(tmp_path)
    frame = made.tables["notifications"]
    frame.loc[0, "withdrawn"] = frame.loc[0, "known"]
    CaseFile(made.as_of, {"notifications": frame}).write(tmp_path)
    stream(tmp_path, report_of("2024-02-01"))
    assert versions(tmp_path) == [
        ("n1", "2024-01-01", "2024-01-01", "2024-01-01"),
        ("n1", "2024-01-05", "2024-01-05", "2024-02-01"),
        ("n1", "2024-02-01", "2024-02-01", None),
    ]


def test_a_later_coverage_cannot_deny_what_is_on_record(tmp_path: Path) -> None:
    stay = {"type": "record", "table": "placements", "id": "p", "child": "A",
            "happened": "2024-01-01", "known": "2024-01-01", "kind": "kinship"}  # fmt: skip
    stream(tmp_path, stay)
    report = stream(tmp_path, coverage("placements", kinds=["foster"]))
    reason = "kinds: a row of another kind is on record"
    assert reasons(report) == {("coverage", "placements", reason): "line 1"}


def test_what_is_kept_beside_is_not_to_be_touched(tmp_path: Path) -> None:
    stream(tmp_path, report_of("2024-01-01"), withdrawal("2024-01-01"))
    (tmp_path / BESIDE).write_text("?\n")
    with pytest.raises(KizukiError, match=r"line 1, column 1: is broken: import everything anew"):
        stream(tmp_path, report_of("2024-01-01"))


def test_an_encoding_is_named_and_what_it_cannot_read_is_told_with_line_and_column(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    line = json.dumps(report_of("2024-01-01", child="児童1"), ensure_ascii=False)
    path = tmp_path / "events.jsonl"
    path.write_bytes(f"{line}\n".encode("cp932"))
    assert run("events", path, "--out", tmp_path / "out") == 2
    assert "line 1, column" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()
    assert run("events", path, "--encoding", "cp932", "--out", tmp_path / "out") == 0
    assert run("events", path, "--encoding", "nothing", "--out", tmp_path / "out") == 2
    assert run("events", tmp_path / "none.jsonl", "--out", tmp_path / "out") == 2
