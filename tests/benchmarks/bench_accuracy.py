"""Accuracy on the data sets of a folder, with that of the baseline network beside it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from bitmaps import CANVAS_PX, canvas_image
from drawing import Place, placed
from held_out import MNIST, PENDIGITS, UNIPEN, Digits, all_digits, kept_out
from networks import recognizer
from plan import Plan
from qtdigits.core.data_files.reader import read_digit_set
from qtdigits.core.evaluation import wilson_interval
from qtdigits.core.ink import Ink
from qtdigits.core.raster import DigitImage, rasterize
from qtdigits.core.recognizer import Recognizer
from table import Row, Section, Unit, at_least

_TITLE: Final = "Accuracy, 95 % interval in brackets"
_LENET: Final = "LeNet recipe"
_LARGE: Final = Place(0.8)
_SMALL: Final = Place(0.4, 0.25, 0.25)

CanvasReading = Callable[[Ink], DigitImage]


def measure(plan: Plan) -> Section:
    """MNIST's test images, and digits by writers that were kept out of training."""
    if plan.data is None:
        return Section(_TITLE, (), ("Left out: no folder with data sets was given.",))
    ours = recognizer(plan.model)
    lenet = None if plan.baseline is None else recognizer(plan.baseline)
    rows: list[Row] = []
    left_out = []
    if (path := plan.data / MNIST).is_file():
        digit_set = read_digit_set(path, "test")
        images, labels = digit_set.pixels(), digit_set.labels
        rows.append(image_row("MNIST test", images, labels, 99.5, ours, lenet))
    else:
        left_out.append(f"Left out: {MNIST} is not in {plan.data}.")
    if (path := plan.data / PENDIGITS).is_file():
        digits = kept_out(path, ours.card)
        rows += stroke_rows("pendigits, writers kept out", digits, 98.5, ours, lenet)
        if lenet is not None:
            # The tablet's units are the pixels of a canvas of the same size.
            what = "pendigits, as the tablet has it"
            rows.append(_canvas_row(what, digits, ours, lenet, _as_it_is))
    else:
        left_out.append(f"Left out: {PENDIGITS} is not in {plan.data}.")
    if (path := plan.data / UNIPEN).is_file():
        rows += stroke_rows("UNIPEN dev", all_digits(path), 97.0, ours, lenet)
    else:
        left_out.append(f"Left out: {UNIPEN} is not in {plan.data}.")
    if lenet is None:
        left_out.append("No baseline: none was given with --baseline.")
    return Section(_TITLE, tuple(rows), tuple(left_out))


def image_row(
    what: str,
    images: NDArray[np.float32],
    labels: NDArray[np.int64],
    goal: float,
    ours: Recognizer,
    lenet: Recognizer | None,
) -> Row:
    """Accuracy of both networks on the same digit images, shape (n, 28, 28)."""
    right = count_right(ours, images, labels)
    baseline = None if lenet is None else 100 * count_right(lenet, images, labels) / len(labels)
    share = 100 * right / len(labels)
    return Row(
        what,
        share,
        Unit.PER_CENT,
        len(labels),
        baseline,
        _LENET,
        (at_least(share, goal, Unit.PER_CENT),),
        wilson_interval(right, len(labels)),
    )


def stroke_rows(
    what: str, digits: Digits, goal: float, ours: Recognizer, lenet: Recognizer | None
) -> list[Row]:
    """Pen tracks: the baseline network on the same digit images, and on bitmaps of a canvas."""
    images = rendered(digits.inks, rasterize)
    rows = [image_row(what, images, digits.labels, goal, ours, lenet)]
    if lenet is not None:
        rows += [
            _canvas_row(f"{what}, large and centred", digits, ours, lenet, _at(_LARGE)),
            _canvas_row(f"{what}, half as large, off centre", digits, ours, lenet, _at(_SMALL)),
        ]
    return rows


def count_right(network: Recognizer, images: NDArray[np.float32], labels: NDArray[np.int64]) -> int:
    """How many images a network reads as their labels."""
    return int(np.count_nonzero(network.logits(images).argmax(axis=1) == labels))


def rendered(inks: Sequence[Ink], render: CanvasReading) -> NDArray[np.float32]:
    """Digit images of all drawings, shape (n, 28, 28)."""
    return np.stack([render(ink) for ink in inks])


def _canvas_row(
    what: str, digits: Digits, ours: Recognizer, lenet: Recognizer, reading: CanvasReading
) -> Row:
    """The same drawing on a canvas, read from its strokes and as a bitmap of the whole canvas."""
    images = rendered(digits.inks, rasterize)
    right = count_right(ours, images, digits.labels)
    bitmaps = rendered(digits.inks, reading)
    baseline = 100 * count_right(lenet, bitmaps, digits.labels) / len(digits.labels)
    return Row(
        what,
        100 * right / len(digits.labels),
        Unit.PER_CENT,
        len(digits.labels),
        baseline,
        f"{_LENET}, canvas scaled",
        interval=wilson_interval(right, len(digits.labels)),
    )


def _as_it_is(ink: Ink) -> DigitImage:
    return canvas_image([stroke.points() for stroke in ink.strokes])


def _at(place: Place) -> CanvasReading:
    return lambda ink: canvas_image(placed(ink, place, CANVAS_PX))
