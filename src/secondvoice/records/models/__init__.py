"""The tables, and the one door to what a person keeps."""

from __future__ import annotations

from secondvoice.records.incoming import Incoming, Skipped
from secondvoice.records.models.bringing import Outcome, bring_in, undo_last_import
from secondvoice.records.models.door import Door
from secondvoice.records.models.erasing import erase_things, leave_no_bytes, things_between
from secondvoice.records.models.examining import examine, newer_database
from secondvoice.records.models.heads import rebuild_heads
from secondvoice.records.models.people import (
    LastKey,
    begin_alone,
    create_person,
    drop_wrap,
    empty_the_log,
    erase_person,
    first_person,
    hold,
    key_made,
    person_keys,
    personal_models,
    replace_wrap,
    save_wrap,
)
from secondvoice.records.models.rekeying import SomeDamaged, change_data_key
from secondvoice.records.models.store import after_commit, one_transaction, storing
from secondvoice.records.models.tables import Head, KeyWrap, Person, Personal, Record

__all__ = [
    "Door",
    "Head",
    "Incoming",
    "KeyWrap",
    "LastKey",
    "Outcome",
    "Person",
    "Personal",
    "Record",
    "Skipped",
    "SomeDamaged",
    "after_commit",
    "begin_alone",
    "bring_in",
    "change_data_key",
    "create_person",
    "drop_wrap",
    "empty_the_log",
    "erase_person",
    "erase_things",
    "examine",
    "first_person",
    "hold",
    "key_made",
    "leave_no_bytes",
    "newer_database",
    "one_transaction",
    "person_keys",
    "personal_models",
    "rebuild_heads",
    "replace_wrap",
    "save_wrap",
    "storing",
    "things_between",
    "undo_last_import",
]
