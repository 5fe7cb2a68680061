"""What menus and keys do to the digits of a number on the paper."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QObject, QPoint, QPointF, Qt, Slot
from PySide6.QtWidgets import QMenu

from qtdigits.ui.canvas.number_canvas import NumberCanvas
from qtdigits.ui.views.actions import Actions

DIGIT_ACTIONS: Final = (
    "PreviousDigit",
    "NextDigit",
    "",
    "SplitDigit",
    "JoinDigits",
    "CutLeft",
    "CutRight",
    "",
    "DivideAnew",
)
"""The menu of a number; '' is a line."""

_ARROWS: Final = ("PreviousDigit", "NextDigit")


class DigitActions(QObject):
    """Joins the actions to the canvas, enables those that have something to do, and its menu."""

    def __init__(self, actions: Actions, canvas: NumberCanvas, parent: QObject) -> None:
        super().__init__(parent)
        self._actions = actions
        self._canvas = canvas
        actions["PreviousDigit"].triggered.connect(canvas.look_left)
        actions["NextDigit"].triggered.connect(canvas.look_right)
        actions["SplitDigit"].triggered.connect(canvas.split_digit)
        actions["JoinDigits"].triggered.connect(canvas.join_digits)
        actions["CutLeft"].triggered.connect(canvas.move_cut_left)
        actions["CutRight"].triggered.connect(canvas.move_cut_right)
        actions["DivideAnew"].triggered.connect(canvas.divide_anew)
        for name in _ARROWS:
            # Lists and fields have a use for arrows of their own.
            actions[name].setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            canvas.addAction(actions[name])
        canvas.division_changed.connect(self._refresh)
        canvas.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        canvas.customContextMenuRequested.connect(self._on_menu_requested)
        self._refresh()

    @Slot()
    def _refresh(self) -> None:
        canvas, actions = self._canvas, self._actions
        for name in _ARROWS:
            actions[name].setEnabled(len(canvas.boxes()) > 1)
        actions["SplitDigit"].setEnabled(canvas.can_split)
        for name in ("JoinDigits", "CutLeft", "CutRight"):
            actions[name].setEnabled(canvas.can_join)
        actions["DivideAnew"].setEnabled(canvas.is_arranged)

    @Slot(QPoint)
    def _on_menu_requested(self, place: QPoint) -> None:
        if not self._canvas.can_split:
            return
        self._canvas.choose_at(QPointF(place))
        menu = QMenu(self._canvas)
        menu.setObjectName("digitMenu")
        fill_digit_menu(menu, self._actions)
        menu.addSeparator()
        labels = menu.addMenu("It &Is")
        labels.addActions([self._actions[f"Label{digit}"] for digit in range(10)])
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self._canvas.mapToGlobal(place))


def fill_digit_menu(menu: QMenu, actions: Actions) -> None:
    """Put what can be done to a number on a menu."""
    for name in DIGIT_ACTIONS:
        if name:
            menu.addAction(actions[name])
        else:
            menu.addSeparator()
