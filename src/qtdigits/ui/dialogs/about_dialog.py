"""What this program is, and what the network in it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from qtdigits.ui.icons import app_icon
from qtdigits.ui.views.card import Card

_ICON_PX: Final = 72
_PURPOSE: Final = "Reads the digits you write."


@dataclass(frozen=True, slots=True)
class AboutFacts:
    """What there is to tell: the program's version and licence, and lines about the network."""

    version: str
    licence: str
    network: tuple[tuple[str, str], ...] = ()
    """Pairs of a title and what it says; empty while no network is loaded."""


class AboutDialog(QDialog):
    """Shows AboutFacts; every text can be selected and copied.

    Signals:
        licences_requested(): the person wants to read the licences
    """

    licences_requested = Signal()

    def __init__(self, facts: AboutFacts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("aboutDialog")
        self.setWindowTitle("About qtdigits")
        picture = QLabel(self)
        picture.setPixmap(app_icon().pixmap(QSize(_ICON_PX, _ICON_PX), self.devicePixelRatioF()))
        head = QHBoxLayout()
        head.setSpacing(18)
        head.addWidget(picture)
        head.addLayout(self._head_lines(facts), 1)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.rejected.connect(self.reject)
        licences = buttons.addButton("&Licences…", QDialogButtonBox.ButtonRole.ActionRole)
        licences.setObjectName("licencesButton")
        licences.setToolTip("The licences of qtdigits and of everything in it")
        licences.setAutoDefault(False)
        licences.clicked.connect(self.licences_requested)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 16)
        column.setSpacing(16)
        column.addLayout(head)
        column.addWidget(self._network_card(facts))
        column.addWidget(buttons)
        column.setSizeConstraint(QVBoxLayout.SizeConstraint.SetFixedSize)

    def _head_lines(self, facts: AboutFacts) -> QVBoxLayout:
        lines = QVBoxLayout()
        lines.setSpacing(2)
        lines.addStretch(1)
        lines.addWidget(_text(f"qtdigits {facts.version}", "heading"))
        lines.addWidget(_text(_PURPOSE, ""))
        lines.addWidget(_text(facts.licence, "muted"))
        lines.addStretch(1)
        return lines

    def _network_card(self, facts: AboutFacts) -> Card:
        card = Card(self)
        grid = QGridLayout(card)
        grid.setContentsMargins(20, 14, 20, 14)
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        grid.setColumnMinimumWidth(1, 240)
        grid.addWidget(_text("The network", "title"), 0, 0, 1, 2)
        lines = facts.network or (("No network is loaded yet.", ""),)
        for number, (title, value) in enumerate(lines, start=1):
            grid.addWidget(_text(title, "muted"), number, 0, Qt.AlignmentFlag.AlignTop)
            said = _text(value, "")
            said.setWordWrap(True)
            grid.addWidget(said, number, 1)
        return card


def _text(text: str, role: str) -> QLabel:
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse
        | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    label.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
    label.setProperty("role", role)
    return label
