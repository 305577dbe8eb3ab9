"""Our ReproSchema against its own model and tools. Run by ``make test-formats``."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from pydantic import ValidationError
from reproschema.models import identify_model_class
from reproschema.redcap2reproschema import redcap2reproschema

from secondvoice.measures import formats
from secondvoice.measures.formats import reproschema as ours
from tests.measures.formats.conftest import put

if TYPE_CHECKING:
    from pathlib import Path

    from secondvoice.measures import Instrument


def documents(instrument: Instrument) -> dict[str, dict[str, Any]]:
    """Each file without its context, which the model wants so; fetching it needs the internet."""
    made = formats.exported(instrument, "reproschema")
    assert isinstance(made, dict)
    found = {path: json.loads(text) for path, text in made.items() if path != "NOTICE"}
    assert {document.pop("@context") for document in found.values()} == {ours.CONTEXT}
    return found


def test_each_file_is_valid_and_called_like_its_id(shipped: Instrument) -> None:
    for path, document in documents(shipped).items():
        model = identify_model_class(document["category"])
        assert model(**document).model_dump(exclude_unset=True) == document
        assert path.rsplit("/", 1)[-1] == document["id"]


def test_the_model_would_have_refused_what_is_not_reproschema(shipped: Instrument) -> None:
    document = next(iter(documents(shipped).values())) | {"itmes": []}
    with pytest.raises(ValidationError):
        identify_model_class(document["category"])(**document)


def test_our_redcap_dictionary_goes_through_its_tool_and_comes_back(
    shipped: Instrument, tmp_path: Path
) -> None:
    form = formats.form_of(shipped)
    dictionary = put(tmp_path, formats.exported(shipped, "redcap")).rename(tmp_path / "d.csv")
    settings = tmp_path / "settings.yml"
    settings.write_text(
        'protocol_name: "p"\nprotocol_display_name: "P"\nredcap_version: "1"\n'
        'protocol_description: "P"\n',
        "utf-8",
    )
    redcap2reproschema(dictionary, settings, output_path=tmp_path / "made")
    found = formats.imported(tmp_path / "made" / "p", "reproschema", name=shipped.id).form
    # Its tool keeps the notes of the annotation as text, so only what ReproSchema itself carries.
    assert [(item.id, item.wording) for item in found.items] == [
        (item.id, item.wording) for item in form.items
    ]
    assert [(o.value, o.label) for o in found.options] == [(o.value, o.label) for o in form.options]
