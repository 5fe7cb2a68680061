"""Looking around in a picture with wheel, touchpad, fingers, the middle button and Space."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import (
    QFocusEvent,
    QGuiApplication,
    QImage,
    QMouseEvent,
    QNativeGestureEvent,
    QPointingDevice,
    QWheelEvent,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from qtdigits.ui.views.picture.roaming_page import RoamingPage

LEFT, MIDDLE = Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton
NO_BUTTON, NO_KEY = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
PRESS, MOVE, RELEASE = (
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseMove,
    QEvent.Type.MouseButtonRelease,
)
SPOT: Final = QPointF(200, 150)
"""A place of the view that is watched."""


class Page(RoamingPage):
    """Notes what points at it."""

    def __init__(self) -> None:
        super().__init__()
        self.heard: list[str] = []

    def press(self, place: QPointF, reach_px: float, modifiers: Qt.KeyboardModifier) -> None:
        self.heard.append(f"press within {reach_px:.0f}")

    def press_twice(self, place: QPointF) -> None:
        self.heard.append("twice")

    def drag_to(self, place: QPointF) -> None:
        self.heard.append("drag")

    def release(self, place: QPointF) -> None:
        self.heard.append("release")

    def let_go(self) -> None:
        self.heard.append("let go")

    def hover(self, place: QPointF) -> Qt.CursorShape:
        return Qt.CursorShape.CrossCursor


class Fingers:
    """A touch screen, by Qt's own events."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._screen = QTest.createTouchDevice()
        self._down: dict[int, QPoint] = {}

    def put(self, *places: tuple[int, int]) -> None:
        """Fingers touch here, the first at the first place; those that touched are moved."""
        sequence = self._sequence()
        for finger, (x, y) in enumerate(places):
            act = sequence.move if finger in self._down else sequence.press
            act(finger, QPoint(x, y), self._page.viewport())
            self._down[finger] = QPoint(x, y)
        sequence.commit()

    def lift(self, *fingers: int) -> None:
        sequence = self._sequence()
        for finger, place in tuple(self._down.items()):
            if finger in fingers:
                sequence.release(finger, place, self._page.viewport())
                del self._down[finger]
            else:
                sequence.stationary(finger)
        sequence.commit()

    def _sequence(self) -> QTest.QTouchEventSequence:
        return QTest.touchEvent(self._page.viewport(), self._screen)


@pytest.fixture
def page(qtbot: QtBot) -> Iterator[Page]:
    """A picture of 2000 by 1600 pixels at half its size, looked at in its middle."""
    page = Page()
    qtbot.addWidget(page)
    page.resize(500, 400)
    page.show()
    qtbot.waitExposed(page)
    image = QImage(2000, 1600, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    page.set_image(image)
    page.hold(QPointF(1000, 800), QPointF(250, 200), 0.5)
    yield page
    page.close()


def mouse(
    page: Page,
    kind: QEvent.Type,
    place: tuple[float, float],
    button: Qt.MouseButton,
    buttons: Qt.MouseButton,
) -> None:
    local = QPointF(*place)
    at = QPointF(page.viewport().mapToGlobal(local))
    event = QMouseEvent(kind, local, at, button, buttons, NO_KEY)
    QApplication.sendEvent(page.viewport(), event)


def drag(page: Page, button: Qt.MouseButton) -> None:
    """From a place to one that lies 40 pixels to the right and 30 down."""
    mouse(page, PRESS, (100, 100), button, button)
    mouse(page, MOVE, (120, 115), NO_BUTTON, button)
    mouse(page, MOVE, (140, 130), NO_BUTTON, button)
    mouse(page, RELEASE, (140, 130), button, NO_BUTTON)


def wheel(page: Page, angle: QPoint, pixels: QPoint, keys: Qt.KeyboardModifier = NO_KEY) -> None:
    at = QPointF(page.viewport().mapToGlobal(SPOT))
    phase = Qt.ScrollPhase.NoScrollPhase
    event = QWheelEvent(SPOT, at, pixels, angle, NO_BUTTON, keys, phase, False)
    QApplication.sendEvent(page.viewport(), event)


def touchpad(page: Page, kind: Qt.NativeGestureType, value: float, by: QPointF) -> None:
    at = QPointF(page.viewport().mapToGlobal(SPOT))
    pad = QPointingDevice.primaryPointingDevice()
    event = QNativeGestureEvent(kind, pad, 2, SPOT, SPOT, at, value, by)
    QApplication.sendEvent(page.viewport(), event)


def near(place: QPointF, slack: float = 1.5) -> Any:  # noqa: ANN401 - what pytest compares with
    return pytest.approx((place.x(), place.y()), abs=slack)


def where(page: Page, on_page: QPointF) -> tuple[float, float]:
    place = page.to_view(on_page)
    return place.x(), place.y()


def test_pinch_on_a_touchpad_keeps_what_is_under_the_pointer(page: Page) -> None:
    under = page.to_page(SPOT)
    kinds = Qt.NativeGestureType
    touchpad(page, kinds.BeginNativeGesture, 0, QPointF())
    for value in (0.2, 0.25):
        touchpad(page, kinds.ZoomNativeGesture, value, QPointF())
    touchpad(page, kinds.EndNativeGesture, 0, QPointF())
    assert page.zoom == pytest.approx(0.5 * 1.2 * 1.25)
    assert where(page, under) == near(SPOT)


def test_wild_value_of_a_touchpad_leaves_a_scale_that_can_be_shown(page: Page) -> None:
    for value in (-7.0, 1e9):
        touchpad(page, Qt.NativeGestureType.ZoomNativeGesture, value, QPointF())
        assert 0.04 < page.zoom < 17


def test_fingers_on_a_touchpad_move_the_picture(page: Page) -> None:
    under = page.to_page(SPOT)
    touchpad(page, Qt.NativeGestureType.PanNativeGesture, 0, QPointF(12, -9))
    assert where(page, under) == near(SPOT + QPointF(12, -9))


def test_two_fingers_keep_hold_of_what_is_between_them(page: Page) -> None:
    fingers = Fingers(page)
    under = page.to_page(QPointF(150, 150))
    fingers.put((100, 150))
    fingers.put((100, 150), (200, 150))
    fingers.put((80, 160), (240, 160))
    fingers.put((50, 180), (250, 180))
    assert page.zoom == pytest.approx(1.0)
    assert where(page, under) == near(QPointF(150, 180))
    fingers.lift(0, 1)


def test_two_fingers_draw_nothing_and_choose_nothing(page: Page) -> None:
    fingers = Fingers(page)
    fingers.put((100, 150))
    fingers.put((104, 150), (200, 150))
    fingers.put((60, 150), (240, 150))
    fingers.lift(1)
    fingers.put((180, 220))
    fingers.lift(0)
    assert page.heard == ["press within 18", "let go"]


def test_pinch_goes_on_after_a_finger_was_lifted(page: Page) -> None:
    fingers = Fingers(page)
    fingers.put((100, 150), (200, 150))
    fingers.put((100, 150), (220, 150))
    fingers.lift(1)
    zoom = page.zoom
    fingers.put((100, 150), (300, 150))
    assert page.zoom == pytest.approx(zoom)
    fingers.put((100, 150), (200, 150))
    assert page.zoom == pytest.approx(zoom / 2)
    fingers.lift(0, 1)


def test_one_finger_points_and_may_miss_by_more_than_a_mouse(page: Page) -> None:
    fingers = Fingers(page)
    fingers.put((100, 150))
    fingers.put((160, 150))
    fingers.lift(0)
    assert page.heard == ["press within 18", "drag", "release"]


def test_two_taps_are_a_double_one_where_they_are_near(page: Page) -> None:
    fingers = Fingers(page)
    for place in ((100, 150), (103, 152)):
        fingers.put(place)
        fingers.lift(0)
    assert page.heard == ["press within 18", "release", "twice"]


def test_taps_at_two_places_are_two(page: Page) -> None:
    fingers = Fingers(page)
    for place in ((100, 150), (180, 152)):
        fingers.put(place)
        fingers.lift(0)
    assert "twice" not in page.heard


def test_finger_gives_the_picture_the_keys(page: Page) -> None:
    page.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    page.clearFocus()
    fingers = Fingers(page)
    fingers.put((100, 150))
    fingers.lift(0)
    assert page.hasFocus()


def test_middle_button_moves_the_picture(page: Page) -> None:
    under = page.to_page(QPointF(100, 100))
    drag(page, MIDDLE)
    assert where(page, under) == near(QPointF(140, 130))
    assert page.heard == []


def test_left_button_moves_the_picture_while_space_is_held(page: Page) -> None:
    under = page.to_page(QPointF(100, 100))
    QTest.keyPress(page, Qt.Key.Key_Space)
    drag(page, LEFT)
    QTest.keyRelease(page, Qt.Key.Key_Space)
    assert where(page, under) == near(QPointF(140, 130))
    assert page.heard == []
    drag(page, LEFT)
    assert page.heard == ["press within 7", "drag", "drag", "release"]


def test_space_ends_with_the_keys(page: Page) -> None:
    QTest.keyPress(page, Qt.Key.Key_Space)
    QApplication.sendEvent(page, QFocusEvent(QEvent.Type.FocusOut))
    drag(page, LEFT)
    assert page.heard[0] == "press within 7"


def test_middle_button_takes_over_from_the_left_one(page: Page) -> None:
    mouse(page, PRESS, (100, 100), LEFT, LEFT)
    mouse(page, PRESS, (100, 100), MIDDLE, LEFT | MIDDLE)
    mouse(page, MOVE, (140, 130), NO_BUTTON, LEFT | MIDDLE)
    mouse(page, RELEASE, (140, 130), MIDDLE, LEFT)
    mouse(page, MOVE, (150, 150), NO_BUTTON, LEFT)
    mouse(page, RELEASE, (150, 150), LEFT, NO_BUTTON)
    assert page.heard == ["press within 7", "let go"]


def test_release_that_went_elsewhere_lets_go(page: Page) -> None:
    mouse(page, PRESS, (100, 100), LEFT, LEFT)
    mouse(page, MOVE, (150, 150), NO_BUTTON, NO_BUTTON)
    assert page.heard == ["press within 7", "let go"]


def test_touchpad_scrolls_both_ways_at_once(page: Page) -> None:
    under = page.to_page(SPOT)
    wheel(page, QPoint(-20, -10), QPoint(-20, -10))
    assert where(page, under) == near(SPOT + QPointF(-20, -10))


def test_wheel_with_shift_scrolls_sideways(page: Page) -> None:
    under = page.to_page(SPOT)
    wheel(page, QPoint(0, -120), QPoint(), Qt.KeyboardModifier.ShiftModifier)
    lines = QGuiApplication.styleHints().wheelScrollLines()
    step = page.verticalScrollBar().singleStep()
    assert where(page, under) == near(SPOT - QPointF(lines * step, 0))


def test_picture_that_is_moved_ends_at_its_edges(page: Page) -> None:
    page.move_page(QPointF(1e6, 1e6))
    assert page.viewport().rect().toRectF().contains(page.to_view(QPointF(0, 0)))
    page.move_page(QPointF(-1e6, -1e6))
    shown = QRectF(page.viewport().rect())
    assert shown.contains(page.to_view(page.page.bottomRight()))
