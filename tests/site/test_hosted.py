"""On a server's own name, behind TLS: Django's own checks, and what a browser gets."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from secondvoice.site.config import SettingError, env_names
from tests.site.running import environment

ROOT = Path(__file__).resolve().parents[2]
HOST = "diary.example.org"

# Settings are read once for each process, so the hosted ones have a process of their own.
LOOK = """
import json, re
from secondvoice.site.config import data_folder
from secondvoice.site.datafolder import make_folder
from secondvoice.site.management.prepare import prepare
make_folder(data_folder())
prepare(data_folder())
from django.test import Client
from secondvoice.vault import make_recovery_code
words = "heron ladder quiet spoon"
sent = {"method": "passphrase", "passphrase": words, "again": words, "kept": "on",
        "code": make_recovery_code()}
found = {}
for name, secure, host in (("plain", False, HOST), ("page", True, HOST), ("other", True, "evil.example")):
    answer = Client(headers={"host": host}).get("/support/", secure=secure)
    found[name] = {"status": answer.status_code, "headers": dict(answer.headers)}
browser = Client(headers={"host": HOST}, enforce_csrf_checks=True)
page = browser.get("/welcome/key/", secure=True).content.decode()
token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[1]
answer = browser.post("/welcome/key/", sent | {"csrfmiddlewaretoken": token}, secure=True,
                      headers={"origin": f"https://{HOST}"})
found["in"] = {"status": answer.status_code}
found["cookies"] = {name: {key: str(value) for key, value in morsel.items()}
                    for name, morsel in browser.cookies.items()}
answer = browser.post("/lock/", {"csrfmiddlewaretoken": token}, secure=True,
                      headers={"origin": f"https://{HOST}"})
found["locked"] = {name: morsel["max-age"] for name, morsel in answer.cookies.items()}
print(json.dumps(found))
"""


def hosted(data: Path) -> dict[str, str]:
    return environment(
        SECONDVOICE_DATA=str(data),
        SECONDVOICE_HOSTS=HOST,
        SECONDVOICE_FRONT_DOOR="False",
        SECONDVOICE_KDF_MEMORY_KIB="8192",
        SECONDVOICE_KDF_PASSES="1",
        DJANGO_SETTINGS_MODULE="secondvoice.site.settings",
    )


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What the program on a host answers."""
    done = subprocess.run(
        [sys.executable, "-c", f"HOST = {HOST!r}\n{LOOK}"],
        env=hosted(tmp_path_factory.mktemp("hosted") / "data"),
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    answers: dict[str, Any] = json.loads(done.stdout)
    return answers


def test_djangos_own_checks_for_a_deployment_have_nothing_to_say(tmp_path: Path) -> None:
    done = subprocess.run(
        [
            *(sys.executable, "-m", "secondvoice", "--data", str(tmp_path / "data")),
            *("manage", "check", "--deploy", "--fail-level", "WARNING"),
        ],
        env=hosted(tmp_path / "data"),
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    # The one that is silenced is named in the settings, with the reason.
    assert "no issues (1 silenced)" in done.stdout


def test_every_cookie_is_for_this_host_over_tls_and_out_of_reach(found: dict[str, Any]) -> None:
    assert found["in"]["status"] == 302
    assert set(found["cookies"]) == {"__Host-sv_session", "__Host-sv_key", "__Host-sv_csrf"}
    for name, cookie in found["cookies"].items():
        assert cookie["secure"] == "True", name
        assert cookie["httponly"] == "True", name
        assert cookie["samesite"] == "Strict", name
        assert cookie["path"] == "/", name
        assert cookie["domain"] == "", name


def test_locking_takes_the_browsers_half_back(found: dict[str, Any]) -> None:
    assert found["locked"]["__Host-sv_key"] == 0


def test_plain_requests_are_sent_to_tls_and_the_browser_is_told_to_stay_there(
    found: dict[str, Any],
) -> None:
    assert found["plain"]["status"] == 301
    assert found["plain"]["headers"]["Location"] == f"https://{HOST}/support/"
    stays = found["page"]["headers"]["Strict-Transport-Security"]
    assert stays == "max-age=31536000; includeSubDomains"


def test_it_answers_to_no_other_name(found: dict[str, Any]) -> None:
    assert found["other"]["status"] == 400


def test_the_policy_is_as_strict_as_at_home(found: dict[str, Any]) -> None:
    policy = found["page"]["headers"]["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert found["page"]["headers"]["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("value", ["", "*", ".example.org", "https://example.org", "a, ,b"])
def test_a_name_that_would_let_others_in_is_refused(
    value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SECONDVOICE_HOSTS", value)
    with pytest.raises(SettingError, match="names of this host"):
        env_names("SECONDVOICE_HOSTS")
