"""The bill of materials lists what the lock installs: every package, its version, its hashes."""

import json
import re
import subprocess
import sys
from pathlib import Path

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
