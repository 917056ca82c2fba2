"""Every notebook runs from its first cell to its last, and tells what it is there to tell."""

from pathlib import Path

import jupytext
import pytest
from nbclient import NotebookClient

FOLDER = Path(__file__).parents[2] / "notebooks"
TOLD = {
    "01_a_town_and_a_score": "were ever the subject of a notification",
    "02_a_feature": "DeclarationError: is_a_boy: children.sex is protected, for audits only",
    "03_a_model": "bundle/fitted.json",
    "04_reading_a_report": "None ['the age is not known']",
    "05_an_audit": "insufficient evidence",
}


@pytest.mark.parametrize("name", TOLD)
def test_notebook_runs(name: str) -> None:
    notebook = jupytext.read(FOLDER / f"{name}.py")
    here = {"metadata": {"path": str(FOLDER.parent)}}
    NotebookClient(notebook, timeout=300, kernel_name="python3", resources=here).execute()
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    shown = [f"{out.get('text', '')}{out.get('data', {}).get('text/html', '')}" for out in outputs]
    assert TOLD[name] in "\n".join(shown)


def test_there_is_no_other_notebook() -> None:
    assert sorted(path.stem for path in FOLDER.glob("[0-9][0-9]_*.py")) == sorted(TOLD)
