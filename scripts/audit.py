"""Ask, of everything that is locked, whether a weakness of it is known: ``make audit``.

pip-audit asks the advisories that the Python Package Index publishes. Where these cannot be
reached it calls every package "not found" and says that all is well; here that is told apart, in
one line, and nothing is called well that was not looked at.

What is known and does not concern us stands in ``requirements/audit.toml``, with the reason.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ("run", "host", "dev", "train", "formats", "spark", "audit")
"""All but that of the diary which the load is measured beside: it is no part of anything."""

Dependency = dict[str, Any]


def main() -> int:
    """Audit every lock.

    Returns:
        1 where a weakness is known that is not told of in ``audit.toml``, or an entry of that file
        concerns nothing any more; else 0, also where nothing could be looked at.
    """
    told = {entry["id"]: entry["why"] for entry in _told()}
    found: dict[str, Dependency] = {}
    for lock in LOCKS:
        for each in audit(ROOT / "requirements" / f"{lock}.txt"):
            found[f"{each['name']} {each.get('version', '')}"] = each
        if all("skip_reason" in each for each in found.values()):
            # Nothing of the program itself could be looked at: the others would wait in vain.
            break
    status, lines = judged(found, told)
    print("\n".join(lines))
    return status


def audit(lock: Path) -> list[Dependency]:
    """What pip-audit says of each package in a lock; none where it could not ask at all."""
    done = subprocess.run(
        [
            *(sys.executable, "-m", "pip_audit", "--format", "json", "--progress-spinner", "off"),
            *("--disable-pip", "--require-hashes", "--requirement", str(lock)),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    try:
        dependencies: list[Dependency] = json.loads(done.stdout)["dependencies"]
    except (ValueError, KeyError):
        last = (done.stderr.strip().splitlines() or ["nothing"])[-1]
        print(f"audit: {lock.name}: pip-audit gave no answer ({last[:200]}).", file=sys.stderr)
        return []
    return dependencies


def judged(found: dict[str, Dependency], told: dict[str, str]) -> tuple[int, list[str]]:
    """What to make of it: the exit status, and the lines to print.

    Args:
        found: what is known of each package, as pip-audit gives it.
        told: why a weakness does not concern us, by its id or an alias.
    """
    asked = {name: each for name, each in found.items() if "skip_reason" not in each}
    if not asked:
        return 0, [
            "audit: SKIPPED. The advisories cannot be reached from here: nothing was audited."
        ]
    lines, met = [], set()
    for name, each in sorted(asked.items()):
        for weakness in each["vulns"]:
            ids = [weakness["id"], *weakness.get("aliases", [])]
            known = next((id_ for id_ in ids if id_ in told), None)
            if known is not None:
                met.add(known)
                continue
            fixed = ", ".join(weakness.get("fix_versions", [])) or "no version yet"
            lines.append(f"audit: {name}: {ids[0]}, put right by {fixed}")
    left = sorted(set(told) - met)
    lines += [
        f"audit: {id_} in audit.toml concerns nothing that is locked; take it out" for id_ in left
    ]
    status = int(bool(lines))
    passed = len(found) - len(asked)
    if passed:
        names = ", ".join(sorted(set(found) - set(asked))[:10])
        lines.append(f"audit: {passed} packages could not be looked at ({names} …)")
    lines.append(f"audit: {len(asked)} packages looked at, {'not ' if status else ''}all well")
    return status, lines


def _told() -> list[dict[str, str]]:
    with (ROOT / "requirements" / "audit.toml").open("rb") as file:
        entries: list[dict[str, str]] = tomllib.load(file).get("passed_over", [])
    return entries


if __name__ == "__main__":
    sys.exit(main())
