"""The list of the open pictures."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from PySide6.QtCore import QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QMenu, QWidget

from qtdigits.core.picture_sheet import OpenPicture
from qtdigits.ui.items.picture_delegate import PictureDelegate
from qtdigits.ui.items.picture_model import PictureModel, PictureRole
from qtdigits.ui.theme_colors import Theme

_DELETE_KEYS: Final = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)


class PictureList(QListView):
    """Shows the pictures; one of them is the current one, several may be selected.

    Signals:
        current_changed(int | None): this picture is to be shown
        close_requested(tuple[int, ...]): these pictures are to go from the list
    """

    current_changed = Signal(object)
    close_requested = Signal(object)

    def __init__(self, model: PictureModel, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("pictureList")
        self.setAccessibleName("Pictures")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._delegate = PictureDelegate(theme, self)
        self.setModel(model)
        self.setItemDelegate(self._delegate)
        self._pictures = model
        self.selectionModel().currentChanged.connect(self._on_current_changed)
        model.rowsRemoved.connect(self._on_rows_removed)

    def set_theme(self, theme: Theme) -> None:
        self._delegate.set_theme(theme)
        self.viewport().update()

    def current(self) -> OpenPicture | None:
        """The picture that is to be shown."""
        picture: OpenPicture | None = self.currentIndex().data(PictureRole.PICTURE)
        return picture

    def make_current(self, number: int) -> None:
        """Choose a picture, and bring its row into view."""
        row = self._pictures.row_of(number)
        if row is not None:
            index = self._pictures.index(row)
            flags = QItemSelectionModel.SelectionFlag.ClearAndSelect
            self.selectionModel().setCurrentIndex(index, flags)
            self.scrollTo(index)

    def step(self, by: int) -> None:
        """Choose the picture so many rows further on, if there is one."""
        index = self._pictures.index(self.currentIndex().row() + by)
        if index.isValid():
            self.make_current(index.data(PictureRole.PICTURE).id)

    def selected(self) -> tuple[OpenPicture, ...]:
        """The pictures that are selected, in the order of their rows."""
        rows = sorted(index.row() for index in self.selectedIndexes())
        pictures = self._pictures.pictures()
        return tuple(pictures[row] for row in rows)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _DELETE_KEYS and self.selectionModel().hasSelection():
            self._close_selected()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if self.selectionModel().hasSelection():
            menu = self.make_menu()
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.popup(event.globalPos())

    def make_menu(self) -> QMenu:
        """What can be done with the selected pictures, for the mouse."""
        menu = QMenu(self)
        menu.setObjectName("pictureMenu")
        count = len(self.selected())
        words = "&Close Picture" if count == 1 else f"&Close {count:,} Pictures"
        menu.addAction(f"{words}\tDel", self._close_selected)
        return menu

    def _close_selected(self) -> None:
        self.close_requested.emit(_numbers(self.selected()))

    def _on_rows_removed(self) -> None:
        """Qt goes to the row that follows, but does not select it."""
        picture = self.current()
        if picture is not None and not self.selectionModel().hasSelection():
            self.make_current(picture.id)

    def _on_current_changed(self) -> None:
        picture = self.current()
        self.current_changed.emit(picture.id if picture is not None else None)


def _numbers(pictures: Iterable[OpenPicture]) -> tuple[int, ...]:
    return tuple(picture.id for picture in pictures)
