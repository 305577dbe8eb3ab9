"""Bring the front-end files in from their npm packages, each version pinned and each hash checked.

    python scripts/vendor.py            fetch, verify, write the files and scripts/vendor.lock
    python scripts/vendor.py --check    compare what is here with the lock; needs no network

``npm pack`` fetches, from whatever registry this machine uses; nothing is installed and no script
of a package is run. What arrives must have the sha512 that stands in ``scripts/vendor.toml``.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import io
import subprocess
import sys
import tarfile
import tempfile
import tomllib
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
LIST = ROOT / "scripts" / "vendor.toml"
LOCK = ROOT / "scripts" / "vendor.lock"

# Nothing may lie in these but what the list names.
OWNED = (
    ROOT / "src/secondvoice/site/static/vendor",
    ROOT / "src/secondvoice/site/static/fonts",
    ROOT / "tests/browser/vendor",
)


class VendorError(Exception):
    """Something is not as it was pinned; the message says what, and what to do."""


def main() -> int:
    """Fetch or check; 0 when everything is as pinned."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--check", action="store_true", help="only compare, without a network")
    check = parser.parse_args().check
    packages = tomllib.loads(LIST.read_text(encoding="utf-8"))["package"]
    try:
        if check:
            problems = differences(packages)
            if problems:
                raise VendorError("\n".join(problems))
        else:
            fetch_all(packages)
    except VendorError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def fetch_all(packages: list[dict[str, Any]]) -> None:
    """Fetch every package, write its files, and write the lock anew.

    Raises:
        VendorError: a package could not be had, is not the pinned one, or lacks a file.
    """
    # All of them first: one that is wrong leaves everything as it was.
    contents: dict[str, bytes] = {}
    for package in packages:
        contents |= unpack(download(package), package)
    for target, content in contents.items():
        path = ROOT / target
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    lines = [f"{hashlib.sha256(contents[name]).hexdigest()}  {name}\n" for name in sorted(contents)]
    LOCK.write_text("".join(lines), encoding="utf-8")
    print(f"{len(contents)} files from {len(packages)} packages.")


def download(package: dict[str, Any]) -> bytes:
    """Return the package's archive, once its hash is the pinned one.

    Raises:
        VendorError: npm is missing or failed, or the hash is another.
    """
    spec = f"{package['name']}@{package['version']}"
    with tempfile.TemporaryDirectory() as folder:
        command = [
            "npm",
            "pack",
            spec,
            "--ignore-scripts",
            "--silent",
            "--pack-destination",
            folder,
        ]
        try:
            subprocess.run(command, check=True, capture_output=True, cwd=folder)
        except FileNotFoundError:
            raise VendorError("npm is needed to fetch, and is not installed.") from None
        except subprocess.CalledProcessError as error:
            raise VendorError(f"npm could not fetch {spec}: {error.stderr.decode()}") from None
        archives = list(Path(folder).glob("*.tgz"))
        if len(archives) != 1:
            raise VendorError(f"npm wrote {len(archives)} archives for {spec} instead of one.")
        archive = archives[0].read_bytes()
    found = "sha512-" + base64.b64encode(hashlib.sha512(archive).digest()).decode()
    if found != package["integrity"]:
        raise VendorError(f"{spec} is not what was pinned: it has {found}. Nothing was written.")
    return archive


def unpack(archive: bytes, package: dict[str, Any]) -> dict[str, bytes]:
    """Return the content of each named file by where it is to be written.

    Raises:
        VendorError: the archive lacks one of them.
    """
    contents = {}
    with tarfile.open(fileobj=io.BytesIO(archive), mode="r:gz") as tar:
        for source, target in package["files"].items():
            try:
                member = tar.extractfile(f"package/{source}")
            except KeyError:
                member = None
            if member is None:
                raise VendorError(f"{package['name']} has no file {source}.")
            contents[target] = member.read()
    return contents


def differences(packages: list[dict[str, Any]]) -> list[str]:
    """Return a sentence for each file that is not as the list and the lock say."""
    locked: dict[str, str] = {}
    for line in LOCK.read_text(encoding="utf-8").splitlines():
        digest, _, name = line.partition("  ")
        locked[name] = digest
    named = {target for package in packages for target in package["files"].values()}
    problems = [
        f"{name} is in one of vendor.toml and vendor.lock only." for name in named ^ set(locked)
    ]
    for name in sorted(named & set(locked)):
        path = ROOT / name
        if not path.is_file():
            problems.append(f"{name} is missing. Run scripts/vendor.py.")
        elif hashlib.sha256(path.read_bytes()).hexdigest() != locked[name]:
            problems.append(f"{name} was changed. Run scripts/vendor.py, or pin the new version.")
    here = {
        path.relative_to(ROOT).as_posix()
        for folder in OWNED
        for path in folder.rglob("*")
        if path.is_file()
    }
    problems += [
        f"{name} is here, and no package is named for it." for name in sorted(here - named)
    ]
    return problems


if __name__ == "__main__":
    sys.exit(main())
