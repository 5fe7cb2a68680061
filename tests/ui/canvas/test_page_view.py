from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF, QRectF, QSizeF

from qtdigits.core.ink import Ink, PenSample, Stroke
from qtdigits.ui.canvas.page_view import PageView, page_for, page_with

SIZE = QSizeF(400, 300)


def ink(*places: tuple[float, float]) -> Ink:
    return Ink((Stroke.from_points(places),))


def test_page_of_the_widget_s_size_is_shown_as_it_is() -> None:
    assert PageView.fitting(QRectF(0, 0, 400, 300), SIZE) == PageView()


def test_page_is_shown_whole_with_one_scale() -> None:
    view = PageView.fitting(QRectF(0, 0, 800, 300), SIZE)
    assert view == PageView(0.5, 0, 75)


def test_widget_without_a_size_has_a_view_all_the_same() -> None:
    assert PageView.fitting(QRectF(0, 0, 10, 10), QSizeF(0, 0)) == PageView()


def test_there_and_back_is_the_same_place() -> None:
    view = PageView.fitting(QRectF(-30, 50, 70, 900), SIZE)
    sample = view.to_page(PenSample(123, 45, 6.0, 0.7), SIZE)
    assert view.transform().map(QPointF(sample.x, sample.y)).toTuple() == pytest.approx((123, 45))
    assert (sample.time_ms, sample.pressure) == (6.0, 0.7)


def test_pen_outside_is_at_the_edge() -> None:
    sample = PageView(0.5, 10, 20).to_page(PenSample(-5, 900), SIZE)
    assert (sample.x, sample.y) == (-20, 560)


def test_page_that_holds_the_ink_stays_the_same() -> None:
    page = QRectF(0, 0, 400, 300)
    assert page_with(page, ink((10, 10), (10, 290)), 7) is page


def test_page_grows_to_hold_the_ink() -> None:
    page = page_with(QRectF(0, 0, 400, 300), ink((200, 100), (450, 100)), 7)
    assert page == QRectF(0, 0, 457, 300)


def test_empty_ink_needs_no_page() -> None:
    assert page_for(Ink(), SIZE, 7) is None
    assert page_with(None, Ink(), 7) is None


@pytest.mark.parametrize(
    "places", [[(20, 20), (20, 280)], [(20, 20), (380, 20)], [(50, 50)], [(20, 20), (380, 280)]]
)
def test_ink_that_fits_keeps_its_place(places: list[tuple[float, float]]) -> None:
    assert page_for(ink(*places), SIZE, 7) == QRectF(0, 0, 400, 300)


@pytest.mark.parametrize(
    "places",
    [
        [(-50, 20), (100, 200)],
        [(390, 20), (410, 20)],
        [(0, 0), (9000, 1)],
        [(0.1, 0.1), (0.1, 0.9)],
        [(3, 4), (20, 17)],
        [(-900, -900)],
    ],
)
def test_ink_that_does_not_fit_is_put_in_the_middle(places: list[tuple[float, float]]) -> None:
    page = page_for(ink(*places), SIZE, 7)
    assert page is not None
    bounds = ink(*places).bounds()
    assert bounds is not None
    middle = ((bounds.left + bounds.right) / 2, (bounds.top + bounds.bottom) / 2)
    assert page.center().toTuple() == pytest.approx(middle)
    assert page.width() / page.height() == pytest.approx(4 / 3)
    assert max(bounds.width / page.width(), bounds.height / page.height()) < 0.75
