"""What stands above the boxes of a picture: readable, and nowhere on top of each other."""

from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication

from qtdigits.ui.views.picture.box_render import BoxLook
from qtdigits.ui.views.picture.box_tags import is_tag_of_use, tag_places

LOOK = BoxLook("#2563eb", "8")


@pytest.fixture
def font(qapp: QApplication) -> QFont:
    return qapp.font()


def test_tag_stands_above_the_left_corner_of_its_box(font: QFont) -> None:
    place = QRectF(100, 100, 30, 40)
    (tag,) = tag_places([place], [LOOK], font)
    assert tag.bottom() < place.top()
    assert place.left() - 2 <= tag.left() < place.center().x()


def test_tag_of_a_box_at_the_upper_edge_is_in_it(font: QFont) -> None:
    place = QRectF(100, 3, 30, 40)
    (tag,) = tag_places([place], [LOOK], font)
    assert place.top() <= tag.top()


def test_tag_makes_room_for_that_of_a_narrow_neighbour(font: QFont) -> None:
    places = [QRectF(100, 100, 5, 40), QRectF(106, 98, 32, 42), QRectF(139, 100, 30, 40)]
    tags = tag_places(places, [LOOK] * 3, font)
    for before, tag in pairwise(tags):
        assert not tag.intersects(before)
    for place, tag in zip(places, tags, strict=True):
        assert place.left() - 2 <= tag.left() <= place.right()


def test_tags_of_other_lines_stay_where_they_are(font: QFont) -> None:
    places = [QRectF(300, 100, 30, 40), QRectF(100, 160, 30, 40)]
    assert tag_places(places, [LOOK] * 2, font)[1] == tag_places(places[1:], [LOOK], font)[0]


@pytest.mark.parametrize(("height", "of_use"), [(9.0, False), (30.0, True)])
def test_tags_are_left_out_where_they_would_hide_the_writing(height: float, of_use: bool) -> None:
    assert is_tag_of_use(QRectF(0, 0, 8, height)) is of_use
