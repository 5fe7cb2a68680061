"""Painting the boxes on a picture, each with what it holds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from qtdigits.core.history import READ
from qtdigits.core.picture_boxes import Box
from qtdigits.core.picture_sheet import OpenPicture
from qtdigits.core.prediction import Prediction, Verdict
from qtdigits.core.wording import alternatives, verdict_words
from qtdigits.ui.theme_colors import Theme

_GRIP_PX: Final = 7.0
_LEAST_FOR_GRIPS_PX: Final = 22.0
_RADIUS_PX: Final = 3.0
_SMALL_PX: Final = 36.0
"""Around lower boxes the lines are finer, so that one still sees the writing."""


@dataclass(frozen=True, slots=True)
class BoxLook:
    """How a box is drawn: its colour, what stands at it, and whether something is surely in it."""

    color: str
    tag: str
    dashed: bool = False


def look_of(picture: OpenPicture, box: Box, theme: Theme) -> BoxLook:
    """A sign stands beside every colour: '?' at what is unsure, a tick at what the person said."""
    if box.label is not None:
        return BoxLook(theme.good, f"{box.label}\u2009✓")
    answer = picture.answers.get(box.key)
    if answer is None:
        return BoxLook(theme.muted, "…")
    match answer.verdict:
        case Verdict.DIGIT:
            return BoxLook(theme.accent, answer.text)
        case Verdict.UNSURE:
            return BoxLook(theme.warn, f"{answer.text}?")
        case _:
            return BoxLook(theme.muted, "–", dashed=True)


def box_words(picture: OpenPicture, box: Box) -> str:
    """What a box holds, in words."""
    if box.label is not None:
        return f"{box.label}, as you said"
    answer = picture.answers.get(box.key)
    if answer is None:
        return "Reading…"
    return _answer_words(answer)


def _answer_words(answer: Prediction) -> str:
    if answer.verdict is Verdict.EMPTY:
        return "Nothing is written here"
    if answer.verdict is Verdict.UNSURE:
        return f"{alternatives(answer)}?"
    if answer.verdict in READ:
        return f"{answer.digit} · {verdict_words(answer)}"
    return verdict_words(answer)


def paint_box(
    painter: QPainter,
    place: QRectF,
    look: BoxLook,
    theme: Theme,
    selected: bool = False,
    hovered: bool = False,
) -> None:
    """Draw one box at its place on the screen; a rim keeps it visible on any picture."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    is_small = place.height() < _SMALL_PX
    width = (1.5 if is_small else 2.5) if selected else (1.0 if is_small else 1.5)
    rim = QColor(theme.card)
    rim.setAlpha(150 if is_small else 190)
    painter.setPen(QPen(rim, width + (1 if is_small else 2)))
    painter.drawRoundedRect(place, _RADIUS_PX, _RADIUS_PX)
    color = QColor(theme.accent if selected else look.color)
    pen = QPen(color, width)
    if look.dashed:
        pen.setDashPattern([3, 3])
    painter.setPen(pen)
    if selected or hovered:
        wash = QColor(color)
        wash.setAlpha(36 if selected else 20)
        painter.setBrush(wash)
    painter.drawRoundedRect(place, _RADIUS_PX, _RADIUS_PX)


def paint_grips(painter: QPainter, place: QRectF, theme: Theme) -> None:
    """The corners and edges by which the one selected box can be changed."""
    if min(place.width(), place.height()) < _LEAST_FOR_GRIPS_PX:
        return
    painter.setPen(QPen(QColor(theme.accent), 1.5))
    painter.setBrush(QColor(theme.card))
    middle = place.center()
    for x in (place.left(), middle.x(), place.right()):
        for y in (place.top(), middle.y(), place.bottom()):
            if QPointF(x, y) != middle:
                corner = QPointF(x - _GRIP_PX / 2, y - _GRIP_PX / 2)
                painter.drawRect(QRectF(corner.x(), corner.y(), _GRIP_PX, _GRIP_PX))


def paint_new_box(painter: QPainter, place: QRectF, theme: Theme) -> None:
    """The box that is being drawn."""
    color = QColor(theme.accent)
    painter.setPen(QPen(color, 1.5, Qt.PenStyle.DashLine))
    color.setAlpha(30)
    painter.setBrush(color)
    painter.drawRect(place)


def paint_ground(painter: QPainter, view: QRectF, page: QRectF, theme: Theme) -> None:
    """What a picture lies on: one sees where a white one ends."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme.ground))
    painter.drawRoundedRect(view, 2 * _RADIUS_PX, 2 * _RADIUS_PX)
    painter.setPen(QPen(QColor(theme.line), 1.0))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(page.adjusted(-1, -1, 1, 1))


def paint_focus(painter: QPainter, view: QRectF, theme: Theme) -> None:
    """A frame around the view while keys go to it."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(theme.accent), 2.0))
    painter.drawRoundedRect(view.adjusted(1, 1, -1, -1), 2 * _RADIUS_PX, 2 * _RADIUS_PX)
