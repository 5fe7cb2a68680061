"""The picture with its boxes, by real mouse and key events."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QImage, QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from qtdigits.core.ink import Bounds
from qtdigits.core.picture_boxes import Box, Boxes
from qtdigits.core.picture_sheet import OpenPicture, PictureState
from qtdigits.core.prediction import Prediction, Verdict
from qtdigits.ui.theme_colors import LIGHT
from qtdigits.ui.views.picture.picture_view import PictureView

Keys = Qt.Key
NONE: Final = Qt.KeyboardModifier.NoModifier
CTRL: Final = Qt.KeyboardModifier.ControlModifier
SHIFT: Final = Qt.KeyboardModifier.ShiftModifier
ALT: Final = Qt.KeyboardModifier.AltModifier
ANSWER = Prediction((0.0, 1.0, *(0.0,) * 8), Verdict.DIGIT, (1,))
#: Two boxes in the first line, one in the second.
BOXES = Boxes(
    (
        Box(1, Bounds(20, 20, 40, 60)),
        Box(2, Bounds(60, 20, 80, 60)),
        Box(3, Bounds(62, 100, 82, 140), 1),
    )
)


class Heard:
    """What a view asked for, in order."""

    def __init__(self, view: PictureView) -> None:
        self.asked: list[tuple[object, ...]] = []
        for name in (
            *("label_requested", "remove_requested", "join_requested", "split_requested"),
            *("box_drawn", "box_moved", "picture_step_requested"),
        ):
            getattr(view, name).connect(self._listener(name))

    def _listener(self, name: str) -> Callable[..., None]:
        return lambda *values: self.asked.append((name, *values))


@pytest.fixture
def view(qtbot: QtBot) -> PictureView:
    """A picture of 200 by 160 pixels at twice its size."""
    view = PictureView(LIGHT)
    qtbot.addWidget(view)
    view.resize(500, 400)
    view.show()
    image = QImage(200, 160, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    view.set_image(image)
    answers = {box.key: ANSWER for box in BOXES}
    view.show_picture(OpenPicture(1, "a.png", "", PictureState.READ, "", BOXES, answers))
    view.zoom_to(2.0)
    return view


@pytest.fixture
def heard(view: PictureView) -> Heard:
    return Heard(view)


def on_screen(view: PictureView, x: float, y: float) -> QPoint:
    return view.to_view(QPointF(x, y)).toPoint()


def click(view: PictureView, x: float, y: float, modifier: Qt.KeyboardModifier = NONE) -> None:
    button = Qt.MouseButton.LeftButton
    QTest.mouseClick(view.viewport(), button, modifier, on_screen(view, x, y))


def drag(view: PictureView, start: tuple[float, float], end: tuple[float, float]) -> None:
    left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
    steps = (
        (QEvent.Type.MouseButtonPress, start, left, left),
        (QEvent.Type.MouseMove, ((start[0] + end[0]) / 2, (start[1] + end[1]) / 2), none, left),
        (QEvent.Type.MouseMove, end, none, left),
        (QEvent.Type.MouseButtonRelease, end, left, none),
    )
    for kind, place, button, buttons in steps:
        local = QPointF(on_screen(view, *place))
        at = QPointF(view.viewport().mapToGlobal(local))
        QApplication.sendEvent(view.viewport(), QMouseEvent(kind, local, at, button, buttons, NONE))


def nearly(bounds: Bounds) -> tuple[object, ...]:
    return tuple(pytest.approx(side, abs=0.6) for side in bounds)


def test_click_selects_the_box_under_it(view: PictureView) -> None:
    click(view, 30, 40)
    assert view.selected() == (1,)
    click(view, 70, 40)
    assert view.selected() == (2,)
    click(view, 150, 40)
    assert view.selected() == ()


def test_clicks_with_ctrl_select_several_in_reading_order(view: PictureView) -> None:
    click(view, 70, 120)
    click(view, 30, 40, CTRL)
    assert view.selected() == (1, 3)
    click(view, 70, 120, CTRL)
    assert view.selected() == (1,)


def test_digit_key_says_what_is_in_the_selected_boxes(view: PictureView, heard: Heard) -> None:
    view.select([1, 3])
    QTest.keyClick(view, Keys.Key_7)
    assert heard.asked == [("label_requested", (1, 3), 7)]


@pytest.mark.parametrize("key", [Keys.Key_Delete, Keys.Key_Backspace])
def test_delete_says_that_there_is_no_digit(key: Qt.Key, view: PictureView, heard: Heard) -> None:
    view.select([2])
    QTest.keyClick(view, key)
    assert heard.asked == [("remove_requested", (2,))]


@pytest.mark.parametrize(
    "key", [Keys.Key_7, Keys.Key_Delete, Keys.Key_J, Keys.Key_S, Keys.Key_Escape]
)
def test_keys_ask_for_nothing_while_nothing_is_selected(
    key: Qt.Key, view: PictureView, heard: Heard
) -> None:
    QTest.keyClick(view, key)
    assert heard.asked == []


@pytest.mark.parametrize(("selected", "joined"), [((1,), (1, 2)), ((1, 3), (1, 3))])
def test_joining_takes_the_selected_boxes_or_the_next_one(
    selected: tuple[int, ...], joined: tuple[int, ...], view: PictureView, heard: Heard
) -> None:
    view.select(selected)
    QTest.keyClick(view, Keys.Key_J)
    assert heard.asked == [("join_requested", joined)]


def test_last_box_of_a_line_is_not_joined_with_the_next_line(
    view: PictureView, heard: Heard
) -> None:
    view.select([2])
    QTest.keyClick(view, Keys.Key_J)
    assert heard.asked == []


def test_splitting_leaves_the_place_to_the_program(view: PictureView, heard: Heard) -> None:
    view.select([2])
    QTest.keyClick(view, Keys.Key_S)
    assert heard.asked == [("split_requested", 2, None)]


def test_double_click_splits_where_it_is(view: PictureView, heard: Heard) -> None:
    QTest.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, NONE, on_screen(view, 67, 40))
    (asked,) = [one for one in heard.asked if one[0] == "split_requested"]
    assert asked[1] == 2
    assert asked[2] == pytest.approx(67, abs=0.6)


def test_dragging_draws_a_box(view: PictureView, heard: Heard) -> None:
    drag(view, (120, 30), (150, 90))
    ((what, bounds),) = heard.asked
    assert what == "box_drawn"
    assert bounds == nearly(Bounds(120, 30, 150, 90))


def test_box_that_is_drawn_ends_where_the_picture_does(view: PictureView, heard: Heard) -> None:
    drag(view, (180, 120), (230, 190))
    ((_, bounds),) = heard.asked
    assert bounds == nearly(Bounds(180, 120, 200, 160))


@pytest.mark.parametrize(
    ("start", "end", "bounds"),
    [
        ((40, 40), (50, 40), Bounds(20, 20, 50, 60)),
        ((20, 40), (10, 40), Bounds(10, 20, 40, 60)),
        ((30, 60), (30, 66), Bounds(20, 20, 40, 66)),
        ((40, 20), (45, 10), Bounds(20, 10, 45, 60)),
        ((40, 40), (0, 40), Bounds(20, 20, 23, 60)),  # never inside out
    ],
)
def test_edges_of_the_selected_box_can_be_dragged(
    start: tuple[float, float],
    end: tuple[float, float],
    bounds: Bounds,
    view: PictureView,
    heard: Heard,
) -> None:
    click(view, 30, 40)
    drag(view, start, end)
    ((what, key, moved),) = heard.asked
    assert (what, key) == ("box_moved", 1)
    assert moved == nearly(bounds)


def test_arrows_go_through_the_boxes_and_lines(view: PictureView) -> None:
    chosen = []
    for key in (Keys.Key_Right, Keys.Key_Right, Keys.Key_Down, Keys.Key_Up, Keys.Key_Left):
        QTest.keyClick(view, key)
        chosen.append(view.selected())
    assert chosen == [(1,), (2,), (3,), (2,), (1,)]


def test_arrows_with_shift_select_more(view: PictureView) -> None:
    QTest.keyClick(view, Keys.Key_Right)
    QTest.keyClick(view, Keys.Key_Right, SHIFT)
    assert view.selected() == (1, 2)


def test_arrows_with_alt_move_an_edge(view: PictureView, heard: Heard) -> None:
    view.select([1])
    QTest.keyClick(view, Keys.Key_Right, ALT)
    QTest.keyClick(view, Keys.Key_Up, ALT | SHIFT)
    assert heard.asked == [
        ("box_moved", 1, Bounds(20, 20, 42, 60)),
        ("box_moved", 1, Bounds(20, 18, 40, 60)),
    ]


def test_n_asks_for_a_box_as_large_as_the_others(view: PictureView, heard: Heard) -> None:
    QTest.keyClick(view, Keys.Key_N)
    ((what, bounds),) = heard.asked
    assert what == "box_drawn"
    assert isinstance(bounds, Bounds)
    assert bounds.height == pytest.approx(40)


def test_escape_lets_go_of_the_boxes(view: PictureView) -> None:
    view.select([1])
    QTest.keyClick(view, Keys.Key_Escape)
    assert view.selected() == ()


def test_page_keys_ask_for_other_pictures(view: PictureView, heard: Heard) -> None:
    QTest.keyClick(view, Keys.Key_PageDown)
    QTest.keyClick(view, Keys.Key_PageUp)
    assert heard.asked == [("picture_step_requested", 1), ("picture_step_requested", -1)]


def test_nothing_can_be_changed_while_the_picture_is_being_read(
    view: PictureView, heard: Heard
) -> None:
    view.show_picture(OpenPicture(1, "a.png", state=PictureState.READING, boxes=BOXES))
    view.select([1])
    QTest.keyClick(view, Keys.Key_7)
    drag(view, (120, 30), (150, 90))
    assert heard.asked == []


def test_selection_stays_with_the_boxes_that_stay(view: PictureView) -> None:
    view.select([1, 2])
    kept = BOXES.without([1])
    view.show_picture(OpenPicture(1, "a.png", state=PictureState.READ, boxes=kept))
    assert view.selected() == (2,)
    view.show_picture(OpenPicture(2, "b.png", state=PictureState.READ, boxes=kept))
    assert view.selected() == ()


def test_selected_box_is_told_in_words(view: PictureView) -> None:
    view.select([2])
    assert view.selection_words() == "Box 2 of 3: 1 · Quite sure"
    assert view.accessibleDescription() == "Box 2 of 3: 1 · Quite sure"


def test_picture_that_is_shown_fits(view: PictureView) -> None:
    view.fit()
    place = view.rect_to_view(view.page)
    assert view.viewport().rect().contains(place.toAlignedRect())
    assert not view.verticalScrollBar().maximum()


def test_wheel_with_ctrl_keeps_the_place_under_the_pointer(view: PictureView) -> None:
    place = QPointF(130, 110)
    before = view.to_page(place)
    event = QWheelEvent(
        *(place, view.viewport().mapToGlobal(place), QPoint(), QPoint(0, 240)),
        *(Qt.MouseButton.NoButton, CTRL, Qt.ScrollPhase.NoScrollPhase, False),
    )
    QApplication.sendEvent(view.viewport(), event)
    assert view.zoom == pytest.approx(2 * 1.25**2)
    after = view.to_page(place)
    assert (after - before).manhattanLength() < 1


def test_selected_box_is_brought_into_view(view: PictureView) -> None:
    view.zoom_to(12.0)
    view.select([3])
    box = view.rect_to_view(QRectF(62, 100, 20, 40))
    assert view.viewport().rect().intersects(box.toAlignedRect())


def test_small_scale_shows_the_whole_picture_smaller(view: PictureView, qtbot: QtBot) -> None:
    view.zoom_to(0.5)
    shot = view.viewport().grab().toImage()
    place = on_screen(view, 150, 20)
    assert shot.pixelColor(place).lightness() > 240


def test_one_sees_where_a_white_picture_ends(view: PictureView) -> None:
    view.zoom_to(1.0)
    shot = view.viewport().grab().toImage()
    inside, outside = on_screen(view, 195, 80), on_screen(view, 205, 80)
    assert shot.pixelColor(inside) != shot.pixelColor(outside)


def test_hovered_box_is_marked_and_the_mark_goes(view: PictureView) -> None:
    inside = on_screen(view, 72, 120)
    plain = view.viewport().grab().toImage().pixelColor(inside)
    QTest.mouseMove(view.viewport(), inside)
    assert view.viewport().grab().toImage().pixelColor(inside) != plain
    QTest.mouseMove(view.viewport(), on_screen(view, 150, 80))
    assert view.viewport().grab().toImage().pixelColor(inside) == plain


def test_box_that_is_dragged_is_drawn_at_its_new_place_only(view: PictureView) -> None:
    view.select([1])
    left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
    edge, to = QPointF(on_screen(view, 40, 40)), QPointF(on_screen(view, 50, 40))
    for kind, place, button in (
        (QEvent.Type.MouseButtonPress, edge, left),
        (QEvent.Type.MouseMove, to, none),
    ):
        at = QPointF(view.viewport().mapToGlobal(place))
        QApplication.sendEvent(view.viewport(), QMouseEvent(kind, place, at, button, left, NONE))
    shot = view.viewport().grab().toImage()
    between = on_screen(view, 45, 52)
    assert shot.pixelColor(on_screen(view, 50, 52)) != shot.pixelColor(between)
    assert shot.pixelColor(on_screen(view, 40, 52)) == shot.pixelColor(between)
    QTest.keyClick(view, Keys.Key_Escape)
    assert view.selected() == (1,)


def test_finger_takes_an_edge_that_a_mouse_would_miss(view: PictureView, heard: Heard) -> None:
    view.select([1])
    screen = QTest.createTouchDevice()
    start, end = on_screen(view, 46, 40), on_screen(view, 66, 40)

    def touch() -> QTest.QTouchEventSequence:
        return QTest.touchEvent(view.viewport(), screen)

    touch().press(0, start, view.viewport()).commit()
    touch().move(0, end, view.viewport()).commit()
    touch().release(0, end, view.viewport()).commit()
    assert heard.asked == [("box_moved", 1, nearly(Bounds(20, 20, 60, 60)))]


def test_chosen_box_is_dragged_whole_and_stays_on_the_picture(
    view: PictureView, heard: Heard
) -> None:
    drag(view, (30, 40), (40, 55))
    ((name, drawn),) = heard.asked
    assert name == "box_drawn"
    view.select([1])
    drag(view, (30, 40), (50, 65))
    drag(view, (30, 40), (0, 1))
    assert heard.asked[1:] == [
        ("box_moved", 1, nearly(Bounds(40, 45, 60, 85))),
        ("box_moved", 1, nearly(Bounds(0, 0, 20, 40))),
    ]
    assert drawn == nearly(Bounds(30, 40, 40, 55))


def test_click_on_the_chosen_box_moves_nothing(view: PictureView, heard: Heard) -> None:
    click(view, 30, 40)
    click(view, 30, 40)
    assert view.selected() == (1,)
    assert heard.asked == []


def test_box_is_not_joined_with_another_number_unless_it_is_one_alone(
    view: PictureView, heard: Heard
) -> None:
    places = ((0, 0), (0, 0), (0, 1), (0, 2))
    boxes = Boxes(
        tuple(
            Box(key, Bounds(20 * key, 20, 20 * key + 15, 60), line, number)
            for key, (line, number) in enumerate(places, 1)
        )
    )
    view.show_picture(OpenPicture(1, "a.png", "", PictureState.READ, "", boxes))
    for key in (1, 2, 3):
        view.select([key])
        assert bool(view.joinable()) is (key != 2)
        QTest.keyClick(view, Keys.Key_J)
    assert heard.asked == [("join_requested", (1, 2)), ("join_requested", (3, 4))]


def test_box_that_lies_in_the_chosen_one_can_be_chosen(view: PictureView) -> None:
    boxes = Boxes((Box(1, Bounds(20, 20, 100, 120)), Box(2, Bounds(50, 50, 70, 80))))
    view.show_picture(OpenPicture(1, "a.png", "", PictureState.READ, "", boxes))
    view.select([1])
    click(view, 60, 65)
    assert view.selected() == (2,)
