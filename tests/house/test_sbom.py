"""The bill of materials lists what the lock installs, by its hashes; and that is what runs."""

import json
import re
import subprocess
import sys
from importlib.metadata import distributions, packages_distributions
from pathlib import Path

from packaging.markers import Marker
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
COMMAND = re.compile(r"\$\(BIN\)/(cyclonedx-py .*) -o sbom\.json")


def test_it_lists_every_package_of_the_lock_with_its_hashes(tmp_path: Path) -> None:
    found = COMMAND.search((ROOT / "Makefile").read_text("utf-8"))
    assert found
    program, *words = found[1].split()
    command = [
        Path(sys.executable).with_name(program),
        *words,
        "--no-validate",
        "-o",
        tmp_path / "sbom.json",
    ]
    subprocess.run(command, check=True, cwd=ROOT, capture_output=True)
    listed = json.loads((tmp_path / "sbom.json").read_text("utf-8"))["components"]
    lock = (ROOT / "requirements.lock").read_text("utf-8")
    pinned = dict(re.findall(r"^([\w.\[\]-]+)==([\w.!+]+)", lock, re.MULTILINE))
    assert {part["name"]: part["version"] for part in listed} == {
        name.partition("[")[0]: version for name, version in pinned.items()
    }
    hashes = [
        said["content"]
        for part in listed
        for reference in part["externalReferences"]
        for said in reference.get("hashes", ())
    ]
    assert len(hashes) == lock.count("--hash=sha256:")


PIN = re.compile(r"^([\w.-]+)(?:\[[\w,]+\])?==([\w.!+]+)(?: ; ([^\\\n]+))?", re.MULTILINE)
OURS, OF_PYTHON = {"kizuki", "tests"}, {"pip"}  # what made the environment is none of the project's


def test_what_is_installed_is_what_the_lock_says() -> None:
    lock = (ROOT / "requirements.lock").read_text("utf-8")
    locked = {
        canonicalize_name(name): version
        for name, version, where in PIN.findall(lock)
        if not where or Marker(where.strip()).evaluate()
    }
    there = {canonicalize_name(one.metadata["Name"]): one.version for one in distributions()}
    assert {name: there[name] for name in there.keys() - OURS - OF_PYTHON} == locked


def test_what_a_desk_imports_is_of_packages_that_the_lock_says() -> None:
    program = "import sys, serving.commands; print(*{n.partition('.')[0] for n in sys.modules})"
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT)
    lock = (ROOT / "requirements.lock").read_text("utf-8")
    locked = {canonicalize_name(name) for name, *_ in PIN.findall(lock)}
    of = packages_distributions()
    used = {canonicalize_name(one) for name in done.stdout.split() for one in of.get(name, ())}
    assert len(used) > 30
    assert used - OURS <= locked
