"""One live chart: validation heavy in the accent, training thin and grey.

pyqtgraph is imported when the first chart is made, so that the window's start does not wait for it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPen
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QSizePolicy, QWidget

from qtdigits.ui.theme_colors import Theme

_LINES: Final = 4
_SMALLEST_PX: Final = 64


class CurvePlot(QWidget):
    """A title, the newest value, and two curves over the epochs."""

    def __init__(self, title: str, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        import pyqtgraph as pg

        self._theme = theme
        self._epochs = 1
        self._training: tuple[float, ...] = ()
        self._validation: tuple[float, ...] = ()
        name = QLabel(title, self)
        name.setProperty("role", "title")
        self._value = QLabel(self)
        self._value.setProperty("role", "muted")
        self._first = QLabel(self)
        self._last = QLabel(self)
        for label in (self._first, self._last):
            label.setProperty("role", "small")
        self._plot: Any = pg.PlotWidget(self, background=None)
        self._plot.setAccessibleName(title)
        self._plot.setFrameShape(self._plot.Shape.NoFrame)
        self._plot.setMenuEnabled(False)
        self._plot.setMouseEnabled(False, False)
        self._plot.hideButtons()
        self._plot.hideAxis("left")
        self._plot.hideAxis("bottom")
        self._plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._plot.viewport().setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._plot.setMinimumHeight(_SMALLEST_PX)
        self._plot.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._plot.getViewBox().setDefaultPadding(0.0)
        self._grid_lines: list[Any] = []
        for at in range(_LINES + 1):
            line = pg.InfiniteLine(at / _LINES, angle=0)
            self._grid_lines.append(line)
            self._plot.addItem(line)
        self._thin: Any = self._plot.plot()
        self._heavy: Any = self._plot.plot()
        self._newest: Any = self._plot.plot()
        self._low, self._high = 0.0, 1.0
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(2)
        head = QHBoxLayout()
        head.addWidget(name)
        head.addStretch(1)
        head.addWidget(self._value)
        foot = QHBoxLayout()
        foot.addWidget(self._first)
        foot.addStretch(1)
        foot.addWidget(self._last)
        grid.addLayout(head, 0, 0)
        grid.addWidget(self._plot, 1, 0)
        grid.addLayout(foot, 2, 0)
        grid.setRowStretch(1, 1)
        self.set_theme(theme)
        self.show_curves((), (), "")

    def begin(self, epochs: int) -> None:
        """Empty axes for a run of so many epochs."""
        self._epochs = epochs
        self._first.setText("epoch 1")
        self._last.setText(f"{epochs}" if epochs > 1 else "")
        self.show_curves((), (), "")

    def show_curves(
        self, training: Sequence[float], validation: Sequence[float], newest: str
    ) -> None:
        """The values after each epoch so far; newest says the last of them in words."""
        self._training, self._validation = tuple(training), tuple(validation)
        self._value.setText(newest)
        finite = [v for v in (*self._training, *self._validation) if math.isfinite(v)]
        self._low, self._high = _range(finite)
        for at, line in enumerate(self._grid_lines):
            line.setValue(self._low + (self._high - self._low) * at / _LINES)
        margin = (self._high - self._low) * 0.03
        # One epoch alone is a point in the middle.
        first, last = (1.0, float(self._epochs)) if self._epochs > 1 else (0.0, 2.0)
        self._plot.setXRange(first - 0.02 * (last - first), last + 0.02 * (last - first), 0)
        self._plot.setYRange(self._low - margin, self._high + margin, 0)
        self._draw()

    def curve_points(self) -> tuple[int, int]:
        """How many points the training and the validation curve have."""
        return len(self._training), len(self._validation)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        for line in self._grid_lines:
            line.setPen(QPen(QColor(theme.line), 0))
        self._draw()

    def _draw(self) -> None:
        theme = self._theme
        for curve, values, pen in (
            (self._thin, self._training, _pen(theme.control_line, 1.2)),
            (self._heavy, self._validation, _pen(theme.accent, 2.4)),
        ):
            curve.setData(*_points(values), pen=pen, antialias=True)
        # A line needs two points: the newest is marked, so that one epoch alone is seen too.
        epochs, shares = _points(self._validation)
        self._newest.setData(
            epochs[-1:],
            shares[-1:],
            pen=None,
            symbol="o",
            symbolSize=7,
            symbolPen=None,
            symbolBrush=QColor(theme.accent),
        )


def _points(values: Sequence[float]) -> tuple[list[int], list[float]]:
    """Epochs, counted from 1, and values, without those that are no finite numbers."""
    found = [(at, value) for at, value in enumerate(values, start=1) if math.isfinite(value)]
    return [at for at, _ in found], [value for _, value in found]


def _pen(color: str, width: float) -> QPen:
    pen = QPen(QColor(color), width)
    pen.setCosmetic(True)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    return pen


def _range(values: Sequence[float]) -> tuple[float, float]:
    """The least and the most on the axis: a little more than the values need."""
    if not values:
        return 0.0, 1.0
    low, high = min(values), max(values)
    room = max((high - low) * 0.06, 0.002)
    return low - room, high + room
