"""What a host is given to start from. Containers are not run here; what can be looked at is."""

from __future__ import annotations

import re
import shutil
import subprocess
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"
PLACEHOLDER = re.compile(r"\$\{(\w+)(?::\?[^}]*)?\}")


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text("utf-8"))
    return loaded


def settings_named() -> set[str]:
    return set(re.findall(r"`(SECONDVOICE_[A-Z_]+|DATABASE_URL)`", docs()))


def docs() -> str:
    return (ROOT / "docs" / "hosting.md").read_text("utf-8")


def test_a_database_a_migration_two_replicas_and_a_proxy(compose: dict[str, Any]) -> None:
    services = compose["services"]
    assert set(services) == {"database", "migrate", "replica-1", "replica-2", "proxy"}
    for name in ("replica-1", "replica-2"):
        replica = services[name]
        assert replica["depends_on"] == {"migrate": {"condition": "service_completed_successfully"}}
        assert replica["environment"]["SECONDVOICE_REPLICA"] == name
        assert replica["read_only"]
        assert replica["cap_drop"] == ["ALL"]
        assert "ports" not in replica, "reached through the proxy alone"
        assert int(replica["stop_grace_period"].removesuffix("s")) > 5 + 30
    assert services["migrate"]["command"] == ["migrate"]
    assert services["migrate"]["depends_on"] == {"database": {"condition": "service_healthy"}}
    assert "ports" not in services["database"]
    assert services["database"]["networks"] == ["inside"]
    assert compose["networks"]["inside"] == {"internal": True}
    assert services["proxy"]["environment"]["UPSTREAMS"] == "replica-1:8000 replica-2:8000"


def test_what_it_names_is_there(compose: dict[str, Any]) -> None:
    services = compose["services"]
    for service in services.values():
        for network in service["networks"]:
            assert network in compose["networks"]
        for volume in service.get("volumes", []):
            source = volume.split(":")[0]
            if source.startswith("./"):
                assert (DEPLOY / source).is_file()
            else:
                assert source in compose["volumes"]
        if "build" in service:
            assert (DEPLOY / service["build"]["context"]).resolve() == ROOT
            assert (ROOT / service["build"]["dockerfile"]).is_file()


def test_what_has_to_be_filled_in_is_in_the_example(compose: dict[str, Any]) -> None:
    asked = set(PLACEHOLDER.findall((DEPLOY / "compose.yaml").read_text("utf-8")))
    example = (DEPLOY / "example.env").read_text("utf-8")
    assert set(re.findall(r"^(\w+)=$", example, re.MULTILINE)) == asked
    for name in ("migrate", "replica-1", "replica-2"):
        ours = set(compose["services"][name]["environment"])
        assert ours <= settings_named(), "each is explained on the page"
        assert compose["services"][name]["env_file"] == [
            {"path": "accounts.env", "required": False}
        ]
    ignored = (ROOT / ".gitignore").read_text("utf-8").split()
    assert {"/deploy/.env", "/deploy/accounts.env"} <= set(ignored)
    assert "deploy/accounts.env" in docs()


def test_the_image_is_built_from_the_lock_and_run_by_nobody() -> None:
    steps = (DEPLOY / "Dockerfile").read_text("utf-8").replace("\\\n", " ")
    installs = [line for line in steps.splitlines() if "pip install" in line]
    assert len(installs) == 2
    assert "--require-hashes" in installs[0]
    assert "requirements/host.txt" in installs[0]
    assert "--no-index" in installs[1]
    assert "--no-deps" in installs[1]
    assert re.search(r"^USER [1-9]\d+:[1-9]\d+$", steps, re.MULTILINE)
    assert "STOPSIGNAL SIGTERM" in steps
    assert 'ENTRYPOINT ["secondvoice"]' in steps
    kept = set((DEPLOY / "Dockerfile.dockerignore").read_text("utf-8").split())
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    needed = {"pyproject.toml", "hatch_build.py", "src", project["readme"]}
    needed |= {name for name in project["license-files"] if not name.startswith("src/")}
    assert {f"!{name}" for name in needed} <= kept
    assert "*" in kept


def test_the_lock_of_the_image_is_that_of_the_program_postgresql_and_accounts() -> None:
    entries = {
        name: set(
            re.split(r"\n(?=\S)", (ROOT / "requirements" / f"{name}.txt").read_text().strip())
        )
        for name in ("run", "host")
    }
    assert entries["run"] <= entries["host"]
    more = {each.split("==")[0] for each in entries["host"] - entries["run"]}
    assert {"psycopg", "psycopg-binary", "django-allauth", "fido2", "qrcode"} <= more
    for entry in entries["host"]:
        assert "--hash=sha256:" in entry


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd-analyze is not here")
def test_systemd_finds_nothing_wrong_with_the_units(tmp_path: Path) -> None:
    for name, as_name in (
        ("secondvoice@.service", "secondvoice@1.service"),
        ("secondvoice-migrate.service", "secondvoice-migrate.service"),
    ):
        unit = (DEPLOY / name).read_text("utf-8")
        # The program is not installed where a host installs it.
        there = re.sub(r"^ExecStart=\S+", "ExecStart=/bin/true", unit, flags=re.MULTILINE)
        (tmp_path / as_name).write_text(there)
        done = subprocess.run(
            ["systemd-analyze", "verify", str(tmp_path / as_name)],
            capture_output=True,
            text=True,
            check=False,
        )
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_the_unit_tells_the_first_process_and_waits_long_enough() -> None:
    unit = (DEPLOY / "secondvoice@.service").read_text("utf-8")
    lines = dict(line.split("=", 1) for line in unit.splitlines() if "=" in line[:30])
    assert lines["KillMode"] == "mixed"
    assert int(lines["TimeoutStopSec"]) > 5 + 30
    assert lines["ExecStart"].endswith("secondvoice serve")
    for name in ("DynamicUser", "NoNewPrivileges", "PrivateTmp", "RestrictNamespaces"):
        assert lines[name] == "yes"
    assert lines["ProtectSystem"] == "strict"
    assert lines["CapabilityBoundingSet"] == ""
    assert set(re.findall(r"SECONDVOICE_\w+", unit)) <= settings_named()


def test_the_proxy_keeps_probes_inside_and_logs_nothing() -> None:
    proxy = re.sub(r"#.*", "", (DEPLOY / "Caddyfile").read_text("utf-8"))
    assert "path /health/ /ready/" in proxy
    assert "health_uri /ready/" in proxy
    assert re.search(r"^\s*request_buffers \d+MB$", proxy, re.MULTILINE)
    assert not re.search(r"^\s*log\b", proxy, re.MULTILINE)
    assert proxy.count("{") == proxy.count("}")


def test_the_page_says_what_was_not_run() -> None:
    assert "was not run" in docs()
