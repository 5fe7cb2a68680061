"""Learning a hand with a small network: what is learnt, judged, saved, and kept in the cache."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from qtdigits.core import paths
from qtdigits.core.ink import Ink, Stroke
from qtdigits.core.last_layer import extended
from qtdigits.core.lesson import LessonDrawing
from qtdigits.core.model_card import file_sha256, read_card
from qtdigits.core.raster import rasterize
from qtdigits.core.synthetic_pen import synthetic_digits
from qtdigits.ml import rehearsal
from qtdigits.ml.adapt import Teacher
from qtdigits.ml.features import Features
from qtdigits.ml.network import build_network
from qtdigits.ml.recognizer import KerasRecognizer, load_network
from qtdigits.ml.rehearsal import Rehearsal, make_rehearsal, rehearsal_for
from qtdigits.ml.trial import lesson_places, try_lesson


@pytest.fixture(scope="module")
def small_rehearsal(run: tuple[Path, object, object]) -> Rehearsal:
    return make_rehearsal(Features(load_network(run[0])[0]), 1.0, familiar=150, guard=100)


@pytest.fixture
def teacher(trained: Path, small_rehearsal: Rehearsal) -> Teacher:
    return Teacher(*load_network(trained), small_rehearsal)


def drawings(count: int, seed: int = 5) -> list[LessonDrawing]:
    return [
        LessonDrawing(Ink(tuple(Stroke.from_points(track) for track in tracks)), label)
        for label, tracks in synthetic_digits(count, seed)
    ]


def read(path: Path, lesson: Sequence[LessonDrawing]) -> list[int]:
    network = KerasRecognizer(*load_network(path))
    images = np.array([rasterize(one.ink) for one in lesson])
    return [one.digit for one in network.predict(images)]


def test_features_and_last_layer_make_the_networks_logits(trained: Path) -> None:
    network, card = load_network(trained)
    images = np.array([np.rint(rasterize(one.ink) * 255) for one in drawings(5)], np.uint8)
    features = Features(network)
    pixels = images.astype(np.float32) / np.float32(255)
    expected = KerasRecognizer(network, card).logits(pixels)
    np.testing.assert_allclose(features.logits(features.of(images)), expected, atol=1e-4)


def test_network_that_does_not_end_linear_cannot_learn() -> None:
    network = build_network("small", 0.0)
    network.pop()
    with pytest.raises(ValueError, match="does not end in a linear layer"):
        Features(network)


def test_saved_network_answers_as_the_lesson_said(teacher: Teacher, tmp_path: Path) -> None:
    lesson = teacher.teach(drawings(40))
    out = tmp_path / "taught.keras"
    teacher.save(lesson, out)
    assert read(out, drawings(40)) == [one.after for one in lesson.outcome.drawings]


def test_lesson_helps_a_network_that_is_often_wrong(teacher: Teacher) -> None:
    outcome = teacher.teach(drawings(60)).outcome
    assert outcome.right_after > outcome.right_before
    assert outcome.guard is not None
    assert outcome.guard.n == 100


def test_same_drawings_give_the_same_lesson(teacher: Teacher) -> None:
    first, second = teacher.teach(drawings(20)), teacher.teach(drawings(20))
    assert np.array_equal(first.change, second.change)


def test_refused_lesson_changes_nothing(teacher: Teacher) -> None:
    wrong = [LessonDrawing(one.ink, (one.label + 3) % 10) for one in drawings(30)]
    lesson = teacher.teach(wrong)
    assert not lesson.outcome.used
    assert not lesson.change.any()
    assert all(
        one.before == one.after or lesson.outcome.strength for one in lesson.outcome.drawings
    )


def test_too_little_to_learn_from_is_said(teacher: Teacher) -> None:
    with pytest.raises(ValueError, match="at least 10 are needed"):
        teacher.teach(drawings(5))


def test_of_many_drawings_the_hardest_are_learnt_from(
    teacher: Teacher, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("qtdigits.ml.adapt.MOST_DRAWINGS", 20)
    assert len(teacher.teach(drawings(50)).outcome.drawings) == 50


def test_card_says_where_the_network_came_from(
    teacher: Teacher, trained: Path, tmp_path: Path
) -> None:
    out = tmp_path / "taught.keras"
    lesson = teacher.teach(drawings(30))
    teacher.save(lesson, out)
    card, before = read_card(out), read_card(trained)
    assert card.settings["lesson"]["adapted_from"] == before.sha256 == file_sha256(trained)
    assert card.settings["lesson"]["drawings"] == 30
    assert (card.preprocessing, card.temperature) == (before.preprocessing, before.temperature)
    assert (card.network, card.name) == (before.network, "taught")
    assert "validation_accuracy" not in card.figures


def test_network_that_learns_stays_as_it_is(teacher: Teacher, trained: Path) -> None:
    before = file_sha256(trained)
    plain = teacher.logits(teacher.features(drawings(10)))
    teacher.teach(drawings(30))
    assert np.array_equal(teacher.logits(teacher.features(drawings(10))), plain)
    assert file_sha256(trained) == before


# Trials


def test_lesson_places_take_as_many_of_each_digit() -> None:
    labels = [digit for digit in range(10) for _ in range(4)]
    chosen = lesson_places(labels, 3, np.random.default_rng(0))
    assert chosen is not None
    assert np.bincount(np.array(labels)[chosen]).tolist() == [3] * 10


def test_writer_without_a_drawing_more_is_left_out() -> None:
    labels = [digit for digit in range(10) for _ in range(3)]
    assert lesson_places(labels, 3, np.random.default_rng(0)) is None


def test_trial_reads_the_others_before_and_after(teacher: Teacher) -> None:
    others = drawings(20, seed=6)
    trial = try_lesson(teacher, drawings(40), others, np.random.default_rng(0))
    features = extended(teacher.features(others))
    np.testing.assert_allclose(trial.after, trial.before + features @ trial.change, atol=1e-4)
    assert trial.labels.tolist() == [one.label for one in others]


# The rehearsal's cache


@pytest.fixture
def few_drawings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        rehearsal,
        "make_rehearsal",
        lambda features, temperature: make_rehearsal(features, temperature, 30, 20),
    )


@pytest.mark.usefixtures("few_drawings")
def test_rehearsal_is_made_once_for_a_network(
    trained: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    features = Features(load_network(trained)[0])
    made = rehearsal_for(features, "abc", 1.0)
    monkeypatch.delattr(rehearsal, "make_rehearsal")
    found = rehearsal_for(features, "abc", 1.0)
    assert np.array_equal(found.whitener, made.whitener)
    assert np.array_equal(found.guard_labels, made.guard_labels)
    np.testing.assert_allclose(found.guard, made.guard, atol=0.01)


@pytest.mark.usefixtures("few_drawings")
@pytest.mark.parametrize("content", [b"", b"PK\x03\x04nothing", b"no archive"])
def test_damaged_rehearsal_is_made_anew(trained: Path, content: bytes) -> None:
    file = paths.cache_dir() / "rehearsal" / f"abc-{rehearsal.VERSION}.npz"
    file.parent.mkdir(parents=True)
    file.write_bytes(content)
    assert len(rehearsal_for(Features(load_network(trained)[0]), "abc", 1.0).guard) == 20


@pytest.mark.usefixtures("few_drawings")
def test_only_the_newest_rehearsals_stay(trained: Path) -> None:
    features = Features(load_network(trained)[0])
    for name in "abcdef":
        rehearsal_for(features, name, 1.0)
    assert len(list((paths.cache_dir() / "rehearsal").iterdir())) == 4
