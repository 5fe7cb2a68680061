"""What menus, keys and the tool bar do to the pen: the tool in the hand, and how wide it is."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QActionGroup

from qtdigits.core.settings import setting
from qtdigits.ui.canvas.ink_canvas import InkCanvas, Tool
from qtdigits.ui.settings_store import SettingsStore
from qtdigits.ui.views.actions import Actions
from qtdigits.ui.views.tool_bar import ToolBar

_STEP_PX: Final = 2


class PenActions(QObject):
    """Joins the actions and the slider to the canvas; the width is a setting, which is kept."""

    def __init__(
        self,
        actions: Actions,
        canvas: InkCanvas,
        tool_bar: ToolBar,
        settings: SettingsStore,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._actions = actions
        self._canvas = canvas
        self._tool_bar = tool_bar
        self._settings = settings
        tools = QActionGroup(self)
        tools.addAction(actions["Pen"])
        tools.addAction(actions["Eraser"])
        actions["Pen"].setChecked(True)
        actions["Pen"].triggered.connect(self._on_pen_chosen)
        actions["Eraser"].triggered.connect(self._on_eraser_chosen)
        actions["Thinner"].triggered.connect(self._on_thinner)
        actions["Thicker"].triggered.connect(self._on_thicker)
        tool_bar.pen_width_chosen.connect(self._set_width)

    def apply_width(self) -> None:
        """Write with the width of the settings."""
        row, width_px = setting("pen_width"), self._settings.number("pen_width")
        self._canvas.set_pen_width(width_px)
        self._tool_bar.show_pen_width(width_px)
        self._actions["Thinner"].setEnabled(width_px > row.minimum)
        self._actions["Thicker"].setEnabled(width_px < row.maximum)

    @Slot()
    def _on_pen_chosen(self) -> None:
        self._canvas.set_tool(Tool.PEN)

    @Slot()
    def _on_eraser_chosen(self) -> None:
        self._canvas.set_tool(Tool.ERASER)

    @Slot()
    def _on_thinner(self) -> None:
        self._set_width(self._settings.number("pen_width") - _STEP_PX)

    @Slot()
    def _on_thicker(self) -> None:
        self._set_width(self._settings.number("pen_width") + _STEP_PX)

    @Slot(int)
    def _set_width(self, width_px: int) -> None:
        row = setting("pen_width")
        self._settings.set_value("pen_width", min(max(width_px, row.minimum), row.maximum))
