"""The rules of the house: each looks at a tree of files and names what breaks it."""

import ast
import re
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

MOST_LINES_OF_A_FILE = 300
MOST_LINES_OF_A_FUNCTION = 40
ROOMS = ("features", "models", "training", "serving", "notebooks", "kizuki.py")
TOP_LEVEL = {*ROOMS, "tests", "pyproject.toml", "README.md", "Makefile", "requirements.lock"}
NAMES_THAT_SAY_NOTHING = {"utils", "helpers", "common", "core", "base", "manager", "misc"}
RUNS_WHAT_A_FILE_SAYS = {"pickle", "cloudpickle", "dill", "joblib", "marshal", "shelve", "skops"}
WRITTEN_BY_A_PROGRAM = {"serving/client/calls.py", "serving/client/shapes.py"}
UNSAFE_CALLS = {"eval", "exec", "__import__", "yaml.load", "yaml.unsafe_load"}
UNSAFE_METHODS = {"read_pickle", "to_pickle"}
AT_THE_DOOR = ("serving/endpoints/", "serving/operations/", "serving/app.py", "serving/service.py")
ELSEWHERE = {"depends", "task", "SyncHTTPClient", "AsyncHTTPClient"}  # other processes, by pickle

PATH_OF_A_MACHINE = re.compile(r"(?<![\w.])/(?:work|tmp|root|home|Users|opt)/")
ADDRESS_OF_AN_INDEX = re.compile(
    r"pypi\.org/simple|files\.pythonhosted\.org|--(?:extra-)?index-url"
)
ONE_SENTENCE = re.compile(r"(?:(?![.!?] [A-Z]).)+[.!?。]")


@dataclass(frozen=True)
class Tree:
    """The files under a folder that belong to the project."""

    root: Path
    names: tuple[str, ...]

    @classmethod
    def of_checkout(cls, root: Path) -> "Tree":
        command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
        listed = subprocess.run(command, cwd=root, check=True, capture_output=True, text=True)
        names = listed.stdout.split("\0")
        return cls(root, tuple(sorted(n for n in set(names) if n and (root / n).is_file())))

    def text(self, name: str) -> str | None:
        """What a file says, or None where it holds no text."""
        try:
            return (self.root / name).read_text(encoding="utf-8")
        except UnicodeDecodeError:
            return None

    @cached_property
    def modules(self) -> dict[str, ast.Module]:
        """Every Python file, parsed."""
        python = [name for name in self.names if name.endswith(".py")]
        return {name: ast.parse((self.root / name).read_text(encoding="utf-8")) for name in python}

    @property
    def source(self) -> dict[str, ast.Module]:
        """The Python files that are not tests."""
        return {n: m for n, m in self.modules.items() if n.partition("/")[0] in ROOMS}


Rule = Callable[[Tree], Iterator[str]]


def files_are_small(tree: Tree) -> Iterator[str]:
    for name in tree.modules.keys() - WRITTEN_BY_A_PROGRAM:
        lines = len((tree.root / name).read_text(encoding="utf-8").splitlines())
        if lines > MOST_LINES_OF_A_FILE:
            yield f"{name}: {lines} lines"


def functions_are_small(tree: Tree) -> Iterator[str]:
    for name, module in tree.modules.items():
        for node in ast.walk(module):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (node.end_lineno or node.lineno) - node.lineno + 1
                if lines > MOST_LINES_OF_A_FUNCTION:
                    yield f"{name}:{node.lineno}: {node.name} has {lines} lines"


def names_say_something(tree: Tree) -> Iterator[str]:
    for name in tree.names:
        if NAMES_THAT_SAY_NOTHING & {part.partition(".")[0] for part in name.split("/")}:
            yield name


def top_level_is_the_plan(tree: Tree) -> Iterator[str]:
    for top in sorted({name.partition("/")[0] for name in tree.names}):
        if top not in TOP_LEVEL and not top.startswith("."):
            yield top


def nothing_names_a_machine(tree: Tree) -> Iterator[str]:
    for name in tree.names:
        for number, line in enumerate((tree.text(name) or "").splitlines(), start=1):
            if PATH_OF_A_MACHINE.search(line) or ADDRESS_OF_AN_INDEX.search(line):
                yield f"{name}:{number}"


def nothing_runs_what_a_file_says(tree: Tree) -> Iterator[str]:
    for name, module in tree.source.items():
        for node in ast.walk(module):
            for unsafe in _unsafe_parts(node):
                yield f"{name}:{getattr(node, 'lineno', 0)}: {unsafe}"


def nothing_takes_whatever_comes(tree: Tree) -> Iterator[str]:
    """At the desk: who asks could put something in a place that is ours (bentoml issue 5641)."""
    for name, module in tree.source.items():
        if name.startswith(AT_THE_DOOR):
            for node in ast.walk(module):
                if isinstance(node, ast.arguments) and (node.vararg or node.kwarg):
                    yield f"{name}:{(node.vararg or node.kwarg).lineno}"  # type: ignore[union-attr]
        for node in ast.walk(module):
            match node:
                case ast.Attribute(value=ast.Name(id="bentoml"), attr=attr) if attr in ELSEWHERE:
                    yield f"{name}:{node.lineno}: bentoml.{attr}"


def everything_public_is_explained(tree: Tree) -> Iterator[str]:
    for name, module in tree.source.items():
        for node in [module, *module.body] if name not in WRITTEN_BY_A_PROGRAM else []:
            if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
                title = getattr(node, "name", "the module")
                first = (ast.get_docstring(node) or "").partition("\n")[0]
                if not title.startswith("_") and not ONE_SENTENCE.fullmatch(first):
                    yield f"{name}:{getattr(node, 'lineno', 1)}: {title}"


def every_test_file_tests(tree: Tree) -> Iterator[str]:
    for name, module in tree.modules.items():
        if Path(name).name.startswith("test_") and not any(map(_checks, ast.walk(module))):
            yield name


def _checks(node: ast.AST) -> bool:
    if not isinstance(node, ast.Call):
        return isinstance(node, ast.Assert)
    called = ast.unparse(node.func)
    return called == "pytest.raises" or re.search(r"\bassert_\w+$", called) is not None


def _unsafe_parts(node: ast.AST) -> set[str]:
    match node:
        case ast.Import(names=aliases):
            return {alias.name for alias in aliases if _top(alias.name) in RUNS_WHAT_A_FILE_SAYS}
        case ast.ImportFrom(module=str(module)):
            return {module} if _top(module) in RUNS_WHAT_A_FILE_SAYS else set()
        case ast.Call(func=function, keywords=keywords):
            called = ast.unparse(function)
            loose = {"allow_pickle" for k in keywords if ast.unparse(k) == "allow_pickle=True"}
            return loose | ({called} & UNSAFE_CALLS) | ({called.split(".")[-1]} & UNSAFE_METHODS)
        case _:
            return set()


def _top(module: str) -> str:
    return module.partition(".")[0]


RULES: tuple[Rule, ...] = (
    files_are_small,
    functions_are_small,
    names_say_something,
    top_level_is_the_plan,
    nothing_names_a_machine,
    nothing_runs_what_a_file_says,
    nothing_takes_whatever_comes,
    everything_public_is_explained,
    every_test_file_tests,
)
