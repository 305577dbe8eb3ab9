"""Make a virtual environment and install what is locked into it, checked by hash.

``python3 scripts/bootstrap.py KIND FOLDER``: ``run`` is what the program needs, ``dev`` what its
tests need too, and ``newest`` is ``dev`` on the newest Python of this machine. ``train`` is
``dev`` with what fits and measures the reader's model, ``formats`` with what the heavy test of
our ReproSchema needs, and ``spark`` with Spark. Without our own package: ``peer``, a diary of
somebody else's to measure beside, and ``audit``, what audits the locks.

Standard library only, and readable to an old Python, which is told apart here.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

OLDEST = (3, 11)
LOCKS = {
    "run": "run",
    "dev": "dev",
    "train": "train",
    "formats": "formats",
    "spark": "spark",
    "newest": "dev",
    "peer": "peer",
    "audit": "audit",
}
"""Which lock in ``requirements/`` each kind installs."""
ALONE = {"peer", "audit"}
"""The kinds without our own package."""

ROOT = Path(__file__).resolve().parent.parent
# -qq: errors only. Whatever index pip is set to use is the machine's affair.
CHECKED_BY_HASH = ("install", "-qq", "--disable-pip-version-check", "--require-hashes", "-r")
# The build backend is among what is locked, so nothing unlocked is fetched to build with.
THE_PACKAGE = (
    "install", "-qq", "--disable-pip-version-check",
    "--no-deps", "--no-index", "--no-build-isolation", "--editable",
)  # fmt: skip


class CannotSetUpError(Exception):
    """Why not: a sentence, with what to do."""


def main(arguments: list[str]) -> int:
    """Set up one virtual environment; its stamps are written last."""
    if len(arguments) != 2 or arguments[0] not in LOCKS:
        print(__doc__, file=sys.stderr)
        return 2
    kind, folder = arguments[0], Path(arguments[1])
    try:
        set_up(kind, ROOT / folder)
    except CannotSetUpError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def set_up(kind: str, folder: Path) -> None:
    """Install what ``kind`` asks for into ``folder``."""
    base = pythons()[-1 if kind == "newest" else 0]
    lock = LOCKS[kind]
    print(f"Setting up {folder.name} with {base} (once).", file=sys.stderr, flush=True)
    python = make_environment(folder, base)
    pip = [str(python), "-m", "pip"]
    # A user's own configuration may say "install for the user", which an environment refuses.
    settings = {**os.environ, "PIP_USER": "0", "PIP_REQUIRE_VIRTUALENV": "0"}
    steps = [[*pip, *CHECKED_BY_HASH, str(ROOT / "requirements" / f"{lock}.txt")]]
    if kind not in ALONE:
        steps.append([*pip, *THE_PACKAGE, str(ROOT)])
    for step in steps:
        if subprocess.run(step, env=settings, check=False).returncode != 0:
            raise CannotSetUpError(
                "Installing did not work; above is what pip says. If it is the network, "
                "run the same command again: what is done already is kept."
            )
    # What the tests need includes what the program needs.
    for stamp in {lock} if kind in ALONE else {"run", lock}:
        (folder / f".{stamp}").touch()


def pythons() -> list[str]:
    """The Pythons here that are new enough: this one (or a stand-in for it) first, newest last.

    Raises:
        CannotSetUpError: there is none.
    """
    found: dict[tuple[int, ...], str] = {}
    for path in (sys.executable, *candidates()):
        version = version_of(path)
        if version >= OLDEST and version not in found:
            found[version] = path
    if not found:
        wanted = ".".join(map(str, OLDEST))
        raise CannotSetUpError(
            f"Second Voice needs Python {wanted} or later, and none was found. Install one (on "
            f"Debian: apt-get install python3), or name one: make PYTHON=/path/to/python{wanted}"
        )
    first = found.pop(sys.version_info[:2], None)
    others = [found[version] for version in sorted(found)]
    if first is None:
        return others
    newer = [found[version] for version in sorted(found) if version > sys.version_info[:2]]
    return [first, *newer]


def candidates() -> Iterator[str]:
    """Where other Pythons usually are."""
    places = [Path(place) for place in os.get_exec_path()]
    places += Path.home().glob(".pyenv/versions/*/bin")
    names = re.compile(r"python3\.\d+$")
    for place in places:
        if place.is_dir():
            yield from (str(path) for path in sorted(place.iterdir()) if names.match(path.name))


def version_of(path: str) -> tuple[int, ...]:
    """The version of the Python at ``path`` as two numbers; (0, 0) where it does not run."""
    code = "import sys; print(*sys.version_info[:2]); assert sys.implementation.name == 'cpython'"
    try:
        done = subprocess.run(
            [path, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False
        )
    except OSError:
        return (0, 0)
    if done.returncode != 0:
        return (0, 0)
    return tuple(int(number) for number in done.stdout.split())


def make_environment(folder: Path, base: str) -> Path:
    """Make a virtual environment in ``folder``, unless there is a sound one of that Python.

    Returns:
        Its Python.

    Raises:
        CannotSetUpError: it cannot be made.
    """
    python = folder / ("Scripts" if os.name == "nt" else "bin") / "python"
    if python.exists() and version_of(str(python)) == version_of(base) and has_pip(python):
        return python
    if folder.exists():
        shutil.rmtree(folder)
    if not has_module(base, "ensurepip"):
        install_venv(base)
    made = subprocess.run([base, "-m", "venv", str(folder)], stdout=sys.stderr, check=False)
    if made.returncode != 0:
        shutil.rmtree(folder, ignore_errors=True)
        raise CannotSetUpError(f"{base} -m venv did not work; above is what it says.")
    return python


def has_pip(python: Path) -> bool:
    """Whether a virtual environment was finished."""
    return has_module(str(python), "pip")


def has_module(python: str, name: str) -> bool:
    """Whether the Python at ``python`` can import ``name``."""
    code = f"import importlib.util, sys; sys.exit(importlib.util.find_spec({name!r}) is None)"
    return subprocess.run([python, "-c", code], check=False).returncode == 0


def install_venv(base: str) -> None:
    """Install the part of Python that Debian keeps in a package of its own.

    Raises:
        CannotSetUpError: that is not ours to do here.
    """
    major, minor = version_of(base)
    package = f"python{major}.{minor}-venv"
    if shutil.which("apt-get"):
        as_root = [] if os.geteuid() == 0 else ["sudo", "-n"]
        settings = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        install = [*as_root, "apt-get", "install", "-y", "-q", package]
        try:
            for step in (install, [*as_root, "apt-get", "update", "-q"], install):
                done = subprocess.run(step, env=settings, stdout=sys.stderr, check=False)
                if step is install and done.returncode == 0 and has_module(base, "ensurepip"):
                    return
        except OSError:
            pass
    raise CannotSetUpError(
        f"{base} cannot make virtual environments. Install the package {package} "
        f"(on Debian and Ubuntu: sudo apt-get install {package}) and run this again."
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
