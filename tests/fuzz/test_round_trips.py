"""What the program writes it reads again as it was, whatever the values are."""

from __future__ import annotations

import dataclasses
import math
import struct
from pathlib import Path
from typing import Any

import numpy as np
from hypothesis import assume, given
from hypothesis import strategies as st
from numpy.typing import NDArray

import values
from qtdigits.core import fetch_events, lesson_events, training_events
from qtdigits.core.arrangement import ArrangedInk, Arrangement
from qtdigits.core.data_files.reader import read_digit_set
from qtdigits.core.drawing_codec import decode_drawing, encode_drawing
from qtdigits.core.history import HistoryEntry
from qtdigits.core.ink import Ink
from qtdigits.core.lesson import LessonDrawing, read_lesson, to_strokes
from qtdigits.core.model_card import ModelCard
from qtdigits.core.pictures import digit_images
from qtdigits.core.segment import cut_ink
from qtdigits.core.settings import SETTINGS, Setting, SettingKind, SettingValue
from qtdigits.core.store.ink_codec import decode_ink, encode_ink, ink_digest
from qtdigits.core.transfer.export import export_drawings
from qtdigits.core.transfer.imports import drawings_of


@given(values.INKS)
def test_stored_ink_is_the_same_to_the_last_bit(ink: Ink) -> None:
    assert decode_ink(encode_ink(ink)) == ink


@given(values.INKS, st.floats(0, 1), st.floats(-1, 1))
def test_divided_drawing_is_the_same_to_the_last_bit(ink: Ink, share: float, lean: float) -> None:
    bounds = ink.bounds()
    times = [abs(sample.time_ms) for stroke in ink.strokes for sample in stroke.samples]
    assume(bounds is not None and max(times) < 1e300)
    assert bounds is not None
    x, height = bounds.left + share * bounds.width, max(bounds.height, 1.0)
    sides = cut_ink(ink, (x, bounds.top), (x + lean * bounds.width, bounds.top + height))
    digits = tuple(side for side in sides if not side.is_empty)
    drawing = ArrangedInk(ink, (Arrangement(ink.strokes, digits),))
    assert decode_drawing(encode_drawing(drawing)) == drawing


@given(values.INKS)
def test_ink_in_json_is_the_same_to_hundredths(ink: Ink) -> None:
    again = Ink.from_json(ink.to_json())
    assert again.to_json() == ink.to_json()
    assert ink_digest(again) == ink_digest(ink)


@given(st.lists(values.ENTRIES, min_size=1, max_size=4), values.NAMES)
def test_exported_strokes_are_the_drawings_that_went_out(
    tmp_path: Path, entries: list[HistoryEntry], writer: str
) -> None:
    for name in ("mine.jsonl", "mine.jsonl.gz"):
        export_drawings(entries, writer, tmp_path / name)
        back = list(drawings_of(tmp_path / name))
        assert [one.ink.to_json() for one in back] == [one.ink.to_json() for one in entries]
        labels = [None if one.label is None else str(one.label) for one in entries]
        assert [one.label for one in back] == labels
        assert {one.writer for one in back} == {writer}


@given(st.lists(values.ENTRIES.filter(lambda one: one.label is not None), min_size=1, max_size=2))
def test_exported_archive_holds_the_drawings_that_went_out(
    tmp_path: Path, entries: list[HistoryEntry]
) -> None:
    export_drawings(entries, "anna", tmp_path / "mine.npz")
    back = list(drawings_of(tmp_path / "mine.npz"))
    assert [one.ink.to_json() for one in back] == [one.ink.to_json() for one in entries]
    read = read_digit_set(tmp_path / "mine.npz", "train")
    assert read.labels.tolist() == [one.label for one in entries]


@given(st.lists(st.builds(LessonDrawing, values.INKS, st.integers(0, 9)), min_size=1, max_size=4))
def test_lesson_is_read_as_it_was_given(tmp_path: Path, lesson: list[LessonDrawing]) -> None:
    lesson = [one for one in lesson if not one.ink.is_empty]
    (tmp_path / "lesson.jsonl").write_text(to_strokes(lesson) or "\n", encoding="utf-8")
    if lesson:
        again = read_lesson(tmp_path / "lesson.jsonl")
        assert to_strokes(again) == to_strokes(lesson)


@given(values.IMAGES, st.data())
def test_idx_files_hold_what_was_written(
    tmp_path: Path, images: NDArray[np.uint8], data: st.DataObject
) -> None:
    labels = data.draw(st.lists(st.integers(0, 9), min_size=len(images), max_size=len(images)))
    head = struct.pack(">4B3I", 0, 0, 8, 3, *images.shape)
    (tmp_path / "train-images-idx3-ubyte").write_bytes(head + images.tobytes())
    head = struct.pack(">4BI", 0, 0, 8, 1, len(labels))
    (tmp_path / "train-labels-idx1-ubyte").write_bytes(head + bytes(labels))
    read = read_digit_set(tmp_path, "train")
    assert np.array_equal(read.images, digit_images(images))
    assert read.labels.tolist() == labels


KINDS = st.sampled_from(("uint8", "int64", "int16", ">i4", "float32", "float64"))
SHAPES = st.sampled_from(((-1, 28, 28), (-1, 28, 28, 1), (-1, 784)))


@given(values.IMAGES, KINDS, SHAPES, st.booleans())
def test_archive_of_numpy_is_read_whatever_its_numbers_and_shape(
    tmp_path: Path, images: NDArray[np.uint8], kind: str, shape: tuple[int, ...], is_fortran: bool
) -> None:
    stored: NDArray[Any] = images.astype(kind).reshape(shape)
    if is_fortran:
        stored = np.asfortranarray(stored)
    labels = np.arange(len(images)) % 10
    np.savez(tmp_path / "digits.npz", x_train=stored, y_train=labels)
    read = read_digit_set(tmp_path / "digits.npz", "train")
    levels = images
    if np.dtype(kind).kind == "f" and images.max() <= 1:  # such floats go from 0 to 1
        levels = images * np.uint8(255)
    assert np.array_equal(read.images, digit_images(levels))
    assert np.array_equal(read.labels, labels)


@given(values.CARDS)
def test_model_card_is_read_as_it_was_written(card: ModelCard) -> None:
    assert ModelCard.from_json(card.to_json()) == card


@given(values.TRAINING_EVENTS)
def test_training_event_is_read_as_it_was_told(event: training_events.RunEvent) -> None:
    line = training_events.to_line(event)
    assert "\n" not in line
    again = training_events.from_line(line)
    assert again is not None
    assert _comparable(again) == _comparable(event)


@given(values.LESSON_EVENTS)
def test_lesson_event_is_read_as_it_was_told(event: lesson_events.LessonEvent) -> None:
    assert lesson_events.from_line(lesson_events.to_line(event)) == event


@given(values.FETCH_EVENTS)
def test_fetch_event_is_read_as_it_was_told(event: fetch_events.FetchEvent) -> None:
    assert fetch_events.from_line(fetch_events.to_line(event)) == event


def _comparable(event: object) -> object:
    """NaN, of which no two are equal, as a text."""
    assert dataclasses.is_dataclass(event)
    assert not isinstance(event, type)
    found = dataclasses.asdict(event)
    return {
        name: "nan" if isinstance(value, float) and math.isnan(value) else value
        for name, value in found.items()
    }


@st.composite
def _settings(draw: st.DrawFn) -> tuple[Setting, SettingValue]:
    row = draw(st.sampled_from(SETTINGS))
    match row.kind:
        case SettingKind.SWITCH:
            return row, draw(st.booleans())
        case SettingKind.NUMBER:
            return row, draw(st.integers(row.minimum, row.maximum))
        case SettingKind.CHOICE:
            return row, draw(st.sampled_from(row.choices)).value


@given(_settings())
def test_setting_is_read_from_the_text_that_a_file_has(pair: tuple[Setting, SettingValue]) -> None:
    row, value = pair
    text = str(value).lower() if isinstance(value, bool) else str(value)
    assert row.parse(value) == row.parse(text) == value
