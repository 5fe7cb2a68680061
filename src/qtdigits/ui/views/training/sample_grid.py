"""Rows of digit images, painted as they are: white on black in every theme."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QImage, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from qtdigits.core.raster import SIDE

_GAP_PX: Final = 4
_ROW_GAP_PX: Final = 4
_FIRST_GAP_PX: Final = 9
"""Below the first row, which shows what the others were made from."""
_RADIUS_PX: Final = 3.0
_LEAST_PX: Final = 20
_MOST_PX: Final = 44


class SampleGrid(QWidget):
    """A row of images and rows of what became of them; as wide as there is room."""

    def __init__(self, rows: int, columns: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows, self._columns = rows, columns
        self._shown = 0
        self._sheet = QImage()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_rows(self, images: NDArray[np.uint8]) -> None:
        """Images of shape (rows, up to as many as there are columns, 28, 28)."""
        rows, shown = images.shape[:2]
        self._shown = shown
        sheet = np.ascontiguousarray(images.swapaxes(1, 2)).reshape(rows * SIDE, shown * SIDE)
        height, width = sheet.shape
        grey = QImage.Format.Format_Grayscale8
        self._sheet = QImage(sheet.data, width, height, width, grey).copy() if shown else QImage()
        self.update()

    def shown(self) -> int:
        """How many images a row has."""
        return self._shown

    def sheet(self) -> QImage:
        """All images side by side without gaps, as they are painted."""
        return self._sheet

    def sizeHint(self) -> QSize:
        width = self._width_of(_MOST_PX)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        width = self._width_of(_LEAST_PX)
        return QSize(width, self.heightForWidth(width))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        gaps = _FIRST_GAP_PX + (self._rows - 2) * _ROW_GAP_PX
        return round(self._rows * self._side(width)) + gaps

    def paintEvent(self, event: QPaintEvent) -> None:
        side = self._side(self.width())
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            if not self.isEnabled():
                painter.setOpacity(0.5)
            for row in range(self._rows):
                top = row * (side + _ROW_GAP_PX) + (_FIRST_GAP_PX - _ROW_GAP_PX) * (row > 0)
                for column in range(self._shown):
                    target = QRectF(column * (side + _GAP_PX), top, side, side)
                    painter.setClipPath(_rounded(target))
                    painter.drawImage(
                        target, self._sheet, QRectF(column * SIDE, row * SIDE, SIDE, SIDE)
                    )

    def _side(self, width: int) -> float:
        free = width - (self._columns - 1) * _GAP_PX
        return min(max(free / self._columns, _LEAST_PX), _MOST_PX)

    def _width_of(self, side: int) -> int:
        return self._columns * side + (self._columns - 1) * _GAP_PX


def _rounded(target: QRectF) -> QPainterPath:
    path = QPainterPath()
    path.addRoundedRect(target, _RADIUS_PX, _RADIUS_PX)
    return path
