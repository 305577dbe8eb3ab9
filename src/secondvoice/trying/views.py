"""The page, and below it what the reader made of the words. Nothing here outlives its answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from secondvoice.support import CARE
from secondvoice.texts import texts
from secondvoice.tongues import ENGLISH, grouped, say, tongue
from secondvoice.trying.seen import LONGEST, Seen, look, whose_words

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


# Open while the diary is locked, as support is; unlike support, behind the front door.
@require_http_methods(["GET", "POST"])
def reader(request: HttpRequest) -> HttpResponse:
    """Try the reader: the form, and after it was sent the result below.

    A script asks for the result alone; without scripts the page answers, the words still in it.
    """
    words: dict[str, Any] = texts("secondvoice.trying", "trying.toml")
    # As a person sees it: a form sends two characters for the end of a line.
    text = request.POST.get("text", "").replace("\r\n", "\n").replace("\r", "\n")
    voice = whose_words(request.POST.get("whose", ""))
    problem = ""
    if request.method == "POST" and not text.strip():
        problem = words["problem"]["empty"]
    elif len(text) > LONGEST:
        problem = words["problem"]["too_long"].format(
            most=grouped(LONGEST), given=grouped(len(text))
        )
    seen = look(text, voice) if text and not problem else None
    context = {
        "t": words,
        "care": CARE,
        "text": text,
        "whose": voice or "",
        "problem": problem,
        "seen": seen,
        "says_english": tongue() == ENGLISH,
        **(_told(seen, words["result"]) if seen else {}),
    }
    alone = request.method == "POST" and "HX-Request" in request.headers
    template = "trying/_result.html" if alone else "trying/reader.html"
    response = render(request, template, context)
    response.headers["Cache-Control"] = "no-store"
    return response


def _told(seen: Seen, t: dict[str, Any]) -> dict[str, str]:
    """The sentences of the result that hold a number, and how the words are set."""
    summary = cut = ""
    if seen.marks and seen.paragraphs > 1:
        line = t["paragraphs_one" if seen.marked_paragraphs == 1 else "paragraphs"]
        summary = line.format(marked=seen.marked_paragraphs, all=seen.paragraphs)
    if seen.drawn < seen.marks:
        cut = t["cut"].format(drawn=seen.drawn, all=grouped(seen.marks))
    return {
        "summary": summary,
        "cut": cut,
        "face": _face(seen),
        "reason": say(seen.reading.reason) if seen.reading.reason else "",
    }


def _face(seen: Seen) -> str:
    """The critic's words in the critic's typeface, an answer in the second voice's."""
    match seen.voice:
        case "critic":
            return "voice-critic voice-critic--full"
        case "answer":
            return "voice-second"
        case _:
            return "as-written" if seen.long else "as-written lead"
