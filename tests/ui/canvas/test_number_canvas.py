"""The number on the paper: looked at, joined, split and cut by every pen and by name."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QColor, QHelpEvent, QImage, QPointingDevice, QTabletEvent, QUndoStack
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip, QWidget
from pytestqt.qtbot import QtBot

from qtdigits.core.arrangement import ArrangedInk, still_valid
from qtdigits.core.ink import Bounds, Ink, Stroke
from qtdigits.core.look import first_look, look_there
from qtdigits.core.prediction import Prediction, Verdict
from qtdigits.core.reading import ReadDigit, Reading
from qtdigits.core.request import Result
from qtdigits.ui.canvas.cut_line import CutLine
from qtdigits.ui.canvas.ink_canvas import Tool
from qtdigits.ui.canvas.number_canvas import NumberCanvas
from qtdigits.ui.replay import send_mouse

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
PRESS, MOVE, RELEASE = (
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseMove,
    QEvent.Type.MouseButtonRelease,
)
SURE = Prediction((0.01, 0.91) + (0.01,) * 8, Verdict.DIGIT, (1,))
STROKES = tuple(
    Stroke.from_points([(x, 60), (x + 4, 120), (x, 180)]) for x in (60.0, 130.0, 200.0, 270.0)
)
NUMBER = Ink(STROKES)


class Reader:
    """Answers a canvas as the program would, at once: each stroke a digit unless arranged."""

    def __init__(self, canvas: NumberCanvas) -> None:
        self.canvas = canvas
        self.drawings: list[ArrangedInk] = []
        self.chosen: list[int] = []
        self.looked_at: int | None = None
        canvas.drawing_changed.connect(self.answer)
        canvas.digit_chosen.connect(self.look_at)
        canvas.place_chosen.connect(self.look_for)
        self.place: Bounds | None = None

    def look_at(self, at: int) -> None:
        self.chosen.append(at)
        self.looked_at = at
        self.answer(self.drawings[-1])

    def look_for(self, bounds: Bounds) -> None:
        self.looked_at, self.place = None, bounds

    def answer(self, drawing: ArrangedInk) -> None:
        self.drawings.append(drawing)
        if drawing.ink.is_empty:
            self.canvas.show_nothing()
            return
        valid = still_valid(drawing.arrangements, drawing.ink)
        held = {stroke for one in valid for stroke in one.strokes}
        inks = [Ink((stroke,)) for stroke in drawing.ink.strokes if stroke not in held]
        inks += [ink for one in valid for ink in one.digits]
        digits = []
        for ink in inks:
            bounds = ink.bounds()
            assert bounds is not None
            digits.append(ReadDigit(bounds, np.zeros((28, 28), np.float32), SURE, ink))
        reading = Reading(tuple(sorted(digits, key=lambda digit: digit.bounds.left)))
        if self.looked_at is not None:
            looked_at = min(self.looked_at, len(reading) - 1)
        elif self.place is not None:
            looked_at = look_there(reading, self.place)
        else:
            looked_at = first_look(reading)
        self.canvas.show_result(Result(1, drawing.ink, reading, looked_at))

    def digits(self) -> list[Ink]:
        """What the person says that the digits are."""
        return [ink for one in self.drawings[-1].arrangements for ink in one.digits]


@pytest.fixture
def canvas(qtbot: QtBot, undo_stack: QUndoStack) -> Iterator[NumberCanvas]:
    """A canvas of 400x300 on the screen, alone in a larger window."""
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(700, 700)
    canvas = NumberCanvas(undo_stack, window)
    canvas.resize(400, 300)
    window.show()
    qtbot.waitExposed(window)
    yield canvas
    window.hide()


@pytest.fixture
def reader(canvas: NumberCanvas) -> Reader:
    """A canvas with four digits on it, read."""
    reader = Reader(canvas)
    canvas.set_ink(NUMBER)
    return reader


def drag(canvas: NumberCanvas, start: QPointF, *places: QPointF) -> None:
    send_mouse(canvas, PRESS, start, LEFT, LEFT)
    for place in places:
        send_mouse(canvas, MOVE, place, NONE, LEFT)
    send_mouse(canvas, RELEASE, places[-1] if places else start, LEFT, NONE)


def hover(canvas: NumberCanvas, place: QPointF) -> None:
    send_mouse(canvas, MOVE, place, NONE, NONE)


def between(canvas: NumberCanvas, at: int) -> QPointF:
    """A place between two boxes."""
    boxes = canvas.boxes()
    return QPointF(
        (boxes[at].frame.right() + boxes[at + 1].frame.left()) / 2, boxes[at].frame.center().y()
    )


def cut(canvas: NumberCanvas, at: int) -> CutLine:
    """The cut after a digit, brought up by hovering near it."""
    hover(canvas, between(canvas, at))
    (line,) = canvas.cuts()
    assert line.at == at
    return line


def test_one_digit_has_no_box(canvas: NumberCanvas) -> None:
    reader = Reader(canvas)
    canvas.set_ink(Ink(STROKES[:1]))
    assert len(reader.drawings) == 1
    assert canvas.boxes() == ()


def test_every_digit_of_a_number_has_a_box_around_its_ink(reader: Reader) -> None:
    boxes = reader.canvas.boxes()
    assert [box.words for box in boxes] == ["1 · 91\u202f%"] * 4
    for box, stroke in zip(boxes, STROKES, strict=True):
        for x, y in stroke.points():
            assert box.frame.contains(QPointF(x, y))


def test_boxes_are_painted_and_change_no_ink(reader: Reader) -> None:
    canvas = reader.canvas

    def picture() -> QImage:
        return canvas.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)

    def at(image: QImage, place: QPointF) -> QColor:
        return image.pixelColor(place.toPoint())

    shown = picture()
    last = canvas.boxes()[-1].frame
    edge = QPointF(last.left(), last.center().y())
    ink = QPointF(STROKES[3].samples[1].x, STROKES[3].samples[1].y)
    assert at(shown, edge).blue() > at(shown, edge).red() + 60
    dark = at(shown, ink)
    canvas.show_nothing()
    assert at(picture(), ink) == dark
    assert at(picture(), edge) != at(shown, edge)


@pytest.mark.parametrize("x", [130.0, 134.0])
def test_click_in_a_box_looks_at_the_digit_and_writes_nothing(reader: Reader, x: float) -> None:
    drag(reader.canvas, QPointF(x, 100))
    assert reader.chosen == [1]
    assert reader.canvas.ink() == NUMBER


def test_click_beside_the_boxes_is_a_dot(reader: Reader) -> None:
    drag(reader.canvas, QPointF(360, 30))
    assert reader.chosen == []
    assert len(reader.canvas.ink().strokes) == 5


def test_stroke_that_begins_in_a_box_is_written_whole(reader: Reader) -> None:
    places = [QPointF(130 + step, 100) for step in (0, 3, 30, 60)]
    drag(reader.canvas, *places)
    stroke = reader.canvas.ink().strokes[-1]
    assert (stroke.samples[0].x, stroke.samples[-1].x) == (130, 190)
    assert reader.chosen == []


def test_quick_stroke_without_a_move_between_is_written(reader: Reader) -> None:
    send_mouse(reader.canvas, PRESS, QPointF(130, 100), LEFT, LEFT)
    send_mouse(reader.canvas, RELEASE, QPointF(170, 100), LEFT, NONE)
    assert len(reader.canvas.ink().strokes) == 5


def test_finger_looks_at_a_digit_and_moves_its_cut(reader: Reader) -> None:
    canvas, screen = reader.canvas, QTest.createTouchDevice()

    def touch() -> QTest.QTouchEventSequence:
        return QTest.touchEvent(canvas, screen)

    touch().press(0, QPoint(132, 100), canvas).commit()
    touch().release(0, QPoint(132, 100), canvas).commit()
    assert reader.chosen == [1]
    assert [line.at for line in canvas.cuts()] == [0, 1]
    grip = canvas.cuts()[1].top.toPoint()
    touch().press(0, grip + QPoint(6, 6), canvas).commit()
    touch().move(0, grip + QPoint(80, 6), canvas).commit()
    touch().release(0, grip + QPoint(80, 6), canvas).commit()
    assert reader.digits() == [Ink(STROKES[1:3])]
    assert len(canvas.ink().strokes) == 4


def test_stylus_drags_a_cut(reader: Reader) -> None:
    canvas, line = reader.canvas, cut(reader.canvas, 0)
    device = QPointingDevice.primaryPointingDevice()

    def send(kind: QEvent.Type, place: QPointF, button: Qt.MouseButton) -> None:
        event = QTabletEvent(
            *(kind, device, place, canvas.mapToGlobal(place), 0.5, 0, 0, 0, 0, 0),
            *(Qt.KeyboardModifier.NoModifier, button, LEFT),
        )
        QApplication.sendEvent(canvas, event)

    send(QEvent.Type.TabletPress, line.top, LEFT)
    send(QEvent.Type.TabletMove, line.top + QPointF(35, 0), NONE)
    send(QEvent.Type.TabletRelease, line.top + QPointF(35, 0), LEFT)
    assert sum(len(ink.strokes) for ink in reader.digits()) > 2
    assert canvas.ink() == NUMBER


def test_grips_come_up_near_a_cut_and_go(reader: Reader) -> None:
    canvas = reader.canvas
    assert canvas.cuts() == ()
    assert cut(canvas, 2).at == 2
    hover(canvas, QPointF(380, 280))
    assert canvas.cuts() == ()


def test_dragged_cut_divides_while_it_moves_and_is_one_step(
    reader: Reader, undo_stack: QUndoStack
) -> None:
    canvas, line = reader.canvas, cut(reader.canvas, 0)
    count = undo_stack.count()
    way = QPointF(35, 0)
    send_mouse(canvas, PRESS, line.top, LEFT, LEFT)
    send_mouse(canvas, MOVE, line.top + way, NONE, LEFT)
    assert len(reader.digits()) == 2
    send_mouse(canvas, MOVE, line.top + way + way, NONE, LEFT)
    assert reader.digits() == [Ink(STROKES[:2])]
    send_mouse(canvas, MOVE, line.top + way, NONE, LEFT)
    send_mouse(canvas, RELEASE, line.top + way, LEFT, NONE)
    left, right = reader.digits()
    assert len(left.strokes) + len(right.strokes) > 2
    assert undo_stack.count() == count + 1
    undo_stack.undo()
    assert reader.drawings[-1] == ArrangedInk(NUMBER)
    undo_stack.redo()
    assert reader.digits() == [left, right]


def test_lower_grip_leans_the_cut(reader: Reader) -> None:
    line = cut(reader.canvas, 0)
    way = QPointF(70, 0)
    drag(reader.canvas, line.bottom, line.bottom + way)
    left, right = reader.digits()
    assert STROKES[0] in left.strokes
    # The second digit is cut across: what lies above the line stays at its right.
    assert max(y for stroke in right.strokes for _, y in stroke.points()) < 180
    assert max(y for stroke in left.strokes for _, y in stroke.points()) == 180


def test_undo_in_the_middle_of_a_drag_takes_it_back(reader: Reader, undo_stack: QUndoStack) -> None:
    line = cut(reader.canvas, 0)
    send_mouse(reader.canvas, PRESS, line.top, LEFT, LEFT)
    send_mouse(reader.canvas, MOVE, line.top + QPointF(90, 0), NONE, LEFT)
    undo_stack.undo()
    assert reader.drawings[-1] == ArrangedInk(NUMBER)
    send_mouse(reader.canvas, RELEASE, line.top, LEFT, NONE)
    assert reader.canvas.ink() == NUMBER


def test_digits_are_joined_split_and_divided_anew_by_name(
    reader: Reader, undo_stack: QUndoStack
) -> None:
    canvas = reader.canvas
    canvas.choose(1)
    canvas.join_digits()
    assert reader.digits() == [Ink(STROKES[1:3])]
    canvas.split_digit()
    assert reader.digits() == [Ink((STROKES[1],)), Ink((STROKES[2],))]
    assert canvas.is_arranged
    canvas.divide_anew()
    assert reader.drawings[-1] == ArrangedInk(NUMBER)
    undo_stack.undo()
    undo_stack.undo()
    assert reader.digits() == [Ink(STROKES[1:3])]


def test_last_digit_is_joined_with_the_one_before(reader: Reader) -> None:
    reader.canvas.join_digits()
    assert reader.digits() == [Ink(STROKES[2:])]


def test_keys_move_a_cut_step_by_step_and_never_join(reader: Reader) -> None:
    canvas = reader.canvas
    canvas.choose(0)
    start = canvas.cuts()[0].top.x()
    for _ in range(40):
        canvas.move_cut_right()
    assert start + 20 < canvas.cuts()[0].top.x() < STROKES[1].samples[1].x
    assert len(reader.digits()) == 2
    for _ in range(40):
        canvas.move_cut_left()
    assert STROKES[0].samples[1].x < canvas.cuts()[0].top.x() < start - 20
    assert len(reader.digits()) == 2


def test_arrangement_goes_when_its_stroke_is_undone_and_returns_with_it(
    reader: Reader, undo_stack: QUndoStack
) -> None:
    canvas = reader.canvas
    drag(canvas, QPointF(340, 60), QPointF(342, 120), QPointF(340, 180))
    canvas.choose(4)
    canvas.join_digits()
    assert len(reader.digits()) == 1
    undo_stack.undo()
    undo_stack.undo()
    assert reader.drawings[-1] == ArrangedInk(NUMBER)
    undo_stack.redo()
    undo_stack.redo()
    assert len(reader.digits()) == 1


def test_stroke_written_later_leaves_arrangements(reader: Reader) -> None:
    reader.canvas.choose(0)
    reader.canvas.join_digits()
    drag(reader.canvas, QPointF(340, 60), QPointF(342, 120), QPointF(340, 180))
    assert reader.digits() == [Ink(STROKES[:2])]


def test_answer_for_other_ink_is_not_shown(reader: Reader) -> None:
    late = Result(1, Ink(STROKES[:2]), Reading())
    before = reader.canvas.boxes()
    reader.canvas.show_result(late)
    assert reader.canvas.boxes() == before


def test_answer_that_came_before_the_pen_was_lifted_is_shown_then(reader: Reader) -> None:
    canvas = reader.canvas
    places = [QPointF(340, y) for y in (60, 90, 120, 150)]
    send_mouse(canvas, PRESS, places[0], LEFT, LEFT)
    for place in places[1:]:
        send_mouse(canvas, MOVE, place, NONE, LEFT)
    assert len(canvas.boxes()) == 4
    canvas.drawing_changed.disconnect(reader.answer)  # the session asks nothing about equal ink
    send_mouse(canvas, RELEASE, places[-1], LEFT, NONE)
    assert len(canvas.boxes()) == 5


def test_other_drawing_is_without_the_boxes_of_the_last(reader: Reader) -> None:
    reader.canvas.drawing_changed.disconnect(reader.answer)
    reader.canvas.set_ink(Ink(STROKES[1:]))
    assert reader.canvas.boxes() == ()


def test_number_is_told_to_those_who_do_not_see_it(reader: Reader) -> None:
    reader.canvas.choose(1)
    words = reader.canvas.accessibleDescription()
    assert words == "Read: 1111. Looking at digit 2 of 4: 1, Fairly sure"


def test_tips_say_what_boxes_and_grips_do(reader: Reader) -> None:
    canvas = reader.canvas
    line = cut(canvas, 0)

    def tip(place: QPointF) -> str:
        at = place.toPoint()
        QApplication.sendEvent(canvas, QHelpEvent(QEvent.Type.ToolTip, at, canvas.mapToGlobal(at)))
        return QToolTip.text()

    assert "joins" in tip(line.top)
    assert "lean" in tip(line.bottom)
    assert "Fairly sure" in tip(canvas.boxes()[3].frame.center())
    QToolTip.hideText()


@pytest.mark.parametrize(("width", "height"), [(200, 160), (3000, 1800)])
def test_boxes_and_words_stay_on_the_paper(reader: Reader, width: int, height: int) -> None:
    canvas = reader.canvas
    canvas.resize(width, height)
    for box in canvas.boxes():
        if box.words:
            assert QRect(0, 0, width, height).contains(box.place.toAlignedRect())


def test_crowded_boxes_say_less(canvas: NumberCanvas) -> None:
    reader = Reader(canvas)
    canvas.set_ink(Ink(tuple(Stroke.from_points([(x, 60), (x, 180)]) for x in (60, 90, 120))))
    assert len(reader.drawings) == 1
    assert [box.words for box in canvas.boxes()] == ["1", "1", "1"]


def test_what_the_person_said_stands_at_the_box(reader: Reader) -> None:
    canvas = reader.canvas
    canvas.show_labels((None, 7, None, None))
    boxes = canvas.boxes()
    assert [box.words for box in boxes[:2]] == ["1 · 91\u202f%", "7\u2009✓"]
    assert [box.is_said for box in boxes] == [False, True, False, False]
    canvas.show_labels(())
    assert not any(box.is_said for box in canvas.boxes())


def test_labels_of_another_number_of_digits_stand_nowhere(reader: Reader) -> None:
    reader.canvas.show_labels((None, 7))
    assert not any(box.is_said for box in reader.canvas.boxes())


def test_box_of_erased_ink_goes_before_the_answer_comes(
    reader: Reader, undo_stack: QUndoStack
) -> None:
    canvas = reader.canvas

    def has_box(place: QPointF) -> bool:
        return canvas.grab().toImage().pixelColor(place.toPoint()) != canvas.colors.paper

    edge = canvas.boxes()[1].frame
    line = QPointF(edge.left(), edge.center().y())
    assert has_box(line)
    canvas.drawing_changed.disconnect(reader.answer)
    canvas.set_tool(Tool.ERASER)
    drag(canvas, *(QPointF(x, y) for y in range(60, 181, 6) for x in (128, 136)))
    assert len(canvas.ink().strokes) == 3
    assert not has_box(line)
    canvas.set_tool(Tool.PEN)
    drag(canvas, edge.center())
    assert reader.chosen == []
    undo_stack.undo()
    undo_stack.undo()
    assert has_box(line)


def test_cut_that_undo_takes_back_is_shown_no_more(reader: Reader, undo_stack: QUndoStack) -> None:
    line = cut(reader.canvas, 0)
    drag(reader.canvas, line.top, line.top + QPointF(35, 0))
    assert len(reader.canvas.cuts()) == 1
    undo_stack.undo()
    assert reader.canvas.cuts() == ()


def test_joining_brings_back_what_was_split(reader: Reader) -> None:
    canvas = reader.canvas
    # Its right half is the wider one: the place alone would lead there.
    wide = Stroke.from_points([(200, 60), (215, 180), (230, 120), (290, 60), (200, 60)])
    canvas.set_ink(Ink((*STROKES[:2], wide, Stroke.from_points([(310, 60), (314, 180)]))))
    canvas.choose(2)
    canvas.split_digit()
    assert len(canvas.boxes()) == 5
    canvas.join_digits()
    assert [digit.strokes for digit in reader.digits()] == [(wide,)]


def test_look_stays_with_the_digit_whose_cut_is_moved(reader: Reader) -> None:
    canvas = reader.canvas
    canvas.choose(1)
    canvas.move_cut_right()
    assert reader.place is not None
    assert reader.place.left == pytest.approx(130)
