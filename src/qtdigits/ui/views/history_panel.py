"""The history as a film strip on a card."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedWidget, QWidget

from qtdigits.ui.items.history_delegate import HistoryDelegate, ThumbnailPainter
from qtdigits.ui.items.history_model import HistoryModel
from qtdigits.ui.theme_colors import Theme
from qtdigits.ui.views.card import Card
from qtdigits.ui.views.history_view import HistoryView

_EMPTY: Final = "Your drawings will appear here, with what was read. Click one to bring it back."


class HistoryPanel(Card):
    """The strip with its title, or, while there is nothing, what will appear there.

    Signals:
        entry_chosen(HistoryEntry): the person wants this drawing back.
    """

    entry_chosen = Signal(object)

    def __init__(
        self,
        model: HistoryModel,
        thumbnail: ThumbnailPainter,
        theme: Theme,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._model = model
        self._view = HistoryView(model, HistoryDelegate(theme, thumbnail, self), self)
        self._view.entry_chosen.connect(self.entry_chosen)
        self._empty = QLabel(_EMPTY, self)
        self._empty.setProperty("role", "muted")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setWordWrap(True)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self._view)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 12, 4)
        row.setSpacing(10)
        row.addWidget(_UprightLabel("History", self))
        row.addWidget(self._stack, 1)
        for signal in (model.rowsInserted, model.rowsRemoved, model.modelReset):
            signal.connect(self._on_rows_changed)
        self._on_rows_changed()

    def set_theme(self, theme: Theme) -> None:
        self._view.set_theme(theme)

    def set_current(self, entry_id: int | None) -> None:
        """Frame the entry with this id, or none."""
        self._view.set_current(entry_id)

    def _on_rows_changed(self) -> None:
        empty = self._model.rowCount() == 0
        self._stack.setCurrentWidget(self._empty if empty else self._view)


class _UprightLabel(QLabel):
    """A word written upwards."""

    def __init__(self, text: str, parent: QWidget) -> None:
        super().__init__(text, parent)
        self.setProperty("role", "small")

    def sizeHint(self) -> QSize:
        return super().sizeHint().transposed()

    def minimumSizeHint(self) -> QSize:
        return super().minimumSizeHint().transposed()

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.translate(0, self.height())
            painter.rotate(-90)
            painter.setPen(self.palette().color(self.foregroundRole()))
            painter.drawText(
                0, 0, self.height(), self.width(), Qt.AlignmentFlag.AlignCenter, self.text()
            )
