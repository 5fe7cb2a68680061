"""The tool bar: tools, pen width, undo, and the network's state at the right end."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QSlider, QToolBar, QToolButton, QWidget

from qtdigits.core.settings import Setting
from qtdigits.ui.views.actions import Actions
from qtdigits.ui.views.status_indicator import StatusIndicator

_ICON_PX: Final = 20
_SLIDER_WIDTH_PX: Final = 128
_SIDE_GAP_PX: Final = 3


class ToolBar(QToolBar):
    """Owns the pen width slider.

    Signals:
        pen_width_chosen(int): the person moved the slider to this many pixels.
    """

    pen_width_chosen = Signal(int)

    def __init__(
        self,
        actions: Actions,
        pen_width: Setting,
        status: StatusIndicator,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("Tools", parent)
        self.setObjectName("toolBar")
        self.setMovable(False)
        self.setFloatable(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self.setIconSize(QSize(_ICON_PX, _ICON_PX))
        self._slider = QSlider(Qt.Orientation.Horizontal, self)
        self._slider.setObjectName("penWidthSlider")
        self._slider.setAccessibleName(pen_width.title)
        self._slider.setRange(pen_width.minimum, pen_width.maximum)
        self._slider.setFixedWidth(_SLIDER_WIDTH_PX)
        self._slider.valueChanged.connect(self.pen_width_chosen)
        self._unit = pen_width.unit
        self._title = pen_width.title

        # The style sheet can give a tool bar only one padding for all four sides.
        self.addWidget(_gap(_SIDE_GAP_PX))
        for name in ("Pen", "Eraser"):
            self.addAction(actions[name])
        self.addWidget(_gap(4))
        self.addWidget(self._slider)
        self.addSeparator()
        for name in ("Undo", "Redo", "Clear"):
            self.addAction(actions[name])
        self.addSeparator()
        for name in ("History", "Open"):
            self.addAction(actions[name])
        self.addWidget(_at_the_right(status))
        for button in self.findChildren(QToolButton):
            action = button.defaultAction()
            if action is not None:
                button.setObjectName(action.objectName().replace("action", "toolBar", 1))
            # Qt leaves the buttons of a tool bar out of the tab order.
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def show_pen_width(self, width_px: int) -> None:
        """Put the slider where the setting is."""
        self._slider.setValue(width_px)
        self._slider.setToolTip(f"{self._title}: {width_px} {self._unit}")


def _at_the_right(widget: QWidget) -> QWidget:
    """A place that takes all the room left, with the widget at its right end."""
    place = QWidget()
    place.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
    row = QHBoxLayout(place)
    row.setContentsMargins(8, 0, _SIDE_GAP_PX, 0)
    row.addStretch(1)
    row.addWidget(widget)
    return place


def _gap(width_px: int) -> QWidget:
    gap = QWidget()
    gap.setFixedWidth(width_px)
    return gap
