"""What measures and fits the reading of numbers counts right; no Keras is needed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

import bench_numbers
from bench_numbers import single_row
from fit_numbers import fit
from held_out import NON_DIGITS, PENDIGITS, UNIPEN
from number_lattices import Choice, Example, choices, number_examples, single_examples
from plan import Plan
from qtdigits.core.data_files.strokes import Drawing
from qtdigits.core.ink import Ink
from qtdigits.core.model_card import ModelCard
from qtdigits.core.numbers.compose import ComposedNumber, compose_numbers
from qtdigits.core.numbers.spacing import Spacing
from qtdigits.core.prediction import Prediction
from qtdigits.core.reading import NOTHING_READ
from qtdigits.core.segmenting.score import WEIGHTS
from qtdigits.core.synthetic_pen import synthetic_digits, tracks_to_ink
from qtdigits.core.verdict import interpret
from table import Row

CARD = ModelCard("one answer", "digits", 0, "2026-01-01T00:00:00+00:00", "", energy_threshold=0.0)


@dataclass
class AlwaysThree:
    """Reads a three in everything, and counts the images."""

    card: ModelCard = CARD
    asked: int = 0

    def logits(self, images: NDArray[np.float32]) -> NDArray[np.float32]:
        self.asked += len(images)
        logits = np.zeros((len(images), 10), np.float32)
        logits[:, 3] = 9
        return logits

    def predict(self, images: NDArray[np.float32]) -> list[Prediction]:
        return interpret(self.logits(images), self.card)


@pytest.fixture(scope="module")
def numbers() -> list[ComposedNumber]:
    drawings = [
        Drawing(line, tracks_to_ink(tracks), str(label), "anna")
        for line, (label, tracks) in enumerate(synthetic_digits(60, 4), start=1)
    ]
    return compose_numbers(drawings, Spacing.TOUCHING, 12, 3)


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Row]:
    """What is measured on small files in the place of the data sets, by name."""
    folder = tmp_path_factory.mktemp("data")
    drawn = [
        {"label": label, "writer": f"writer {at % 6}", "strokes": tracks_to_ink(tracks).to_json()}
        for at, (label, tracks) in enumerate(synthetic_digits(120, 6))
    ]
    others = [{**one, "label": "@"} for one in drawn]
    for name, lines in ((PENDIGITS, drawn), (UNIPEN, drawn), (NON_DIGITS, others)):
        (folder / name).write_text("".join(json.dumps(line) + "\n" for line in lines))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bench_numbers, "recognizer", lambda path: AlwaysThree())
        section = bench_numbers.measure(Plan(Path("model"), folder, quick=True))
    assert section.left_out == ()
    return {row.what: row for row in section.rows}


def covered(shapes: Sequence[tuple[int, ...]]) -> list[int]:
    return sorted(at for shape in shapes for at in shape)


def test_right_divisions_hold_every_piece_once(numbers: list[ComposedNumber]) -> None:
    found = [example for number in numbers for example in number_examples(number)]
    assert {example.kind for example in found} == {"touching", "touching, cut"}
    for example in found:
        assert covered(example.right) == list(range(len(example.lattice.pieces)))


def test_cut_strokes_of_two_digits_are_two_shapes(numbers: list[ComposedNumber]) -> None:
    joined = [number for number in numbers if number.joined]
    assert joined
    for number in joined:
        cut = [one for one in number_examples(number) if one.kind == "touching, cut"]
        whole = [one for one in number_examples(number) if one.kind == "touching"]
        assert max(len(one.right) for one in cut) > 1
        assert sum(len(one.right) for one in whole) == len(number.label) - number.joined


def test_single_drawing_is_right_as_one_shape() -> None:
    _, tracks = next(iter(synthetic_digits(1, 2)))
    for example in single_examples(tracks_to_ink(tracks), "single"):
        assert len(example.right) == 1
        assert covered(example.right) == list(range(len(example.lattice.pieces)))


def test_drawing_that_falls_apart_is_no_single_example() -> None:
    apart = Ink.from_json([[[0, 0], [0, 100]], [[900, 0], [900, 100]]])
    assert list(single_examples(apart, "single")) == []


def test_choices_know_which_division_is_right() -> None:
    ink = Ink.from_json([[[0, 0], [0, 100]], [[30, 0], [30, 100]]])
    (example,) = single_examples(ink, "single")
    network = AlwaysThree()
    (choice,) = choices([example], network)
    assert network.asked == len(example.lattice.inks) == 3
    shapes = [name for *_, name in WEIGHTS].index("a shape more")
    assert sorted(choice.divisions[:, shapes]) == [1, 2]
    assert choice.divisions[choice.right, shapes] == 1


def test_division_that_cannot_be_chosen_is_left_out() -> None:
    ink = Ink.from_json([[[0, 0], [0, 100]], [[30, 0], [30, 100]]])
    (example,) = single_examples(ink, "single")
    impossible = Example("single", example.lattice, ((0, 1, 2),))
    assert choices([impossible], AlwaysThree()) == []


def test_fit_makes_the_right_division_the_likeliest() -> None:
    """The first feature speaks for it, the second against it, the third says nothing."""
    rng = np.random.default_rng(1)
    found = []
    for _ in range(60):
        divisions = rng.normal(size=(4, 3))
        found.append(Choice("any", divisions, int(np.argmax(divisions @ [2.0, -1.0, 0.0]))))
    weights = fit(found, {})
    assert weights[0] > -weights[1] > 5 * abs(weights[2])


def test_fit_follows_the_kind_that_counts_more() -> None:
    first = Choice("first", np.array([[1.0], [0.0]]), 0)
    second = Choice("second", np.array([[1.0], [0.0]]), 1)
    assert fit([first, second], {"first": 9.0, "second": 1.0})[0] > 0
    assert fit([first, second], {"first": 1.0, "second": 9.0})[0] < 0
    assert fit([first, second], {})[0] == pytest.approx(0.0, abs=1e-6)


def test_numbers_are_measured_with_and_without_wrong_entries(rows: dict[str, Row]) -> None:
    for spacing in Spacing:
        row = rows[f"{spacing}: UNIPEN, half of the writers"]
        assert (row.n, row.baseline is not None, len(row.goals)) == (16, True, 1)
    assert rows["… with its wrong entries"].goals == ()


def test_everything_read_as_a_digit_is_never_refused(rows: dict[str, Row]) -> None:
    row = rows["letters and symbols refused, half of the writers, look-alikes apart"]
    assert (row.measured, row.baseline) == (0.0, 0.0)


def test_single_digits_that_are_lost_miss_the_goal(monkeypatch: pytest.MonkeyPatch) -> None:
    ink = Ink.from_json([[[0, 0], [0, 100]]])
    threes = [Drawing(line, ink, "3", "anna") for line in range(5)]
    kept = single_row("any", threes, AlwaysThree())
    assert (kept.measured, kept.baseline, kept.goals[0].met) == (100.0, 100.0, True)
    monkeypatch.setattr(bench_numbers, "read_ink", lambda ink, network: NOTHING_READ)
    lost = single_row("any", threes, AlwaysThree())
    assert (lost.measured, lost.baseline, lost.goals[0].met) == (0.0, 100.0, False)


def test_without_data_nothing_is_measured() -> None:
    section = bench_numbers.measure(Plan(Path("model")))
    assert section.rows == ()
    assert "no folder" in section.left_out[0]
