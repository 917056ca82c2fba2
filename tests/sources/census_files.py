"""Small census returns, made for one question each."""

from pathlib import Path

import pandas as pd

from features.sources.cin_census import read_census
from features.sources.report import Report


def header(year: str = "2024", day: str = "2024-03-31", lea: str = "201") -> str:
    return f"""<Header>
    <CollectionDetails><Collection>CIN</Collection><Year>{year}</Year>
    <ReferenceDate>{day}</ReferenceDate></CollectionDetails>
    <Source><LEA>{lea}</LEA></Source>
    </Header>"""


def child(
    name: str = "A1",
    *referrals: str,
    born: str = "2015-05-01",
    who: str = "<Sex>F</Sex>",
    more: str = "<Ethnicity>WBRI</Ethnicity>",
) -> str:
    return f"""<Child>
    <ChildIdentifiers><LAchildID>{name}</LAchildID>
    <PersonBirthDate>{born}</PersonBirthDate>
    {who}</ChildIdentifiers>
    <ChildCharacteristics>{more}</ChildCharacteristics>
    {"".join(referrals)}
    </Child>"""


def referral(day: str = "2023-06-01", *under: str, source: str = "6", nfa: str = "false") -> str:
    return f"""<CINdetails>
    <CINreferralDate>{day}</CINreferralDate>
    <ReferralSource>{source}</ReferralSource>
    {"".join(under)}
    <ReferralNFA>{nfa}</ReferralNFA>
    </CINdetails>"""


def written(folder: Path, *children: str, header: str = header()) -> Path:
    path = folder / "return.xml"
    inside = "\n".join(children)
    path.write_text(f"<Message>\n{header}\n<Children>\n{inside}\n</Children>\n</Message>\n")
    return path


def read(folder: Path, *children: str) -> tuple[dict[str, pd.DataFrame], Report]:
    case_file, report = read_census(written(folder, *children))
    return dict(case_file.tables), report


def rows(frame: pd.DataFrame, *columns: str) -> list[tuple[str | None, ...]]:
    """The columns asked for as text, None where nothing is filled in."""
    return [
        tuple(
            None if pd.isna(value) else str(value.date() if hasattr(value, "date") else value)
            for value in row
        )
        for row in frame[list(columns)].itertuples(index=False)
    ]


def reasons(report: Report) -> dict[tuple[str, str, str], str]:
    """First place of what was refused or noted, by part, table and reason."""
    return {
        (line.part, line.table, line.reason): line.first
        for line in report.lines()
        if line.refused or line.noted
    }
