"""The digits of a number on the paper: a light box around each, and what it was read as."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from qtdigits.core.ink import Ink
from qtdigits.core.prediction import Verdict
from qtdigits.core.reading import ReadDigit, Reading
from qtdigits.core.wording import box_words
from qtdigits.ui.canvas.ink_render import CanvasColors
from qtdigits.ui.canvas.page_view import PageView

_GAP_PX: Final = 4.0
_LEAST_WIDTH_PX: Final = 18.0
_RADIUS_PX: Final = 6.0
_WORDS_GAP_PX: Final = 2.0
_WORDS_PAD_PX: Final = 5.0
_EDGE_PX: Final = 4.0
_FAINT: Final = 110
"""How opaque the box of a digit is that is not looked at, of 255."""

REACH_PX: Final = 2.0
"""So far lines are painted outside the rectangles of a box."""


@dataclass(frozen=True, slots=True)
class DigitBox:
    """Where a digit's box and its words are, logical pixels; words is '' where there is no room."""

    frame: QRectF
    place: QRectF
    words: str
    is_doubtful: bool
    is_said: bool = False
    """Whether the words are what the person said."""

    def rect(self) -> QRectF:
        """All that is painted."""
        return self.frame.united(self.place).adjusted(-REACH_PX, -REACH_PX, REACH_PX, REACH_PX)

    def color(self, colors: CanvasColors, otherwise: QColor) -> QColor:
        """What it is painted in; nothing special is `otherwise`."""
        if self.is_said:
            return colors.said
        return colors.doubt if self.is_doubtful else otherwise

    def holds(self, place: QPointF) -> bool:
        return self.frame.contains(place) or self.place.contains(place)


def boxes_of(
    reading: Reading,
    labels: Sequence[int | None],
    view: PageView,
    pen_width_px: float,
    size: QSizeF,
    font: QFont,
) -> tuple[DigitBox, ...]:
    """A box for each digit, on a widget of this size; none where there is one digit only.

    labels: what the person says of each digit; of none where there are not as many.
    """
    if len(reading) < 2:
        return ()
    if len(labels) != len(reading):
        labels = (None,) * len(reading)
    frames = [_frame(digit, view, pen_width_px) for digit in reading]
    metrics = QFontMetricsF(words_font(font))
    return tuple(
        _box(digit, label, frames, at, metrics, size)
        for at, (digit, label) in enumerate(zip(reading, labels, strict=True))
    )


def erased_digits(reading: Reading, read: Ink, ink: Ink) -> frozenset[int]:
    """The digits of a number, read in `read`, of which nothing is left in `ink`."""
    if len(reading) < 2 or read.strokes == ink.strokes[: len(read.strokes)]:
        return frozenset()  # more has been written, if anything
    left = {sample for stroke in ink.strokes for sample in stroke.samples}
    return frozenset(
        at
        for at, digit in enumerate(reading)
        if digit.ink is not None
        and left.isdisjoint(sample for stroke in digit.ink.strokes for sample in stroke.samples)
    )


def words_font(font: QFont) -> QFont:
    """The font of the words at a box, for a widget with this font."""
    small = QFont(font)
    if font.pixelSize() > 0:
        small.setPixelSize(max(round(font.pixelSize() * 0.88), 10))
    else:
        small.setPointSizeF(font.pointSizeF() * 0.88)
    return small


def draw_boxes(
    painter: QPainter,
    boxes: Sequence[DigitBox],
    looked_at: int,
    left_out: Collection[int],
    colors: CanvasColors,
    font: QFont,
) -> None:
    """Paint boxes but those left out; the one looked at comes last, over its neighbours."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setFont(words_font(font))
    shown = [at for at in range(len(boxes)) if at not in left_out]
    for at in sorted(shown, key=lambda at: at == looked_at):
        _draw_box(painter, boxes[at], at == looked_at, colors)


def _draw_box(painter: QPainter, box: DigitBox, is_looked_at: bool, colors: CanvasColors) -> None:
    line = QColor(box.color(colors, colors.accent))
    if not is_looked_at:
        line.setAlpha(_FAINT)
    painter.setPen(QPen(line, 1.6 if is_looked_at else 1.0))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(box.frame, _RADIUS_PX, _RADIUS_PX)
    if not box.words:
        return
    # On paper, so that they can be read over ink.
    ground = QColor(colors.paper)
    ground.setAlpha(225)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ground)
    painter.drawRoundedRect(box.place, _RADIUS_PX, _RADIUS_PX)
    painter.setPen(box.color(colors, colors.accent if is_looked_at else colors.hint))
    painter.drawText(box.place, Qt.AlignmentFlag.AlignCenter, box.words)


def _frame(digit: ReadDigit, view: PageView, pen_width_px: float) -> QRectF:
    bounds = digit.bounds
    page = QRectF(bounds.left, bounds.top, bounds.width, bounds.height)
    pad = pen_width_px / 2 + _GAP_PX
    frame = QRectF(
        page.left() * view.scale + view.left,
        page.top() * view.scale + view.top,
        page.width() * view.scale,
        page.height() * view.scale,
    ).adjusted(-pad, -pad, pad, pad)
    narrow = max(_LEAST_WIDTH_PX - frame.width(), 0.0) / 2
    return frame.adjusted(-narrow, 0, narrow, 0)


def _box(
    digit: ReadDigit,
    label: int | None,
    frames: Sequence[QRectF],
    at: int,
    metrics: QFontMetricsF,
    size: QSizeF,
) -> DigitBox:
    frame = frames[at]
    beside = [
        abs(other.center().x() - frame.center().x())
        for other in frames
        if other is not frame and other.top() < frame.bottom() and frame.top() < other.bottom()
    ]
    room = min(beside, default=size.width())
    words, width = "", 0.0
    choices = box_words(digit.prediction) if label is None else (f"{label}\u2009✓",)
    for choice in choices:
        words, width = choice, metrics.horizontalAdvance(choice) + 2 * _WORDS_PAD_PX
        if width <= room:
            break
    else:
        words = words if width <= room + _WORDS_PAD_PX else ""
    place = QRectF(0, 0, width, metrics.height() + 2)
    place.moveCenter(QPointF(frame.center().x(), 0))
    place.moveTop(frame.bottom() + _WORDS_GAP_PX)
    if place.bottom() > size.height() - _EDGE_PX:
        above = frame.top() - _WORDS_GAP_PX - place.height()
        place.moveTop(above if above >= _EDGE_PX else size.height() - _EDGE_PX - place.height())
    place.moveLeft(min(max(place.left(), _EDGE_PX), size.width() - _EDGE_PX - width))
    is_doubtful = digit.prediction.verdict is not Verdict.DIGIT
    return DigitBox(frame, place, words, is_doubtful, label is not None)
