"""A browser without a screen: cookies, redirects and forms, as HTML and HTTP define them.

Forms are read from the page and sent where the page says, so a form that would go to the wrong
address in a real browser goes to the wrong address here too.
"""

from __future__ import annotations

import urllib.error
import urllib.request
from dataclasses import dataclass, field
from email.message import Message
from html.parser import HTMLParser
from http.client import HTTPException
from http.cookiejar import CookieJar
from typing import TYPE_CHECKING
from urllib.parse import urlencode, urljoin, urlsplit

if TYPE_CHECKING:
    from collections.abc import Mapping
    from http.client import HTTPResponse

PATIENCE = 60.0
"""Seconds before a server that should have answered is called stuck."""
REDIRECTS_MOST = 10
CUT_OFF = 0
"""The status of a request to which no answer came: the server hung up or is gone."""

Fields = list[tuple[str, str]]


@dataclass
class Form:
    """A form as it stands in a page, with what it would send."""

    method: str
    action: str
    fields: Fields = field(default_factory=list)
    buttons: Fields = field(default_factory=list)
    ticks: Fields = field(default_factory=list)

    def has(self, name: str) -> bool:
        return any(name == own for own, _ in [*self.fields, *self.buttons, *self.ticks])

    def value(self, name: str) -> str:
        return next(value for own, value in self.fields if own == name)

    def filled(self, changes: Mapping[str, str], press: tuple[str, str] | None) -> Fields:
        """What is sent when ``changes`` are typed or ticked and a button is pressed."""
        unknown = {name for name in changes if not self.has(name)}
        assert not unknown, f"The form has no field {unknown}."
        sent = [(name, changes.get(name, value)) for name, value in self.fields]
        there = {name for name, _ in self.fields}
        sent += [(name, value) for name, value in changes.items() if name not in there]
        if press is not None:
            assert press in self.buttons, f"The form has no button {press}."
            sent.append(press)
        return sent


@dataclass
class Page:
    """What one request was answered with, after redirects."""

    status: int
    url: str
    body: bytes
    headers: Message

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def path(self) -> str:
        return urlsplit(self.url).path

    @property
    def forms(self) -> list[Form]:
        reader = _Forms()
        reader.feed(self.text)
        return reader.forms

    def form(self, *, has: str = "", to: str = "") -> Form:
        """The first form with a field ``has`` whose address ends in ``to``."""
        for form in self.forms:
            if (not has or form.has(has)) and urljoin(self.url, form.action).endswith(to):
                return form
        raise AssertionError(f"{self.path} ({self.status}) has no form with {has or to}.")

    @property
    def shown(self) -> str:
        """The text of the page without its tags, and what is in its fields."""
        reader = _Shown()
        reader.feed(self.text)
        return " ".join(" ".join(reader.parts).split())


@dataclass(frozen=True)
class Exchange:
    """One request and its answer, for looking at afterwards."""

    method: str
    url: str
    status: int
    headers: Message
    body: bytes


class Browser:
    """One browser at one server.

    Args:
        origin: the server.
        jar: cookies, to share them with another tab.
    """

    def __init__(self, origin: str, jar: CookieJar | None = None) -> None:
        self.origin = origin
        self.jar = CookieJar() if jar is None else jar
        self.exchanges: list[Exchange] = []
        self._opener = urllib.request.build_opener(
            urllib.request.HTTPCookieProcessor(self.jar), _Stay()
        )
        self._opener.addheaders = []

    def tab(self) -> Browser:
        """Another tab of the same browser."""
        return Browser(self.origin, self.jar)

    def cookie(self, name: str) -> str | None:
        """The value of a cookie by its name; each server adds its port to the name."""
        port = str(urlsplit(self.origin).port or "")
        return next((each.value for each in self.jar if each.name == name + port), None)

    def open(self, path: str) -> Page:
        """Go to an address."""
        return self._follow("GET", urljoin(self.origin, path), None, {})

    def submit(
        self,
        page: Page,
        form: Form,
        changes: Mapping[str, str] | None = None,
        *,
        press: tuple[str, str] | None = None,
    ) -> Page:
        """Fill in a form of ``page`` and send it."""
        assert form.method == "post", "Words are never sent by GET."
        url = urljoin(page.url, form.action)
        return self.post(url, form.filled(changes or {}, press), referer=page.url)

    def post(
        self, path: str, fields: Fields | dict[str, str], *, referer: str = "", **headers: str
    ) -> Page:
        """Send fields as they are; nothing is added."""
        text = [
            (name, value.replace("\r\n", "\n").replace("\n", "\r\n")) for name, value in _(fields)
        ]
        return self.send(
            path,
            urlencode(text, encoding="utf-8", errors="surrogatepass").encode(),
            referer=referer,
            **headers,
        )

    def send(self, path: str, body: bytes, *, referer: str = "", **headers: str) -> Page:
        """Send a body as it is."""
        given = {"Content-Type": "application/x-www-form-urlencoded", "Origin": self.origin}
        if referer:
            given["Referer"] = referer
        given |= {name.replace("_", "-"): value for name, value in headers.items()}
        return self._follow("POST", urljoin(self.origin, path), body, given)

    def once(self, method: str, path: str, fields: Fields) -> Exchange:
        """Send a form and do not go where it leads."""
        given = {"Content-Type": "application/x-www-form-urlencoded", "Origin": self.origin}
        return self._once(method, urljoin(self.origin, path), urlencode(fields).encode(), given)

    def token(self) -> dict[str, str]:
        """The field that a form of this program carries, for a request that no page offers."""
        return {"csrfmiddlewaretoken": self.cookie("sv_csrf") or ""}

    def _follow(self, method: str, url: str, body: bytes | None, headers: dict[str, str]) -> Page:
        for _turn in range(REDIRECTS_MOST):
            answer = self._once(method, url, body, headers)
            location = answer.headers.get("Location")
            if answer.status not in {301, 302, 303} or location is None:
                return Page(answer.status, url, answer.body, answer.headers)
            method, url, body, headers = "GET", urljoin(url, location), None, {}
        raise AssertionError("It redirects in a circle.")

    def _once(self, method: str, url: str, body: bytes | None, headers: dict[str, str]) -> Exchange:
        sent = {
            "User-Agent": "test",
            "Sec-Fetch-Site": "same-origin",
            "Sec-Fetch-Mode": "navigate",
            **headers,
        }
        request = urllib.request.Request(url, data=body, headers=sent, method=method)
        try:
            with self._opener.open(request, timeout=PATIENCE) as response:
                exchange = _exchange(method, url, response)
        except urllib.error.HTTPError as error:
            with error:
                exchange = _exchange(method, url, error)
        except (OSError, HTTPException) as error:
            reason = getattr(error, "reason", error)
            if not isinstance(reason, ConnectionError | HTTPException):
                raise
            exchange = Exchange(method, url, CUT_OFF, Message(), b"")
        self.exchanges.append(exchange)
        return exchange


def _(fields: Fields | dict[str, str]) -> Fields:
    return list(fields.items()) if isinstance(fields, dict) else fields


def _exchange(method: str, url: str, response: HTTPResponse | urllib.error.HTTPError) -> Exchange:
    body = response.read()
    return Exchange(method, url, response.status or 0, response.headers, body)


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_args: object, **_kwargs: object) -> None:
        return None


class _Forms(HTMLParser):
    """Reads the forms of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self._form: Form | None = None
        self._area: tuple[str, list[str]] | None = None
        self._select: tuple[str, list[str], list[str]] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        own = {name: value or "" for name, value in attrs}
        name = own.get("name", "")
        if tag == "form":
            self._form = Form(own.get("method", "get").lower(), own.get("action", ""))
            self.forms.append(self._form)
        if self._form is None:
            return
        match tag:
            case "input":
                self._input(self._form, own, name)
            case "button" if name:
                self._form.buttons.append((name, own.get("value", "")))
            case "textarea":
                self._area = (name, [])
            case "select":
                self._select = (name, [], [])
            case "option" if self._select is not None:
                self._select[1].append(own.get("value", ""))
                if "selected" in own:
                    self._select[2].append(own.get("value", ""))

    def _input(self, form: Form, own: dict[str, str], name: str) -> None:
        kind = own.get("type", "text")
        if kind in {"checkbox", "radio"}:
            form.ticks.append((name, own.get("value", "on")))
            if "checked" in own:
                form.fields.append((name, own.get("value", "on")))
        elif name and kind not in {"submit", "button"}:
            form.fields.append((name, own.get("value", "")))

    def handle_data(self, data: str) -> None:
        if self._area is not None:
            self._area[1].append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        if self._form is None:
            return
        if tag == "textarea" and self._area is not None:
            name, parts = self._area
            # The first line end after the tag belongs to the markup.
            self._form.fields.append((name, "".join(parts).removeprefix("\n")))
            self._area = None
        if tag == "select" and self._select is not None:
            name, options, chosen = self._select
            self._form.fields.append((name, (chosen or options or [""])[0]))
            self._select = None


class _Shown(HTMLParser):
    """What a person sees: text and the contents of visible fields."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        own = {name: value or "" for name, value in attrs}
        if tag in {"script", "style", "title"} or (tag == "textarea" and "hidden" in own):
            self._hidden += 1
        if tag == "input" and own.get("type", "text") not in {"hidden", "password"}:
            self.parts.append(own.get("value", ""))

    def handle_endtag(self, tag: str) -> None:
        if tag in {"script", "style", "title", "textarea"}:
            self._hidden = max(0, self._hidden - 1)

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.parts.append(data)
