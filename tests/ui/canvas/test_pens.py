from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import (
    QInputDevice,
    QMouseEvent,
    QPointingDevice,
    QTabletEvent,
    QUndoStack,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from qtdigits.core.ink import Ink, Stroke
from qtdigits.ui.canvas.ink_canvas import InkCanvas

PRESS, MOVE, RELEASE = (
    QEvent.Type.TabletPress,
    QEvent.Type.TabletMove,
    QEvent.Type.TabletRelease,
)
LEFT, NONE = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
Place = tuple[float, float]


class Pens:
    """A stylus and fingers on one widget; places in its logical pixels."""

    def __init__(self, widget: QWidget) -> None:
        self.widget = widget
        stylus, pointer = QInputDevice.DeviceType.Stylus, QPointingDevice.PointerType
        self.pen = self._device(1, stylus, pointer.Pen)
        self.eraser = self._device(2, stylus, pointer.Eraser)
        self.screen = QTest.createTouchDevice()
        self._fingers: dict[int, Place] = {}

    def tablet(
        self,
        kind: QEvent.Type,
        place: Place,
        pressure: float = 0.5,
        held: Qt.MouseButton = LEFT,
        button: Qt.MouseButton = LEFT,
        device: QPointingDevice | None = None,
    ) -> None:
        at, on_screen = QPointF(*place), self.widget.mapToGlobal(QPointF(*place))
        tilt_and_turn = (0, 0, 0, 0, 0)
        no_keys = Qt.KeyboardModifier.NoModifier
        event = QTabletEvent(
            kind, device or self.pen, at, on_screen, pressure, *tilt_and_turn, no_keys, button, held
        )
        QApplication.sendEvent(self.widget, event)

    def press(self, place: Place, finger: int = 0) -> None:
        self._fingers[finger] = place
        self._touch(finger).press(finger, QPoint(*map(int, place)), self.widget).commit()

    def move(self, place: Place, finger: int = 0) -> None:
        self._fingers[finger] = place
        self._touch(finger).move(finger, QPoint(*map(int, place)), self.widget).commit()

    def lift(self, place: Place, finger: int = 0) -> None:
        del self._fingers[finger]
        self._touch(finger).release(finger, QPoint(*map(int, place)), self.widget).commit()

    def _touch(self, moving: int) -> QTest.QTouchEventSequence:
        sequence = QTest.touchEvent(self.widget, self.screen)
        for finger in self._fingers.keys() - {moving}:
            sequence.stationary(finger)
        return sequence

    @staticmethod
    def _device(
        number: int, kind: QInputDevice.DeviceType, pointer: QPointingDevice.PointerType
    ) -> QPointingDevice:
        can = QInputDevice.Capability.Position
        return QPointingDevice(f"device {number}", number, kind, pointer, can, 10, 1)


@pytest.fixture
def pens(canvas: InkCanvas) -> Pens:
    return Pens(canvas)


def test_stylus_writes_with_its_pressure(canvas: InkCanvas, pens: Pens) -> None:
    pens.tablet(PRESS, (50, 50), 0.2)
    pens.tablet(MOVE, (80, 50), 0.5)
    pens.tablet(MOVE, (110, 60), 0.9)
    pens.tablet(RELEASE, (110, 60), 0.0, held=NONE)
    (stroke,) = canvas.ink().strokes
    assert [round(s.pressure, 3) for s in stroke.samples] == [0.2, 0.5, 0.9]


def test_pressure_thickens_what_is_shown(canvas: InkCanvas, pens: Pens) -> None:
    for y, pressure in ((80, 0.1), (200, 1.0)):
        pens.tablet(PRESS, (50, y), pressure)
        pens.tablet(MOVE, (200, y), pressure)
        pens.tablet(RELEASE, (200, y), 0.0, held=NONE)
    image = canvas.grab().toImage()
    light, strong = (
        sum(image.pixelColor(120, y).lightness() < 60 for y in range(middle - 20, middle + 20))
        for middle in (80, 200)
    )
    assert strong == pytest.approx(14, abs=1)
    assert light < 0.6 * strong


def test_eraser_end_erases(canvas: InkCanvas, pens: Pens, undo_stack: QUndoStack) -> None:
    canvas.set_ink(Ink((Stroke.from_points([(60, 200), (180, 200)]),)))
    pens.tablet(PRESS, (120, 180), device=pens.eraser)
    pens.tablet(MOVE, (120, 230), device=pens.eraser)
    pens.tablet(RELEASE, (120, 230), device=pens.eraser, held=NONE)
    assert len(canvas.ink().strokes) == 2
    assert undo_stack.undoText() == "Erase"


def test_stylus_in_the_air_does_not_write(canvas: InkCanvas, pens: Pens) -> None:
    pens.tablet(MOVE, (50, 50), 0.0, held=NONE, button=NONE)
    pens.tablet(MOVE, (90, 50), 0.0, held=NONE, button=NONE)
    assert canvas.ink().is_empty


def test_barrel_button_does_not_write(canvas: InkCanvas, pens: Pens) -> None:
    right = Qt.MouseButton.RightButton
    pens.tablet(PRESS, (50, 50), held=right, button=right)
    assert canvas.ink().is_empty


def test_stylus_out_of_reach_ends_the_stroke(
    canvas: InkCanvas, pens: Pens, qapp: QApplication
) -> None:
    pens.tablet(PRESS, (50, 50))
    pens.tablet(MOVE, (80, 50))
    QApplication.sendEvent(qapp, QEvent(QEvent.Type.TabletLeaveProximity))
    assert len(canvas.ink().strokes) == 1
    pens.tablet(MOVE, (200, 50))
    assert canvas.ink().strokes[0].samples[-1].x == 80


@pytest.mark.parametrize(
    "source",
    [
        Qt.MouseEventSource.MouseEventSynthesizedByQt,
        Qt.MouseEventSource.MouseEventSynthesizedBySystem,
    ],
)
def test_mouse_made_up_from_other_pens_does_not_write(
    canvas: InkCanvas, source: Qt.MouseEventSource
) -> None:
    for kind, x in ((QEvent.Type.MouseButtonPress, 50), (QEvent.Type.MouseMove, 90)):
        at = QPointF(x, 50)
        no_keys = Qt.KeyboardModifier.NoModifier
        event = QMouseEvent(kind, at, at, canvas.mapToGlobal(at), LEFT, LEFT, no_keys, source)
        QApplication.sendEvent(canvas, event)
    assert canvas.ink().is_empty


def test_finger_writes(canvas: InkCanvas, pens: Pens) -> None:
    pens.press((50, 50))
    pens.move((90, 60))
    pens.lift((120, 90))
    (stroke,) = canvas.ink().strokes
    assert [(s.x, s.y) for s in stroke.samples][::2] == [(50, 50), (120, 90)]


def test_finger_is_left_to_others_when_touch_is_off(canvas: InkCanvas, pens: Pens) -> None:
    canvas.set_touch_draws(False)
    pens.press((50, 50))
    pens.move((90, 60))
    pens.lift((120, 90))
    assert canvas.ink().is_empty


def test_second_finger_takes_a_mere_touch_back(
    canvas: InkCanvas, pens: Pens, undo_stack: QUndoStack
) -> None:
    pens.press((50, 50))
    pens.press((200, 200), finger=1)
    pens.move((70, 70))
    pens.lift((180, 180), finger=1)
    pens.lift((70, 70))
    assert canvas.ink().is_empty
    assert undo_stack.count() == 0


def test_second_finger_keeps_what_is_written(canvas: InkCanvas, pens: Pens) -> None:
    pens.press((50, 50))
    pens.move((90, 50))
    pens.press((200, 200), finger=1)
    pens.move((150, 70))
    pens.lift((180, 180), finger=1)
    pens.lift((150, 70))
    (stroke,) = canvas.ink().strokes
    assert stroke.samples[-1].x == 90


def test_palm_beside_the_stylus_is_ignored(canvas: InkCanvas, pens: Pens) -> None:
    pens.tablet(PRESS, (50, 50))
    pens.press((300, 250))
    pens.move((320, 280))
    pens.tablet(MOVE, (80, 50))
    pens.lift((320, 280))
    pens.tablet(RELEASE, (80, 50), held=NONE)
    (stroke,) = canvas.ink().strokes
    assert [(s.x, s.y) for s in stroke.samples] == [(50, 50), (80, 50)]


def test_stylus_takes_over_from_the_palm(canvas: InkCanvas, pens: Pens) -> None:
    pens.press((300, 250))
    pens.tablet(PRESS, (50, 50))
    pens.tablet(MOVE, (80, 50))
    pens.tablet(RELEASE, (80, 50), held=NONE)
    pens.lift((300, 250))
    (stroke,) = canvas.ink().strokes
    assert stroke.samples[0].x == 50
