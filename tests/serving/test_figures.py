"""The page for Prometheus and the lines of the log, as others read them."""

from __future__ import annotations

import json
import logging
import re

from prometheus_client.parser import text_string_to_metric_families

from secondvoice.site.hosted.lines import JsonLines
from secondvoice.site.hosted.metrics import BOUNDS, Metrics
from secondvoice.site.hosted.schema import Stand
from secondvoice.site.hosted.state import State
from tests.site.test_logs import WORDS, caught

LINE = re.compile(r'([a-z_]+)(?:\{((?:[a-z]+="[^"\\\n]*",?)*)\})? (\S+)')
HEAD = re.compile(r"# (HELP|TYPE) ([a-z_]+) (.+)")


def read(text: str) -> dict[str, float]:
    """Every figure by its name and labels; each must have been announced before."""
    assert text.endswith("\n")
    found: dict[str, float] = {}
    kinds: dict[str, str] = {}
    for line in text.splitlines():
        if head := HEAD.fullmatch(line):
            if head[1] == "TYPE":
                assert head[2] not in kinds, "a name is announced once"
                kinds[head[2]] = head[3]
            continue
        figure = LINE.fullmatch(line)
        assert figure, line
        name = figure[1]
        whole = re.sub(r"_(bucket|sum|count)$", "", name)
        assert name in kinds or kinds.get(whole) == "histogram", name
        key = f"{name}{{{figure[2]}}}" if figure[2] else name
        assert key not in found, key
        found[key] = float(figure[3])
    return found


def test_the_parser_of_prometheus_reads_the_same() -> None:
    metrics, state = Metrics(), State()
    metrics.answered("GET", "moments", 200, 0.3)
    text = metrics.text(state)
    families = list(text_string_to_metric_families(text))
    kinds = {each.name: each.type for each in families}
    # It takes the end of a counter's name for its kind.
    assert kinds["secondvoice_requests"] == kinds["process_cpu_seconds"] == "counter"
    assert kinds["secondvoice_request_seconds"] == "histogram"
    assert kinds["secondvoice_ready"] == kinds["process_start_time_seconds"] == "gauge"
    assert all(each.documentation for each in families)
    samples = {
        (each.name, *sorted(each.labels.items())): each.value
        for family in families
        for each in family.samples
    }
    assert len(samples) == len(read(text))
    labels = ("method", "GET"), ("route", "moments"), ("status", "200")
    assert samples["secondvoice_requests_total", *labels] == 1
    assert samples["secondvoice_request_seconds_bucket", ("le", "0.5")] == 1
    assert samples["secondvoice_request_seconds_bucket", ("le", "0.25")] == 0


def test_what_was_answered_is_counted() -> None:
    metrics, state = Metrics(), State()
    state.looked(Stand.FITS)
    metrics.answered("GET", "moments", 200, 0.004)
    metrics.answered("GET", "moments", 200, 0.3)
    metrics.answered("POST", "moment_notice", 302, 60.0)
    found = read(metrics.text(state))
    count = "secondvoice_requests_total"
    assert found[f'{count}{{method="GET",route="moments",status="200"}}'] == 2
    assert found[f'{count}{{method="POST",route="moment_notice",status="302"}}'] == 1
    parts = [found[f'secondvoice_request_seconds_bucket{{le="{bound}"}}'] for bound in BOUNDS]
    assert parts == sorted(parts)
    assert (parts[0], parts[-1]) == (1, 2)
    assert found['secondvoice_request_seconds_bucket{le="+Inf"}'] == 3
    assert found["secondvoice_request_seconds_count"] == 3
    assert found["secondvoice_request_seconds_sum"] == 60.304
    assert (found["secondvoice_ready"], found["secondvoice_database_up"]) == (1, 1)
    assert found["process_cpu_seconds_total"] > 0
    assert found["process_resident_memory_bytes"] > 1_000_000


def test_an_end_of_a_part_belongs_to_it() -> None:
    metrics = Metrics()
    metrics.answered("GET", "moments", 200, 0.005)
    found = read(metrics.text(State()))
    assert found['secondvoice_request_seconds_bucket{le="0.005"}'] == 1
    assert found["secondvoice_ready"] == 0


def line(record: logging.LogRecord) -> dict[str, object]:
    text = JsonLines("house-1").format(record)
    assert "\n" not in text
    read: dict[str, object] = json.loads(text)
    return read


def test_a_line_is_one_object_with_its_time_and_replica() -> None:
    record = logging.LogRecord("secondvoice.requests", logging.INFO, __file__, 1, "", (), None)
    record.created = 1_795_797_416.102
    record.fields = {"event": "request", "status": 200}
    assert line(record) == {
        "time": "2026-11-27T16:36:56.102Z",
        "level": "info",
        "replica": "house-1",
        "event": "request",
        "status": 200,
    }


def test_what_anybody_else_logs_comes_without_words() -> None:
    error = caught(WORDS)
    record = logging.LogRecord(
        "django.request", logging.ERROR, __file__, 1, f"Fault: /{WORDS}", (),
        (type(error), error, error.__traceback__),
    )  # fmt: skip
    told = line(record)
    assert (told["level"], told["event"]) == ("error", "message")
    assert str(told["says"]).startswith("ERROR django.request: ValueError at site/test_logs.py:")
    assert WORDS not in str(told)
