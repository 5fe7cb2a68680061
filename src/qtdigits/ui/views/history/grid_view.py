"""All drawings, row below row."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QModelIndex, QSize, Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from qtdigits.ui.items.history_delegate import HistoryDelegate
from qtdigits.ui.items.history_model import HistoryModel
from qtdigits.ui.views.history.drawings_view import DrawingsView

_ITEM_PX: Final = 100
_STEP_PX: Final = 32
_BATCH: Final = 10_000
"""So many drawings are placed at a time: Qt asks the model about each, which takes a while."""


class GridView(DrawingsView):
    """Scrolls by pixels; a double click brings a drawing onto the paper."""

    def __init__(
        self, model: HistoryModel, delegate: HistoryDelegate, parent: QWidget | None = None
    ) -> None:
        super().__init__(model, delegate, parent)
        self.setObjectName("historyGrid")
        self.setAccessibleName("Drawings")
        delegate.set_item_height(_ITEM_PX)
        self.setWrapping(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalScrollBar().setSingleStep(_STEP_PX)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setLayoutMode(QListView.LayoutMode.Batched)
        self.setBatchSize(_BATCH)
        self.verticalScrollBar().setEnabled(False)
        self._columns = 1
        self._kept_row: int | None = None
        self.verticalScrollBar().rangeChanged.connect(self._on_range_changed)
        for signal in (model.rowsAboutToBeInserted, model.rowsAboutToBeRemoved):
            signal.connect(self._keep_place)
        model.modelReset.connect(self._forget_place)
        self.doubleClicked.connect(self._on_double_clicked)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._keep_place()
        # The columns share the width, so that none is left over at the right.
        needed = self._delegate.needed_width(self.font())
        width = max(self.viewport().width() - 1, needed)
        self._columns = width // needed
        self._delegate.set_item_width(width // self._columns)
        # With a grid size, Qt places the rows without asking for the size of each of them.
        self.setGridSize(QSize(width // self._columns, _ITEM_PX))
        super().resizeEvent(event)

    @Slot()
    def _keep_place(self) -> None:
        """Remember the first row in view: while batches are placed anew, the list is short."""
        if self._kept_row is None and self._history.rowCount() > _BATCH:
            self._kept_row = self.verticalScrollBar().value() // _ITEM_PX * self._columns

    @Slot()
    def _forget_place(self) -> None:
        self._kept_row = None

    @Slot(int, int)
    def _on_range_changed(self, _low: int, high: int) -> None:
        """Go back to the row that was in view, as soon as the list is long enough again."""
        self.verticalScrollBar().setEnabled(high > 0)
        if self._kept_row is not None:
            place = self._kept_row // self._columns * _ITEM_PX
            if place <= high:
                self._kept_row = None
                self.verticalScrollBar().setValue(place)

    def _on_double_clicked(self, index: QModelIndex) -> None:
        self._choose(index)
