"""Drawings as pixels: what a program without strokes would see of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QImage, QPainter, QPen, QPolygonF

from drawing import Track
from qtdigits.core.raster import SIDE, DigitImage

CANVAS_PX: Final = 500
DISC_PX: Final = 20.0
"""Canvas and pen of the program that this one grew out of."""

Bitmap = NDArray[np.uint8]
"""Square, 0 for paper to 255 for ink."""


def drawn(tracks: Sequence[Track], pen_width: float, side: int = CANVAS_PX) -> Bitmap:
    """Draw the tracks with a round pen, antialiased; ink outside the bitmap is cut off."""
    return _pixels(_painted(tracks, pen_width, side))


def canvas_image(tracks: Sequence[Track], pen_width: float = DISC_PX) -> DigitImage:
    """The whole canvas scaled to 28x28, with no frame around the drawing.

    This is how the program that this one grew out of read what was written.
    """
    image = _painted(tracks, pen_width, CANVAS_PX).scaled(
        SIDE,
        SIDE,
        Qt.AspectRatioMode.IgnoreAspectRatio,
        Qt.TransformationMode.SmoothTransformation,
    )
    return _pixels(image).astype(np.float32) / np.float32(255)


def _painted(tracks: Sequence[Track], pen_width: float, side: int) -> QImage:
    image = QImage(side, side, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.black)
    pen = QPen(Qt.GlobalColor.white, pen_width)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    with QPainter(image) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(pen)
        for track in tracks:
            points = [QPointF(x, y) for x, y in track.tolist()]
            if len(points) == 1:
                painter.drawPoint(points[0])
            else:
                painter.drawPolyline(QPolygonF(points))
    return image


def _pixels(image: QImage) -> Bitmap:
    grey = image.convertToFormat(QImage.Format.Format_Grayscale8)
    rows = np.frombuffer(grey.constBits(), np.uint8).reshape(grey.height(), grey.bytesPerLine())
    return rows[:, : grey.width()].copy()
