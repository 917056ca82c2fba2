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
NIGHTLY = FOLDER / "kizuki-nightly.service"
SERVICES = sorted(FOLDER.glob("*.service"))
TIMERS = sorted(FOLDER.glob("*.timer"))
BY_THE_CLOCK = ("nightly", "retention", "backup")  # the work of the chart that nobody asks for
CHART = FOLDER / "chart"
TEXTS = sorted(path for path in FOLDER.rglob("*") if path.is_file())
EXAMPLE_VALUES = {
    "image": "kizuki@sha256:0", "agency": "tokyo", "tokens.issuer": "https://login",
    "retention.years": "7", "retention.offices": "north south",
}  # fmt: skip
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


def template(name: str) -> dict[str, Any]:
    """The one thing that a template of the chart makes."""
    (said,) = rendered(CHART / "templates" / f"{name}.yaml")
    whole: dict[str, Any] = said
    return whole


def pod_of(name: str) -> dict[str, Any]:
    """The pod of the desk, or of what is done by the clock."""
    spec = template(name)["spec"]
    pod: dict[str, Any] = spec.get("jobTemplate", {}).get("spec", spec)["template"]
    return pod


def container_of(name: str) -> dict[str, Any]:
    """Its container."""
    (container,) = pod_of(name)["spec"]["containers"]
    whole: dict[str, Any] = container
    return whole


def environment_of(name: str) -> dict[str, str | None]:
    """What its container is told, of both and alone; what a secret says is None."""
    settings = template("settings")
    container = container_of(name)
    assert container["envFrom"] == [{"configMapRef": {"name": settings["metadata"]["name"]}}]
    own = {said["name"]: said.get("value") for said in container["env"]}
    assert not own.keys() & settings["data"].keys(), "told twice"
    return settings["data"] | own


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.name)
def test_every_setting_that_is_named_is_one(path: Path) -> None:
    known = {f"KIZUKI_{name.upper()}" for name in Settings.model_fields}
    named = set(re.findall(r"\bKIZUKI_[A-Z_]+\b", path.read_text()))
    assert named <= known | {"KIZUKI_IMAGE"}


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.name)
def test_no_text_holds_a_secret(path: Path) -> None:
    assert not re.search(r"BEGIN [A-Z ]*KEY|password: *\w|postgresql://\w+:", path.read_text())


def test_every_text_asks_who_comes() -> None:
    assert all("KIZUKI_ASK=everybody" in unit.read_text() for unit in SERVICES)
    compose = yaml.safe_load((FOLDER / "compose.yaml").read_text())
    assert compose["services"]["desk"]["environment"]["KIZUKI_ASK"] == "everybody"
    pods = ("desk", *BY_THE_CLOCK)
    assert all(environment_of(name)["KIZUKI_ASK"] == "everybody" for name in pods)


@pytest.mark.parametrize("unit", SERVICES, ids=lambda unit: unit.name)
def test_each_unit_is_hardened(unit: Path) -> None:
    assert not HARDENED - set(unit.read_text().splitlines())


def test_systemd_takes_each_unit(tmp_path: Path) -> None:
    verify = shutil.which("systemd-analyze")
    if verify is None:
        pytest.skip("systemd-analyze is not on this machine")
    units = []
    for unit in (*SERVICES, *TIMERS):
        text = unit.read_text().replace("/usr/local/lib/kizuki/bin/kizuki", "/bin/true")
        (tmp_path / unit.name).write_text(text)
        units.append(str(tmp_path / unit.name.replace("@", "@north")))
    done = subprocess.run(
        [verify, "verify", "--man=no", *units], check=False, capture_output=True, text=True
    )
    assert [line for line in done.stderr.splitlines() if "kizuki" in line] == []


@pytest.mark.parametrize("unit", SERVICES, ids=lambda unit: unit.name)
def test_systemd_finds_little_that_a_unit_leaves_open(unit: Path, tmp_path: Path) -> None:
    verify = shutil.which("systemd-analyze")
    if verify is None:
        pytest.skip("systemd-analyze is not on this machine")
    copy = shutil.copy(unit, tmp_path / unit.name.replace("@", "@north"))
    asked = [verify, "security", "--offline=true", "--no-pager", copy]
    done = subprocess.run(asked, check=True, capture_output=True, text=True)
    (exposure,) = re.findall(r"Overall exposure level for \S+: (\d+\.\d)", done.stdout)
    assert float(exposure) <= 2.0


def test_every_timer_starts_a_unit_that_is_there_and_every_other_unit_has_one() -> None:
    started = {re.findall(r"^Unit=(.+)$", timer.read_text(), re.MULTILINE)[0] for timer in TIMERS}
    named = {name.replace("@%i", "@") for name in started}
    assert named == {unit.name for unit in SERVICES if unit != UNIT}


def line_of(unit: str) -> str:
    """What a shell is given by a unit of systemd."""
    text = (FOLDER / f"{unit}.service").read_text().replace("\\\n", "")
    (said,) = re.findall(r"^ExecStart=/bin/sh -c '(.+)'$", text, re.MULTILINE)
    return str(said.replace("$$", "$").replace("%%", "%"))


def ended(line: str, stand_in: Path, **environment: str) -> tuple[list[str], int]:
    """What was typed of `kizuki`, with a stand-in for it, and how the shell ended."""
    line = re.sub(r"(?:/usr/local/lib/kizuki/bin/)?kizuki (?=[a-z])", f"{stand_in} ", line)
    command = ["/bin/sh", "-c", line.replace("/var/lib/", f"{stand_in.parent}/")]
    done = subprocess.run(command, check=False, capture_output=True, text=True, env=environment)
    return done.stdout.splitlines(), done.returncode


def stand_in_at(folder: Path, script: str) -> Path:
    """A program in the place of `kizuki` that says what it was asked."""
    made = folder / "kizuki"
    made.write_text(f'#!/bin/sh\necho "$@"\n{script}\n')
    made.chmod(0o755)
    return made


def test_each_office_has_its_retention_whatever_becomes_of_the_others(tmp_path: Path) -> None:
    stand_in = stand_in_at(tmp_path, "[ $5 != north ]")
    (*_, line) = container_of("retention")["args"]
    offices = environment_of("retention")["OFFICES"]
    told, code = ended(line, stand_in, OFFICES=str(offices))
    assert told == [f"retain --by retention --office {office}" for office in ("north", "south")]
    assert code == 1


@pytest.mark.parametrize("put_up_by", ["systemd", "chart"])
def test_a_backup_goes_beside_the_last_and_its_keys_in_one_place(
    put_up_by: str, tmp_path: Path
) -> None:
    stand_in = stand_in_at(tmp_path, 'mkdir -p "$2"')
    (*_, of_chart) = container_of("backup")["args"]
    line = line_of("kizuki-backup") if put_up_by == "systemd" else of_chart
    (told,), code = ended(line, stand_in, PATH="/usr/bin:/bin")
    verb, out, option, keys = told.split()
    assert (verb, option, code) == ("backup", "--keys", 0)
    assert re.fullmatch(rf"{tmp_path}/kizuki-backups/\d{{8}}T\d{{6}}", out)
    assert keys == f"{tmp_path}/kizuki-backup-keys"
    assert Path(out).is_dir(), "one of today is kept"


def nightly_lines() -> dict[str, str]:
    """What a shell is given at night, by systemd and by the chart."""
    shell, option, line = container_of("nightly")["args"]
    assert (shell, option) == ("sh", "-c")
    return {"systemd": line_of("kizuki-nightly"), "chart": line}


@pytest.mark.parametrize("scored", [0, 1])
@pytest.mark.parametrize("compared", [0, 1])
@pytest.mark.parametrize("put_up_by", ["systemd", "chart"])
def test_neither_alarm_of_the_night_hides_the_other(
    put_up_by: str, scored: int, compared: int, tmp_path: Path
) -> None:
    """With a command in the place of `kizuki` that ends as it is told, and says that it came."""
    ends = f"case $1 in rescore) exit {scored};; parity) exit {compared};; esac"
    told, code = ended(nightly_lines()[put_up_by], stand_in_at(tmp_path, ends))
    assert told == ["rescore", "parity"]
    assert (code == 0) == (scored == compared == 0)


@pytest.mark.parametrize("name", BY_THE_CLOCK)
def test_what_the_chart_does_by_the_clock_shares_the_desk_s_volumes(name: str) -> None:
    desk, pod = template("desk"), pod_of(name)
    labels = pod_of("desk")["metadata"]["labels"]
    volumes = {volume["name"]: volume for volume in pod["spec"]["volumes"]}
    for claim in desk["spec"]["volumeClaimTemplates"]:
        volume = claim["metadata"]["name"]
        claimed = volumes[volume]["persistentVolumeClaim"]["claimName"]
        assert claimed == f"{volume}-{desk['metadata']['name']}-0"
    (beside,) = pod["spec"]["affinity"]["podAffinity"][
        "requiredDuringSchedulingIgnoredDuringExecution"
    ]
    assert beside["topologyKey"] == "kubernetes.io/hostname"
    assert beside["labelSelector"]["matchLabels"] == labels
    selected = template("service")["spec"]["selector"]
    assert not selected.items() <= pod["metadata"]["labels"].items(), "no request goes to it"
    assert pod["spec"]["securityContext"] == pod_of("desk")["spec"]["securityContext"]


def test_all_give_answers_under_way_the_time_to_finish() -> None:
    unit = re.search(r"TimeoutStopSec=(\d+)", UNIT.read_text())
    compose = yaml.safe_load((FOLDER / "compose.yaml").read_text())
    assert unit
    given = [
        int(unit[1]),
        int(compose["services"]["desk"]["stop_grace_period"].removesuffix("s")),
        pod_of("desk")["spec"]["terminationGracePeriodSeconds"],
    ]
    assert min(given) > LONGEST_GOODBYE


def test_the_probes_of_the_chart_are_answered_whoever_asks() -> None:
    container = container_of("desk")
    asked = {
        container[f"{kind}Probe"]["httpGet"]["path"]
        for kind in ("startup", "liveness", "readiness")
    }
    assert asked == set(OPEN)
    assert container["livenessProbe"]["httpGet"]["path"] == "/livez"
    offered = {port["targetPort"] for port in template("service")["spec"]["ports"]}
    assert offered == {"api"}, "metrics are for the inside"


@pytest.mark.parametrize("name", ["desk", *BY_THE_CLOCK])
def test_the_chart_mounts_what_it_names(name: str) -> None:
    there = {volume["name"] for volume in pod_of(name)["spec"]["volumes"]}
    claims = template(name)["spec"].get("volumeClaimTemplates", ())
    there |= {claim["metadata"]["name"] for claim in claims}
    mounts = {mount["name"]: mount["mountPath"] for mount in container_of(name)["volumeMounts"]}
    assert set(mounts) == there
    files = [said for said in environment_of(name).values() if said and said.startswith("/")]
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
