"""How far accuracy depends on the pen's width, and on the size and the place of a drawing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QUndoStack

from bench_accuracy import count_right
from bitmaps import CANVAS_PX, canvas_image, drawn
from drawing import Place, mouse_events, on_whole_pixels, placed
from held_out import PENDIGITS, UNIPEN, Digits, all_digits, kept_out
from networks import recognizer
from plan import Plan
from qtdigits.core.ink import Ink
from qtdigits.core.pictures import digit_image
from qtdigits.core.raster import DigitImage, rasterize
from qtdigits.core.recognizer import Recognizer
from qtdigits.ui.canvas.ink_canvas import InkCanvas
from stage import let_run
from table import Row, Section, Unit, at_most

_TITLE: Final = "Accuracy over pen widths, sizes and places"
_DIGITS: Final = 400
_GOAL_POINTS: Final = 1.0
_PEN_WIDTHS: Final = (2, 5, 10, 14, 20, 30, 40)
_SIZES: Final = (0.15, 0.25, 0.4, 0.55, 0.7, 0.85, 1.0)
_PLACED_SHARE: Final = 0.4
_CENTRED: Final = Place()
_ENDS: Final = ((0.0, "left", "top"), (0.5, "middle", "middle"), (1.0, "right", "bottom"))


@dataclass(frozen=True, slots=True)
class Condition:
    """How a digit is written: with which pen, how large and where."""

    pen_width_px: int = 14
    place: Place = _CENTRED


PEN_WIDTHS: Final = {f"{width} px": Condition(width) for width in _PEN_WIDTHS}
SIZES: Final = {f"{size:.0%}": Condition(place=Place(size)) for size in _SIZES}
PLACES: Final = {
    f"{vertical} {horizontal}": Condition(place=Place(_PLACED_SHARE, across, down))
    for across, horizontal, _ in _ENDS
    for down, _, vertical in _ENDS
}


def measure(plan: Plan) -> Section:
    """The same held-out digits under every condition, written with the mouse and as bitmaps."""
    if plan.data is None:
        return Section(_TITLE, (), ("Left out: no folder with data sets was given.",))
    ours = recognizer(plan.model)
    lenet = None if plan.baseline is None else recognizer(plan.baseline)
    half = plan.runs(_DIGITS) // 2
    parts = []
    if (path := plan.data / PENDIGITS).is_file():
        parts.append(kept_out(path, ours.card).spread(half))
    if (path := plan.data / UNIPEN).is_file():
        parts.append(all_digits(path).spread(half))
    if not parts:
        return Section(_TITLE, (), (f"Left out: no pen tracks in {plan.data}.",))
    digits = parts[0] if len(parts) == 1 else parts[0].joined(parts[1])
    rows = []
    for what, conditions in (
        ("pen widths 2 to 40 px", PEN_WIDTHS),
        ("sizes 15 to 100 % of the canvas", SIZES),
        ("nine places", PLACES),
    ):
        written = {
            name: accuracy(ours, written_images(digits.inks, condition), digits)
            for name, condition in conditions.items()
        }
        scaled = (
            None
            if lenet is None
            else {
                name: accuracy(lenet, scaled_images(digits.inks, condition), digits)
                for name, condition in conditions.items()
            }
        )
        rows += spread_rows(f"{what}, by mouse", written, scaled, len(digits.inks))
    pictures = {
        name: accuracy(ours, picture_images(digits.inks, condition), digits)
        for name, condition in PEN_WIDTHS.items()
    }
    rows += spread_rows("pen widths 2 to 40 px, as bitmaps", pictures, None, len(digits.inks))
    return Section(_TITLE, tuple(rows))


def accuracy(network: Recognizer, images: NDArray[np.float32], digits: Digits) -> float:
    """Per cent of the digits that are read as their labels."""
    return 100 * count_right(network, images, digits.labels) / len(digits.labels)


def spread_rows(
    what: str, ours: Mapping[str, float], baseline: Mapping[str, float] | None, n: int
) -> list[Row]:
    """The best condition, the worst one, and what lies between them; per cent by condition."""
    against = "LeNet recipe, canvas scaled" if baseline else ""
    rows = []
    for word, choose in (("best", max), ("worst", min)):
        name = choose(ours, key=lambda one: ours[one])
        beside = choose(baseline.values()) if baseline else None
        rows.append(Row(f"{what}: {word} ({name})", ours[name], Unit.PER_CENT, n, beside, against))
    apart = max(ours.values()) - min(ours.values())
    return [
        *rows,
        Row(
            f"{what}: difference of best and worst",
            apart,
            Unit.POINTS,
            n,
            max(baseline.values()) - min(baseline.values()) if baseline else None,
            against,
            (at_most(apart, _GOAL_POINTS, Unit.POINTS),),
        ),
    ]


def written_images(inks: Sequence[Ink], condition: Condition) -> NDArray[np.float32]:
    """Write every drawing on a real canvas with mouse events; what the network sees of it."""
    undo_stack = QUndoStack()
    canvas = InkCanvas(undo_stack)
    canvas.resize(CANVAS_PX, CANVAS_PX)
    canvas.set_pen_width(condition.pen_width_px)
    canvas.show()
    let_run(20)
    images = []
    for ink in inks:
        for send in mouse_events(canvas, on_whole_pixels(placed(ink, condition.place, CANVAS_PX))):
            send()
        images.append(rasterize(canvas.ink()))
        canvas.clear()
        undo_stack.clear()
    canvas.hide()
    canvas.deleteLater()
    return np.stack(images)


def scaled_images(inks: Sequence[Ink], condition: Condition) -> NDArray[np.float32]:
    """The whole canvas as a bitmap scaled to 28x28, for the baseline network."""
    return np.stack(
        [
            canvas_image(placed(ink, condition.place, CANVAS_PX), condition.pen_width_px)
            for ink in inks
        ]
    )


def picture_images(inks: Sequence[Ink], condition: Condition) -> NDArray[np.float32]:
    """Bitmaps of dark ink on light paper, read as pictures from elsewhere are."""
    return np.stack([_read_picture(ink, condition) for ink in inks])


def _read_picture(ink: Ink, condition: Condition) -> DigitImage:
    bitmap = drawn(placed(ink, condition.place, CANVAS_PX), condition.pen_width_px)
    image = digit_image(1 - bitmap.astype(np.float32) / np.float32(255))
    # A picture in which nothing is found is a wrong answer: paper is read as some digit or other.
    return np.zeros((28, 28), np.float32) if image is None else image
