"""The catalogue: every feature on one page, written from the features themselves."""

import inspect
import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Annotated

import typer
from tqdm import tqdm

from features.errors import KizukiError
from features.glossary import glossary_page
from features.language.feature import Column, Feature
from features.library import COLUMNS, FEATURES, SIDES, features_of
from features.tables import needed_tables

FOLDER = Path(__file__).parent


def pages() -> dict[str, str]:
    """What each generated page of this room must say, by file name."""
    return {"CATALOGUE.md": catalogue_page(), "GLOSSARY.md": glossary_page()}


def stale_pages(folder: Path) -> list[Path]:
    """The pages that are missing from a folder or do not say what they must."""
    return [folder / name for name, text in pages().items() if _read(folder / name) != text]


def write(
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; exit 1 where a page is not current.")
    ] = False,
    audit: Annotated[
        Path | None,
        typer.Option(help="A case file: write how well each column stands for each group."),
    ] = None,
    out: Annotated[Path | None, typer.Option(help="Where to write that page (Markdown).")] = None,
) -> None:
    """Write the pages that list every feature, table and word."""
    if audit is not None or out is not None:
        if audit is None or out is None or check:
            raise KizukiError("--audit and --out belong together, and --check to neither")
        _write_proxies(audit, out)
        return
    if check:
        stale = stale_pages(FOLDER)
        for path in stale:
            typer.echo(f"{path} is not current; kizuki catalogue writes it anew", err=True)
        raise typer.Exit(1 if stale else 0)
    for name, text in pages().items():
        (FOLDER / name).write_text(text, encoding="utf-8")
        typer.echo(f"wrote {FOLDER / name}")


def _write_proxies(cases: Path, out: Path) -> None:
    # Whoever writes or checks the pages of the checkout needs no data frames.
    from features.proxies.page import page_of  # noqa: PLC0415
    from features.proxies.table import proxy_table  # noqa: PLC0415

    columns = list(COLUMNS.values())
    with tqdm(total=len(columns), desc="columns", unit="column") as bar:
        page = page_of(proxy_table(cases, columns, bar.update), columns)
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_text(page, "utf-8")
    except OSError as problem:
        raise KizukiError(f"{out} cannot be written: {problem.strerror}") from None
    typer.echo(f"wrote {out}")


def catalogue_page() -> str:
    """CATALOGUE.md as text."""
    lines = [
        "# Catalogue of features 特徴量一覧",
        "",
        "Written by `kizuki catalogue`; do not edit. The words of the tables are in",
        "[GLOSSARY.md](GLOSSARY.md). How well each column stands for a group that no feature",
        "may read depends on the case file: `kizuki catalogue --audit CASES --out proxies.md`",
        "writes that.",
        "",
        f"{len(FEATURES)} features, {len(COLUMNS)} columns. Each side of a child's life has a",
        "section of its own, which begins with a list of its features:",
        "",
        "| 分野 | side | features | what it is about |",
        "|---|---|---|---|",
        *map(_side_row, SIDES),
    ]
    for side in SIDES:
        lines += ["", f"## {_title(side)}", "", inspect.getdoc(side) or "", ""]
        lines += ["| feature | what it asks | windows |", "|---|---|---|"]
        lines += map(_feature_row, features_of(side))
        for feature in features_of(side):
            lines += ["", *_entry(feature)]
    return "\n".join(lines) + "\n"


def _side_row(side: ModuleType) -> str:
    about, _, _ = (inspect.getdoc(side) or "").partition("\n")
    link = f"[{side.__name__.rpartition('.')[2]}](#{_anchor(_title(side))})"
    return f"| {SIDES[side].ja} | {link} | {len(features_of(side))} | {about} |"


def _feature_row(feature: Feature) -> str:
    windows = ", ".join(column.window.words.en for column in feature.columns)
    return f"| [{feature.name}](#{feature.name}) | {feature.about} | {windows} |"


def _title(side: ModuleType) -> str:
    words = SIDES[side].en
    return f"{words[0].upper()}{words[1:]} {SIDES[side].ja}"


def _anchor(title: str) -> str:
    """The name that GitHub gives to a heading."""
    kept = re.sub(r"[^\w -]", "", title.lower())
    return kept.replace(" ", "-")


def _entry(feature: Feature) -> Iterator[str]:
    some, none = feature.reason.some, feature.reason.none
    needed = frozenset().union(*(needed_tables(column.value) for column in feature.columns))
    yield from (f"### {feature.name}", "", feature.about, "")
    yield from ("| | 日本語 | English |", "|---|---|---|")
    yield f"| some | {some.ja} | {some.en} |"
    yield from (f"| none | {none.ja} | {none.en} |", "")
    yield from ("| column | window | question | fingerprint |", "|---|---|---|---|")
    yield from map(_row, feature.columns)
    if feature.sunset is not None:
        words = feature.sunset.words
        yield from ("", f"Sunset 打ち切り: nothing older counts, {words.ja} / {words.en}")
    yield from ("", f"Needs: {', '.join(f'`{name}`' for name in sorted(needed))}", "")
    yield from ("```text", feature.example, "```")


def _row(column: Column) -> str:
    window = f"{column.window.words.ja} / {column.window.words.en}"
    return f"| `{column.name}` | {window} | `{column.value}` | `{column.fingerprint}` |"


def _read(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.is_file() else None
