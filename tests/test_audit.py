"""What ``make audit`` makes of what is known of the packages that are locked."""

from __future__ import annotations

import importlib.util
import tomllib
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
_SPEC = importlib.util.spec_from_file_location("audit", ROOT / "scripts" / "audit.py")
assert _SPEC is not None
assert _SPEC.loader is not None
audit = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(audit)

WELL = {"name": "granian", "version": "2.8.9", "vulns": []}
WEAK = {
    "name": "django",
    "version": "5.2.1",
    "vulns": [{"id": "PYSEC-2026-1", "aliases": ["CVE-2026-1"], "fix_versions": ["5.2.2"]}],
}
UNSEEN = {"name": "whitenoise", "version": "6.12.0", "skip_reason": "Dependency not found on PyPI"}


def found(*packages: dict[str, Any]) -> dict[str, Any]:
    return {f"{each['name']} {each['version']}": each for each in packages}


def test_what_is_known_and_not_told_of_fails() -> None:
    status, lines = audit.judged(found(WELL, WEAK), {})
    assert status == 1
    assert lines[0] == "audit: django 5.2.1: PYSEC-2026-1, put right by 5.2.2"


def test_what_does_not_concern_us_passes_by_its_id_or_another_name_of_it() -> None:
    for id_ in ("PYSEC-2026-1", "CVE-2026-1"):
        status, lines = audit.judged(found(WELL, WEAK), {id_: "never called"})
        assert (status, lines) == (0, ["audit: 2 packages looked at, all well"])


def test_a_reason_that_concerns_nothing_any_more_fails() -> None:
    status, lines = audit.judged(found(WELL), {"PYSEC-2026-1": "never called"})
    assert status == 1
    assert "take it out" in lines[0]


def test_nothing_is_called_well_that_was_not_looked_at() -> None:
    status, lines = audit.judged(found(UNSEEN), {})
    assert status == 0
    assert lines == [
        "audit: SKIPPED. The advisories cannot be reached from here: nothing was audited."
    ]
    status, lines = audit.judged(found(WELL, UNSEEN), {})
    assert status == 0
    assert "1 packages could not be looked at (whitenoise 6.12.0" in lines[0]


def test_no_answer_at_all_is_skipped_too() -> None:
    assert audit.judged({}, {})[1][0].startswith("audit: SKIPPED")


def test_each_weakness_that_is_passed_over_has_its_reason() -> None:
    told = tomllib.loads((ROOT / "requirements" / "audit.toml").read_text())
    assert all(entry["id"] and entry["why"] for entry in told.get("passed_over", []))


def test_every_lock_of_the_program_and_its_tests_is_audited() -> None:
    locks = {file.stem for file in (ROOT / "requirements").glob("*.txt")}
    assert locks - set(audit.LOCKS) == {"peer"}
