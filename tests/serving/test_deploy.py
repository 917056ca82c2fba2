"""The texts for putting a desk up: no engine here runs them, so each is read and held to its form.

Settings that are not there, probes that are not answered and keys that are lost would only show at
an office.
"""

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

import serving
from serving.app import OPEN
from serving.commands import LONGEST_GOODBYE
from serving.settings import Settings

FOLDER = Path(serving.__file__).with_name("deploy")
UNIT = FOLDER / "kizuki.service"
CHART = FOLDER / "chart"
TEXTS = sorted(path for path in FOLDER.rglob("*") if path.is_file())
EXAMPLE_VALUES = {"image": "kizuki@sha256:0", "agency": "tokyo", "tokens.issuer": "https://login"}
HARDENED = {
    "NoNewPrivileges=yes", "PrivateDevices=yes", "PrivateTmp=yes", "PrivateUsers=yes",
    "ProtectSystem=strict", "ProtectHome=yes", "ProtectKernelModules=yes",
    "ProtectKernelTunables=yes", "ProtectControlGroups=yes", "RestrictNamespaces=yes",
    "RestrictSUIDSGID=yes", "LockPersonality=yes", "SystemCallArchitectures=native",
    "SystemCallFilter=@system-service", "IPAddressDeny=any", "DynamicUser=yes",
    "CapabilityBoundingSet=", "LimitCORE=0",
}  # fmt: skip


def value_at(path: str) -> Any:
    """What values.yaml says at a path of names; raises KeyError where it says nothing."""
    said = yaml.safe_load((CHART / "values.yaml").read_text())
    for name in path.split("."):
        said = said[name]
    return EXAMPLE_VALUES.get(path, said)


def rendered(template: Path) -> list[Any]:
    """A template with its blanks filled: only plain ones are used, so that this suffices."""

    def filled(blank: re.Match[str]) -> str:
        if blank[1] == ".Release.Name":
            return "kizuki"
        plain = re.fullmatch(r'(?:required "[^"]+" )?\.Values\.([\w.]+)( \| quote)?', blank[1])
        assert plain, f"{template.name}: {blank[1]} is not plain"
        said = str(value_at(plain[1]))
        return f'"{said}"' if plain[2] else said

    text = re.sub(r"{{ (.+?) }}", filled, template.read_text())
    return list(yaml.safe_load_all(text))


def desk_container() -> dict[str, Any]:
    (said,) = rendered(CHART / "templates" / "desk.yaml")
    container: dict[str, Any] = said["spec"]["template"]["spec"]["containers"][0]
    return container


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.name)
def test_every_setting_that_is_named_is_one(path: Path) -> None:
    known = {f"KIZUKI_{name.upper()}" for name in Settings.model_fields}
    named = set(re.findall(r"\bKIZUKI_[A-Z_]+\b", path.read_text()))
    assert named <= known | {"KIZUKI_IMAGE"}


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.name)
def test_no_text_holds_a_secret(path: Path) -> None:
    assert not re.search(r"BEGIN [A-Z ]*KEY|password: *\w|postgresql://\w+:", path.read_text())


def test_every_text_asks_who_comes() -> None:
    assert "KIZUKI_ASK=everybody" in UNIT.read_text()
    compose = yaml.safe_load((FOLDER / "compose.yaml").read_text())
    assert compose["services"]["desk"]["environment"]["KIZUKI_ASK"] == "everybody"
    env = {said["name"]: said.get("value") for said in desk_container()["env"]}
    assert env["KIZUKI_ASK"] == "everybody"


def test_the_unit_is_hardened() -> None:
    lines = UNIT.read_text().splitlines()
    assert not HARDENED - set(lines)


def test_systemd_takes_the_unit(tmp_path: Path) -> None:
    verify = shutil.which("systemd-analyze")
    if verify is None:
        pytest.skip("systemd-analyze is not on this machine")
    unit = tmp_path / UNIT.name
    start = re.escape("/usr/local/lib/kizuki/bin/kizuki")
    unit.write_text(re.sub(start, "/bin/true", UNIT.read_text()))
    done = subprocess.run(
        [verify, "verify", "--man=no", unit], check=False, capture_output=True, text=True
    )
    about = [line for line in done.stderr.splitlines() if unit.name in line]
    assert about == []


def test_all_give_answers_under_way_the_time_to_finish() -> None:
    unit = re.search(r"TimeoutStopSec=(\d+)", UNIT.read_text())
    compose = yaml.safe_load((FOLDER / "compose.yaml").read_text())
    (chart,) = rendered(CHART / "templates" / "desk.yaml")
    assert unit
    given = [
        int(unit[1]),
        int(compose["services"]["desk"]["stop_grace_period"].removesuffix("s")),
        chart["spec"]["template"]["spec"]["terminationGracePeriodSeconds"],
    ]
    assert min(given) > LONGEST_GOODBYE


def test_the_probes_of_the_chart_are_answered_whoever_asks() -> None:
    container = desk_container()
    asked = {
        container[f"{kind}Probe"]["httpGet"]["path"]
        for kind in ("startup", "liveness", "readiness")
    }
    assert asked == set(OPEN)
    assert container["livenessProbe"]["httpGet"]["path"] == "/livez"
    (service,) = rendered(CHART / "templates" / "service.yaml")
    offered = {port["targetPort"] for port in service["spec"]["ports"]}
    assert offered == {"api"}, "metrics are for the inside"


def test_the_chart_mounts_what_it_names() -> None:
    (chart,) = rendered(CHART / "templates" / "desk.yaml")
    spec = chart["spec"]
    there = {volume["name"] for volume in spec["template"]["spec"]["volumes"]}
    there |= {claim["metadata"]["name"] for claim in spec["volumeClaimTemplates"]}
    mounts = {mount["name"]: mount["mountPath"] for mount in desk_container()["volumeMounts"]}
    assert set(mounts) == there
    files = [
        said["value"]
        for said in desk_container()["env"]
        if str(said.get("value", "")).startswith("/")
    ]
    assert all(any(file.startswith(mount) for mount in mounts.values()) for file in files)


def test_the_chart_uses_every_value_that_it_offers() -> None:
    text = "".join(path.read_text() for path in (CHART / "templates").iterdir())
    used = set(re.findall(r"\.Values\.([\w.]+)", text))

    def leaves(said: Any, path: str = "") -> set[str]:
        if not isinstance(said, dict):
            return {path}
        return {
            leaf for name, of in said.items() for leaf in leaves(of, f"{path}.{name}".strip("."))
        }

    assert used == leaves(yaml.safe_load((CHART / "values.yaml").read_text()))
