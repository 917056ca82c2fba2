"""What was decided is in the log, and every merge can be taken back without a trace."""

import csv
import json
from pathlib import Path

import pandas as pd
import pytest

import kizuki
from features.linking.combine import combine
from features.linking.folder import Links
from features.linking.log import Line
from tests.linking.conftest import link
from tests.linking.split_town import Split


def pairs_of(links: Path) -> pd.DataFrame:
    return pd.read_parquet(links / "links.parquet").set_index("pair")


def log_of(links: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in (links / "merges.jsonl").read_text("utf-8").splitlines()]


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def tables(folder: Path) -> dict[str, bytes]:
    return {name: held for name, held in contents(folder).items() if "merged" not in name}


def answer(links: Path, answers: dict[str, tuple[str, str]]) -> None:
    """Fill in the review list as a person would."""
    with (links / "review.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        row["same_person"], row["note"] = answers.get(row["pair"], ("", ""))
    with (links / "review.csv").open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def refused(capsys: pytest.CaptureFixture[str], *arguments: object) -> str:
    with pytest.raises(SystemExit) as ended:
        kizuki.main(["link", *map(str, arguments)])
    assert ended.value.code == 2
    return capsys.readouterr().err


def test_every_merge_can_be_undone_without_a_trace_and_made_again(
    links: Path, split: Split, tmp_path: Path
) -> None:
    combine(split.case_files, []).case_file.write(tmp_path / "never")
    link("apply", links, "--out", tmp_path / "merged")
    merged = Links.read(links)
    pairs = merged.pairs.loc[merged.pairs["decision"] == "merge", "pair"]
    assert len(pairs) > 100
    merged.say([Line("2024-04-01", "Mori", pair, "undo", "") for pair in pairs], "2024-04-01")
    link("apply", links, "--out", tmp_path / "undone")
    assert tables(tmp_path / "undone") == tables(tmp_path / "never")
    assert tables(tmp_path / "undone") != tables(tmp_path / "merged")
    merged.say([Line("2024-04-02", "Mori", pair, "yes", "") for pair in pairs], "2024-04-02")
    link("apply", links, "--out", tmp_path / "again")
    assert contents(tmp_path / "again") == contents(tmp_path / "merged")


def test_undoing_one_pair_parts_the_two_and_nobody_else(links: Path, tmp_path: Path) -> None:
    link("apply", links, "--out", tmp_path / "merged")
    pair, told = pair_of_two(pairs_of(links))
    link("undo", links, "--pair", pair, "--by", "Mori", "--why", "two cousins of one name")
    link("apply", links, "--out", tmp_path / "undone")
    before, after = (
        pd.read_parquet(tmp_path / name / "merged_persons.parquet").set_index(["agency", "person"])
        for name in ("merged", "undone")
    )
    parted = after.index[after["identifier"] != before["identifier"]]
    assert list(parted) == [(told["agency_b"], told["person_b"])]
    said = [line for line in log_of(links) if line["by"] == "Mori"]
    assert [(line["pair"], line["says"], line["why"]) for line in said] == [
        (pair, "undo", "two cousins of one name")
    ]


def pair_of_two(pairs: pd.DataFrame) -> tuple[str, pd.Series]:
    """A merged pair neither of whom is merged with anybody else."""
    merged = pairs[pairs["decision"] == "merge"]
    ends = [*zip(merged["agency_a"], merged["person_a"], strict=True),
            *zip(merged["agency_b"], merged["person_b"], strict=True)]  # fmt: skip
    for pair, told in merged.iterrows():
        if all(ends.count((told[f"agency_{s}"], told[f"person_{s}"])) == 1 for s in "ab"):
            return str(pair), told
    raise AssertionError("no such pair")


def test_answers_are_taken_into_the_log_and_off_the_list(links: Path) -> None:
    one, other = list(pd.read_csv(links / "review.csv", encoding="utf-8-sig")["pair"])[:2]
    answer(links, {one: ("yes", "her mother says so"), other: ("いいえ", "")})
    link("decide", links, "--by", "Tanaka")
    pairs = pairs_of(links)
    assert (pairs.at[one, "decision"], pairs.at[one, "reason"]) == ("merge", "said_yes")
    assert (pairs.at[other, "decision"], pairs.at[other, "reason"]) == ("apart", "said_no")
    said = {line["pair"]: line for line in log_of(links) if line["by"] == "Tanaka"}
    assert (said[one]["says"], said[one]["why"]) == ("yes", "her mother says so")
    assert said[other]["says"] == "no"
    left = set(pd.read_csv(links / "review.csv", encoding="utf-8-sig")["pair"])
    assert not left & {one, other}
    link("undo", links, "--pair", one, "--by", "Tanaka")
    assert pairs_of(links).at[one, "decision"] == "apart"


def test_the_log_only_grows(links: Path) -> None:
    before = (links / "merges.jsonl").read_bytes()
    link("undo", links, "--pair", pair_of_two(pairs_of(links))[0], "--by", "Mori")
    after = (links / "merges.jsonl").read_bytes()
    assert after.startswith(before)
    assert [line["says"] for line in log_of(links)[-2:]] == ["undo", "no longer merges"]


@pytest.mark.parametrize(
    ("said", "problem"),
    [("maybe", "line 2: same_person must be yes, no"), ("yes", "line 2: there is no such pair")],
)
def test_an_answer_that_is_none_is_refused_by_its_line(
    said: str, problem: str, links: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    answered, before = tmp_path / "answered.csv", contents(links)
    answered.write_text(f"pair,same_person,note\nno-such,{said},\n", encoding="utf-8")
    told = refused(capsys, "decide", links, "--review", answered, "--by", "Tanaka")
    assert problem in told
    assert contents(links) == before


def test_a_pair_answered_twice_is_refused(
    links: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pair, answered = pairs_of(links).index[0], tmp_path / "answered.csv"
    answered.write_text(f"pair,same_person,note\n{pair},yes,\n{pair},no,\n", encoding="utf-8")
    told = refused(capsys, "decide", links, "--review", answered, "--by", "Tanaka")
    assert "line 3: the pair is answered twice" in told


def test_what_cannot_be_decided_is_refused(
    links: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "holds no links" in refused(capsys, "apply", tmp_path, "--out", tmp_path / "cases")
    assert "no such pair is merged" in refused(
        capsys, "undo", links, "--pair", "no-such", "--by", "Mori"
    )
    pair = pair_of_two(pairs_of(links))[0]
    assert "--by" in refused(capsys, "undo", links, "--pair", pair, "--by", " ")
    north = next(iter(Links.read(links).agencies.values()))
    assert "a folder of its own" in refused(capsys, "apply", links, "--out", north)
    (links / "merges.jsonl").write_text("{}\n")
    assert "is broken" in refused(capsys, "decide", links, "--by", "Mori")
    (links / "links.parquet").write_text("")
    assert "is broken" in refused(capsys, "apply", links, "--out", tmp_path / "cases")
