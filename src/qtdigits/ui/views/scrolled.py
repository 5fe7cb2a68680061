"""A page that may be higher than its dialog."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QWidget


def scrolled(page: QWidget, name: str) -> QScrollArea:
    """The page in an area that scrolls up and down only; name: what it is called to be heard."""
    page.setObjectName("scrolled")  # the style sheet leaves such a page without a ground of its own
    area = QScrollArea()
    area.setObjectName("pageArea")
    area.setAccessibleName(name)
    area.setFrameShape(QScrollArea.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidgetResizable(True)
    area.setWidget(page)
    return area
