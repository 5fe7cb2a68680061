"""A list of drawings for mouse and keyboard: the film strip and the history window are such."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QContextMenuEvent, QHideEvent, QKeyEvent, QPaintEvent, QRegion
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QMenu, QWidget

from qtdigits.core.history import HistoryEntry
from qtdigits.ui.items.history_delegate import HistoryDelegate
from qtdigits.ui.items.history_model import HistoryModel
from qtdigits.ui.theme_colors import Theme

_AGREE_KEYS: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_DELETE_KEYS: Final = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)
_PLAIN: Final = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)


class DrawingsView(QListView):
    """Shows drawings and asks for what the keys say of those selected; it changes nothing itself.

    Signals:
        entry_chosen(HistoryEntry): the person wants this drawing on the paper (Space)
        label_requested(tuple[int, ...], int | None): these drawings show this digit (a digit key)
        agree_requested(tuple[int, ...]): these answers are right (Enter)
        delete_requested(tuple[int, ...]): these drawings are to go (Delete)
    """

    entry_chosen = Signal(object)
    label_requested = Signal(object, object)
    agree_requested = Signal(object)
    delete_requested = Signal(object)

    def __init__(
        self, model: HistoryModel, delegate: HistoryDelegate, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFlow(QListView.Flow.LeftToRight)
        self.setSpacing(0)
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.setMovement(QListView.Movement.Static)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self._history = model
        self._delegate = delegate
        self._left_over = QTimer(self)
        self._left_over.setSingleShot(True)
        self._left_over.setInterval(0)
        self._left_over.timeout.connect(self.viewport().update)
        self.setModel(model)
        self.setItemDelegate(delegate)

    def set_theme(self, theme: Theme) -> None:
        self._delegate.set_theme(theme)
        self.viewport().update()

    def selected_ids(self) -> tuple[int, ...]:
        """The numbers of the selected drawings, in the order of their rows."""
        rows = sorted(row for rows in self._selected_rows() for row in rows)
        return tuple(self._history.id_at(row) for row in rows)

    def selected_count(self) -> int:
        """How many drawings are selected."""
        return sum(len(rows) for rows in self._selected_rows())

    def selectAll(self) -> None:
        # As one range: Qt's own way asks the model about every row.
        last = self._history.rowCount() - 1
        if last >= 0:
            everything = QItemSelection(self._history.index(0), self._history.index(last))
            flag = QItemSelectionModel.SelectionFlag.ClearAndSelect
            self.selectionModel().select(everything, flag)

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        # Everything in view: to find out exactly, Qt asks for the place of every selected row.
        return QRegion(self.viewport().rect())

    def _selected_rows(self) -> list[range]:
        selection = self.selectionModel().selection()
        ranges = [selection.at(i) for i in range(selection.count())]
        return [range(one.top(), one.bottom() + 1) for one in ranges]

    def event(self, event: QEvent) -> bool:
        # What the window would do at these keys concerns the paper: here they are the list's.
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and self._is_ours(event)
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._is_ours(event):
            super().keyPressEvent(event)
            return
        digit = _digit(event)
        if digit is not None:
            self.label_requested.emit(self.selected_ids(), digit)
        elif event.key() in _AGREE_KEYS:
            self.agree_requested.emit(self.selected_ids())
        elif event.key() in _DELETE_KEYS:
            self.delete_requested.emit(self.selected_ids())
        else:
            self._choose(self.currentIndex())

    def paintEvent(self, event: QPaintEvent) -> None:
        self._delegate.begin_frame()
        super().paintEvent(event)
        if self._delegate.has_left:
            self._left_over.start()

    def hideEvent(self, event: QHideEvent) -> None:
        self._left_over.stop()
        super().hideEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if self.selectionModel().hasSelection():
            menu = self.make_menu()
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.popup(event.globalPos())

    def make_menu(self) -> QMenu:
        """What can be done with the selected drawings, for the mouse."""
        ids = self.selected_ids()
        menu = QMenu(self)
        menu.setObjectName("drawingsMenu")
        if len(ids) == 1:
            menu.addAction("&Open\tSpace", self._choose_current)
        menu.addAction("The Answer Is &Right\tEnter", self._agree)
        digits = menu.addMenu("It &Is")
        for digit in range(10):
            action = digits.addAction(f"&{digit}\t{digit}")
            action.setData(digit)
        digits.triggered.connect(lambda action: self._label(action.data()))
        menu.addAction("Take the &Label Away", self._unlabel)
        menu.addSeparator()
        menu.addAction("&Delete\tDel", self._delete)
        return menu

    def _is_ours(self, event: QKeyEvent) -> bool:
        """Whether a key says something of the selected drawings."""
        if event.modifiers() not in _PLAIN or not self.selectionModel().hasSelection():
            return False
        keys = (*_AGREE_KEYS, *_DELETE_KEYS, Qt.Key.Key_Space)
        return event.key() in keys or _digit(event) is not None

    def _choose(self, index: QModelIndex) -> None:
        entry: HistoryEntry | None = self._history.entry(index)
        if entry is not None:
            self.entry_chosen.emit(entry)

    def _choose_current(self) -> None:
        self._choose(self.currentIndex())

    def _agree(self) -> None:
        self.agree_requested.emit(self.selected_ids())

    def _label(self, digit: int | None) -> None:
        self.label_requested.emit(self.selected_ids(), digit)

    def _unlabel(self) -> None:
        self._label(None)

    def _delete(self) -> None:
        self.delete_requested.emit(self.selected_ids())


def _digit(event: QKeyEvent) -> int | None:
    """The digit on a key, whatever the keyboard's language calls it."""
    at = event.key() - Qt.Key.Key_0
    return at if 0 <= at <= 9 else None
