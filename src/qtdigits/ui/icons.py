"""The program's own line icons, rendered from SVG in the colours of a theme."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from qtdigits.core.paths import resource
from qtdigits.ui.theme_colors import Theme

# Menus (16) and the tool bar (20) at 100, 125, 150, 200 and 300 % of screen scale.
_SIDES_PX: Final = (16, 20, 24, 25, 30, 32, 40, 48, 60)


def icon(name: str, theme: Theme) -> QIcon:
    """The icon resources/icons/<name>.svg; 'currentColor' in it becomes the theme's colours."""
    source = resource(f"icons/{name}.svg").read_text(encoding="utf-8")
    result = QIcon()
    _add(result, source, theme.text, QIcon.Mode.Normal, QIcon.State.Off)
    _add(result, source, theme.accent, QIcon.Mode.Normal, QIcon.State.On)
    _add(result, source, theme.faint, QIcon.Mode.Disabled, QIcon.State.Off)
    return result


def app_icon() -> QIcon:
    """The program's own icon, in its own colours."""
    return QIcon(str(resource("icons/qtdigits.svg")))


def _add(target: QIcon, source: str, color: str, mode: QIcon.Mode, state: QIcon.State) -> None:
    for side in _SIDES_PX:
        target.addPixmap(_rendered(source, color, side), mode, state)


def _rendered(source: str, color: str, side: int) -> QPixmap:
    renderer = QSvgRenderer(QByteArray(source.replace("currentColor", color).encode()))
    result = QPixmap(side, side)
    result.fill(Qt.GlobalColor.transparent)
    with QPainter(result) as painter:
        renderer.render(painter)
    return result
