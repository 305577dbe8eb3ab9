"""See that WeasyPrint finds Pango here, which the PDF of the report needs; install it if not.

With the system's package manager, as root or by ``sudo`` if it asks for no password.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

PACKAGES = ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0", "fontconfig")


def main() -> int:
    """Say on standard error why there is none, where that is so."""
    if found() or installed():
        return 0
    print(
        "There is no Pango for the PDF of the report, and it could not be installed. Install it "
        f"(on Debian and Ubuntu: sudo apt-get install {' '.join(PACKAGES)}; on a Mac: brew install "
        "pango) and run this again.",
        file=sys.stderr,
    )
    return 1


def found() -> bool:
    """Whether WeasyPrint loads, in a process of its own: a library that came later counts, too."""
    done = subprocess.run(
        [sys.executable, "-c", "import weasyprint"], capture_output=True, check=False
    )
    return done.returncode == 0


def installed() -> bool:
    """Install it with apt-get, where that may be done without asking anybody."""
    if not shutil.which("apt-get"):
        return False
    as_root = [] if os.geteuid() == 0 else ["sudo", "-n"]
    settings = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    install = [*as_root, "apt-get", "install", "-y", "-q", "--no-install-recommends", *PACKAGES]
    for step in (install, [*as_root, "apt-get", "update", "-q"], install):
        try:
            done = subprocess.run(step, env=settings, stdout=sys.stderr, check=False)
        except OSError:
            return False
        if step is install and done.returncode == 0:
            return found()
    return False


if __name__ == "__main__":
    sys.exit(main())
