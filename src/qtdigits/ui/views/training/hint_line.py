"""A line that explains the field at which a person points, or in which they are."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QWidget

_MOVES: Final = (QEvent.Type.Enter, QEvent.Type.Leave, QEvent.Type.FocusIn, QEvent.Type.FocusOut)


class HintLine(QLabel):
    """Shows the hint of the field under the pointer, else of that with the focus, else the usual.

    It is as high as its longest hint needs, so that nothing below it moves.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hints: dict[QWidget, str] = {}
        self._usual = ""
        self.setProperty("role", "small")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)

    def explain(self, field: QWidget, hint: str) -> None:
        """Say this of the field from now on."""
        if field not in self._hints:
            field.installEventFilter(self)
        self._hints[field] = hint
        self._make_room()
        self._refresh()

    def set_usual(self, hint: str) -> None:
        """What is said while there is no field to explain."""
        self._usual = hint
        self._make_room()
        self._refresh()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _MOVES:
            self._refresh()
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def _refresh(self) -> None:
        pointed = next((field for field in self._hints if field.underMouse()), None)
        named = pointed or next((field for field in self._hints if field.hasFocus()), None)
        self.setText(self._usual if named is None else self._hints[named])

    def _make_room(self) -> None:
        wrapped = Qt.TextFlag.TextWordWrap
        sizes = (
            self.fontMetrics().boundingRect(0, 0, self.width(), 1000, wrapped, text)
            for text in (*self._hints.values(), self._usual)
        )
        self.setMinimumHeight(max(size.height() for size in sizes))
