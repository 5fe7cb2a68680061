"""Checks the files that come with the program: icons, samples, the network and its card."""

from __future__ import annotations

from PySide6.QtGui import QImage

from qtdigits.core import paths
from qtdigits.core.model_card import read_card
from qtdigits.core.samples import sample_drawings
from qtdigits.self_test.waiting import SelfTestError
from qtdigits.ui.icons import app_icon, icon
from qtdigits.ui.theme_colors import DARK, LIGHT
from qtdigits.ui.views.actions import ACTIONS


def check_files() -> None:
    """All icons in both themes, the sample drawings, the network's card; raises SelfTestError."""
    names = {spec.icon for spec in ACTIONS if spec.icon}
    for theme in (LIGHT, DARK):
        for name in names:
            _check_picture(name, icon(name, theme).pixmap(20, 20).toImage())
    _check_picture("qtdigits", app_icon().pixmap(64, 64).toImage())
    if not sample_drawings():
        raise SelfTestError("there are no sample drawings")
    read_card(paths.shipped_model())


def _check_picture(name: str, picture: QImage) -> None:
    """An icon shows something when any pixel is not fully transparent."""
    alpha = picture.convertToFormat(QImage.Format.Format_Alpha8)
    if alpha.isNull() or not any(bytes(alpha.constBits())):
        raise SelfTestError(f"the icon {name} is empty")
