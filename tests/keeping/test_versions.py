"""The data of every version that a person could have had is opened by today's program.

Somebody starts it as ever. They come in by what opened their diary then, find on its pages what
they wrote, and take it all out.
"""

from __future__ import annotations

import json
import subprocess
import sys
from html.parser import HTMLParser
from http.cookiejar import Cookie
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

import pytest

from tests.keeping.earlier import MADE_AGAIN, NEWEST, VERSIONS, Earlier, everything, same
from tests.keeping.house import DidNotStart, House, house_at, write_down
from tests.site.running import PATIENCE, environment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.keeping.browser import Browser

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parent.parent.parent
# Shown on a page of its own in each version that could keep it.
SHOWN = {
    "moment": "You never manage anything",
    "letter": "Dear me, it was a long day.",
    "course_page": "What I noticed this week.",
    "plan": "The door key to Ana",
    "critic": "The clerk",
}
MOST_PAGES = 400
PERSON = "6d3f7a0e-0000-4000-8000-000000000001"


@pytest.fixture
def at_home(tmp_path: Path) -> Iterator[House]:
    with house_at(tmp_path / "house") as house:
        yield house


def present_form(tmp_path: Path) -> dict[str, Any]:
    """The form of what this program keeps, from a folder that it has just made."""
    data = tmp_path / "present"
    code = (
        "import json, pathlib, sys; sys.path.insert(0, 'scripts'); import fixture; "
        "from secondvoice.site.datafolder import make_folder; "
        "from secondvoice.site.management.prepare import prepare; "
        "data = pathlib.Path(sys.argv[1]); make_folder(data); prepare(data); "
        "print(json.dumps(fixture.form()))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, data],
        env=environment(
            SECONDVOICE_DATA=str(data), DJANGO_SETTINGS_MODULE="secondvoice.site.settings"
        ),
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    form: dict[str, Any] = json.loads(done.stdout)
    return form


def exported(house: House, secret: str) -> dict[str, dict[str, Any]]:
    """What ``secondvoice export`` gives out, by the thing."""
    out = house.root / "out.jsonl"
    opening = ("--passphrase-file", "-") if secret else ()
    done = house.run(
        *("export", "--format", "jsonl", "--data", str(house.data), "--out", str(out), *opening),
        stdin=f"{secret}\n" if secret else "",
    )
    assert done.returncode == 0, done.stderr
    lines = [json.loads(line) for line in out.read_text().splitlines()]
    return {line["thing"]: line for line in lines if "kind" in line}


def holds(today: dict[str, Any], then: dict[str, Any]) -> bool:
    """Whether a line of an export says today what it said then; a kind may have got more fields."""
    values = then["value"].items() <= today["value"].items()
    return values and all(
        today[name] == then[name] for name in ("thing", "id", "kind", "happened_at", "kept_at")
    )


def values(lines: dict[str, dict[str, Any]], like: dict[str, Any]) -> Any:
    """What is said in the line of the same thing."""
    return lines[like["thing"]]["value"].items()


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value for name, value in attrs if tag == "a" and name == "href" and value]


def every_page(browser: Browser) -> str:
    """Go wherever a link leads, from the first page on; all that is shown."""
    seen, to_come, shown = {"/"}, ["/"], []
    while to_come:
        page = browser.open(to_come.pop(0))
        assert page.status == 200, (page.status, page.path)
        if not page.headers["Content-Type"].startswith("text/html"):
            continue
        shown.append(page.shown)
        links = _Links()
        links.feed(page.text)
        for link in links.found:
            address = urljoin(page.url, link)
            path = urlsplit(address).path
            if address.startswith(f"{browser.origin}/") and path not in seen:
                seen.add(path)
                to_come.append(path)
        assert len(seen) < MOST_PAGES
    return "\n".join(shown)


def test_the_newest_fixture_has_the_form_of_today(tmp_path: Path) -> None:
    """If this fails: tests/keeping/versions/README.md tells which fixture is due."""
    present = present_form(tmp_path)
    kept = NEWEST.told["form"]
    for part in ("kinds", "changes", "tables"):
        now, then = (dict.fromkeys(form[part], "") | _named(form[part]) for form in (present, kept))
        differing = {name for name in {*now, *then} if now.get(name) != then.get(name)}
        assert not differing, (
            f"What is kept has another form now ({part}: {', '.join(sorted(differing))}). A folder "
            "of it is due: tests/keeping/versions/README.md"
        )


def test_in_each_version_something_was_kept_of_every_kind() -> None:
    for version in VERSIONS:
        kinds = set(version.told["form"]["kinds"]) - MADE_AGAIN
        assert {line["kind"] for line in version.export} == kinds
    assert [str(version) for version in VERSIONS[:5]] == [
        *("01-loop", "02-measures", "03-practices", "04-growth", "05-languages"),
    ]


@pytest.mark.parametrize("version", VERSIONS, ids=str)
@pytest.mark.parametrize("by", ["passphrase", "recovery", "account"])
def test_started_as_ever_everything_is_there(version: Earlier, by: str, at_home: House) -> None:
    version.lay(at_home.data, account=by == "account")
    rows = everything(at_home.data)
    at_home.code, at_home.passphrase = version.told["code"], version.told["passphrase"]
    secret = "" if by == "account" else at_home.passphrase
    with at_home.start() as server:
        assert same(rows, everything(at_home.data))
        browser = at_home.visitor(server)
        if by == "passphrase":
            at_home.unlock(browser)
        elif by == "recovery":
            assert at_home.recover(browser).status == 200
        if by == "passphrase":
            shown = every_page(browser)
            kinds = version.told["form"]["kinds"]
            for kind, words in SHOWN.items():
                assert kind not in kinds or words in shown, kind
            assert "This was deleted." in shown
        assert SHOWN["moment"] in browser.open("/moments/").shown
        write_down(browser, "One more, today.")
        assert server.stop() == 0
        assert "fault" not in server.complaints
    before = {line["thing"]: line for line in version.export}
    after = exported(at_home, secret)
    assert [thing for thing, line in before.items() if not holds(after[thing], line)] == []
    new = [line["value"] for thing, line in after.items() if thing not in before]
    assert "One more, today." in {value.get("voice") for value in new}
    opening = ("--passphrase-file", "-") if secret else ()
    doctor = at_home.run(
        *("doctor", "--open", "--data", str(at_home.data), *opening), stdin=f"{secret}\n"
    )
    assert doctor.returncode == 0, doctor.stdout + doctor.stderr


@pytest.mark.parametrize("version", VERSIONS, ids=str)
def test_a_browser_that_was_open_then_is_asked_or_let_in(version: Earlier, at_home: House) -> None:
    version.lay(at_home.data)
    with at_home.start() as server:
        browser = at_home.visitor(server)
        port = str(urlsplit(server.origin).port)
        for name, value in version.told["cookies"].items():
            browser.jar.set_cookie(_cookie(name.rstrip("0123456789") + port, value))
        page = browser.open("/moments/")
        assert page.status == 200
        at_home.passphrase = version.told["passphrase"]
        at_home.ensure_open(browser)
        assert "You never manage anything" in browser.open("/moments/").shown


@pytest.mark.parametrize("version", VERSIONS, ids=str)
def test_a_backup_that_made_itself_then_is_put_back_today(
    version: Earlier, at_home: House, tmp_path: Path
) -> None:
    data = version.lay(tmp_path / "then")
    backups = sorted(data.glob("backups/*.zip"))
    assert backups or version.name in {"01-loop", "02-measures"}
    for backup in backups:
        done = at_home.run("restore", str(backup), "--data", str(at_home.data))
        assert done.returncode == 0, done.stderr
        with at_home.start() as server:
            at_home.passphrase = version.told["passphrase"]
            browser = at_home.come_in(server)
            assert "You never manage anything" in browser.open("/moments/").shown


@pytest.mark.parametrize("version", VERSIONS, ids=str)
def test_what_was_taken_out_then_comes_into_a_new_diary_today(
    version: Earlier, at_home: House
) -> None:
    taken_out = at_home.root / "then.jsonl"
    lines = version.told["export"]
    head = {"format": "secondvoice-export", "version": 1, "program": "0.1.0"}
    head |= {"exported_at": "2026-11-27T12:00:00+00:00", "person": PERSON}
    end = {"end": True, "records": len(lines)}
    taken_out.write_text("\n".join(json.dumps(line) for line in [head, *lines, end]) + "\n")
    with at_home.start() as server:
        at_home.move_in(at_home.visitor(server))
    for _twice in range(2):
        done = at_home.run(
            *("import", str(taken_out), "--data", str(at_home.data), "--passphrase-file", "-"),
            stdin=f"{at_home.passphrase}\n",
        )
        assert done.returncode == 0, done.stdout + done.stderr
    after = exported(at_home, at_home.passphrase)
    # Of settings a person has one, and the import leaves those that are there; what an import of
    # then brought in is not what this one did.
    missing = [
        line["kind"]
        for line in version.export
        if line["kind"] not in {"settings", "import"}
        and not (line["thing"] in after and line["value"].items() <= values(after, line))
    ]
    assert missing == []


@pytest.mark.parametrize("version", VERSIONS, ids=str)
def test_what_a_newer_version_has_changed_is_refused_by_a_sentence(
    version: Earlier, at_home: House
) -> None:
    version.lay(at_home.data)
    with at_home.start() as server:
        assert server.stop() == 0
    at_home.sql(
        "INSERT INTO django_migrations (app, name, applied) VALUES (?, ?, ?)",
        *("records", "9000_later", "2030-01-01 00:00:00"),
    )
    files = {file: file.read_bytes() for file in [at_home.database]}
    with pytest.raises(DidNotStart) as refused:
        at_home.start()
    assert refused.value.status == 1
    assert "newer version" in refused.value.said
    assert len(refused.value.said.strip().splitlines()) == 1
    assert {file: file.read_bytes() for file in files} == files


def _named(part: object) -> dict[str, Any]:
    return part if isinstance(part, dict) else {}


def _cookie(name: str, value: str) -> Cookie:
    return Cookie(0, name, value, None, False, "127.0.0.1", False, False, "/", True, False, None, True, None, None, {})  # fmt: skip
