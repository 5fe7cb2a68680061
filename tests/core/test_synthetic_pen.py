"""The synthetic pen writes every digit in many hands, and the same again for the same seed."""

from __future__ import annotations

import time
from collections import Counter

import numpy as np
import pytest

from qtdigits.core.raster import rasterize_tracks
from qtdigits.core.synthetic_pen import (
    DIGIT_TEMPLATES,
    synthetic_digits,
    tracks_to_ink,
    write_characters,
)
from qtdigits.core.synthetic_pen.contact_sheet import CELL, contact_sheet
from qtdigits.core.synthetic_pen.curves import stroke_basis
from qtdigits.core.synthetic_pen.hand import random_hands
from qtdigits.core.synthetic_pen.template import Template, template
from qtdigits.core.synthetic_pen.variation import write


def test_digits_are_balanced() -> None:
    labels = Counter(label for label, _ in synthetic_digits(200, 3))
    assert labels == dict.fromkeys(range(10), 20)


def test_labels_come_in_mixed_order() -> None:
    labels = [label for label, _ in synthetic_digits(50, 3)]
    assert labels != sorted(labels)
    assert labels != [index % 10 for index in range(50)]


def test_same_seed_gives_same_drawings() -> None:
    first, second = synthetic_digits(60, 5), synthetic_digits(60, 5)
    for (label, tracks), (again, others) in zip(first, second, strict=True):
        assert label == again
        assert len(tracks) == len(others)
        assert all(map(np.array_equal, tracks, others))


def test_other_seed_gives_other_drawings() -> None:
    first, second = synthetic_digits(30, 5), synthetic_digits(30, 6)
    assert not any(np.array_equal(a[0], b[0]) for (_, a), (_, b) in zip(first, second, strict=True))


def test_tracks_are_finite_points_about_one_high() -> None:
    for _, tracks in synthetic_digits(500, 1):
        assert tracks
        for track in tracks:
            assert track.dtype == np.float64
            assert track.ndim == 2
            assert track.shape[1] == 2
            assert len(track) >= 2
        points = np.concatenate(tracks)
        assert np.isfinite(points).all()
        assert 0.4 < (points.max(axis=0) - points.min(axis=0)).max() < 2.5


def test_every_digit_leaves_ink_on_the_digit_image() -> None:
    for _, tracks in synthetic_digits(100, 2):
        image = rasterize_tracks(tracks)
        assert image.max() == 1.0
        assert 20 < image.sum() < 300


def test_no_two_drawings_are_equal() -> None:
    drawings = [tracks for _, tracks in synthetic_digits(300, 8)]
    assert len({drawing[0].tobytes() for drawing in drawings}) == 300


def test_every_digit_has_many_styles() -> None:
    styles = Counter(each.name for each in DIGIT_TEMPLATES)
    assert set(styles) == set("0123456789")
    assert min(styles.values()) >= 9


def test_styles_have_names_of_their_own() -> None:
    names = Counter((each.name, each.style) for each in DIGIT_TEMPLATES)
    assert max(names.values()) == 1


@pytest.mark.parametrize("style", DIGIT_TEMPLATES, ids=lambda t: f"{t.name} {t.style}")
def test_template_can_be_written_by_any_hand(style: Template) -> None:
    rng = np.random.default_rng(0)
    drawings = write(style, random_hands(20, rng), np.arange(20), rng)
    assert len(drawings) == 20
    assert all(len(tracks) >= len(style.strokes) for tracks in drawings)


def test_hands_differ_in_speed() -> None:
    sizes = [len(track) for _, tracks in synthetic_digits(200, 4) for track in tracks]
    assert min(sizes) < 12
    assert max(sizes) > 100


def test_no_digits_is_an_empty_list() -> None:
    assert synthetic_digits(0, 1) == []


@pytest.mark.parametrize(("count", "seed"), [(-1, 0), (5, -1)])
def test_negative_request_is_refused(count: int, seed: int) -> None:
    with pytest.raises(ValueError, match="must be 0 or more"):
        synthetic_digits(count, seed)


def test_writing_is_quick() -> None:
    synthetic_digits(100, 0)  # works out the curves of the templates
    start = time.process_time()
    synthetic_digits(5000, 1)
    # 30 µs each where this was measured; the bound leaves room for slow machines.
    assert time.process_time() - start < 5000 * 300e-6


def test_ink_keeps_strokes_and_gives_times() -> None:
    _, tracks = synthetic_digits(1, 0)[0]
    ink = tracks_to_ink(tracks, height=100.0, interval_ms=8.0)
    assert [len(stroke.samples) for stroke in ink.strokes] == [len(track) for track in tracks]
    times = [sample.time_ms for stroke in ink.strokes for sample in stroke.samples]
    assert times == sorted(times)
    assert times[1] - times[0] == 8.0
    np.testing.assert_allclose(ink.strokes[0].points(), tracks[0] * 100)


def test_characters_are_written_in_the_order_asked_for() -> None:
    styles = (template("bar", "plain", "0,0 100,0"), template("stem", "plain", "0,0 0,100"))
    rng = np.random.default_rng(2)
    drawings = write_characters(["bar", "stem"], np.array([1, 0, 1]), styles, rng)
    upright = [float(np.abs(np.diff(d[0][[0, -1]], axis=0)[0]).argmax()) for d in drawings]
    assert upright == [1, 0, 1]


def test_template_reads_corners_lead_and_tail() -> None:
    stroke = template("x", "test", "0,0 < 10,0 20,50! 30,0 > 40,0").strokes[0]
    assert stroke.points.tolist() == [[0, 0], [0.1, 0], [0.2, 0.5], [0.3, 0], [0.4, 0]]
    assert stroke.corners.tolist() == [False, False, True, False, False]
    assert (stroke.lead, stroke.tail) == (1, 3)


@pytest.mark.parametrize("drawing", ["", "0,0", "0,0 / 1,1", "0 1", "0,0 10,0 < > 20,0"])
def test_template_that_breaks_the_rules_is_refused(drawing: str) -> None:
    with pytest.raises(ValueError, match=r"template x \(test\)"):
        template("x", "test", drawing)


def test_curve_goes_through_its_ends_and_corners() -> None:
    points = np.array([[0.0, 0.0], [0.5, 1.0], [1.0, 0.0]])
    basis = stroke_basis(points, np.array([False, True, False]), 0, 2)
    curve = basis.sharp @ points
    np.testing.assert_allclose(curve[[0, -1]], points[[0, -1]], atol=1e-12)
    assert np.hypot(*(curve - points[1]).T).min() < 0.03


def test_curve_keeps_a_straight_line_straight() -> None:
    points = np.array([[0.0, 0.0], [0.2, 0.2], [1.0, 1.0]])
    basis = stroke_basis(points, np.zeros(3, bool), 0, 2)
    for matrix in (basis.sharp, basis.rounded, basis.straight):
        curve = matrix @ points
        np.testing.assert_allclose(curve[:, 0], curve[:, 1], atol=1e-12)


def test_rounded_curve_cuts_the_corner() -> None:
    points = np.array([[0.0, 0.0], [0.5, 1.0], [1.0, 0.0]])
    basis = stroke_basis(points, np.array([False, True, False]), 0, 2)
    assert (basis.rounded @ points)[:, 1].max() < (basis.sharp @ points)[:, 1].max() - 0.03


def test_contact_sheet_has_a_cell_for_each_drawing() -> None:
    sheet = contact_sheet([tracks for _, tracks in synthetic_digits(7, 1)], columns=3)
    assert sheet.size == (3 * CELL, 3 * CELL)
    cells = np.asarray(sheet).reshape(3, CELL, 3, CELL).min(axis=(1, 3)).ravel()
    assert (cells[:7] < 60).all()
    assert (cells[7:] == 255).all()


def test_contact_sheet_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="needs drawings"):
        contact_sheet([])
