"""Whole numbers, written by the synthetic pen and read by the network that ships."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from qtdigits.core.arrangement import Arrangement
from qtdigits.core.ink import Ink, PenSample, Stroke
from qtdigits.core.model_card import ModelCard
from qtdigits.core.paths import shipped_model
from qtdigits.core.prediction import Prediction, Verdict
from qtdigits.core.raster import rasterize
from qtdigits.core.reading import NOTHING_READ
from qtdigits.core.samples import sample_drawings
from qtdigits.core.segment import ShapeMemory, cut_ink, read_ink
from qtdigits.ml.recognizer import KerasRecognizer, load_recognizer

_HEIGHT = 100.0
BAR = Ink.from_json([[[50, 0], [50, 50], [50, 100]]])
FIVE_BODY = [[20, 5], [18, 40], [35, 36], [55, 45], [60, 65], [50, 88], [30, 95], [12, 88]]
FIVE_BAR = [[26, 2], [45, 1], [62, 0]]
SEVEN = [[5, 0], [30, 1], [58, 0], [45, 35], [32, 70], [25, 100]]
CROSS = [[18, 50], [35, 48], [56, 49]]
FOUR_ANGLE = [[35, 0], [20, 30], [5, 58], [30, 60], [62, 58]]
FOUR_LINE = [[45, 20], [44, 60], [42, 100]]
ONE = [[50, 0], [49, 50], [48, 100]]


class CountingNetwork:
    """The network that ships, with a count of the images and batches it was given."""

    def __init__(self, network: KerasRecognizer) -> None:
        self._network = network
        self.batches: list[int] = []

    @property
    def card(self) -> ModelCard:
        return self._network.card

    def logits(self, images: NDArray[np.float32]) -> NDArray[np.float32]:
        self.batches.append(len(images))
        return self._network.logits(images)

    def predict(self, images: NDArray[np.float32]) -> list[Prediction]:
        return self._network.predict(images)


@pytest.fixture(scope="module")
def network() -> KerasRecognizer:
    return load_recognizer(shipped_model())


def at(points: Sequence[Sequence[float]], x: float) -> list[list[float]]:
    return [[px + x, py] for px, py in points]


def sample(digit: int) -> Ink:
    return next(one.ink for one in sample_drawings() if one.digit == digit)


def side_by_side(digits: Sequence[Ink], gap: float) -> Ink:
    """The drawings on one line, equally high, so far apart."""
    strokes: list[Stroke] = []
    x = 0.0
    for ink in digits:
        box = ink.bounds()
        assert box is not None
        scale = _HEIGHT / box.height
        for stroke in ink.strokes:
            samples = (
                PenSample((s.x - box.left) * scale + x, (s.y - box.top) * scale)
                for s in stroke.samples
            )
            strokes.append(Stroke(tuple(samples)))
        x += box.width * scale + gap
    return Ink(tuple(strokes))


def test_empty_ink_reads_nothing(network: KerasRecognizer) -> None:
    assert read_ink(Ink(), network) is NOTHING_READ


@pytest.mark.parametrize("drawing", sample_drawings(), ids=lambda one: f"line{one.line}")
def test_single_digit_is_one_shape_with_the_image_of_its_ink(
    network: KerasRecognizer, drawing: object
) -> None:
    ink = drawing.ink  # type: ignore[attr-defined]  # parametrize does not keep the type
    (digit,) = read_ink(ink, network)
    np.testing.assert_array_equal(digit.image, rasterize(ink))
    assert digit.ink == ink
    assert digit.bounds == ink.bounds()
    assert digit.prediction.digit == network.predict(rasterize(ink)[None])[0].digit


@pytest.mark.parametrize("gap", [60.0, 30.0, 8.0])
def test_digits_side_by_side_come_apart(network: KerasRecognizer, gap: float) -> None:
    number = side_by_side([sample(digit) for digit in (2, 0, 2, 6)], gap)
    assert read_ink(number, network).text == "2026"


@pytest.mark.parametrize(
    ("strokes", "text"),
    [
        ([FIVE_BODY, FIVE_BAR], "5"),
        ([SEVEN, CROSS], "7"),
        ([FOUR_ANGLE, FOUR_LINE], "4"),
        ([ONE, at(ONE, 40)], "11"),
        ([at(ONE, 0), at(ONE, 25), at(ONE, 50)], "111"),
    ],
)
def test_strokes_are_put_together_as_written(
    network: KerasRecognizer, strokes: list[list[list[float]]], text: str
) -> None:
    assert read_ink(Ink.from_json(strokes), network).text == text


def test_bars_written_last_find_their_digits(network: KerasRecognizer) -> None:
    """Somebody writes a 5 and two sevens, and then goes back for the bar and the crosses."""
    ink = Ink.from_json(
        [
            FIVE_BODY,
            at(SEVEN, 80),
            at(SEVEN, 160),
            FIVE_BAR,
            at(CROSS, 160),
            at(CROSS, 80),
        ]
    )
    reading = read_ink(ink, network)
    assert reading.text == "577"
    assert [len(digit.ink.strokes) for digit in reading if digit.ink] == [2, 2, 2]


@pytest.mark.parametrize("gap", [20.0, 60.0, 140.0])
def test_one_and_nought_come_apart(network: KerasRecognizer, gap: float) -> None:
    assert read_ink(side_by_side([BAR, sample(0)], gap), network).text == "10"


def test_what_a_person_arranged_is_kept(network: KerasRecognizer) -> None:
    ink = Ink.from_json([ONE, at(ONE, 40), at(SEVEN, 120)])
    together = Arrangement(ink.strokes[:2], (Ink(ink.strokes[:2]),))
    reading = read_ink(ink, network, [together])
    assert [digit.ink for digit in reading] == [Ink(ink.strokes[:2]), Ink(ink.strokes[2:])]
    np.testing.assert_array_equal(reading.digits[0].image, rasterize(Ink(ink.strokes[:2])))


def test_stroke_cut_by_a_person_is_two_digits(network: KerasRecognizer) -> None:
    zero = sample(0)
    box = zero.bounds()
    assert box is not None
    middle = (box.left + box.right) / 2
    parts = cut_ink(zero, (middle, box.top), (middle, box.bottom))
    reading = read_ink(zero, network, [Arrangement(zero.strokes, parts)])
    assert [digit.ink for digit in reading] == list(parts)


def test_arrangement_of_strokes_that_are_gone_is_not_used(network: KerasRecognizer) -> None:
    ink = Ink.from_json([SEVEN])
    gone = Arrangement(Ink.from_json([ONE]).strokes, (Ink.from_json([ONE]),))
    assert read_ink(ink, network, [gone]).text == "7"


def test_lines_are_read_from_the_top(network: KerasRecognizer) -> None:
    below = [[x, y + 200] for x, y in ONE]
    ink = Ink.from_json([below, at(below, 60), SEVEN, at(FOUR_ANGLE, 90), at(FOUR_LINE, 90)])
    assert read_ink(ink, network).text == "74\n11"


def test_memory_asks_about_new_shapes_only(network: KerasRecognizer) -> None:
    counting, memory = CountingNetwork(network), ShapeMemory()
    number = side_by_side([sample(digit) for digit in (2, 0, 2, 6)], 20.0)
    first = read_ink(number, counting, memory=memory)
    asked = sum(counting.batches)
    second = read_ink(number, counting, memory=memory)
    assert sum(counting.batches) == asked
    assert (second.text, second.confidence) == (first.text, first.confidence)


def test_memory_forgets_when_the_network_changes(network: KerasRecognizer) -> None:
    memory, other = ShapeMemory(), CountingNetwork(network)
    read_ink(BAR, network, memory=memory)
    read_ink(BAR, other, memory=memory)
    assert other.batches == [1]


def test_many_digits_are_asked_about_in_few_batches(network: KerasRecognizer) -> None:
    counting = CountingNetwork(network)
    read_ink(side_by_side([sample(digit) for digit in (1, 2, 3, 4, 5, 6)], 30.0), counting)
    assert len(counting.batches) <= 2
    assert sum(counting.batches) <= 24


def test_thousands_of_strokes_are_one_refused_shape(network: KerasRecognizer) -> None:
    rng = np.random.default_rng(3)
    scribble = Ink.from_json(rng.uniform(0, 500, (2_000, 3, 2)).tolist())
    (shape,) = read_ink(scribble, network)
    assert shape.prediction.verdict is Verdict.NOT_A_DIGIT
