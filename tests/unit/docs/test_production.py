"""The files for production are what the programs that read them take, and name what there is."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from listening.settings import FROM_FILES, PREFIX, Settings, read
from tests.unit.docs.test_docs import ROOT, commands, name_of, page

AT = ROOT / "examples" / "production"
SERVICES = sorted((AT / "systemd").glob("*.service"))
TIMERS = sorted((AT / "systemd").glob("*.timer"))
PROGRAM = "/srv/listening/.venv/bin/listening"
#: exposure by systemd's own reckoning, from 0 to 10; below 2 it calls "OK"
MOST_EXPOSED = "20"
#: of compose: `service:` of the compose specification that we use
KEYS = {
    "image", "restart", "network_mode", "read_only", "tmpfs", "cap_drop", "security_opt",
    "environment", "secrets", "volumes", "ports", "networks", "healthcheck", "build", "command",
    "depends_on",
}  # fmt: skip


def program(name: str) -> str:
    found = shutil.which(name)
    if not found:
        pytest.skip(f"{name} is not here: install it to check the example with it")
    return found


def ran(*words: str, **environ: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        words, capture_output=True, text=True, timeout=60, env={**os.environ, **environ}
    )


def text(name: str) -> str:
    return (AT / name).read_text(encoding="utf-8")


def compose() -> Any:
    return yaml.safe_load(text("compose.yaml"))


def called() -> dict[str, list[str]]:
    """Return the words after `listening` of everything that starts it."""
    found: dict[str, list[str]] = {}
    for unit in SERVICES:
        for line in re.findall(r"^ExecStart=(.*)$", unit.read_text("utf-8"), re.MULTILINE):
            found[unit.name] = shlex.split(line.partition(PROGRAM)[2].rstrip("'"))
    for name, service in compose()["services"].items():
        if "command" in service:
            found[name] = service["command"]
    for image in ("Containerfile", "Containerfile.label-studio"):
        (line,) = re.findall(r"^CMD (\[.*\])$", text(image), re.MULTILINE)
        found[image] = yaml.safe_load(line)
    return found


def test_every_command_that_is_started_exists_with_its_options() -> None:
    assert len(called()) >= 11
    for who, words in called().items():
        assert words, who
        assert words[0] in commands(), who
        known = {name_of(one) for one in commands()[words[0]].params}
        assert {word for word in words if word.startswith("--")} <= known, who


def settings_in(content: str) -> set[str]:
    return set(re.findall(rf"\b{PREFIX}[A-Z_]*[A-Z]\b", content))


def test_every_setting_that_is_named_is_one_of_ours_and_documented() -> None:
    ours = {f"{PREFIX}{name.upper()}" for name in Settings.__dataclass_fields__} | set(FROM_FILES)
    documented = page("docs/reference/settings.md")
    for path in (one for one in AT.rglob("*") if one.is_file()):
        named = settings_in(path.read_text("utf-8"))
        assert named <= ours, path.name
        assert all(f"`{name}`" in documented for name in named), path.name


def test_no_secret_stands_in_any_of_them() -> None:
    secret = {name.removesuffix("_FILE") for name in FROM_FILES}
    for path in (one for one in AT.rglob("*") if one.is_file()):
        assert not settings_in(path.read_text("utf-8")) & secret, path.name


@pytest.mark.parametrize("name", ["listening.env", "coding.env"])
def test_a_file_of_settings_is_read_as_it_stands(name: str, tmp_path: Path) -> None:
    given = dict(
        line.split("=", 1) for line in text(name).splitlines() if line and not line.startswith("#")
    )
    told = read(given, tmp_path)
    assert all(
        str(getattr(told, key.removeprefix(PREFIX).lower())) == value
        for key, value in given.items()
    )


@pytest.mark.parametrize("unit", [*SERVICES, *TIMERS], ids=lambda one: one.name)
def test_systemd_takes_a_unit(unit: Path, tmp_path: Path) -> None:
    verify = program("systemd-analyze")
    stub = tmp_path / "listening"
    stub.write_text("#!/bin/sh\n", encoding="utf-8")
    stub.chmod(0o755)
    # the program and the page lie where an operator puts them, and not here
    for one in (*SERVICES, *TIMERS):
        told = one.read_text("utf-8").replace(f"={PROGRAM}", f"={stub}")
        (tmp_path / one.name).write_text(told, encoding="utf-8")
    done = ran(verify, "verify", "--man=no", str(tmp_path / unit.name))
    # of units of the machine itself it may complain; ours are named
    ours = [line for line in done.stderr.splitlines() if "listening" in line]
    assert ours == []


@pytest.mark.parametrize("unit", SERVICES, ids=lambda one: one.name)
def test_a_service_is_shut_in(unit: Path) -> None:
    done = ran(
        program("systemd-analyze"), "security", "--offline=true", f"--threshold={MOST_EXPOSED}",
        str(unit),
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-200:]
    assert "NoNewPrivileges=yes" in unit.read_text("utf-8")


@pytest.mark.parametrize("timer", TIMERS, ids=lambda one: one.name)
def test_a_timer_has_its_service_and_a_time_that_comes(timer: Path) -> None:
    assert timer.with_suffix(".service") in SERVICES
    (when,) = re.findall(r"^OnCalendar=(.*)$", timer.read_text("utf-8"), re.MULTILINE)
    assert ran(program("systemd-analyze"), "calendar", when).returncode == 0


def test_compose_holds_together() -> None:
    told = compose()
    services = told["services"]
    for name, service in services.items():
        assert set(service) <= KEYS, name
        assert {*service.get("depends_on", ())} <= set(services), name
        assert {*service.get("secrets", ())} <= set(told["secrets"]), name
        kept = {one.split(":")[0] for one in service.get("volumes", ()) if not one.startswith(".")}
        assert kept <= set(told["volumes"]), name
        build = service.get("build")
        assert not build or (AT / build["context"] / build["dockerfile"]).is_file(), name
        if str(service.get("network_mode", "")).startswith("service:"):
            assert service["network_mode"].removeprefix("service:") in services
    # one door: nothing but the proxy is reached from outside
    assert {name for name, service in services.items() if service.get("ports")} == {"proxy"}
    for name in FROM_FILES:
        at = services["web"]["environment"].get(name, "/run/secrets/database-url")
        assert at.removeprefix("/run/secrets/") in told["secrets"]


def test_compose_itself_takes_it() -> None:
    docker = program("docker")
    if ran(docker, "compose", "version").returncode:
        pytest.skip("docker has no `compose` here: install its plugin to check the example with it")
    done = ran(docker, "compose", "-f", str(AT / "compose.yaml"), "config", "--quiet")
    assert done.returncode == 0, done.stderr


def test_nginx_takes_its_example(tmp_path: Path) -> None:
    nginx = program("nginx")
    key, whole = tmp_path / "key.pem", tmp_path / "whole.pem"
    ran(program("openssl"), "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=x",
        "-keyout", str(key), "-out", str(whole))  # fmt: skip
    told = re.sub(r"/etc/letsencrypt/\S*privkey.pem", str(key), text("nginx.conf"))
    told = re.sub(r"/etc/letsencrypt/\S*fullchain.pem", str(whole), told)
    told = told.replace("/var/log/nginx", str(tmp_path))
    own = tmp_path / "nginx.conf"
    own.write_text(
        f"pid {tmp_path}/pid; error_log {tmp_path}/error; events {{}} http {{ {told} }}", "utf-8"
    )
    done = ran(nginx, "-t", "-p", str(tmp_path), "-c", str(own))
    assert done.returncode == 0, done.stderr


def test_caddy_takes_its_example() -> None:
    done = ran(program("caddy"), "validate", "--adapter", "caddyfile", "--config",
               str(AT / "Caddyfile"))  # fmt: skip
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("name", ["Caddyfile", "nginx.conf"])
def test_a_proxy_hides_metrics_and_balances_its_braces(name: str) -> None:
    told = text(name)
    assert told.count("{") == told.count("}")
    assert "/metrics" in told
    assert "127.0.0.1:8000" in told


def test_nginx_logs_no_address_as_it_was_asked_for() -> None:
    (how,) = re.findall(r"^log_format .*$", text("nginx.conf"), re.MULTILINE)
    for held in ("$request ", "$request_uri", "$args", "$query_string", "$http_"):
        assert held not in how
    logs = re.findall(r"access_log (.*);", text("nginx.conf"))
    assert logs
    assert all(one.endswith(" listening") for one in logs)


def test_the_command_for_administrators_is_a_script_that_a_shell_takes() -> None:
    assert ran("sh", "-n", str(AT / "listening-admin")).returncode == 0


def test_what_an_image_copies_is_there() -> None:
    for image in ("Containerfile", "Containerfile.label-studio"):
        for line in re.findall(r"^COPY (.*)$", text(image), re.MULTILINE):
            assert all((ROOT / one).exists() for one in line.split()[:-1]), line


def test_the_page_names_every_file() -> None:
    told = page("docs/how-to/production.md")
    for path in (one for one in AT.rglob("*") if one.is_file()):
        assert path.name in told, path.name
