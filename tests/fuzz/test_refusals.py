"""Whatever bytes or values come, a parser takes them or refuses them in one sentence."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import values
from parsers import PARSERS, refusal
from qtdigits.core.settings import SETTINGS, Setting

OF_JSON = (
    *("strokes", "drawings", "lesson", "ink", "model card", "architecture", "comparison"),
    *("training events", "lesson events", "fetch events", "library", "model description"),
)
OF_OBJECTS = {
    "model card": {"card_version": 1, "preprocessing": 1},
    "training events": {"v": 1},
    "lesson events": {"v": 1},
    "fetch events": {"v": 1},
    "model description": {"class_name": "Sequential"},
}
"""What an object must say before the parser looks at the rest."""


@pytest.mark.parametrize("name", PARSERS)
@given(data=st.binary(max_size=300))
def test_any_bytes_are_taken_or_refused_in_a_sentence(
    name: str, data: bytes, tmp_path: Path
) -> None:
    refusal(PARSERS[name], data, tmp_path)


@pytest.mark.parametrize("name", OF_JSON)
@given(value=values.JSON)
def test_any_json_is_taken_or_refused_in_a_sentence(
    name: str, value: object, tmp_path: Path
) -> None:
    refusal(PARSERS[name], json.dumps(value).encode(), tmp_path)


@pytest.mark.parametrize("name", OF_OBJECTS)
@given(data=st.data())
def test_any_object_of_the_right_version_is_taken_or_refused_in_a_sentence(
    name: str, data: st.DataObject, tmp_path: Path
) -> None:
    seed = data.draw(st.sampled_from(PARSERS[name].seeds()))
    known = json.loads(seed)
    changed = data.draw(st.dictionaries(st.sampled_from(sorted(known)), values.JSON, max_size=3))
    text = json.dumps(known | changed | OF_OBJECTS[name])
    refusal(PARSERS[name], text.encode(), tmp_path)


@pytest.mark.parametrize("row", SETTINGS, ids=lambda row: row.key)
@given(raw=values.JSON | st.binary() | st.text())
def test_setting_is_always_one_that_the_table_allows(row: Setting, raw: object) -> None:
    value = row.parse(raw)
    assert type(value) is type(row.default)
    assert row.parse(value) == value
