"""The files that pages need when there is no network. No Django in here."""

from __future__ import annotations

from secondvoice.site.assets import STATIC, static_version

# What a page asks for with the version in its address; fonts are asked for by the style sheet,
# which knows none.
_VERSIONED = {".css", ".js", ".svg"}
_OFFLINE_SHEETS = {
    "tokens.css",
    "page.css",
    "parts.css",
    "learn.css",
    "minute.css",
    "pocket.css",
    "practices.css",
    "support.css",
}
_OFFLINE_SCRIPTS = {
    *("leave.js", "minute.js", "phrases.js", "plan.js", "pocket.js", "slider.js", "sw-register.js"),
    *("country.js", "player.js", "sound.js", "waits.js", "written.js"),
}


def still_files() -> list[str]:
    """Addresses below the static root of everything that a page needs offline, sorted."""
    found = []
    for path in sorted(STATIC.rglob("*")):
        name = path.relative_to(STATIC).as_posix()
        if not path.is_file() or not _needed(name):
            continue
        query = f"?v={static_version()}" if path.suffix in _VERSIONED else ""
        found.append(f"/static/{name}{query}")
    return found


def _needed(name: str) -> bool:
    folder, _, file = name.partition("/")
    match folder:
        case "css":
            return file in _OFFLINE_SHEETS
        case "fonts":
            # Latin Extended is left out: the words on these pages need none of it.
            return file.endswith(".woff2") and "latin-ext" not in file
        case "js":
            return file in _OFFLINE_SCRIPTS
        case "img":
            return file == "icon.svg"
        case _:
            return False
