"""Whether a program may serve from tables that another version made."""

from __future__ import annotations

import pytest

from secondvoice.site.hosted.schema import Stand, stand

KNOWN = {("records", "0001_initial"), ("records", "0002_expand_note"), ("people", "0001_initial")}


def test_its_own_tables_fit() -> None:
    assert stand(KNOWN, KNOWN) is Stand.FITS


@pytest.mark.parametrize("missing", sorted(KNOWN))
def test_a_change_that_is_not_there_yet_is_waited_for(missing: tuple[str, str]) -> None:
    assert stand(KNOWN, KNOWN - {missing}) is Stand.OLDER
    assert stand(KNOWN, set()) is Stand.OLDER


def test_what_a_newer_version_added_is_in_nobodys_way() -> None:
    newer = {("records", "0003_expand_colour"), ("accounts", "0001_initial")}
    assert stand(KNOWN, KNOWN | newer) is Stand.FITS


def test_what_a_newer_version_took_away_ends_those_that_need_it() -> None:
    took = ("records", "0004_contract_after_0003_old_note")
    assert stand(KNOWN, KNOWN | {took}) is Stand.NEWER
    assert stand(KNOWN - {("people", "0001_initial")}, KNOWN | {took}) is Stand.NEWER


def test_who_had_moved_over_before_goes_on() -> None:
    took = ("records", "0004_contract_after_0002_old_note")
    assert stand(KNOWN, KNOWN | {took}) is Stand.FITS
    # Its own room's 0002, and no other's.
    of_another = ("people", "0004_contract_after_0002_old_note")
    assert stand(KNOWN, KNOWN | {of_another}) is Stand.NEWER


def test_who_made_the_change_knows_it() -> None:
    took = ("records", "0004_contract_after_0003_old_note")
    known = KNOWN | {("records", "0003_move_note"), took}
    assert stand(known, known) is Stand.FITS
