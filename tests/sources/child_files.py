"""Made-up records of the NCANDS Child File."""

from pathlib import Path

from features.sources.ncands import LAYOUT, read_child_file, read_layout
from features.sources.report import Report
from tests.sources.written_tables import Tables

REPORTED = {
    "SUBYR": "2019", "STATERR": "XX", "RPTID": "R1", "CHID": "C1", "RPTCNTY": "001",
    "RPTDT": "01052019", "INVDATE": "01062019", "RPTSRC": "05", "RPTDISP": "01",
    "RPTDISDT": "02152019", "CHBDATE": "06302012", "CHSEX": "2",
}  # fmt: skip


def record(layout: Path = LAYOUT, **said: str) -> str:
    """One record: that of a report of one child, but for what is said."""
    stretches = read_layout(layout)
    line = [" "] * max(one.start + one.width - 1 for one in stretches)
    for one in stretches:
        text = {**REPORTED, **said}.get(one.name, "")
        assert len(text) <= one.width
        line[one.start - 1 : one.start - 1 + one.width] = text.ljust(one.width)
    return "".join(line)


def sample(reports: int) -> list[str]:
    """Many records: children reported again and again, two maltreatments, one perpetrator."""
    return [
        record(
            RPTID=f"R{number:05}",
            CHID=f"C{number % (reports // 3 + 1):05}",
            RPTDT=f"{1 + number % 9:02}{1 + number % 28:02}2019",
            INVDATE=f"{1 + number % 9:02}{1 + number % 28:02}2019",
            RPTDISDT="09302019",
            CHMAL1=str(1 + number % 5),
            MAL1LEV=f"{1 + number % 7:02}",
            CHMAL2="2" if number % 4 == 0 else "",
            MAL2LEV="05" if number % 4 == 0 else "",
            PER1ID=f"P{number % 11:04}" if number % 7 < 3 else "",
            PER1REL="01" if number % 7 < 3 else "",
            PER1MAL1="1" if number % 7 < 3 else "",
        )
        for number in range(reports)
    ]


def read(folder: Path, *lines: str, layout: Path = LAYOUT) -> tuple[Tables, Report]:
    path = folder / "child.txt"
    path.write_text("".join(f"{line}\r\n" for line in lines), newline="")
    case_file, report = read_child_file(path, layout)
    return dict(case_file.tables), report
