"""Two tabs, the same form sent twice, two programs on one folder: nothing is lost or doubled."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from tests.keeping.house import PASSPHRASE, ROOT, House, write_down

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.keeping.browser import Browser, Page

pytestmark = pytest.mark.slow

ANSWER = {
    "name_it": "zqnamed That was hard.",
    "not_alone": "zqothers Others know this, too.",
    "kind_words": "zqkind You may rest.",
}


@pytest.fixture(scope="module")
def at_home(
    lived_in: House, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[House, Browser]]:
    with lived_in.copy(tmp_path_factory.mktemp("together") / "house") as house:
        server = house.start()
        yield house, house.come_in(server)
        assert "zq" not in server.complaints


def rows(house: House, address: str) -> int:
    thing = address.split("/")[2].replace("-", "")
    ((count,),) = house.sql("SELECT count(*) FROM records_record WHERE thing = ?", thing)
    return count


def answered_moment(browser: Browser) -> str:
    """A moment with an answer, not finished yet."""
    address = write_down(browser, "zqvoice I always ruin it.")
    page = browser.open(f"{address}answer/")
    browser.submit(page, page.form(has="name_it"), ANSWER)
    return address


def finished_moment(browser: Browser) -> str:
    address = answered_moment(browser)
    page = browser.open(f"{address}see/")
    assert browser.submit(page, page.form(has="after"), {"after": "3"}).path == address
    return address


def everywhere(page: Page, *words: str) -> None:
    for word in words:
        assert word in page.shown, f"{word}: {page.shown}"


def test_a_form_that_is_sent_twice_is_kept_once(at_home: tuple[House, Browser]) -> None:
    house, browser = at_home
    page = browser.open("/moments/new/")
    form = page.form(has="voice")
    for _ in range(3):
        browser.submit(page, form, {"voice": "zqtwice I always ruin it."})
    address = form.action.removesuffix("notice/")
    assert browser.open("/moments/").shown.count("zqtwice") == 1
    assert rows(house, address) == 1


def test_a_form_that_is_sent_many_times_at_once_is_kept_once(
    at_home: tuple[House, Browser],
) -> None:
    house, browser = at_home
    page = browser.open("/moments/new/")
    form = page.form(has="voice")
    words = {"voice": "zqmany I always ruin it."}
    with ThreadPoolExecutor(6) as pool:
        pages = list(pool.map(lambda _: browser.tab().submit(page, form, words), range(6)))
    assert {page.status for page in pages} == {200}
    assert browser.open("/moments/").shown.count("zqmany") == 1
    assert rows(house, form.action.removesuffix("notice/")) == 1


def test_two_tabs_that_write_to_one_moment_keep_what_each_wrote(
    at_home: tuple[House, Browser],
) -> None:
    """Each step lays in its own fields and leaves the others'."""
    _, browser = at_home
    address = write_down(browser, "zqvoice I always ruin it.")
    hear, answer = browser.open(f"{address}hear/"), browser.tab().open(f"{address}answer/")
    browser.submit(answer, answer.form(has="name_it"), ANSWER)
    browser.submit(hear, hear.form(has="why"), {"say_it": "no", "why": "zqwhy She would cry."})
    everywhere(browser.open(address), "zqvoice", "zqnamed", "zqothers", "zqkind", "zqwhy")


def test_two_tabs_at_the_same_instant(at_home: tuple[House, Browser]) -> None:
    _, browser = at_home
    address = write_down(browser, "zqvoice I always ruin it.")
    tabs = [browser.tab() for _ in range(2)]
    pages = [tabs[0].open(f"{address}hear/"), tabs[1].open(f"{address}answer/")]
    together = threading.Barrier(2)

    def send(number: int, field: str, words: dict[str, str]) -> None:
        together.wait(30)
        tabs[number].submit(pages[number], pages[number].form(has=field), words)

    with ThreadPoolExecutor(2) as pool:
        list(
            pool.map(
                lambda one: send(*one), [(0, "why", {"why": "zqwhy She."}), (1, "name_it", ANSWER)]
            )
        )
    everywhere(browser.open(address), "zqvoice", "zqnamed", "zqothers", "zqkind", "zqwhy")


@pytest.mark.parametrize("begin", [answered_moment, finished_moment])
@pytest.mark.parametrize("by", ["notice/", "draft/notice/"])
def test_a_tab_left_open_does_not_wipe_what_another_deleted(
    at_home: tuple[House, Browser], begin: Callable[[Browser], str], by: str
) -> None:
    """Deleting can be undone for seven days, also when an old tab saves once more."""
    _, browser = at_home
    address = begin(browser)
    stale = browser.tab()
    form = stale.open(f"{address}notice/").form(has="voice")
    browser.post(f"{address}delete/", browser.token())
    fields = form.filled({"voice": "zqedited I often ruin it."}, None)
    assert stale.post(f"{address}{by}", fields).status in {200, 204, 404}
    # Still deleted, and to be brought back; or there again, whole.
    browser.post(f"{address}restore/", browser.token())
    everywhere(browser.open(address), "zqnamed", "zqothers", "zqkind")


def test_a_tab_left_open_does_not_undo_an_edit_elsewhere(at_home: tuple[House, Browser]) -> None:
    """Of a finished moment every earlier form is kept."""
    house, browser = at_home
    address = finished_moment(browser)
    tabs = [browser.tab(), browser.tab()]
    pages = [tab.open(f"{address}notice/") for tab in tabs]
    before = rows(house, address)
    for number, tab in enumerate(tabs):
        tab.submit(
            pages[number], pages[number].form(has="voice"), {"voice": f"zqedit{number} I ruin it."}
        )
    assert rows(house, address) == before + 2
    everywhere(browser.open(address), "zqedit1", "zqnamed")


@pytest.mark.parametrize("step", ["notice", "hear", "answer", "right", "see"])
def test_a_form_that_met_the_lock_goes_on_where_it_was_meant_to(
    at_home: tuple[House, Browser], step: str
) -> None:
    """Also when the step then shows its page once more, at the address of unlocking."""
    house, browser = at_home
    house.ensure_open(browser)
    address = write_down(browser, "zqvoice I always ruin it.")
    page = browser.open(f"{address}{step}/")
    field = {
        "notice": "voice",
        "hear": "why",
        "answer": "name_it",
        "right": "right_if",
        "see": "after",
    }[step]
    form = page.form(has=field)
    browser.post("/lock/", browser.token())
    wrong = {"see": "99"}.get(step, "zqmine and then some")
    said_yes = {"right": "yes"} if step == "right" else {}
    page = browser.submit(page, form, {field: wrong, **said_yes})
    page = browser.submit(page, page.form(has="passphrase"), {"passphrase": PASSPHRASE})
    assert page.status == 200, page.shown
    if any(form.has(field) for form in page.forms):
        # Something is asked once more (a missing part, a number from 0 to 10).
        again = {field: "3"} if step == "see" else {}
        page = browser.submit(page, page.form(has=field), again)
    assert "passphrase" not in {name for form in page.forms for name, _ in form.fields}, page.shown
    expected = {"notice": "words", "hear": "answer", "answer": "right", "right": "see", "see": ""}
    assert page.path == f"{address}{expected[step]}/".replace("//", "/")
    if step != "see":
        everywhere_it = browser.open(f"{address}{step}/").text
        assert "zqmine" in everywhere_it


def test_a_save_that_was_refused_after_the_lock_is_sent_to_where_it_belongs(
    at_home: tuple[House, Browser],
) -> None:
    """The page with the words stands at the address of unlocking; trying again must not go there."""
    house, browser = at_home
    house.ensure_open(browser)
    page = browser.open("/moments/new/")
    form = page.form(has="voice")
    browser.post("/lock/", browser.token())
    page = browser.submit(page, form, {"voice": "zqmine and then some", "happened": "zqword"})
    house.sql(
        "CREATE TRIGGER refuse BEFORE INSERT ON records_head BEGIN SELECT RAISE(ABORT, 'no'); END"
    )
    page = browser.submit(page, page.form(has="passphrase"), {"passphrase": PASSPHRASE})
    assert page.status == 503
    everywhere(page, "zqmine", "zqword")
    house.sql("DROP TRIGGER refuse")
    page = browser.submit(page, page.form(has="voice"))
    if any(form.has("passphrase") for form in page.forms):  # it may ask once more who is there
        page = browser.submit(page, page.form(has="passphrase"), {"passphrase": PASSPHRASE})
    assert page.path.endswith("/words/"), page.shown
    everywhere(browser.open("/moments/"), "zqmine")


@pytest.mark.parametrize("letter", ["я", "🙈"], ids=["Cyrillic", "pictures"])
def test_a_long_text_in_any_script_is_kept(at_home: tuple[House, Browser], letter: str) -> None:
    """A field takes a million characters; in a form one of them may be twelve bytes long."""
    _, browser = at_home
    page = browser.open("/moments/new/")
    text = f"zqlong {letter * 900_000}"
    page = browser.submit(page, page.form(has="voice"), {"voice": text})
    assert page.status == 200
    # Kept; or, where that is more than a field takes, given back with the sentence that says so.
    assert page.path.endswith("/words/") or "it is still here" in page.shown
    assert letter * 900_000 in page.text


def test_a_second_program_that_writes_meanwhile(house: House, tmp_path: Path) -> None:
    """A process of our own with the key, and the server: both keep writing, nothing is lost."""
    server = house.start()
    browser = house.come_in(server)
    other = subprocess.Popen(
        [sys.executable, "-m", "tests.keeping.writer", PASSPHRASE, "30"],
        cwd=ROOT,
        env=house.environment(SECONDVOICE_DATA=str(house.data)),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert other.stdout is not None
    assert other.stdout.readline() == "writing\n"
    for number in range(30):
        page = browser.open("/moments/new/")
        form = page.form(has="voice")
        status = browser.submit(page, form, {"voice": f"zqserver{number:02} I ruin it."}).status
        assert status == 200
    _, error = other.communicate(timeout=60)
    assert (other.returncode, error) == (0, "")
    # And a third that only reads, while the server runs.
    out = tmp_path / "export.json"
    done = house.run(
        "export", "--data", str(house.data), "--format", "json", "--out", str(out),
        stdin=f"{PASSPHRASE}\n",
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    voices = sorted(
        record["value"]["voice"].split()[0]
        for record in json.loads(out.read_text())["records"]
        if record["kind"] == "moment"
    )
    assert len(voices) == 4 + 30 + 30
    assert [voice for voice in voices if voice.startswith("zqserver")] == [
        f"zqserver{number:02}" for number in range(30)
    ]
    done = house.run("doctor", "--data", str(house.data), "--open", stdin=f"{PASSPHRASE}\n")
    assert done.returncode == 0, done.stdout
