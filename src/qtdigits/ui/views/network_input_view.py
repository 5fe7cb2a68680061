"""The digit image, pixel by pixel: white on black in every theme, for it is data."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QRectF, QSize
from PySide6.QtGui import QColor, QHelpEvent, QImage, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QToolTip, QWidget

from qtdigits.core.raster import SIDE, DigitImage

_RADIUS_PX: Final = 8.0
_GRID_FROM_PX: Final = 7
"""Cells at least this wide get a hairline between them."""


class NetworkInputView(QWidget):
    """A square that shows the array which the network was given, each number as one cell."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("networkInputView")
        self.setAccessibleName("What the network sees")
        self._image: DigitImage | None = None

    def image(self) -> DigitImage | None:
        """The array on show, shape (28, 28) in 0..1, or None when nothing was read."""
        return self._image

    def set_image(self, image: DigitImage | None) -> None:
        self._image = image
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(4 * SIDE, 4 * SIDE)

    def minimumSizeHint(self) -> QSize:
        return QSize(2 * SIDE, 2 * SIDE)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), self._words_at(event.x(), event.y()), self)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            shape = QPainterPath()
            shape.addRoundedRect(QRectF(self.rect()), _RADIUS_PX, _RADIUS_PX)
            painter.fillPath(shape, QColor("black"))
            if self._image is None:
                return
            target = self._target()
            painter.setClipPath(shape)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
            painter.drawImage(target, _as_gray(self._image))
            self._paint_grid(painter, target)

    def _target(self) -> QRectF:
        """Where the array is painted: whole screen pixels for every cell, in the middle."""
        ratio = self.devicePixelRatioF()
        cell = max(int(min(self.width(), self.height()) * ratio) // SIDE, 1)
        side = cell * SIDE / ratio
        left = round((self.width() - side) / 2 * ratio) / ratio
        top = round((self.height() - side) / 2 * ratio) / ratio
        return QRectF(left, top, side, side)

    def _paint_grid(self, painter: QPainter, target: QRectF) -> None:
        cell = target.width() / SIDE
        if cell < _GRID_FROM_PX:
            return
        hairline = 1 / self.devicePixelRatioF()
        color = QColor(128, 128, 128, 56)
        for number in range(1, SIDE):
            offset = number * cell
            painter.fillRect(
                QRectF(target.left() + offset, target.top(), hairline, target.height()), color
            )
            painter.fillRect(
                QRectF(target.left(), target.top() + offset, target.width(), hairline), color
            )

    def _words_at(self, x: int, y: int) -> str:
        target = self._target()
        if self._image is None or not target.contains(x, y):
            return ""
        cell = target.width() / SIDE
        column, row = int((x - target.left()) / cell), int((y - target.top()) / cell)
        if not (0 <= column < SIDE and 0 <= row < SIDE):
            return ""
        return f"Row {row + 1}, column {column + 1}: {self._image[row, column]:.2f}"


def _as_gray(image: DigitImage) -> QImage:
    """The array as a grey picture of 28x28; its own copy of the data."""
    gray: NDArray[np.uint8] = np.ascontiguousarray(np.rint(image * 255), dtype=np.uint8)
    return QImage(gray.data, SIDE, SIDE, SIDE, QImage.Format.Format_Grayscale8).copy()
