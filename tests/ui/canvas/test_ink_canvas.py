from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QFocusEvent, QImage, QPaintEvent, QUndoStack
from PySide6.QtWidgets import QApplication, QWidget

from qtdigits.core.ink import Ink, Stroke
from qtdigits.ui.canvas.ink_canvas import InkCanvas, Tool
from qtdigits.ui.canvas.ink_render import CanvasColors
from qtdigits.ui.replay import send_mouse

SLANT = [(50.0, 50.0), (100.0, 60.0), (150.0, 80.0), (200.0, 140.0)]
LEVEL = [(60.0, 200.0), (120.0, 200.0), (180.0, 200.0)]
LEFT, RIGHT, NONE = (
    Qt.MouseButton.LeftButton,
    Qt.MouseButton.RightButton,
    Qt.MouseButton.NoButton,
)
Place = tuple[float, float]
Picture = Callable[[], QImage]


class Hand:
    """Moves a mouse over one widget; places in its logical pixels."""

    def __init__(self, widget: QWidget) -> None:
        self.widget = widget

    def mouse(
        self,
        kind: QEvent.Type,
        place: Place,
        button: Qt.MouseButton = NONE,
        held: Qt.MouseButton = NONE,
    ) -> None:
        send_mouse(self.widget, kind, QPointF(*place), button, held)

    def press(self, place: Place) -> None:
        self.mouse(QEvent.Type.MouseButtonPress, place, LEFT, LEFT)

    def move(self, *places: Place) -> None:
        for place in places:
            self.mouse(QEvent.Type.MouseMove, place, NONE, LEFT)

    def hover(self, place: Place) -> None:
        self.mouse(QEvent.Type.MouseMove, place)

    def release(self, place: Place) -> None:
        self.mouse(QEvent.Type.MouseButtonRelease, place, LEFT)

    def write(self, places: Sequence[Place]) -> None:
        self.press(places[0])
        self.move(*places[1:])
        self.release(places[-1])


@pytest.fixture
def hand(canvas: InkCanvas) -> Hand:
    return Hand(canvas)


def is_ink(image: QImage, x: float, y: float) -> bool:
    return image.pixelColor(round(x), round(y)).lightness() < 60


def ink_pixels(image: QImage) -> list[tuple[int, int]]:
    return [
        (x, y)
        for y in range(image.height())
        for x in range(image.width())
        if image.pixelColor(x, y).lightness() < 60
    ]


def ends(stroke: Stroke) -> tuple[float, float, float, float]:
    return (stroke.samples[0].x, stroke.samples[0].y, stroke.samples[-1].x, stroke.samples[-1].y)


# Writing


def test_pixel_under_the_line_is_ink(canvas: InkCanvas, hand: Hand, picture: Picture) -> None:
    hand.write(LEVEL)
    image = picture()
    assert all(is_ink(image, x, 200) for x in range(60, 181))
    assert not is_ink(image, 120, 220)


def test_line_is_seen_while_the_pen_is_down(
    canvas: InkCanvas, hand: Hand, picture: Picture
) -> None:
    hand.press(LEVEL[0])
    hand.move(*LEVEL[1:])
    image = picture()
    assert all(is_ink(image, x, 200) for x in range(60, 181))


def test_ink_is_where_the_pen_was(canvas: InkCanvas, hand: Hand) -> None:
    hand.write(SLANT)
    (stroke,) = canvas.ink().strokes
    assert ends(stroke) == (*SLANT[0], *SLANT[-1])


def test_ink_changes_with_every_move(canvas: InkCanvas, hand: Hand, inks: list[Ink]) -> None:
    hand.press(SLANT[0])
    hand.move(*SLANT[1:])
    assert [len(ink.strokes[0].samples) for ink in inks] == [1, 2, 3, 4]
    assert canvas.ink() == inks[-1]


def test_move_on_the_spot_announces_nothing(canvas: InkCanvas, hand: Hand, inks: list[Ink]) -> None:
    hand.press((50, 50))
    hand.move((50.5, 50), (50, 50.5))
    assert len(inks) == 1


def test_finished_stroke_is_announced_after_its_ink(canvas: InkCanvas, hand: Hand) -> None:
    seen: list[tuple[Stroke, Ink]] = []
    canvas.stroke_finished.connect(lambda stroke: seen.append((stroke, canvas.ink())))
    hand.write(SLANT)
    ((stroke, ink),) = seen
    assert ink.strokes == (stroke,)


def test_tap_is_a_dot_that_shows(canvas: InkCanvas, hand: Hand, picture: Picture) -> None:
    hand.write([(80, 90), (81, 90)])
    assert [len(s.samples) for s in canvas.ink().strokes] == [1]
    assert is_ink(picture(), 80, 90)


def test_quick_second_tap_is_a_second_dot(canvas: InkCanvas, hand: Hand) -> None:
    hand.write([(80, 90)])
    hand.mouse(QEvent.Type.MouseButtonDblClick, (120, 90), LEFT, LEFT)
    hand.release((120, 90))
    assert len(canvas.ink().strokes) == 2


def test_hint_goes_with_the_first_touch(canvas: InkCanvas, hand: Hand, picture: Picture) -> None:
    def has_words() -> bool:
        image = picture()
        paper = CanvasColors().paper.lightness()
        return any(image.pixelColor(x, 150).lightness() < paper - 60 for x in range(100, 300))

    assert has_words()
    hand.press((20, 20))
    assert not has_words()


def test_other_buttons_do_not_write(canvas: InkCanvas, hand: Hand) -> None:
    hand.mouse(QEvent.Type.MouseButtonPress, (50, 50), RIGHT, RIGHT)
    hand.mouse(QEvent.Type.MouseMove, (90, 90), NONE, RIGHT)
    assert canvas.ink().is_empty


def test_pen_width_changes_the_picture_and_not_the_ink(
    canvas: InkCanvas, hand: Hand, picture: Picture, inks: list[Ink]
) -> None:
    hand.write(LEVEL)
    ink, announced = canvas.ink(), len(inks)
    assert not is_ink(picture(), 120, 215)
    canvas.set_pen_width(40)
    assert is_ink(picture(), 120, 215)
    assert canvas.ink() is ink
    assert len(inks) == announced


@pytest.mark.parametrize(("asked", "given"), [(0, 2), (1000, 40), (7.5, 7.5)])
def test_pen_width_stays_in_its_range(canvas: InkCanvas, asked: float, given: float) -> None:
    canvas.set_pen_width(asked)
    assert canvas.pen_width_px == given


def test_colours_change_the_picture(canvas: InkCanvas, hand: Hand, picture: Picture) -> None:
    hand.write(LEVEL)
    canvas.set_colors(CanvasColors(paper=QColor("#20232a"), ink=QColor("#e8eaed")))
    image = picture()
    assert image.pixelColor(120, 200) == QColor("#e8eaed")
    assert image.pixelColor(120, 240).lightness() < 80


# Nothing is lost


def test_release_outside_ends_the_stroke_at_the_edge(canvas: InkCanvas, hand: Hand) -> None:
    hand.press((350, 100))
    hand.move((390, 100), (470, 100))
    hand.release((500, 100))
    (stroke,) = canvas.ink().strokes
    assert ends(stroke) == (350, 100, 400, 100)


def test_second_button_does_not_disturb_the_stroke(canvas: InkCanvas, hand: Hand) -> None:
    both = LEFT | RIGHT
    hand.press(SLANT[0])
    hand.move(SLANT[1])
    hand.mouse(QEvent.Type.MouseButtonPress, SLANT[1], RIGHT, both)
    hand.mouse(QEvent.Type.MouseMove, SLANT[2], NONE, both)
    hand.mouse(QEvent.Type.MouseButtonRelease, SLANT[2], RIGHT, LEFT)
    hand.move(SLANT[3])
    hand.release(SLANT[3])
    assert [len(s.samples) for s in canvas.ink().strokes] == [4]


def test_lost_focus_keeps_the_stroke_and_writing_goes_on(canvas: InkCanvas, hand: Hand) -> None:
    hand.press(SLANT[0])
    hand.move(SLANT[1])
    QApplication.sendEvent(canvas, QFocusEvent(QEvent.Type.FocusOut))
    assert len(canvas.ink().strokes) == 1
    hand.move(SLANT[2])
    hand.release(SLANT[3])
    first, second = canvas.ink().strokes
    assert ends(first) == (*SLANT[0], *SLANT[1])
    assert ends(second) == (*SLANT[1], *SLANT[3])


def test_lost_release_ends_the_stroke(canvas: InkCanvas, hand: Hand) -> None:
    hand.press(SLANT[0])
    hand.move(SLANT[1])
    QApplication.sendEvent(canvas, QFocusEvent(QEvent.Type.FocusOut))
    hand.hover((300, 200))
    hand.move((310, 210))
    (stroke,) = canvas.ink().strokes
    assert ends(stroke) == (*SLANT[0], *SLANT[1])


def test_hover_without_a_release_ends_the_stroke(canvas: InkCanvas, hand: Hand) -> None:
    hand.press(SLANT[0])
    hand.move(SLANT[1])
    hand.hover((300, 200))
    (stroke,) = canvas.ink().strokes
    assert ends(stroke) == (*SLANT[0], *SLANT[1])


def test_hiding_keeps_the_stroke(canvas: InkCanvas, hand: Hand) -> None:
    finished: list[Stroke] = []
    canvas.stroke_finished.connect(finished.append)
    hand.press(SLANT[0])
    hand.move(SLANT[1])
    canvas.hide()
    assert canvas.ink().strokes == tuple(finished)


def test_resize_in_a_stroke_lets_it_go_on(canvas: InkCanvas, hand: Hand) -> None:
    hand.press(SLANT[0])
    hand.move(SLANT[1])
    canvas.resize(300, 400)
    hand.move(*SLANT[2:])
    hand.release(SLANT[3])
    (stroke,) = canvas.ink().strokes
    assert ends(stroke) == (*SLANT[0], *SLANT[3])
    assert len(stroke.samples) == 4


def test_changing_the_tool_keeps_the_stroke(canvas: InkCanvas, hand: Hand) -> None:
    hand.press(SLANT[0])
    hand.move(SLANT[1])
    canvas.set_tool(Tool.ERASER)
    assert len(canvas.ink().strokes) == 1


# Size


def test_resize_keeps_the_whole_drawing_in_view(
    canvas: InkCanvas, hand: Hand, picture: Picture
) -> None:
    hand.write([(10, 10), (200, 150), (390, 290)])
    ink = canvas.ink()
    canvas.resize(200, 300)
    assert canvas.ink() is ink
    pixels = ink_pixels(picture())
    assert (min(x for x, _ in pixels), max(x for x, _ in pixels)) == pytest.approx((0, 200), abs=6)
    # One scale for both directions, in the middle.
    assert min(y for _, y in pixels) == pytest.approx(75, abs=6)
    assert max(y for _, y in pixels) == pytest.approx(225, abs=6)


def test_resize_there_and_back_gives_the_same_picture(
    canvas: InkCanvas, hand: Hand, picture: Picture
) -> None:
    hand.write(SLANT)
    before = picture()
    canvas.resize(333, 222)
    canvas.resize(400, 300)
    assert picture() == before


def test_ink_written_beside_the_page_stays_in_view(
    canvas: InkCanvas, hand: Hand, picture: Picture
) -> None:
    hand.write(LEVEL)
    canvas.resize(600, 300)
    hand.write([(590, 20), (590, 280)])
    canvas.resize(400, 300)
    pixels = ink_pixels(picture())
    assert max(x for x, _ in pixels) < 399
    assert max(x for x, _ in pixels) > 380


def test_page_units_do_not_change_with_the_size(canvas: InkCanvas, hand: Hand) -> None:
    hand.write(LEVEL)
    canvas.resize(200, 150)
    hand.write([(100, 75), (150, 75)])
    assert ends(canvas.ink().strokes[1]) == (200, 150, 300, 150)


def test_empty_sheet_begins_with_pixels_as_units(canvas: InkCanvas, hand: Hand) -> None:
    hand.write(LEVEL)
    canvas.clear()
    canvas.resize(200, 150)
    hand.write([(100, 75), (150, 75)])
    assert ends(canvas.ink().strokes[0]) == (100, 75, 150, 75)


# Undo


def test_undo_restores_the_picture_bit_for_bit(
    canvas: InkCanvas, hand: Hand, picture: Picture, undo_stack: QUndoStack
) -> None:
    hand.write(SLANT)
    before = picture()
    hand.write([(40, 100), (220, 70), (3, 3)])
    after = picture()
    undo_stack.undo()
    assert picture() == before
    undo_stack.redo()
    assert picture() == after


def test_undo_of_all_gives_the_empty_sheet(
    canvas: InkCanvas, hand: Hand, picture: Picture, undo_stack: QUndoStack, inks: list[Ink]
) -> None:
    before = picture()
    hand.write(SLANT)
    hand.write(LEVEL)
    undo_stack.undo()
    undo_stack.undo()
    assert inks[-1].is_empty
    assert picture() == before


def test_clear_can_be_undone(canvas: InkCanvas, hand: Hand, undo_stack: QUndoStack) -> None:
    hand.write(SLANT)
    ink = canvas.ink()
    canvas.clear()
    assert canvas.ink().is_empty
    undo_stack.undo()
    assert canvas.ink() is ink


def test_clearing_an_empty_sheet_is_no_step(canvas: InkCanvas, undo_stack: QUndoStack) -> None:
    canvas.clear()
    assert undo_stack.count() == 0


def test_undo_in_a_stroke_takes_it_back_and_redo_brings_it(
    canvas: InkCanvas, hand: Hand, undo_stack: QUndoStack, picture: Picture
) -> None:
    hand.write(LEVEL)
    before = picture()
    hand.press(SLANT[0])
    hand.move(SLANT[1])
    undo_stack.undo()
    hand.move(SLANT[2])
    hand.release(SLANT[2])
    assert len(canvas.ink().strokes) == 1
    assert picture() == before
    undo_stack.redo()
    assert ends(canvas.ink().strokes[1]) == (*SLANT[0], *SLANT[1])


def test_clear_in_a_stroke_can_be_undone(
    canvas: InkCanvas, hand: Hand, undo_stack: QUndoStack
) -> None:
    hand.press(SLANT[0])
    hand.move(SLANT[1])
    canvas.clear()
    assert canvas.ink().is_empty
    undo_stack.undo()
    assert len(canvas.ink().strokes) == 1


def test_emptied_stack_in_a_stroke_does_no_harm(
    canvas: InkCanvas, hand: Hand, undo_stack: QUndoStack
) -> None:
    hand.press(SLANT[0])
    undo_stack.clear()
    hand.move(SLANT[1])
    hand.release(SLANT[1])
    assert len(canvas.ink().strokes) == 1


def test_steps_have_names(canvas: InkCanvas, hand: Hand, undo_stack: QUndoStack) -> None:
    hand.write(SLANT)
    canvas.set_ink(Ink((Stroke.from_points(LEVEL),)))
    canvas.clear()
    assert [undo_stack.text(i) for i in range(3)] == ["Stroke", "Open drawing", "Clear"]


# Ink from elsewhere


def test_ink_that_fits_comes_back_in_its_place(
    canvas: InkCanvas, picture: Picture, inks: list[Ink]
) -> None:
    ink = Ink((Stroke.from_points(LEVEL),))
    canvas.set_ink(ink)
    assert inks == [ink]
    assert is_ink(picture(), 120, 200)


@pytest.mark.parametrize("scale", [0.002, 0.05, 30.0])
def test_ink_in_other_units_is_seen_whole(
    canvas: InkCanvas, picture: Picture, scale: float
) -> None:
    canvas.set_ink(Ink((Stroke.from_points([(x * scale, y * scale) for x, y in SLANT]),)))
    pixels = ink_pixels(picture())
    assert min(x for x, _ in pixels) > 2
    assert max(x for x, _ in pixels) < 397
    assert max(x for x, _ in pixels) - min(x for x, _ in pixels) > 150


def test_undo_after_other_ink_restores_the_picture(
    canvas: InkCanvas, hand: Hand, picture: Picture, undo_stack: QUndoStack
) -> None:
    hand.write(SLANT)
    before = picture()
    canvas.set_ink(Ink((Stroke.from_points([(5000, 100), (9000, 9000)]),)))
    undo_stack.undo()
    assert picture() == before


# The eraser


def test_eraser_cuts_the_line_it_crosses(canvas: InkCanvas, hand: Hand, picture: Picture) -> None:
    hand.write(LEVEL)
    canvas.set_tool(Tool.ERASER)
    hand.write([(120, 150), (120, 250)])
    canvas.set_tool(Tool.PEN)
    image = picture()
    assert len(canvas.ink().strokes) == 2
    assert is_ink(image, 70, 200)
    assert not is_ink(image, 120, 200)


def test_one_way_of_the_eraser_is_one_step(
    canvas: InkCanvas, hand: Hand, undo_stack: QUndoStack, picture: Picture
) -> None:
    hand.write(SLANT)
    hand.write(LEVEL)
    before = picture()
    canvas.set_tool(Tool.ERASER)
    hand.write([(150, 20), (150, 120), (150, 260), (70, 200)])
    canvas.set_tool(Tool.PEN)
    assert undo_stack.count() == 3
    undo_stack.undo()
    assert picture() == before


def test_eraser_that_touches_nothing_is_no_step(
    canvas: InkCanvas, hand: Hand, undo_stack: QUndoStack, inks: list[Ink]
) -> None:
    canvas.set_tool(Tool.ERASER)
    hand.write([(10, 10), (200, 200)])
    assert undo_stack.count() == 0
    assert inks == []


def test_undo_in_the_eraser_s_way_is_safe(
    canvas: InkCanvas, hand: Hand, undo_stack: QUndoStack
) -> None:
    hand.write(LEVEL)
    ink = canvas.ink()
    canvas.set_tool(Tool.ERASER)
    hand.press((120, 150))
    hand.move((120, 250))
    undo_stack.undo()
    assert canvas.ink() is ink
    hand.move((150, 150))
    hand.release((150, 150))
    assert canvas.ink() is ink


def test_eraser_shows_its_rim_and_takes_it_away(
    canvas: InkCanvas, hand: Hand, picture: Picture
) -> None:
    hand.write(LEVEL)
    before = picture()
    canvas.set_tool(Tool.ERASER)
    hand.hover((300, 100))
    assert picture() != before
    QApplication.sendEvent(canvas, QEvent(QEvent.Type.Leave))
    assert picture() == before


# Small dirty rectangles


def test_move_updates_only_a_small_part(canvas: InkCanvas, qapp: QApplication) -> None:
    painted: list[QPoint] = []

    class Watch(InkCanvas):
        """Sees what is painted; Qt finds overrides by class."""

        def paintEvent(self, event: QPaintEvent) -> None:
            painted.append(QPoint(event.rect().width(), event.rect().height()))
            super().paintEvent(event)

    watched = Watch(QUndoStack(), canvas.parentWidget())
    watched.setGeometry(0, 320, 400, 300)
    watched.show()
    qapp.processEvents()
    other = Hand(watched)
    other.press((20, 20))
    qapp.processEvents()
    painted.clear()
    for x in range(30, 380, 10):
        other.move((x, 150))
        qapp.processEvents()
    steps = painted[3:]
    assert steps
    assert all(size.x() < 100 and size.y() < 40 for size in steps)
