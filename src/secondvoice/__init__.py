"""Second Voice: the voice you would use with a friend, for yourself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from secondvoice.reader import Reading, read

__all__ = ["Reading", "read"]


def __getattr__(name: str) -> Any:
    # Loaded when asked for, so that `import secondvoice` stays free of cost for other rooms.
    if name in __all__:
        from secondvoice import reader

        return getattr(reader, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
