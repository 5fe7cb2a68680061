"""The list view of the film strip."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QWidget

from qtdigits.ui.items.history_delegate import HistoryDelegate
from qtdigits.ui.items.history_model import HistoryModel
from qtdigits.ui.views.history.drawings_view import DrawingsView

_SCROLL_STEP_PX: Final = 24


class HistoryView(DrawingsView):
    """One row of pictures that scrolls by pixels; a click brings a drawing back."""

    def __init__(
        self, model: HistoryModel, delegate: HistoryDelegate, parent: QWidget | None = None
    ) -> None:
        super().__init__(model, delegate, parent)
        self.setObjectName("historyView")
        self.setAccessibleName("History")
        self.setWrapping(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.horizontalScrollBar().setSingleStep(_SCROLL_STEP_PX)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.clicked.connect(self._on_clicked)

    def set_current(self, entry_id: int | None) -> None:
        """Frame the entry with this id and bring it into view, or none; nothing is chosen."""
        row = None if entry_id is None else self._history.row_of(entry_id)
        if row is None:
            self.selectionModel().clear()
            return
        index = self._history.index(row)
        self.setCurrentIndex(index)
        self.scrollTo(index)

    def resizeEvent(self, event: QResizeEvent) -> None:
        # The scroll bar's place is kept free: pictures that shrink when it appears look restless.
        self._delegate.set_item_height(
            max(self.height() - self.horizontalScrollBar().sizeHint().height(), 1)
        )
        self.scheduleDelayedItemsLayout()
        super().resizeEvent(event)

    def _on_clicked(self, index: QModelIndex) -> None:
        # With Ctrl or Shift several are being selected.
        if QGuiApplication.keyboardModifiers() == Qt.KeyboardModifier.NoModifier:
            self._choose(index)
