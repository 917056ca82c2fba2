"""Every notebook runs from its first cell to its last."""

from pathlib import Path

import jupytext
import pytest
from nbclient import NotebookClient

NOTEBOOKS = sorted((Path(__file__).parents[2] / "notebooks").glob("[0-9][0-9]_*.py"))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=[path.stem for path in NOTEBOOKS])
def test_notebook_runs(path: Path) -> None:
    notebook = jupytext.read(path)
    here = {"metadata": {"path": str(path.parents[1])}}
    NotebookClient(notebook, timeout=300, kernel_name="python3", resources=here).execute()
    told = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    assert any("score" in str(output.get("text", "")) for output in told)


def test_there_is_a_notebook() -> None:
    assert [path.stem for path in NOTEBOOKS] == ["01_a_town_and_a_score"]
