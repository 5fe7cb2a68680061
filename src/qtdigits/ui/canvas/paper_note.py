"""A few words at the lower edge of the paper about what has just happened on it."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Slot
from PySide6.QtWidgets import QLabel, QWidget

_SHOWN_MS: Final = 12_000
_EDGE_PX: Final = 14
_LEAST_PX: Final = 120


class PaperNote(QLabel):
    """Lies over a widget, out of the way of pens; goes by itself.

    A line across the window would make the paper smaller, and move what is written on it.
    """

    def __init__(self, paper: QWidget, shown_ms: int = _SHOWN_MS) -> None:
        super().__init__(paper)
        self._paper = paper
        self.setObjectName("paperNote")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setWordWrap(True)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(shown_ms)
        self._timer.timeout.connect(self.take_away)
        paper.installEventFilter(self)
        self.hide()

    def tell(self, words: str) -> None:
        """Show these words, in place of those before."""
        self.setText(words)
        self._place()
        self.show()
        self._timer.start()

    @Slot()
    def take_away(self) -> None:
        """They are not true any more, or have been read."""
        self._timer.stop()
        self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        room = max(self._paper.width() - 2 * _EDGE_PX, _LEAST_PX)
        self.setWordWrap(False)
        size = self.sizeHint()
        if size.width() > room:
            self.setWordWrap(True)
            size.setWidth(room)
            size.setHeight(self.heightForWidth(room))
        left = (self._paper.width() - size.width()) // 2
        self.setGeometry(
            left, self._paper.height() - size.height() - _EDGE_PX, size.width(), size.height()
        )
