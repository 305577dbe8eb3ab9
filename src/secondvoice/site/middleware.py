"""Headers that keep pages out of caches and devices out of reach; smaller files on the wire."""

from __future__ import annotations

import gzip
from functools import lru_cache
from typing import TYPE_CHECKING, cast

from django.conf import settings
from django.http import StreamingHttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from django.http import HttpRequest, HttpResponse
    from django.http.response import HttpResponseBase

# None of these is used; a page that could use them is one mistake away from doing so.
# Dictation belongs to the device's own keyboard and needs no permission from the page.
_REFUSED = (
    "accelerometer",
    "browsing-topics",
    "camera",
    "display-capture",
    "geolocation",
    "gyroscope",
    "hid",
    "idle-detection",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "serial",
    "usb",
)
PERMISSIONS_POLICY = ", ".join(f"{name}=()" for name in _REFUSED)

_COMPRESSIBLE = (
    *("text/", "application/javascript", "application/json", "application/manifest+json"),
    "image/svg",
)


class Headers:
    """Mark every dynamic answer ``no-store`` unless its view chose otherwise."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, with the headers added."""
        response = self.get_response(request)
        # A page with somebody's words must not lie in a cache, nor come back with the back key
        # after the diary was locked.
        if "Cache-Control" not in response.headers:
            response.headers["Cache-Control"] = "no-store"
            # The service worker keeps nothing readable once the diary is locked.
            response.headers["X-Diary"] = "open" if getattr(request, "door", None) else "locked"
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault("X-Robots-Tag", "noindex, nofollow")
        return response


class Language:
    """Speak the language that this browser's cookie names, else the first it asks for."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer in that language, and say that another browser may get another."""
        with translation.override(_language(request)):
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", translation.get_language() or "")
        patch_vary_headers(response, ["Accept-Language", "Cookie"])
        return response


def _language(request: HttpRequest) -> str:
    """One of ``LANGUAGES``. Unasked only one in which everything is said."""
    found = translation.get_language_from_request(request)
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
    whole = found == chosen or found in settings.WHOLE_LANGUAGES
    return found if whole else settings.LANGUAGE_CODE


class Compress:
    """Send static files, and pages that are the same for everybody, gzipped.

    What may not be stored is never compressed: a page that holds a secret beside something that
    a stranger can put into it would tell the secret by its length (the BREACH attack).
    Stands before WhiteNoise, whose files it takes.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, compressed where that is safe, asked for and worth it."""
        response = self.get_response(request)
        if not _may_be_compressed(request, response):
            return response
        patch_vary_headers(response, ["Accept-Encoding"])
        if "gzip" not in request.headers.get("Accept-Encoding", ""):
            return response
        if isinstance(response, StreamingHttpResponse):
            body = _gzipped(b"".join(cast("Iterator[bytes]", response.streaming_content)))
            response.streaming_content = [body]
        else:
            whole = cast("HttpResponse", response)
            body = _gzipped(whole.content)
            whole.content = body
        response.headers["Content-Encoding"] = "gzip"
        response.headers["Content-Length"] = str(len(body))
        # It named the bytes before; the date of the file still answers "has it changed?".
        del response.headers["ETag"]
        return response


def _may_be_compressed(request: HttpRequest, response: HttpResponseBase) -> bool:
    shared = request.path.startswith(settings.STATIC_URL) or (
        response.headers.get("Cache-Control") == "no-cache"
    )
    return (
        shared
        and request.method == "GET"
        and response.status_code == 200
        and "Content-Encoding" not in response.headers
        and response.headers.get("Content-Type", "").startswith(_COMPRESSIBLE)
    )


@lru_cache(maxsize=64)
def _gzipped(body: bytes) -> bytes:
    # No date inside: the same file is the same bytes on every replica.
    return gzip.compress(body, compresslevel=9, mtime=0)
