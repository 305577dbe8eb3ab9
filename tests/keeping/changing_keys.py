"""Everything that changes a key, on the way of somebody through the whole program."""

from __future__ import annotations

from typing import TYPE_CHECKING

from secondvoice.vault import parse_recovery_code

if TYPE_CHECKING:
    from tests.keeping.whole_life import Life

SECOND_PASSPHRASE = "zqsecönd spoon quiet heron"


def remember_code(life: Life, name: str, code: str) -> None:
    life.secrets[name] = code
    life.secrets[f"{name} without dashes"] = code.replace("-", "")
    life.secrets[f"{name} as bytes"] = parse_recovery_code(code)


def new_keys(life: Life) -> None:
    """Another passphrase, another recovery code, and coming back in by the code."""
    browser, said = life.browser, life.said
    page = browser.open("/settings/passphrase/")
    secret = {"passphrase": SECOND_PASSPHRASE, "again": SECOND_PASSPHRASE}
    wrong = {"old-passphrase": said.word("wrong old")}
    page = browser.submit(page, page.form(has="again"), secret | wrong)
    page = browser.submit(
        page, page.form(has="again"), secret | {"old-passphrase": life.house.passphrase}
    )
    assert page.path == "/settings/", page.shown
    life.secrets["second passphrase"] = SECOND_PASSPHRASE
    page = browser.open("/settings/recovery-code/")
    code = page.form(has="code").value("code")
    page = browser.submit(page, page.form(has="code"), {"old-passphrase": SECOND_PASSPHRASE})
    assert page.path == "/settings/", page.shown
    remember_code(life, "second recovery code", code)
    browser.post("/leave/", browser.token())
    page = browser.open("/unlock/recovery/")
    page = browser.submit(page, page.form(has="code"), {"code": said.word("wrong code")})
    page = browser.submit(page, page.form(has="code"), {"code": life.house.code})
    assert "newer code" in page.shown
    page = browser.submit(page, page.form(has="code"), {"code": code})
    assert page.path == "/settings/passphrase/", page.shown
    assert life.data_key(SECOND_PASSPHRASE) == life.secrets["data key"]


def sealed_anew(life: Life) -> None:
    """A passphrase looked at, the code tried, another data key, and another place locked."""
    browser, said = life.browser, life.said
    browser.post("/lock/", browser.token())
    life.house.unlock(browser, SECOND_PASSPHRASE)
    looked_at = browser.token() | {"passphrase": said.sentence("looked at")}
    assert browser.post("/passphrase/strength/", looked_at).status == 200
    page = browser.open("/settings/recovery-code/try/")
    page = browser.submit(page, page.form(has="code"), {"code": said.word("tried")})
    second = life.secrets["second recovery code"]
    page = browser.submit(page, page.form(has="code"), {"code": str(second)})
    assert page.path == "/settings/", page.shown
    page = browser.open("/settings/data-key/")
    code = page.form(has="kept").value("code")
    wrong = {"old-passphrase": said.word("wrong once more"), "kept": "on"}
    page = browser.submit(page, page.form(has="kept"), wrong)
    right = {"old-passphrase": SECOND_PASSPHRASE, "kept": "on"}
    page = browser.submit(page, page.form(has="kept"), right)
    assert page.path == "/settings/", page.shown
    remember_code(life, "third recovery code", code)
    life.secrets["second data key"] = life.data_key(SECOND_PASSPHRASE)
    assert life.secrets["second data key"] != life.secrets["data key"]
    browser.open("/settings/devices/")
    browser.post("/settings/devices/lock/", browser.token() | {"place": said.word("place")})
