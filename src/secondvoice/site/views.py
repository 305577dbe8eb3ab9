"""What belongs to no room: the service worker, the manifest, the page without a network, errors."""

from __future__ import annotations

import contextlib
import json
from typing import TYPE_CHECKING

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.template.loader import get_template
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from secondvoice.learn.views import addresses
from secondvoice.people.views.access import from_this_origin
from secondvoice.pocket import LONG, words_of
from secondvoice.practices.views.pieces import pieces, players
from secondvoice.records.errors import CannotKeep
from secondvoice.reminders.models import speak_to
from secondvoice.reminders.words import says
from secondvoice.site.assets import static_version, still_version
from secondvoice.site.still import still_files
from secondvoice.tongues import ENGLISH, each_tongue, tongue

if TYPE_CHECKING:
    from django.http import HttpRequest

PAPER = "#f6f1e6"

# The hard minute's pages, which a device must have whole before anything else.
STILL_PAGES = ("minute", "support", "grounding", "pocket", "offline", "therapist", "backdraft")

# Where a language can be chosen, and where one is afterwards.
LANGUAGE_PAGES = ("welcome", "unlock", "settings", "support")
LANGUAGE_KEPT = 365 * 24 * 60 * 60  # seconds

# The library as it is for everybody stands in for the person's own where there is no network.
OWN_PAGES = "/practices/"


@require_GET
def service_worker(request: HttpRequest) -> HttpResponse:  # noqa: ARG001  # Django passes it
    """The script that keeps the pages which are the same for everybody usable offline."""
    response = HttpResponse(_service_worker(), content_type="text/javascript; charset=utf-8")
    response.headers["Cache-Control"] = "no-cache"
    return response


@each_tongue
def _service_worker() -> str:
    # In another language it is another script, so that a browser fetches the pages anew.
    spoken = "" if tongue() == ENGLISH else f"-{tongue()}"
    head = {
        "VERSION": still_version() + spoken,
        "PAGES": [reverse(name) for name in STILL_PAGES],
        "FILES": still_files(),
        "PLAYERS": players(),
        "OWN": OWN_PAGES,
        "CARDS": addresses(),
        "PIECES": [reverse("learn_pages"), *pieces()],
        "WAITING": f"{settings.STATIC_URL}js/waiting.js?v={static_version()}",
        "TROUBLE": words_of("trouble"),
        "NOTES": words_of("notes"),
        "LONG": LONG,
        "NEW_TAB": _("New tab"),
        "STOP": _("Stop these"),
        # What a notice may say: nothing else is ever shown, whoever sent it. Each in this language,
        # and after it as the program may have said it.
        "SAYS": _says_in_each(),
    }
    constants = "".join(f"const {name} = {json.dumps(value)};\n" for name, value in head.items())
    return constants + get_template("site/sw.js").render({})


def _says_in_each() -> list[list[str]]:
    here = says()
    found = {id_: [words] for id_, words in here.items()}
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            for id_, words in says().items():
                if words not in found[id_]:
                    found[id_].append(words)
    return list(found.values())


@require_GET
def no_icon(request: HttpRequest) -> HttpResponse:  # noqa: ARG001  # Django passes it
    """What browsers ask for by themselves where a page names no icon, as the blank page does."""
    response = HttpResponse(status=204)
    response.headers["Cache-Control"] = "max-age=604800"
    return response


@require_GET
def manifest(request: HttpRequest) -> HttpResponse:  # noqa: ARG001  # Django passes it
    """What a device needs to put the program on its home screen."""
    icons = [
        {"src": f"{settings.STATIC_URL}img/icon.svg", "sizes": "any", "type": "image/svg+xml"},
        *(
            {
                "src": f"{settings.STATIC_URL}img/{name}.png",
                "sizes": f"{size}x{size}",
                "type": "image/png",
                "purpose": purpose,
            }
            for name, size, purpose in (
                ("icon-192", 192, "any"),
                ("icon-512", 512, "any"),
                ("icon-maskable-512", 512, "maskable"),
            )
        ),
    ]
    content = {
        "name": "Second Voice",
        "short_name": "Second Voice",
        "id": "/",
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "background_color": PAPER,
        "theme_color": PAPER,
        "icons": icons,
        "shortcuts": [{"name": _("A minute"), "url": reverse("minute")}],
    }
    response = JsonResponse(content, content_type="application/manifest+json")
    response.headers["Cache-Control"] = "no-cache"
    return response


@require_GET
def offline(request: HttpRequest) -> HttpResponse:
    """What the service worker shows when the program does not answer."""
    response = render(request, "site/offline.html", {"still": True})
    response.headers["Cache-Control"] = "no-cache"
    return response


# Sent by pages that are everybody's and have no token; see from_this_origin.
@csrf_exempt
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Let this browser remember a language. It has to be known while the diary is locked."""
    if not from_this_origin(request):
        return HttpResponse(status=403)
    back = request.POST.get("back", "")
    response = HttpResponseRedirect(reverse(back if back in LANGUAGE_PAGES else "home"))
    if (code := request.POST.get("language", "")) in dict(settings.LANGUAGES):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            code,
            LANGUAGE_KEPT,
            httponly=True,
            samesite="Strict",
            secure=request.is_secure(),
        )
        if (door := getattr(request, "door", None)) is not None:
            # Where that cannot be kept, the page is still said in the language that was chosen.
            with contextlib.suppress(CannotKeep):
                speak_to(door.person, code)
    return response


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001  # Django's signature
    """A form came without its token, or from another site: say what to do, and nothing else."""
    return render(request, "site/csrf_failure.html", status=403)
