"""The views."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.db import connection, transaction
from django.http import HttpResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

if TYPE_CHECKING:
    from django.http import HttpRequest

TABLE = "CREATE TABLE IF NOT EXISTS bench_row (id TEXT PRIMARY KEY, body BLOB NOT NULL)"
BODY = bytes(1_000)
"""About what the sealed bytes of a short moment are."""


def hello(_request: HttpRequest) -> HttpResponse:
    """A word."""
    return HttpResponse("hello", headers={"Content-Length": "5"})


@csrf_exempt
def insert(_request: HttpRequest) -> HttpResponse:
    """One row in one transaction, which is on disk before the answer goes out."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("INSERT INTO bench_row VALUES (%s, %s)", (uuid.uuid4().hex, BODY))
    return HttpResponse(status=302, headers={"Location": "/", "Content-Length": "0"})


urlpatterns = [path("bench/hello/", hello), path("bench/insert/", insert)]
