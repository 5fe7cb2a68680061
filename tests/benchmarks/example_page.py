"""Pages of handwriting as a phone sees them: the pictures that the README shows being read."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QImage,
    QLinearGradient,
    QPainter,
    QPainterPath,
    QPen,
    QRadialGradient,
    QTransform,
)

from qtdigits.core.ink import Ink
from qtdigits.core.samples import sample_drawings

Rows = Sequence[Sequence[str]]

PAGES: Final[Mapping[str, Rows]] = {
    "stock.png": (("23", "11", "2026"), ("4", "1250"), ("18", "967"), ("305", "7"), ("6", "8340")),
    "parcels.png": (("7402", "8", "36"), ("7405", "12", "140"), ("7410", "5", "92")),
    "meters.png": (("2026", "41", "7306"), ("2025", "38", "6981"), ("2024", "29", "6612")),
}
"""What is written on each, in lines and columns; by the name of its file."""

_SIZE: Final = (1280, 900)
_RULE_PX: Final = 132
_FIRST_PX: Final = 176
_MARGIN_PX: Final = 150
_HEIGHT_PX: Final = 74
_PEN_PX: Final = 6.5
_COLUMNS_PX: Final = (200.0, 560.0, 860.0)
_GAP: Final = 0.16
"""Between the digits of a number, in their height."""
_SEED: Final = 5


def example_page(rows: Rows) -> QImage:
    """Lines of numbers with a blue pen on ruled paper, a little turned, with a soft shadow."""
    page = QImage(*_SIZE, QImage.Format.Format_RGB32)
    page.fill(QColor(247, 244, 236))
    with QPainter(page) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = QPointF(*_SIZE) / 2
        painter.translate(middle)
        painter.rotate(-0.7)
        painter.translate(-middle)
        _rule(painter)
        rng = random.Random(_SEED)
        for row, numbers in enumerate(rows):
            base = _FIRST_PX + row * _RULE_PX
            for left, text in zip(_COLUMNS_PX, numbers, strict=False):
                _write(painter, text, left + rng.uniform(0, 30), base, rng)
        painter.resetTransform()
        _shade(painter)
    return page


def _rule(painter: QPainter) -> None:
    painter.setPen(QPen(QColor(170, 190, 214), 1.6))
    for base in range(_FIRST_PX - _RULE_PX, _SIZE[1] + _RULE_PX, _RULE_PX):
        painter.drawLine(QPointF(-40, base), QPointF(_SIZE[0] + 40, base))
    painter.setPen(QPen(QColor(226, 150, 150), 1.6))
    painter.drawLine(QPointF(_MARGIN_PX, -40), QPointF(_MARGIN_PX, _SIZE[1] + 40))


def _write(painter: QPainter, text: str, left: float, base: float, rng: random.Random) -> None:
    """A number on its line, its digits neither equally high nor equally upright."""
    for digit in text:
        ink = rng.choice(_drawings(digit))
        bounds = ink.bounds()
        if bounds is None:
            continue
        height = _HEIGHT_PX * rng.uniform(0.9, 1.1)
        scale = height / bounds.height
        place = QTransform()
        place.translate(left, base - rng.uniform(2, 10))
        place.rotate(rng.uniform(-4, 4))
        place.scale(scale, scale)
        place.translate(-bounds.left, -bounds.bottom)
        _draw(painter, [place.map(track) for track in _tracks(ink)], rng)
        left += bounds.width * scale + _GAP * _HEIGHT_PX


def _draw(painter: QPainter, tracks: Sequence[QPainterPath], rng: random.Random) -> None:
    pen = QPen(QColor(36, 54, 112), _PEN_PX * rng.uniform(0.9, 1.1))
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    for track in tracks:
        painter.drawPath(track)


def _tracks(ink: Ink) -> list[QPainterPath]:
    tracks = []
    for stroke in ink.strokes:
        places = [QPointF(sample.x, sample.y) for sample in stroke.samples]
        track = QPainterPath(places[0])
        for place in places[1:]:
            track.lineTo(place)
        tracks.append(track)
    return tracks


def _shade(painter: QPainter) -> None:
    """Light from the upper left, and the shadow of who holds the phone."""
    light = QLinearGradient(QPointF(0, 0), QPointF(*_SIZE))
    light.setColorAt(0, QColor(90, 70, 40, 0))
    light.setColorAt(1, QColor(90, 70, 40, 70))
    painter.fillRect(QRectF(0, 0, *_SIZE), light)
    shadow = QRadialGradient(QPointF(_SIZE[0] * 0.98, _SIZE[1] * 1.05), _SIZE[1] * 0.8)
    shadow.setColorAt(0, QColor(50, 45, 50, 110))
    shadow.setColorAt(1, QColor(50, 45, 50, 0))
    painter.fillRect(QRectF(0, 0, *_SIZE), shadow)


def _drawings(label: str) -> list[Ink]:
    return [drawing.ink for drawing in sample_drawings() if drawing.label == label]
