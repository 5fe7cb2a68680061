"""Writing on a widget by mouse events."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from qtdigits.core.ink import Ink, Stroke
from qtdigits.ui.replay import replay

INK = Ink(
    (
        Stroke.from_points([(0, 0), (0, 100), (50, 200)]),
        Stroke.from_points([(50, 50)]),
    )
)


class Paper(QWidget):
    """Notes the mouse events that it gets."""

    def __init__(self) -> None:
        super().__init__()
        self.resize(400, 300)
        self.events: list[tuple[QEvent.Type, QPointF, Qt.MouseButton, Qt.MouseButton]] = []

    def _note(self, event: QMouseEvent) -> None:
        self.events.append((event.type(), event.position(), event.button(), event.buttons()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._note(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._note(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._note(event)


@pytest.fixture
def paper(qtbot: QtBot) -> Paper:
    widget = Paper()
    qtbot.addWidget(widget)
    return widget


def test_replay_presses_moves_and_releases_for_each_stroke(paper: Paper) -> None:
    for _ in replay(paper, INK):
        pass
    press, move, release = (
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.MouseButtonRelease,
    )
    assert [kind for kind, *_ in paper.events] == [press, move, move, release, press, release]


def test_replay_holds_the_left_button_from_press_to_release(paper: Paper) -> None:
    for _ in replay(paper, INK):
        pass
    left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
    buttons = [(button, held) for _, _, button, held in paper.events[:4]]
    assert buttons == [(left, left), (none, left), (none, left), (left, none)]


def test_replay_fills_its_share_of_the_smaller_side(paper: Paper) -> None:
    for _ in replay(paper, INK, share=0.5):
        pass
    places = [place for _, place, *_ in paper.events]
    assert max(p.y() for p in places) - min(p.y() for p in places) == pytest.approx(150)
    assert max(p.x() for p in places) - min(p.x() for p in places) == pytest.approx(37.5)


def test_replay_writes_in_the_middle(paper: Paper) -> None:
    for _ in replay(paper, INK):
        pass
    places = [place for _, place, *_ in paper.events]
    assert (max(p.x() for p in places) + min(p.x() for p in places)) / 2 == pytest.approx(200)
    assert (max(p.y() for p in places) + min(p.y() for p in places)) / 2 == pytest.approx(150)


def test_replay_sends_one_event_a_step(paper: Paper) -> None:
    steps = replay(paper, INK)
    for sent in range(1, 7):
        next(steps)
        assert len(paper.events) == sent


def test_replay_of_empty_ink_sends_nothing(paper: Paper) -> None:
    assert list(replay(paper, Ink())) == []
    assert not paper.events


def test_replay_of_a_dot_stays_in_the_middle(paper: Paper) -> None:
    for _ in replay(paper, Ink((Stroke.from_points([(7, 7)]),))):
        pass
    assert {(p.x(), p.y()) for _, p, *_ in paper.events} == {(200.0, 150.0)}
