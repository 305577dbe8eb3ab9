"""The worker of a replica: the site, with probes before it and a watch over the database."""

from __future__ import annotations

import threading
import time
from http import HTTPStatus
from importlib import import_module
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

import django
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from secondvoice.records.errors import SchemaNewer, from_database
from secondvoice.site.hosted import lines, probes
from secondvoice.site.hosted.metrics import Metrics
from secondvoice.site.hosted.schema import Change, Stand, stand
from secondvoice.site.hosted.state import EVERY, State
from secondvoice.texts import texts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from types import TracebackType
    from wsgiref.types import StartResponse

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

    from secondvoice.site.hosted.options import Options

    Environ = dict[str, Any]
    ExcInfo = tuple[type[BaseException], BaseException, TracebackType] | tuple[None, None, None]

METHODS = {"GET", "HEAD", "POST", "OPTIONS", "PUT", "PATCH", "DELETE"}
RETRY_SECONDS = "5"


class Site(WSGIHandler):
    """Django's handler, which tells of each request by the name of its route.

    Here and not in a middleware: so it tells of those, too, that a middleware answered.
    """

    def __init__(self, metrics: Metrics, *, log: bool) -> None:
        super().__init__()
        self._metrics = metrics
        self._log = log

    def get_response(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, and tell."""
        began = time.perf_counter()
        response = super().get_response(request)
        spent = time.perf_counter() - began
        # A method is text that a client sent.
        method = str(request.method) if request.method in METHODS else "OTHER"
        self._metrics.answered(method, _route(request), response.status_code, spent)
        if self._log:
            lines.tell_request(method, _route(request), response.status_code, spent)
        return response


class Replica:
    """What the server calls for each request: a probe, the site, or one sentence."""

    def __init__(self, site: Site, state: State) -> None:
        self._site = site
        self._state = state

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request."""
        told = None
        if environ["REQUEST_METHOD"] in {"GET", "HEAD"}:
            told = probes.probe(environ["PATH_INFO"], self._state)
        if told is None and not self._state.may_serve:
            said = texts("secondvoice.site.hosted", "hosted.toml")["not_now"]
            told = probes.Told(HTTPStatus.SERVICE_UNAVAILABLE, probes.PLAIN, f"{said}\n")
        if told is None:
            return self._site(environ, self._winding_down(start_response))
        body = told.text.encode()
        headers = [*probes.HEADERS, ("Content-Type", told.kind), ("Content-Length", str(len(body)))]
        if told.status is HTTPStatus.SERVICE_UNAVAILABLE:
            headers.append(("Retry-After", RETRY_SECONDS))
        self._winding_down(start_response)(f"{told.status.value} {told.status.phrase}", headers)
        return [b"" if environ["REQUEST_METHOD"] == "HEAD" else body]

    def _winding_down(self, start_response: StartResponse) -> StartResponse:
        """While it stops, ask for every connection to be let go once it is answered.

        A proxy that kept one open would send a form into it at the moment at which it is closed.
        """
        if not self._state.stopping.is_set():
            return start_response

        def start(
            status: str,
            headers: list[tuple[str, str]],
            failed: ExcInfo | None = None,
            /,
        ) -> Callable[[bytes], object]:
            return start_response(status, [*headers, ("Connection", "close")], failed)

        return start


def load(options: Options, state: State) -> Replica:
    """Load the site and look at the database once; a thread goes on looking.

    Raises:
        SettingError: a setting is wrong, or the port for metrics is taken.
    """
    django.setup(set_prefix=False)
    lines.write_lines(options.replica)
    metrics = Metrics()
    site = Site(metrics, log=options.log_requests)
    if options.inside is not None:
        probes.serve_inside(options.inside, state, metrics)
    # Else whoever comes first after a start waits a second for every page to be read.
    import_module(settings.ROOT_URLCONF)
    watch = Watch(state)
    lines.tell("started", version=version("secondvoice"))
    watch.look()
    connection.close()
    threading.Thread(target=watch.go_on, daemon=True).start()
    return Replica(site, state)


class Watch:
    """Looks at the database again and again, and tells when readiness turns."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._known: set[Change] = set(MigrationLoader(None).disk_migrations)
        self._told = ""

    def look(self) -> None:
        """Look once, and note what was found."""
        try:
            self._state.looked(stand(self._known, _applied()))
        except Exception as error:  # noqa: BLE001 (a thread that ends would never be ready again)
            # Without a table of changes nothing was ever put in; all else is no answer.
            empty = isinstance(from_database(error), SchemaNewer)
            self._state.looked(Stand.OLDER if empty else None)
            connection.close()
        self.tell()

    def tell(self) -> None:
        """Write a line where it is another state than that of the last line."""
        says = self._state.says
        if says != self._told:
            self._told = says
            lines.tell("readiness", says=says)

    def go_on(self) -> None:
        """Look every few seconds, until the replica is told to stop."""
        while not self._state.stopping.wait(EVERY):
            self.look()
        self.tell()


def _applied() -> set[Change]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT app, name FROM django_migrations")
        return {(str(app), str(name)) for app, name in cursor.fetchall()}


def _route(request: HttpRequest) -> str:
    match = request.resolver_match
    if match is not None:
        return match.url_name or "unnamed"
    return "static" if request.path.startswith(settings.STATIC_URL) else "none"
