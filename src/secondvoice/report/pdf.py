"""The report as a PDF, by WeasyPrint: an extra, and it needs Pango, which is not Python's."""

from __future__ import annotations

import logging
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit
from urllib.request import url2pathname

if TYPE_CHECKING:
    from types import ModuleType

STATIC = Path(__file__).parent.parent / "site" / "static"
SHEETS = ("css/tokens.css", "css/paper.css")
FONTS = STATIC / "fonts"


@cache
def engine() -> ModuleType | None:
    """WeasyPrint; None where it is not installed, or finds no Pango."""
    try:
        import weasyprint
    except (ImportError, OSError):
        return None
    # What it has to say may quote the page.
    logging.getLogger("weasyprint").disabled = True
    module: ModuleType = weasyprint
    return module


def as_pdf(html: str) -> bytes:
    """A page as a PDF, in our own fonts, which are put in it.

    Args:
        html: the whole page. Nothing that it names is fetched.

    Raises:
        RuntimeError: there is no WeasyPrint here.
    """
    weasyprint = engine()
    if weasyprint is None:
        raise RuntimeError("A PDF needs secondvoice[report] and Pango.")
    fetcher = _our_fonts_only(weasyprint)
    fonts = weasyprint.text.fonts.FontConfiguration()
    sheets = [
        weasyprint.CSS(filename=str(STATIC / name), url_fetcher=fetcher, font_config=fonts)
        for name in SHEETS
    ]
    document = weasyprint.HTML(string=html, url_fetcher=fetcher)
    made: bytes = document.write_pdf(stylesheets=sheets, font_config=fonts)
    return made


def _our_fonts_only(weasyprint: ModuleType) -> Any:
    """A fetcher that opens our own fonts, and nothing else on this machine or any other."""
    base: type[Any] = weasyprint.urls.URLFetcher

    class OurFontsOnly(base):  # type: ignore[misc]  # the library has no types
        def fetch(self, url: str, headers: dict[str, str] | None = None) -> Any:
            parts = urlsplit(url)
            path = Path(url2pathname(unquote(parts.path))).resolve()
            if parts.scheme != "file" or not path.is_relative_to(FONTS.resolve()):
                raise ValueError("Only the program's own fonts are put in a report.")
            return super().fetch(url, headers)

    return OurFontsOnly(allowed_protocols=["file"])
