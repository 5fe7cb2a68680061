"""The verdict on an answer, and the sentence about it."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QLabel, QWidget

from qtdigits.ui.views.card import set_look

_GAP_PX: Final = 3
_ABOVE: Final = 0.6
"""So much of the height that is left over lies above the words."""


class AnswerWords(QWidget):
    """The verdict above two lines of text, in the middle of the height there is.

    They are placed by hand: with a layout, every word that an answer changes while the pen moves
    would have the whole window laid out anew.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._verdict = _label("verdictLabel", "heading", self)
        self._details = _label("confidenceLabel", "muted", self)
        self._details.setWordWrap(True)
        self._details.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)

    def show_words(self, verdict: str, details: str, tip: str) -> None:
        """Show the verdict and up to two lines of details; tip explains those."""
        self._verdict.setText(verdict)
        self._details.setText(details)
        self._details.setToolTip(tip)

    def set_look(self, *, unsure: bool, stale: bool) -> None:
        """Whether the verdict is a doubtful one, and whether the next one is being computed."""
        set_look(self._verdict, "tone", "warn" if unsure else "")
        set_look(self._verdict, "stale", "true" if stale else "")

    def set_wrapping(self, wraps: bool) -> None:
        """Whether the verdict may take several lines."""
        if wraps != self._verdict.wordWrap():
            self._verdict.setWordWrap(wraps)

    def sizeHint(self) -> QSize:
        width = max(self._verdict.sizeHint().width(), self._details.sizeHint().width())
        return QSize(width, self.minimumSizeHint().height())

    def minimumSizeHint(self) -> QSize:
        width = max(label.minimumSizeHint().width() for label in (self._verdict, self._details))
        return QSize(width, self._verdict_height(width) + _GAP_PX + self._details_height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._place()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:  # a label has other words, or another font
            self._place()
        return super().event(event)

    def _place(self) -> None:
        width = self.width()
        verdict, details = self._verdict_height(width), self._details_height()
        top = round(max(self.height() - verdict - _GAP_PX - details, 0) * _ABOVE)
        self._verdict.setGeometry(0, top, width, verdict)
        self._details.setGeometry(0, top + verdict + _GAP_PX, width, details)

    def _verdict_height(self, width: int) -> int:
        label = self._verdict
        return label.heightForWidth(width) if label.wordWrap() else label.sizeHint().height()

    def _details_height(self) -> int:
        # Always room for two lines: nothing moves when the sentence grows.
        return 2 * self._details.fontMetrics().lineSpacing() + 2


def _label(name: str, role: str, parent: QWidget) -> QLabel:
    label = QLabel(parent)
    label.setObjectName(name)
    label.setProperty("role", role)
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label
