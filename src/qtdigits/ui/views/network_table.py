"""The table of the library's networks."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QAbstractItemModel
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

from qtdigits.ui.items.library_model import LibraryColumn

_NAME_SHARE: Final = 0.4
"""A name takes no more of the width than this, so that the other columns stay readable."""
_ROW_PX: Final = 20


class NetworkTable(QTableView):
    """Rows to select, one or several; names are edited by F2, what they learnt from is cut off."""

    def __init__(self, model: QAbstractItemModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("libraryView")
        self.setAccessibleName("Networks")
        self.setModel(model)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + _ROW_PX)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsClickable(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(LibraryColumn.NAME, QHeaderView.ResizeMode.Fixed)
        header.setSectionResizeMode(LibraryColumn.DATA, QHeaderView.ResizeMode.Stretch)
        model.modelReset.connect(self._fit_names)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit_names()
        super().resizeEvent(event)

    def _fit_names(self) -> None:
        most = int(self.viewport().width() * _NAME_SHARE)
        wanted = self.sizeHintForColumn(LibraryColumn.NAME)
        if wanted > 0:
            self.horizontalHeader().resizeSection(LibraryColumn.NAME, min(wanted, most))
