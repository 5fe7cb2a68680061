"""The confusion matrix as a table of squares."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QModelIndex, QSize, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

from qtdigits.ui.items.confusion_delegate import ConfusionDelegate
from qtdigits.ui.items.confusion_model import ConfusionModel
from qtdigits.ui.theme_colors import Theme

_SMALLEST: Final = QSize(280, 240)


class ConfusionView(QTableView):
    """Rows are what was written, columns what was read.

    Signals:
        cell_chosen(int, int): the person wants to see the digits of this row and column
    """

    cell_chosen = Signal(int, int)

    def __init__(self, model: ConfusionModel, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("confusionView")
        self.setAccessibleName("Confusion matrix")
        self._delegate = ConfusionDelegate(theme, self)
        self.setModel(model)
        self.setItemDelegate(self._delegate)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
            header.setMinimumSectionSize(16)
            header.setSectionsClickable(False)
            header.setHighlightSections(False)
            header.setDefaultAlignment(Qt.AlignmentFlag.AlignCenter)
        self.selectionModel().currentChanged.connect(self._on_current_changed)

    def set_theme(self, theme: Theme) -> None:
        self._delegate.set_theme(theme)
        self.viewport().update()

    def minimumSizeHint(self) -> QSize:
        return _SMALLEST

    def sizeHint(self) -> QSize:
        return _SMALLEST

    def _on_current_changed(self, current: QModelIndex) -> None:
        if current.isValid():
            self.cell_chosen.emit(current.row(), current.column())
