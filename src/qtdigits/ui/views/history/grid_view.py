"""All drawings, row below row."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QModelIndex, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from qtdigits.ui.items.history_delegate import HistoryDelegate
from qtdigits.ui.items.history_model import HistoryModel
from qtdigits.ui.views.history.drawings_view import DrawingsView

_ITEM_PX: Final = 100
_STEP_PX: Final = 32


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
        self.doubleClicked.connect(self._on_double_clicked)

    def resizeEvent(self, event: QResizeEvent) -> None:
        # The columns share the width, so that none is left over at the right.
        needed = self._delegate.needed_width(self.font())
        width = self.viewport().width() - 1
        self._delegate.set_item_width(width // max(width // needed, 1))
        # With a grid size, Qt places the rows without asking the model about each of them.
        self.setGridSize(QSize(width // max(width // needed, 1), _ITEM_PX))
        super().resizeEvent(event)

    def _on_double_clicked(self, index: QModelIndex) -> None:
        self._choose(index)
