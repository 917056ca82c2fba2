"""`kizuki town`: a synthetic town on disk, to try everything on."""

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer
from tqdm import tqdm

from features.errors import KizukiError
from features.town.names import names_from
from features.town.profiles import profile_named
from features.town.summary import summary_of
from features.town.town import TRUTH, make_town


def town(
    out: Annotated[Path, typer.Option(help="Folder for the case file and the truth.")],
    children: Annotated[int, typer.Option(help="Children in the office's case file.")] = 20_000,
    years: Annotated[int, typer.Option(help="Years that the case file covers.")] = 8,
    seed: Annotated[int, typer.Option(help="Another seed makes another town.")] = 7,
    profile: Annotated[str, typer.Option(help="Whose published figures: jp or us.")] = "jp",
    names: Annotated[
        Path | None, typer.Option(help="Folder of lists of Japanese names, for more of them.")
    ] = None,
) -> None:
    """Make a synthetic town: its case file, and the truth apart from it."""
    if names is not None and not profile_named(profile).japanese:
        raise KizukiError("--names brings Japanese names: leave it out, or take --profile jp")
    drawn = None if names is None else names_from(names)
    made = make_town(children, years, seed, profile, drawn, _months)
    made.write(out)
    typer.echo(summary_of(made.case_file))
    typer.echo(f"Case file as of {made.case_file.as_of} in {out}, the truth in {out / TRUTH}")


def _months(months: Iterable[int]) -> Iterable[int]:
    return tqdm(months, desc="Months of the town", unit="month")
