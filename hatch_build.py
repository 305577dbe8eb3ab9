"""Which instruments go into a package: all, but those that ``SECONDVOICE_WITHOUT`` names.

WHO-5 is under a non-commercial licence. Whoever wants a package without it builds with
``SECONDVOICE_WITHOUT=who-5``; several names are separated by commas.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

OPTION = "SECONDVOICE_WITHOUT"
INSTRUMENTS = Path("secondvoice", "measures", "instruments")


class Instruments(BuildHookInterface[Any]):
    """Puts the instruments in one by one; ``pyproject.toml`` keeps the folder itself out."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Add each wanted folder to what is built.

        Raises:
            ValueError: the option names an instrument that is not there.
        """
        if version == "editable":
            # Then the source folder itself is used.
            return
        source = Path(self.root, "src") / INSTRUMENTS
        target = INSTRUMENTS if self.target_name == "wheel" else Path("src") / INSTRUMENTS
        here = {path.name: path for path in sorted(source.iterdir())}
        without = {name.strip() for name in os.environ.get(OPTION, "").split(",")} - {""}
        if unknown := without - here.keys():
            raise ValueError(f"{OPTION} names what is not there: {', '.join(sorted(unknown))}.")
        build_data["force_include"] |= {
            str(path): str(target / name) for name, path in here.items() if name not in without
        }
