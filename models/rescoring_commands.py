"""`kizuki score-rows`: the rows of many children to their scores and reasons."""

from pathlib import Path
from typing import Annotated

import pyarrow.parquet as pq
import typer
from tqdm import tqdm

from features.errors import KizukiError
from models.bundle import read_bundle
from models.rescoring import rescore


def score_rows(
    rows: Annotated[Path, typer.Argument(metavar="FILE", help="Rows, as `kizuki rows make` does.")],
    bundle: Annotated[Path, typer.Option(help="The folder of the model, such as a champion's.")],
    out: Annotated[Path, typer.Option(help="The Parquet file to write.")],
) -> None:
    """Score every row, with the share of every feature; nothing of it is journaled."""
    model = read_bundle(bundle)
    with tqdm(total=_count(rows), desc="rows", unit="row") as bar:
        rescore(model, rows, out, bar.update)
    typer.echo(f"wrote {out}: {bar.total} rows scored by {model.spec.name} (bundle {model.digest})")


def _count(rows: Path) -> int:
    try:
        count: int = pq.read_metadata(rows).num_rows
    except (OSError, ValueError):
        raise KizukiError(f"{rows}: holds no rows that can be read") from None
    return count
