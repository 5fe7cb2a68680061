"""The ground of an item of a list that is selected, focused or under the mouse."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QStyle

from qtdigits.ui.theme_colors import Theme


def paint_cell_frame(
    painter: QPainter, cell: QRectF, radius: float, state: QStyle.StateFlag, theme: Theme
) -> None:
    """Paint what an item's picture and words stand on; nothing where the item is at rest."""
    selected = bool(state & QStyle.StateFlag.State_Selected)
    focused = bool(state & QStyle.StateFlag.State_HasFocus)
    if not (selected or focused or state & QStyle.StateFlag.State_MouseOver):
        return
    line = QPen(QColor(theme.accent), 2.0 if focused else 1.0)
    painter.setPen(line if selected or focused else Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme.selected if selected else theme.hover))
    # In the middle of pixels, so that the line is sharp.
    painter.drawRoundedRect(cell.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
