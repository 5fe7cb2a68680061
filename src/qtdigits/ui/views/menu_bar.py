"""The menus."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QMenuBar

from qtdigits.core.settings import Setting
from qtdigits.ui.views.actions import Actions
from qtdigits.ui.views.digit_actions import fill_digit_menu

_SEPARATOR: Final = ""
_LABELS: Final = "Right &Digit"
_NUMBER: Final = "&Number"
"""Menus of their own."""
_MENUS: Final[tuple[tuple[str, tuple[str, ...]], ...]] = (
    ("&File", ("New", "Open", _SEPARATOR, "Import", "Export", _SEPARATOR, "Quit")),
    (
        "&Edit",
        (
            *("Undo", "Redo", _SEPARATOR, "Paste", "Clear", _SEPARATOR, "Agree", _LABELS, _NUMBER),
            *(_SEPARATOR, "Settings"),
        ),
    ),
    ("&Tools", ("Pen", "Eraser", _SEPARATOR, "Thinner", "Thicker")),
    ("&View", ("History", "Pictures", "NetworkInput", _SEPARATOR, "FullScreen")),
    ("&Model", ("Learn", "LearnHandwriting", _SEPARATOR, "Train", "Library")),
    ("&Help", ("CopyLog", _SEPARATOR, "About")),
)


class ThemeChoices(QObject):
    """Owns one checkable action for each theme of the setting.

    Signals:
        theme_chosen(str): the person picked this value of the theme setting.
    """

    theme_chosen = Signal(str)

    def __init__(self, theme: Setting, parent: QObject) -> None:
        super().__init__(parent)
        self._group = QActionGroup(self)
        for choice in theme.choices:
            action = QAction(f"&{choice.title}", self._group)
            action.setObjectName(f"actionTheme{choice.title}")
            action.setCheckable(True)
            action.setData(choice.value)
        self._group.triggered.connect(self._on_triggered)

    def actions(self) -> Sequence[QAction]:
        return self._group.actions()

    def show_choice(self, value: str) -> None:
        """Check the action of the setting's value."""
        for action in self._group.actions():
            action.setChecked(action.data() == value)

    def _on_triggered(self, action: QAction) -> None:
        self.theme_chosen.emit(str(action.data()))


def fill_menus(bar: QMenuBar, actions: Actions, themes: ThemeChoices) -> None:
    """Put all actions on their menus."""
    for title, names in _MENUS:
        menu = QMenu(title, bar)
        menu.setObjectName(f"menu{title.removeprefix('&')}")
        menu.setToolTipsVisible(True)
        for name in names:
            if name == _SEPARATOR:
                menu.addSeparator()
            elif name == _LABELS:
                labels = menu.addMenu(name)
                labels.addActions([actions[f"Label{digit}"] for digit in range(10)])
            elif name == _NUMBER:
                number = menu.addMenu(name)
                number.setToolTipsVisible(True)
                fill_digit_menu(number, actions)
            else:
                menu.addAction(actions[name])
        if title == "&View":
            theme_menu = QMenu("&Theme", menu)
            theme_menu.addActions(themes.actions())
            menu.insertMenu(actions["FullScreen"], theme_menu)
            menu.insertSeparator(actions["FullScreen"])
        bar.addMenu(menu)
