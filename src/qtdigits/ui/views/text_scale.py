"""Room that grows with the system's font."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

_USUAL_LINE_PX: Final = 18
"""A line of text is no higher than this where all sizes in pixels are meant as they stand."""


def text_scale(widget: QWidget) -> float:
    """How much more room its text needs than usual: 1 for all fonts of up to about 11 points."""
    return max(1.0, widget.fontMetrics().lineSpacing() / _USUAL_LINE_PX)


def first_size(usual: QSize, window: QWidget) -> QSize:
    """The size that a window opens with: more than usual for a large font, if the screen has it."""
    screen = window.screen().availableGeometry().size()
    return (usual * text_scale(window)).boundedTo(screen).expandedTo(usual)
