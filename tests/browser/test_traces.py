"""What the browser remembers: addresses, titles, its history and its profile hold no word."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.browser.conftest import ARGUMENTS, enter
from tests.browser.hands import CRITIC, HAPPENED, KIND, NAMED, NOT_ALONE, Hands

if TYPE_CHECKING:
    from playwright.sync_api import Page, Playwright

    from tests.browser.conftest import ComeIn
    from tests.browser.house import House
    from tests.browser.watching import Watch

SOUGHT = "xylophonist"
ADDED = "a hippopotamus in the corridor"
THEIRS = (CRITIC, HAPPENED, NAMED, NOT_ALONE, KIND, SOUGHT, ADDED)


def history(page: Page) -> list[tuple[str, str]]:
    """The addresses and titles that the Back button's list shows."""
    session = page.context.new_cdp_session(page)
    entries = session.send("Page.getNavigationHistory")["entries"]
    session.detach()
    return [(entry["url"], entry["title"]) for entry in entries]


def through_the_loop(page: Page) -> None:
    hands = Hands(page)
    hands.write_down()
    hands.hear()
    hands.to_the_answer()
    hands.answer()
    hands.make_right()
    hands.done()


def test_a_search_never_changes_the_address(made_up: House, come_in: ComeIn) -> None:
    page = come_in(made_up, at="/moments/")
    page.fill("#id_q", SOUGHT)
    page.get_by_role("button", name="Find").click()
    expect(page.locator("main")).to_contain_text("Nothing with those words")
    assert page.url == f"{made_up.origin}/moments/"
    page.fill("#id_q", "the")
    page.select_option("#id_pole", index=1)
    page.get_by_role("button", name="Find").click()
    expect(page.locator(".moment").first).to_be_visible()
    assert page.url == f"{made_up.origin}/moments/"
    older = page.get_by_role("button", name="Older")
    if older.count():
        older.click()
        page.wait_for_load_state()
        assert page.url == f"{made_up.origin}/moments/"
    assert SOUGHT not in str(history(page))


def test_addresses_and_titles_tell_nothing(diary: House, come_in: ComeIn) -> None:
    page = come_in(diary)
    through_the_loop(page)
    page.goto(diary.origin + "/moments/")
    entries = history(page)
    assert len(entries) > 6
    for address, title in entries:
        assert not any(words in address + title for words in THEIRS)
        if "/moments/" in address:
            assert title == "Second Voice", "A title that tells what kind of page it was."


def test_no_field_lets_the_browser_remember_what_was_typed(
    diary: House, made_up: House, come_in: ComeIn
) -> None:
    page = come_in(made_up)
    own = come_in(diary)
    pages = [
        *((page, path) for path in ("/", "/moments/", "/moments/new/", "/settings/")),
        *((own, path) for path in ("/welcome/friend/", "/settings/passphrase/")),
    ]
    for window, path in pages:
        window.goto((made_up if window is page else diary).origin + path)
        loose = window.locator("textarea, input:not([type=hidden], [type=checkbox], [type=radio])")
        for field in loose.all():
            remembers = field.get_attribute("autocomplete") or ""
            allowed = {"off", "new-password", "current-password"}
            assert remembers in allowed, f"{path}: {field.get_attribute('name')}"


def test_the_profile_of_the_browser_holds_no_word(
    diary: House, playwright: Playwright, chromium: str, watch: Watch, tmp_path: Path
) -> None:
    profile = tmp_path / "profile"
    context = playwright.chromium.launch_persistent_context(
        profile, executable_path=chromium, args=ARGUMENTS
    )
    watch.over(context, diary.origin)
    page = enter(context, diary)
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    through_the_loop(page)
    page.goto(diary.origin + "/moments/")
    page.fill("#id_q", SOUGHT)
    page.get_by_role("button", name="Find").click()
    expect(page.locator("main")).to_contain_text("Nothing with those words")
    page.goto(diary.origin)
    page.locator("#id_voice").fill(ADDED)
    expect(page.locator("[data-draft-status]")).to_have_text("Kept.")
    context.close()
    found = []
    for path in profile.rglob("*"):
        if path.is_file():
            raw = path.read_bytes()
            found += [
                f"{path.relative_to(profile)}: {words[:20]}"
                for words in THEIRS
                for way in ("utf-8", "utf-16-le")
                if words.encode(way) in raw or words.replace(" ", "+").encode(way) in raw
            ]
    assert found == [], "\n".join(found)
