"""The parts of the history window: what they ask for, and what they say."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget
from pytestqt.qtbot import QtBot

from qtdigits.core.store.people import Person
from qtdigits.core.store.query import HistoryQuery, Order, Show
from qtdigits.core.store.score import DayScore, Score, Share
from qtdigits.ui.theme_colors import DARK, LIGHT
from qtdigits.ui.views.choice_field import ChoiceField
from qtdigits.ui.views.history.filter_bar import FilterBar
from qtdigits.ui.views.history.label_bar import LabelBar
from qtdigits.ui.views.history.score_bars import ScoreBars
from qtdigits.ui.views.history.score_card import ScoreCard
from qtdigits.ui.views.history.score_chart import ScoreChart

NOW = datetime(2026, 3, 10, 15, 30, tzinfo=UTC)
ME, ANNA = Person(1, "Me", 12), Person(2, "Anna", 3)


def field(bar: FilterBar, name: str) -> ChoiceField:
    found = bar.findChild(ChoiceField, f"history{name}Field")
    assert isinstance(found, ChoiceField)
    return found


@pytest.fixture
def filters(qtbot: QtBot) -> FilterBar:
    bar = FilterBar(LIGHT)
    qtbot.addWidget(bar)
    return bar


def test_untouched_fields_ask_for_everything_newest_first(filters: FilterBar) -> None:
    assert filters.query(5, NOW) == HistoryQuery(5)


def test_every_field_tells_and_is_asked_for(filters: FilterBar, qtbot: QtBot) -> None:
    for name, value in (
        ("Show", Show.UNSURE),
        ("Digit", "8"),
        ("Time", "7"),
        ("Order", Order.LEAST_SURE),
    ):
        with qtbot.waitSignal(filters.changed):
            field(filters, name).set_value(value)
    since = datetime(2026, 3, 4, tzinfo=UTC)
    assert filters.query(5, NOW) == HistoryQuery(5, Show.UNSURE, 8, since, None, Order.LEAST_SURE)


def test_person_is_offered_only_among_several(filters: FilterBar, qtbot: QtBot) -> None:
    filters.show_people((ME,), ME)
    assert field(filters, "Person").isHidden()
    filters.show_people((ANNA, ME), ME)
    assert not field(filters, "Person").isHidden()
    assert field(filters, "Person").currentText() == "Me"
    with qtbot.waitSignal(filters.person_chosen) as chosen:
        field(filters, "Person").setFocus()
        QTest.keyClick(field(filters, "Person"), Qt.Key.Key_Up)
    assert chosen.args == [2]


@pytest.fixture
def labels(qtbot: QtBot) -> LabelBar:
    bar = LabelBar()
    qtbot.addWidget(bar)
    return bar


def button(parent: QWidget, name: str) -> QAbstractButton:
    found = parent.findChild(QAbstractButton, name)
    assert isinstance(found, QAbstractButton)
    return found


def test_nothing_can_be_done_with_nothing(labels: LabelBar) -> None:
    assert not any(one.isEnabled() for one in labels.findChildren(QAbstractButton))


def test_buttons_say_what_is_to_be_done(labels: LabelBar, qtbot: QtBot) -> None:
    labels.show_selection(2, are_deleted=False)
    for digit in range(10):
        with qtbot.waitSignal(labels.labelled) as said:
            button(labels, f"historyDigit{digit}").click()
        assert said.args == [digit]
    with qtbot.waitSignal(labels.labelled) as said:
        button(labels, "historyNoDigit").click()
    assert said.args == [None]
    with qtbot.waitSignal(labels.agreed):
        button(labels, "historyAgreeButton").click()
    assert not button(labels, "historyOpenButton").isEnabled()
    assert button(labels, "historyRestoreButton").isHidden()


def test_deleted_drawings_can_only_come_back_or_go(labels: LabelBar, qtbot: QtBot) -> None:
    labels.show_selection(1, are_deleted=True)
    assert button(labels, "historyDigit3").isHidden()
    with qtbot.waitSignal(labels.restored):
        button(labels, "historyRestoreButton").click()
    with qtbot.waitSignal(labels.forgotten):
        button(labels, "historyForgetButton").click()


def text(card: ScoreCard, name: str) -> str:
    label = card.findChild(QLabel, name)
    assert isinstance(label, QLabel)
    return label.text()


@pytest.mark.parametrize(
    ("right", "n", "words"),
    [(1, 1, "100"), (199, 200, "99"), (999, 1000, "99.9"), (1999, 2000, "99.9"), (0, 3, "0")],
)
def test_score_is_as_exact_as_so_many_drawings_allow(
    qtbot: QtBot, right: int, n: int, words: str
) -> None:
    card = ScoreCard(LIGHT)
    qtbot.addWidget(card)
    card.show_score(Score(n, Share(right, n)))
    assert text(card, "scoreLabel") == f"{words}\u202f% read right"


def test_empty_score_says_how_to_get_one(qtbot: QtBot) -> None:
    card = ScoreCard(LIGHT)
    qtbot.addWidget(card)
    assert text(card, "scoreLabel") == "No score yet"
    assert "Label some drawings" in text(card, "scoreWords")


def count(image: QImage, color: str) -> int:
    wanted = QColor(color)
    return sum(
        image.pixelColor(x, y) == wanted
        for x in range(image.width())
        for y in range(image.height())
    )


def test_bars_are_as_long_as_their_shares(qtbot: QtBot) -> None:
    bars = ScoreBars(LIGHT)
    qtbot.addWidget(bars)
    bars.resize(300, 220)
    bars.set_shares((Share(10, 10), Share(5, 10), *[Share()] * 8))
    image = bars.grab().toImage()
    lengths = [
        sum(image.pixelColor(x, row * 22 + 11) == QColor(LIGHT.accent) for x in range(300))
        for row in range(3)
    ]
    assert lengths[1] == pytest.approx(lengths[0] / 2, abs=8)
    assert lengths[2] == 0
    bars.set_theme(DARK)
    assert count(bars.grab().toImage(), DARK.accent) > 200


def test_chart_has_a_line_only_where_there_are_days(qtbot: QtBot) -> None:
    chart = ScoreChart(LIGHT)
    qtbot.addWidget(chart)
    chart.resize(240, 160)
    assert count(chart.grab().toImage(), LIGHT.accent) == 0
    days = [DayScore(date(2026, 3, day), Share(9, 10 + day % 3)) for day in range(1, 9)]
    chart.set_days(tuple(days))
    assert count(chart.grab().toImage(), LIGHT.accent) > 60
    chart.set_days(tuple(days[:1]))
    assert 5 < count(chart.grab().toImage(), LIGHT.accent) < 60
