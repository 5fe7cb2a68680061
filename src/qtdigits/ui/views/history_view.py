"""The list view of the film strip."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QWidget

from qtdigits.core.history import HistoryEntry
from qtdigits.ui.items.history_delegate import HistoryDelegate
from qtdigits.ui.items.history_model import HistoryModel
from qtdigits.ui.theme_colors import Theme

_CHOOSE_KEYS: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
_SCROLL_STEP_PX: Final = 24


class HistoryView(QListView):
    """One row of pictures that scrolls by pixels.

    Signals:
        entry_chosen(HistoryEntry): the person clicked an entry or pressed Enter on it.
    """

    entry_chosen = Signal(object)

    def __init__(
        self, model: HistoryModel, delegate: HistoryDelegate, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("historyView")
        self.setAccessibleName("History")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(False)
        self.setSpacing(0)
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.horizontalScrollBar().setSingleStep(_SCROLL_STEP_PX)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._history = model
        self._delegate = delegate
        self.setModel(model)
        self.setItemDelegate(delegate)
        self.clicked.connect(self._choose)

    def set_theme(self, theme: Theme) -> None:
        self._delegate.set_theme(theme)
        self.viewport().update()

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

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _CHOOSE_KEYS and self.currentIndex().isValid():
            self._choose(self.currentIndex())
            return
        super().keyPressEvent(event)

    def _choose(self, index: QModelIndex) -> None:
        entry: HistoryEntry | None = self._history.entry(index)
        if entry is not None:
            self.entry_chosen.emit(entry)
