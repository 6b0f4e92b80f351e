"""What deploy/ starts, names and mounts is what there is."""

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from sqlalchemy import Engine
from tests.builders import NOW

from evtimeline.cli import run
from evtimeline.cli.once import SOME_FAILED
from evtimeline.daemon.supervising import PATIENCE
from evtimeline.errors import SettingsError
from evtimeline.settings import Settings, Workspace, load_settings
from evtimeline.web.metrics import Metrics
from evtimeline.web.patience import Patience

ROOT = Path(__file__).parent.parent
DEPLOY = ROOT / "deploy"
UNITS = sorted([*DEPLOY.glob("*.service"), *DEPLOY.glob("*.timer")])
SERVICES = sorted(DEPLOY.glob("*.service"))
INSTALLED = "/opt/evtimeline/bin/evtimeline"

# What systemd 252 knows, of what a service or timer of ours might say.
DIRECTIVES = {
    "Unit": "Description Documentation Wants After StartLimitIntervalSec",
    "Install": "WantedBy",
    "Timer": "OnBootSec OnUnitInactiveSec RandomizedDelaySec",
    "Service": """
        Type ExecStart ExecReload User Group Environment StateDirectory StateDirectoryMode WorkingDirectory
        LoadCredential SuccessExitStatus TimeoutStartSec TimeoutStopSec WatchdogSec KillMode Restart RestartSec
        RestartPreventExitStatus
        MemoryHigh MemoryMax OOMPolicy TasksMax LimitNOFILE LimitCORE NoNewPrivileges CapabilityBoundingSet
        AmbientCapabilities ProtectSystem ProtectHome PrivateTmp PrivateDevices PrivateMounts PrivateUsers DevicePolicy
        ProtectClock ProtectControlGroups ProtectHostname ProtectKernelLogs ProtectKernelModules ProtectKernelTunables
        ProtectProc KeyringMode LockPersonality MemoryDenyWriteExecute RemoveIPC RestrictAddressFamilies
        RestrictNamespaces RestrictRealtime RestrictSUIDSGID SystemCallArchitectures SystemCallFilter
        SystemCallErrorNumber UMask
    """,
}
HARDENING = re.compile("Protect|Private|Restrict|SystemCall|NoNew|Capability|Ambient|Lock|Memory.*Execute|Remove|UMask")

Directive = tuple[str, str, str]
"""Section, name and value."""


def directives(unit: Path, commented: bool = False) -> list[Directive]:
    """What a unit says, with `commented` also what it would say without the # before a directive."""
    section, found = "", []
    for line in unit.read_text("utf-8").splitlines():
        plain = re.sub(r"^#(?=[A-Z]\w+=)", "", line) if commented else line
        if plain.startswith("["):
            section = plain.strip("[]")
        elif plain and not plain.startswith("#"):
            name, separator, value = plain.partition("=")
            assert separator, line
            found.append((section, name, value))
    return found


def values(unit: Path, name: str) -> list[str]:
    """Every value of a directive."""
    return [value for _, directive, value in directives(unit, commented=True) if directive == name]


def seconds(text: str) -> float:
    """A span of time as systemd writes it."""
    number, unit = re.fullmatch(r"(\d+)(s|min|)", text).groups()  # type: ignore[union-attr]
    return int(number) * (60 if unit == "min" else 1)


def words(command: str) -> list[str]:
    """A command's arguments, in shell quotes."""
    return shlex.split(command)[1:]


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_units_say_nothing_that_systemd_does_not_know(unit: Path) -> None:
    unknown = [
        (section, name)
        for section, name, _ in directives(unit, commented=True)
        if name not in DIRECTIVES.get(section, "").split()
    ]
    assert unknown == []


def test_systemd_itself_takes_the_units_where_it_is_there(tmp_path: Path) -> None:
    tool = shutil.which("systemd-analyze")
    for unit in UNITS:
        started_here = unit.read_text("utf-8").replace(INSTALLED, str(Path(sys.executable).parent / "evtimeline"))
        (tmp_path / unit.name).write_text(started_here, "utf-8")
    if tool:
        command = [tool, "verify", "--man=no", *map(str, sorted(tmp_path.iterdir()))]
        said = subprocess.run(command, capture_output=True, text=True, check=False)
        complaints = [line for line in said.stderr.splitlines() if "evtimeline" in line]
        assert (said.returncode, complaints) == (0, [])


@pytest.mark.parametrize("unit", SERVICES, ids=lambda unit: unit.name)
def test_services_start_commands_that_exist(unit: Path) -> None:
    (command,) = values(unit, "ExecStart")
    assert command.startswith(INSTALLED + " ")
    assert run([*words(command), "--help"]) == 0


def test_every_service_is_hardened_alike() -> None:
    hardened = [{(name, value) for _, name, value in directives(unit) if HARDENING.match(name)} for unit in SERVICES]
    assert len(hardened[0]) > 20
    assert all(each == hardened[0] for each in hardened)


def test_the_daemon_has_the_time_that_it_asks_for() -> None:
    (stop,) = values(DEPLOY / "evtimeline.service", "TimeoutStopSec")
    assert seconds(stop) > PATIENCE


def test_exit_codes_are_the_programs_own() -> None:
    assert values(DEPLOY / "evtimeline.service", "RestartPreventExitStatus") == [str(SettingsError.exit_code)]
    assert values(DEPLOY / "evtimeline-once.service", "SuccessExitStatus") == [str(SOME_FAILED)]


@pytest.mark.parametrize("unit", SERVICES, ids=lambda unit: unit.name)
def test_secrets_of_services_are_credentials_that_are_loaded(unit: Path, tmp_path: Path) -> None:
    environment = dict(pair.split("=", 1) for pair in values(unit, "Environment"))
    loaded = {value.partition(":")[0] for value in values(unit, "LoadCredential")}
    used = {value.removeprefix("%d/") for value in environment.values() if value.startswith("%d/")}
    assert used == loaded
    settings = settings_of(environment, tmp_path)
    assert settings.mail.password.file == tmp_path / "%d/smtp_password"


def settings_of(environment: dict[str, str], home: Path) -> Settings:
    """The settings that an environment makes."""
    return load_settings(Workspace(home, home), environment)


def instructions() -> list[tuple[str, str]]:
    """The Containerfile's instructions, each with the rest of its logical line."""
    plain = re.sub(r"\\\n", " ", (DEPLOY / "Containerfile").read_text("utf-8"))
    lines = [line.strip() for line in plain.splitlines() if line.strip() and not line.startswith("#")]
    return [(line.split()[0], " ".join(line.split()[1:])) for line in lines]


def environment_of_image() -> dict[str, str]:
    """The variables of the image."""
    return dict(pair.split("=", 1) for name, rest in instructions() if name == "ENV" for pair in shlex.split(rest))


def test_the_image_is_made_of_files_that_are_there_and_let_through() -> None:
    copied = [
        source
        for name, rest in instructions()
        if name == "COPY" and "--from" not in rest
        for source in [word for word in rest.split() if not word.startswith("--")][:-1]
    ]
    assert [source for source in copied if not (ROOT / source).exists()] == []
    let_through = (DEPLOY / "Containerfile.dockerignore").read_text("utf-8").splitlines()
    assert sorted(line.removeprefix("!") for line in let_through if line.startswith("!")) == sorted(copied)


def test_the_image_comes_from_one_base_and_runs_as_nobody_special() -> None:
    assert {rest.partition(" ")[0] for name, rest in instructions() if name == "FROM"} == {"python:3.13-slim"}
    last = [name for name, _ in instructions()][::-1].index("FROM")
    (user,) = [rest for name, rest in instructions()[-last:] if name == "USER"]
    assert int(user) >= 10_000


def test_the_image_starts_the_daemon_and_asks_where_it_listens(tmp_path: Path) -> None:
    told = dict(instructions())
    command = yaml.safe_load(told["CMD"])
    assert run([*command, "--help"]) == 0
    health = settings_of(environment_of_image(), tmp_path).daemon.health
    assert health and str(health.port) == told["EXPOSE"]
    assert f"http://127.0.0.1:{health.port}/healthz" in told["HEALTHCHECK"]


def test_the_containers_are_wired_as_the_program_wants_it(tmp_path: Path) -> None:
    compose = yaml.safe_load((DEPLOY / "compose.yaml").read_text("utf-8"))
    service, database = compose["services"]["evtimeline"], compose["services"]["database"]
    assert (DEPLOY / service["build"]["context"] / service["build"]["dockerfile"]).samefile(DEPLOY / "Containerfile")
    settings = settings_of(environment_of_image() | service["environment"], tmp_path)
    assert settings.database == "postgresql://evtimeline@database/evtimeline"
    assert settings.daemon.health and service["ports"] == [f"127.0.0.1:{settings.daemon.health.port}:8686"]
    assert seconds(service["stop_grace_period"]) > PATIENCE
    for one in (service, database):
        named = {value.removeprefix("/run/secrets/") for value in one["environment"].values() if "/secrets/" in value}
        assert named == set(one["secrets"]) <= set(compose["secrets"])


def test_the_entrypoint_runs_what_it_is_asked_to(tmp_path: Path) -> None:
    said, calls = tmp_path / "said", tmp_path / "bin"
    calls.mkdir()
    (calls / "evtimeline").write_text(f'#!/bin/sh\necho "$@" >> {said}\n', "utf-8")
    (calls / "evtimeline").chmod(0o755)
    secret, passwords = tmp_path / "secret", tmp_path / "pgpass"
    secret.write_text("database:5432:evtimeline:evtimeline:x\n", "utf-8")
    environment = {
        "PATH": f"{calls}:/usr/bin:/bin",
        "EVTIMELINE_HOME": str(tmp_path),
        "PGPASS_SECRET": str(secret),
        "PGPASSFILE": str(passwords),
    }
    for command in (["daemon", "--json-logs"], ["status"]):
        subprocess.run(["sh", str(DEPLOY / "entrypoint.sh"), *command], env=environment, check=True)
    (tmp_path / "evtimeline.toml").touch()
    subprocess.run(["sh", str(DEPLOY / "entrypoint.sh"), "daemon"], env=environment, check=True)
    assert said.read_text("utf-8").splitlines() == ["init", "daemon --json-logs", "status", "upgrade", "daemon"]
    assert passwords.read_text("utf-8") == secret.read_text("utf-8")
    assert passwords.stat().st_mode & 0o777 == 0o600


@pytest.fixture(scope="module")
def documented() -> set[str]:
    """The figures that docs/operating.md lists."""
    return set(re.findall(r"^\| `(evtimeline_\w+)", (ROOT / "docs" / "operating.md").read_text("utf-8"), re.M))


def test_every_figure_is_documented(sqlite: Engine, documented: set[str]) -> None:
    families = Metrics(sqlite, lambda: NOW, Patience()).collect()
    assert {one.name + ("_total" if one.type == "counter" else "") for one in families} == documented


def test_alerts_ask_for_figures_that_there_are(documented: set[str]) -> None:
    groups = yaml.safe_load((DEPLOY / "prometheus-alerts.yaml").read_text("utf-8"))["groups"]
    rules = [rule for group in groups for rule in group["rules"]]
    assert {name for rule in rules for name in re.findall(r"evtimeline_\w+", rule["expr"])} <= documented
    commands = {command for rule in rules for command in re.findall(r"`evtimeline ([^`]+)`", str(rule["annotations"]))}
    for command in commands:
        assert run([*command.split(), "--help"]) == 0
