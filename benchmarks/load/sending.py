"""A steady load: each request has a time at which it is due, whatever became of the others.

What is told of a request is the time from when it was *due* to its last byte. A server that stops
for a second is charged for everybody who came in that second, and not for one (what is called
coordinated omission is avoided that way). All on this machine's own address.
"""

from __future__ import annotations

import asyncio
import contextlib
import re
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

HOST = "127.0.0.1"
PATIENCE = 30.0
MOST_CONNECTIONS = 200
IDLE_SECONDS = 10.0
"""A connection that was idle for longer is left: servers close them after some time, as granian
does after thirty seconds, and who asks in that instant is told nothing."""
_LENGTH = re.compile(rb"(?i)\r\ncontent-length: *(\d+)")


@dataclass(frozen=True, slots=True)
class Ask:
    """One request: what it is called in the table, its bytes, the status it must be answered by."""

    name: str
    request: bytes
    expect: int


@dataclass
class Answers:
    """What came back: seconds of each kind of request, and what went wrong how often."""

    took: dict[str, list[float]] = field(default_factory=dict)
    errors: Counter[str] = field(default_factory=Counter)
    most_under_way: int = 0

    def count(self) -> int:
        """How many were answered as they should."""
        return sum(map(len, self.took.values()))

    def at(self, name: str, share: float) -> float:
        """The time within which a ``share`` of one kind, 0 to 1, was answered, in seconds."""
        ordered = sorted(self.took[name])
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


async def send(port: int, asks: Iterable[Ask], *, rate: float) -> Answers:
    """Send each of ``asks`` when it is due, ``rate`` a second, over connections that stay open."""
    answers = Answers()
    idle: list[tuple[asyncio.StreamReader, asyncio.StreamWriter, float]] = []
    under_way: set[asyncio.Task[None]] = set()

    async def one(ask: Ask, due: float) -> None:
        try:
            async with asyncio.timeout(PATIENCE):
                reader, writer = await _connection(port, idle)
                status, stays = await _exchange(reader, writer, ask.request)
        except (OSError, EOFError, ValueError, TimeoutError) as error:
            answers.errors[f"{ask.name}: {type(error).__name__}"] += 1
            return
        if status != ask.expect:
            answers.errors[f"{ask.name}: {status}"] += 1
        else:
            answers.took.setdefault(ask.name, []).append(time.perf_counter() - due)
        if stays and len(idle) < MOST_CONNECTIONS:
            idle.append((reader, writer, time.perf_counter()))
        else:
            await _hang_up(writer)

    begun = time.perf_counter()
    for number, ask in enumerate(asks):
        due = begun + number / rate
        wait = due - time.perf_counter()
        if wait > 0:
            await asyncio.sleep(wait)
        task = asyncio.create_task(one(ask, due))
        under_way.add(task)
        task.add_done_callback(under_way.discard)
        answers.most_under_way = max(answers.most_under_way, len(under_way))
    if under_way:
        await asyncio.wait(under_way)
    for _, writer, _ in idle:
        await _hang_up(writer)
    return answers


async def _connection(
    port: int, idle: list[tuple[asyncio.StreamReader, asyncio.StreamWriter, float]]
) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """The connection that was used last, else a new one."""
    oldest = time.perf_counter() - IDLE_SECONDS
    while idle:
        reader, writer, since = idle.pop()
        if since > oldest:
            return reader, writer
        await _hang_up(writer)
    return await asyncio.open_connection(HOST, port)


async def _hang_up(writer: asyncio.StreamWriter) -> None:
    writer.close()
    with contextlib.suppress(OSError):
        await writer.wait_closed()


async def _exchange(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, request: bytes
) -> tuple[int, bool]:
    """Ask and wait for the whole answer: its status, and whether the connection stays."""
    writer.write(request)
    head = await reader.readuntil(b"\r\n\r\n")
    length = _LENGTH.search(head)
    if length is not None:
        await reader.readexactly(int(length[1]))
    elif b"chunked" in head.lower():
        while size := int((await reader.readuntil(b"\r\n")).strip(), 16):
            await reader.readexactly(size + 2)
        await reader.readuntil(b"\r\n")
    else:
        raise ValueError("An answer came without its length.")
    return int(head.split(maxsplit=2)[1]), b"connection: close" not in head.lower()


def request(
    method: str, path: str, port: int, *, cookie: str = "", body: bytes | None = None
) -> bytes:
    """The bytes of a request as a browser would send it."""
    head = [
        f"{method} {path} HTTP/1.1",
        f"Host: {HOST}:{port}",
        "User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
        "Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
        "Sec-Fetch-Mode: navigate",
        "Sec-Fetch-Site: same-origin",
    ]
    if cookie:
        head.append(f"Cookie: {cookie}")
    if body is not None:
        head += [
            f"Origin: http://{HOST}:{port}",
            "Content-Type: application/x-www-form-urlencoded",
            f"Content-Length: {len(body)}",
        ]
    return ("\r\n".join(head) + "\r\n\r\n").encode() + (body or b"")
