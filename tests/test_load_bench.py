"""The steady load of the benchmarks waits for nobody."""

from __future__ import annotations

import asyncio
from itertools import repeat

from benchmarks.load.sending import Answers, Ask, request, send

ANSWER = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"
ASK = Ask("opening", request("GET", "/", 80), 200)


async def ask_a_house_that_answers_nobody_before(count: int) -> Answers:
    """One that lets everybody wait until so many have come."""
    come, everybody = 0, asyncio.Event()

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal come
        while await reader.readuntil(b"\r\n\r\n"):
            come += 1
            if come == count:
                everybody.set()
            await everybody.wait()
            writer.write(ANSWER)

    async def quietly(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await answer(reader, writer)
        except (EOFError, ConnectionError):
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(quietly, "127.0.0.1", 0)
    async with server:
        port = server.sockets[0].getsockname()[1]
        return await send(port, repeat(ASK, count), rate=1_000)


def test_who_is_due_comes_though_nobody_was_answered_yet() -> None:
    """A load that waits for answers would never end here; nor would it count those who wait."""
    answers = asyncio.run(ask_a_house_that_answers_nobody_before(20))
    assert answers.errors == {}
    assert answers.count() == 20
    assert answers.most_under_way == 20
    # Whoever was due first waited for all the others, and is told with all of that.
    assert answers.at("opening", 1) == max(answers.took["opening"])
    assert answers.at("opening", 1) >= 0.018


def test_another_answer_than_the_expected_one_is_told_and_not_timed() -> None:
    async def refusing() -> Answers:
        async def refuse(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await reader.readuntil(b"\r\n\r\n")
            writer.write(b"HTTP/1.1 503 Busy\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
            writer.close()

        server = await asyncio.start_server(refuse, "127.0.0.1", 0)
        async with server:
            port = server.sockets[0].getsockname()[1]
            return await send(port, repeat(ASK, 3), rate=1_000)

    answers = asyncio.run(refusing())
    assert answers.count() == 0
    assert answers.errors == {"opening: 503": 3}
