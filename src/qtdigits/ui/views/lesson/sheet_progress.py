"""How far the sheet has come: a small numbered field for each digit, to click on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from qtdigits.ui.theme_colors import Theme

_HEIGHT_PX: Final = 30
_GAP_PX: Final = 5
_FIELDS: Final = 20


class SheetProgress(QWidget):
    """A row of fields: filled where something is written, framed where one is now.

    Signals:
        place_chosen(int): the person wants to see this one, 0 to 19
    """

    place_chosen = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("lessonProgress")
        self.setToolTip("Click on a digit to write it again")
        self._theme = theme
        self._at = 0
        self._written: tuple[bool, ...] = (False,) * _FIELDS
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_progress(self, at: int, written: Sequence[bool]) -> None:
        self._at, self._written = at, tuple(written)
        self.setAccessibleName(f"Digit {at + 1} of {len(written)}, {sum(written)} written")
        self.update()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(_FIELDS * 34, _HEIGHT_PX)

    def minimumSizeHint(self) -> QSize:
        return QSize(_FIELDS * 22, _HEIGHT_PX)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        for place in range(_FIELDS):
            if self._field(place).contains(event.position()):
                self.place_chosen.emit(place)
                return

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._theme
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for place, is_written in enumerate(self._written):
                rect = self._field(place)
                is_now = place == self._at
                painter.setPen(QPen(QColor(theme.accent), 2) if is_now else Qt.PenStyle.NoPen)
                filled = theme.accent if is_written and not is_now else theme.track
                painter.setBrush(QColor(theme.selected if is_now else filled))
                painter.drawRoundedRect(rect, 6, 6)
                on_accent = is_written and not is_now
                color = theme.on_accent if on_accent else theme.text if is_now else theme.muted
                painter.setPen(QColor(color))
                painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, str(place % 10))

    def _field(self, place: int) -> QRectF:
        width = (self.width() - _GAP_PX * (_FIELDS - 1)) / _FIELDS
        return QRectF(place * (width + _GAP_PX) + 1, 1, width - 2, _HEIGHT_PX - 2)
