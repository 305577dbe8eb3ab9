"""The ways through the made-up year on which ``screenshots.py`` takes its pictures."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from screenshots import Camera

CODE = "7K4M-Q2XR-9DTB-HW3C-5NFA-VE8J-0ZGP-6YS1-MK4R"
THE_MOMENT = uuid.UUID("01900000-0000-7000-8000-000000000003")
TAKEN = "12 June 2025"

VOICE = (
    "I messed up the report again. I'm such an idiot, everyone else manages. "
    "I should have known better."
)
HAPPENED = "The figures in the report were last month's. Carol found it in the meeting."
JOURNAL = (
    "Missed the bus, so I walked. Everyone else seems to have a plan for Sunday and I just sit "
    "here.\n\n"
    "Forgot Mum's call again. What kind of daughter does that? I should have it together by "
    "now.\n\n"
    "Made soup. It was a long week and I did ring the dentist."
)
ANSWER = {
    "name_it": "That meeting was embarrassing, and I still feel it in my stomach.",
    "not_alone": "Carol sent the wrong budget round in March. Everyone does it once.",
    "kind_words": "You were doing two jobs that week. One wrong column is not who you are.",
}

TO_A_STRANGER = "You were worn out, and you still went back and said so. That counts with me."
LETTER = (
    "Dear tired one,\n\nYou forgot one birthday, in the month in which you moved house. "
    "Nobody keeps a list like yours and drops nothing."
)
WISHES = ("May I be slow about this", "May I have a quiet kitchen")

PLAN = {
    "signs": "I stop answering messages.\nI tell everybody that I'm fine.",
    "people": "My sister, at any hour",
    "lines": "Dr Weir, Mill Lane",
}

BROUGHT = (
    "[2024-07-01 09:00] A walk by the river\nIt rained, and we laughed.\n"
    "[2024-07-02 21:15] Late again\nThe report took until nine.\n[2024-07-32 09:00] No such day\n"
)

# Isolation far from the rest, so that the result has something to say of it.
SCS = (3, 3, 3, 5, 3, 3, 3, 3, 4, 3, 3, 3, 5, 3, 3, 3, 3, 5, 3, 3, 3, 4, 3, 3, 5, 3)


def practised(camera: Camera, origin: str) -> None:
    """The library, the player, and the way back after something hard."""
    page = camera.page
    page.goto(f"{origin}/practices/")
    camera.take("practices")
    page.goto(f"{origin}/practices/breath/short/")
    for button in ("[data-told-go]", "[data-start]", "[data-skip]", "[data-skip]", "[data-pause]"):
        page.click(f".now {button}")
    camera.take("player")
    page.click("[data-stop]")
    page.click("#landed [value=hard]")
    for at in ("0", "1", "2"):
        page.click(f".now [data-way='{at}'] >> nth=0")
    camera.take("way-back")


def through_the_year(camera: Camera, origin: str) -> None:
    """The pages of somebody who has been here for a year, and one more moment."""
    page = camera.page
    page.goto(f"{origin}/moments/")
    camera.take("moments")
    page.goto(f"{origin}/minute/")
    camera.take("minute")
    practised(camera, origin)
    page.goto(f"{origin}/support/")
    camera.take("support")

    cards(camera, origin)

    page.goto(f"{origin}/reader/")
    page.fill("#text", JOURNAL)
    page.click("main form .button")
    page.locator("#reading-title").wait_for()
    page.evaluate("document.querySelector('#reading').scrollIntoView()")
    camera.take("reader", top=False)

    measured(camera, origin)
    on_the_way(camera, origin)
    page.goto(f"{origin}/moments/{THE_MOMENT}/notice/")
    page.fill("#id_voice", VOICE)
    page.fill("#id_happened", HAPPENED)
    page.get_by_role("slider").fill("8")
    camera.take("loop-notice")
    page.click("form[data-draft] .button")
    page.wait_for_url("**/words/")
    page.click("a.mark >> nth=0")
    camera.take("loop-words")
    page.click("main form[action$='/words/'] .button")
    page.wait_for_url("**/hear/")
    page.check("input[value=no]", force=True)
    camera.take("loop-hear")
    page.click("form[data-draft] .button")
    page.wait_for_url("**/answer/")
    for name, text in ANSWER.items():
        page.fill(f"#id_{name}", text)
    camera.take("loop-answer")
    with page.expect_navigation():
        page.click("form[data-draft] .actions .button")
    page.goto(f"{origin}/moments/{THE_MOMENT}/right/")
    page.check("#right-yes", force=True)
    page.fill("#id_right_if", "When I am in on Thursday")
    page.fill("#id_right_then", "send Carol the right figures, with one line and no more")
    camera.take("loop-right")
    page.click("form[data-draft] .actions .button")
    page.wait_for_url("**/see/")
    page.get_by_role("slider").fill("5")
    camera.take("loop-see")
    said_and_kept(camera, origin)
    of_their_own(camera, origin)


def said_and_kept(camera: Camera, origin: str) -> None:
    """Being the friend, a letter, wishes; writing without a network; reminders."""
    page = camera.page
    page.goto(f"{origin}/be-the-friend/")
    page.locator("main form .button").last.click()
    page.wait_for_url("**-**-**/")
    page.fill("#id_said", TO_A_STRANGER)
    camera.take("befriend", top=False)
    page.click("form[data-draft] .button")
    page.wait_for_url(lambda address: "?" in address)
    camera.take("befriend-parts", top=False)
    page.goto(f"{origin}/letters/new/to-me/")
    page.fill("#id_text", LETTER)
    camera.take("letter")
    page.goto(f"{origin}/phrases/wishes/")
    for number, wish in enumerate(WISHES):
        page.fill(f"#id_wish_{number}", wish)
    camera.take("wishes")
    page.goto(f"{origin}/pocket/")
    camera.take("pocket")
    page.goto(f"{origin}/settings/reminders/new/?part=after_work")
    page.locator("main .button").first.click()
    page.wait_for_url("**/reminders/")
    camera.take("reminders")


def cards(camera: Camera, origin: str) -> None:
    """Learn: its list, and cards with and without what they rest on."""
    page = camera.page
    for card in ("backdraft", "myth-motivation"):
        page.goto(f"{origin}/learn/{card}/")
        camera.take(f"learn-{card}")
    page.goto(f"{origin}/learn/practice/")
    page.click("details.why summary")
    page.evaluate("document.querySelector('details.why').scrollIntoView()")
    camera.take("learn-sure", top=False)
    page.goto(f"{origin}/learn/")
    camera.take("learn-cards")


def measured(camera: Camera, origin: str) -> None:
    """The measures: their page, a question, a result, everything over time."""
    page = camera.page
    page.goto(f"{origin}/measures/")
    camera.take("measures-room")
    page.goto(f"{origin}/measures/over-time/")
    camera.take("measures-over-time")
    page.goto(f"{origin}/measures/beside/")
    camera.take("measures-beside")
    page.goto(f"{origin}/measures/about/scs/")
    camera.take("measures-about")
    page.click("button[value=one]")
    for number, answer in enumerate(SCS, start=1):
        page.wait_for_url(f"**/{number}/")
        if number == 3:
            camera.take("measures-question")
        page.click(f".answer[value='{answer}']")
    page.wait_for_url("**/score/")
    # It was taken just now, on another day each time.
    page.locator(".step").evaluate(
        "(step, day) => { step.textContent = step.textContent.replace(/, [^,]*$/, day); }",
        f", {TAKEN}",
    )
    camera.take("measures-result")


def on_the_way(camera: Camera, origin: str) -> None:
    """The course, a week of it, and the one day that is over: morning, pause, evening."""
    page = camera.page
    page.goto(f"{origin}/course/")
    camera.take("course")
    page.goto(f"{origin}/course/2/")
    camera.take("course-week")
    page.goto(f"{origin}/one-day/?another")
    with page.expect_navigation():
        page.click("main a[href*='/evening/']")
    camera.take("one-day-evening")
    evening = page.url
    page.goto(evening.replace("evening", "morning"))
    camera.take("one-day-morning")
    # Begun on the day itself or looked at later, a pause is the same page.
    page.goto(evening)
    token = page.locator("[name=csrfmiddlewaretoken]").first.input_value()
    begun = page.request.post(
        evening.replace("evening", "pause"),
        form={"csrfmiddlewaretoken": token},
        headers={"Origin": origin, "Referer": evening},
    )
    page.goto(begun.url.replace("/1/", "/2/"))
    page.check("input[value=curt]", force=True)
    page.check("input[value=rushed]", force=True)
    camera.take("one-day-pause")


def through_two_years(camera: Camera, origin: str) -> None:
    """Growth: the two voices, the critic, what helps, and an experiment that is over."""
    page = camera.page
    page.goto(f"{origin}/growth/")
    camera.take("growth")
    page.evaluate("document.querySelectorAll('main figure')[1]?.scrollIntoView()")
    camera.take("growth-more", top=False)
    page.goto(f"{origin}/growth/critic/")
    camera.take("growth-critic")
    page.goto(f"{origin}/growth/helps/")
    camera.take("growth-helps")
    page.goto(f"{origin}/growth/experiments/")
    page.locator(".told__link").first.click()
    page.wait_for_url("**-**/")
    camera.take("growth-experiment")


def of_their_own(camera: Camera, origin: str) -> None:
    """A plan, the keys on this computer, bringing in, and a report to take along."""
    page = camera.page
    for step, words in PLAN.items():
        page.goto(f"{origin}/support/plan/{step}/")
        page.fill("#id_words", words)
        with page.expect_navigation():
            page.locator("main .button").first.click()
    page.goto(f"{origin}/support/plan/")
    camera.take("plan")
    page.goto(f"{origin}/settings/devices/")
    camera.take("devices")
    page.goto(f"{origin}/settings/import/")
    file = {"name": "jrnl.txt", "mimeType": "text/plain", "buffer": BROUGHT.encode()}
    page.set_input_files("#id_file", [file])
    with page.expect_navigation():
        page.locator("main .button").first.click()
    camera.take("bring-in")
    page.goto(f"{origin}/report/")
    page.fill("#id_last", "2025-06-11")
    page.select_option("#id_weeks", "12")
    with page.expect_navigation():
        page.locator("main .button").first.click()
    camera.take("report")


def first_screens(camera: Camera, origin: str) -> None:
    """The first minute."""
    page = camera.page
    camera.take("first-what")
    page.goto(f"{origin}/welcome/key/")
    # The code is another one each time.
    page.locator(".secret").evaluate("(shown, code) => { shown.textContent = code; }", CODE)
    camera.take("first-key")
    page.click("button[value=device]")
    page.fill("#id_friend", "Nadia")
    camera.take("first-friend")
