"""The house keeps its rules, and each rule notices when it is broken."""

from pathlib import Path

import pytest

from tests.house.rules import (
    RULES,
    Rule,
    Tree,
    every_test_file_tests,
    everything_public_is_explained,
    files_are_small,
    functions_are_small,
    names_say_something,
    nothing_names_a_machine,
    nothing_runs_what_a_file_says,
    nothing_takes_whatever_comes,
    top_level_is_the_plan,
)

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def checkout() -> Tree:
    """The files of the checkout, read and parsed once."""
    return Tree.of_checkout(ROOT)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_house_keeps_its_rules(rule: Rule, checkout: Tree) -> None:
    broken = list(rule(checkout))
    assert not broken, "\n".join(broken)


def test_files_that_are_not_yet_committed_are_seen_and_ignored_ones_are_not(checkout: Tree) -> None:
    names = checkout.names
    assert "kizuki.py" in names
    assert not [name for name in names if name.startswith(".venv/")]


LONG_FUNCTION = "def long():\n" + "    x = 1\n" * 40
PLANTED = [
    (files_are_small, "features/big.py", "x = 1\n" * 301),
    (files_are_small, "tests/test_big.py", "x = 1\n" * 301),
    (functions_are_small, "features/big.py", LONG_FUNCTION),
    (functions_are_small, "tests/test_big.py", "async " + LONG_FUNCTION),
    (names_say_something, "serving/utils.py", ""),
    (names_say_something, "serving/core/desk.py", ""),
    (names_say_something, "tests/helpers.html", ""),
    (top_level_is_the_plan, "scripts/run.sh", ""),
    (top_level_is_the_plan, "setup.py", ""),
    (nothing_names_a_machine, "README.md", "see /" + "work/main"),
    (nothing_names_a_machine, "features/a.py", "HOME = '/" + "home/someone'"),
    (nothing_names_a_machine, "requirements.lock", "--index" + "-url somewhere"),
    (nothing_runs_what_a_file_says, "features/a.py", "import pickle"),
    (nothing_runs_what_a_file_says, "features/a.py", "import joblib.numpy_pickle as fast"),
    (nothing_runs_what_a_file_says, "features/a.py", "from cloudpickle import loads"),
    (nothing_runs_what_a_file_says, "features/a.py", "def f(x):\n    return eval(x)"),
    (nothing_runs_what_a_file_says, "kizuki.py", "exec('x')"),
    (nothing_runs_what_a_file_says, "models/a.py", "yaml.load(text)"),
    (nothing_runs_what_a_file_says, "models/a.py", "numpy.load(path, allow_pickle=True)"),
    (nothing_runs_what_a_file_says, "training/a.py", "frame.to_pickle(path)"),
    (nothing_takes_whatever_comes, "serving/endpoints/a.py", "def f(desk, **more): ..."),
    (nothing_takes_whatever_comes, "serving/endpoints/a.py", "f = lambda *more: more"),
    (nothing_takes_whatever_comes, "serving/other.py", "import bentoml\nx = bentoml.depends(f)"),
    (everything_public_is_explained, "features/a.py", "x = 1"),
    (everything_public_is_explained, "features/a.py", '"""A."""\ndef f(): ...'),
    (everything_public_is_explained, "features/a.py", '"""A."""\nclass C: ...'),
    (everything_public_is_explained, "features/a.py", '"""A title without an end"""'),
    (everything_public_is_explained, "features/a.py", '"""One. Two."""'),
    (every_test_file_tests, "tests/test_a.py", "def test_nothing():\n    run()"),
]


@pytest.mark.parametrize(("rule", "name", "text"), PLANTED)
def test_a_planted_fault_is_found(rule: Rule, name: str, text: str, tmp_path: Path) -> None:
    (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / name).write_text(text, encoding="utf-8")
    assert list(rule(Tree(tmp_path, (name,))))


SOUND = {
    "features/a.py": '"""Rows 1.5 years apart, read."""\n\n\ndef f() -> None:\n    """Do."""\n',
    "tests/test_a.py": "import pytest\n\ndef test_it():\n    with pytest.raises(ValueError): f()\n",
    "README.md": "See https://example.org/home/page and notebooks/root/.\n",
    ".ci/run": "make test\n",
}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_a_sound_tree_is_left_in_peace(rule: Rule, tmp_path: Path) -> None:
    for name, text in SOUND.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert not list(rule(Tree(tmp_path, tuple(SOUND))))
