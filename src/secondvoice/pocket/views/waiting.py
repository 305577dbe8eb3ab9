"""What the service worker asks: the key to seal to, and to take in what waited."""

from __future__ import annotations

import base64
import binascii
import json
from typing import TYPE_CHECKING, cast
from uuid import UUID, uuid5

from django.http import HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from secondvoice.moments.kept import own_phrases
from secondvoice.people.views.access import from_this_origin
from secondvoice.pocket.record import KEYS, BoxKeys
from secondvoice.pocket.views.receiving import NewerItem, NotUnderstood, read_item, receive
from secondvoice.practices import own_wishes
from secondvoice.records.errors import BadId, CannotOpen, NotThere
from secondvoice.records.kept import Kept
from secondvoice.support.views.shown import open_parts_of, own_parts
from secondvoice.vault import Damaged, UnknownFormat, key_check, make_box_keys, open_box

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpRequest

    from secondvoice.people.middleware import Request
    from secondvoice.records.models import Door

LONGEST = 24 * 1024 * 1024
"""Bytes of a body: a million characters in each of a form's fields, sealed, in base 64."""

_THING = UUID("5e0b9d52-8d4c-5a55-9a38-0f7b3f0f2a64")

PEOPLE = ("/care/", "/support/")
"""How the way on ends where people come first."""

LOCKED = 423
OTHER_DIARY = 409
REFUSED = 422
NEWER = 426


@require_GET
def key(request: HttpRequest) -> HttpResponse:
    """The public key of the diary, and what the person wants at hand without a network."""
    own = cast("Request", request)
    if own.door is None:
        return HttpResponse(status=LOCKED)
    pair = newest_keys(own.door)
    return JsonResponse(
        {
            "public": pair.public,
            "lock_after": own.choices.lock_after,
            "wishes": own_wishes(own.door),
            "phrases": own_phrases(own.door),
            "plan": own_parts(own.door),
            # What the person chose to be read without unlocking: a device keeps it so.
            "open_plan": open_parts_of(own.door.person),
        }
    )


# The service worker has no page with a token in it; what stands in for the token is that the
# request must come from this very origin, as the browser itself reports it.
@csrf_exempt
@require_POST
def send(request: HttpRequest) -> HttpResponse:
    """Take in one box. Sent twice, it is kept once."""
    own = cast("Request", request)
    if not from_this_origin(request):
        return HttpResponse(status=403)
    if own.door is None:
        return HttpResponse(status=LOCKED)
    try:
        id_, box = _read(request)
        item = read_item(_open(own.door, id_, box))
        way_on = receive(own.door, id_, item, own.choices)
    except (UnknownFormat, NewerItem):
        return HttpResponse(status=NEWER)
    except Damaged:
        return HttpResponse(status=OTHER_DIARY)
    except (NotUnderstood, BadId, CannotOpen, NotThere):
        return HttpResponse(status=REFUSED)
    # Words of danger: the next page says that there are people, whatever was read meanwhile.
    return JsonResponse({"kept": True, "care": way_on.endswith(PEOPLE)})


def newest_keys(door: Door) -> BoxKeys:
    """The pair that devices seal to, made at the first call and after the data key was changed.

    Whoever had the data key before had the private half, too. It stays, for what still waits.
    """
    now = key_check(door.data_key).hex()
    newest = next(_keys(door), None)
    if newest is not None and newest.made_under == now:
        return newest
    private, public = make_box_keys()
    made = BoxKeys(_text(private), _text(public), made_under=now)
    door.keep(made, thing=_thing(door))
    return made


def _keys(door: Door) -> Iterator[BoxKeys]:
    """Every pair there ever was, newest first: two devices may have made one each."""
    try:
        found = door.revisions(KEYS, _thing(door))
    except NotThere:
        return
    for kept in found:
        if isinstance(kept, Kept) and isinstance(kept.value, BoxKeys):
            yield kept.value


def _open(door: Door, id_: UUID, box: bytes) -> bytes:
    """What is in a box.

    Raises:
        Damaged: none of this diary's keys opens it.
        UnknownFormat: a newer version sealed it.
    """
    for pair in _keys(door):
        try:
            return open_box(base64.b64decode(pair.private), box, bound_to=id_.bytes)
        except Damaged:
            continue
    raise Damaged


def _read(request: HttpRequest) -> tuple[UUID, bytes]:
    if len(request.body) > LONGEST:
        raise NotUnderstood
    try:
        sent = json.loads(request.body)
        return UUID(sent["id"]), base64.b64decode(sent["box"], validate=True)
    except (ValueError, LookupError, TypeError, AttributeError, binascii.Error):
        raise NotUnderstood from None


def _thing(door: Door) -> UUID:
    return uuid5(_THING, str(door.person))


def _text(key: bytes) -> str:
    return base64.b64encode(key).decode()
