"""How a training goes, in a card of any height."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from qtdigits.core.training import EpochFinished
from qtdigits.ui.theme_colors import LIGHT
from qtdigits.ui.views.training.progress_card import ProgressCard


@pytest.mark.parametrize(("height", "both"), [(240, False), (420, True)])
def test_low_card_shows_one_curve_that_is_readable(qtbot: QtBot, height: int, both: bool) -> None:
    card = ProgressCard(LIGHT)
    qtbot.addWidget(card)
    card.resize(360, height)
    with qtbot.waitExposed(card):
        card.show()
    card.show_epoch(EpochFinished(1, 3, 0.5, 0.8, 0.4, 0.85, 2.0, 3000.0))
    assert card.accuracy.isVisible()
    assert card.loss.isVisible() is both
    assert card.accuracy.height() >= card.accuracy.minimumSizeHint().height()
    assert card.loss.curve_points() == (1, 1)
