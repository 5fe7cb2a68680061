"""Line charts show their lines where the numbers say."""

from __future__ import annotations

import numpy as np
import pytest

from qtdigits.core.charts import COLOURS, Chart, line_charts, stacked

FLAT = Chart("Shift", "pixels", (0.0, 1.0, 2.0), ((90.0, 90.0, 90.0), (20.0, 20.0, 20.0)))


def rows_of(colour: str, chart: Chart = FLAT) -> list[int]:
    """The rows in which a colour stands, below the legend."""
    picture = np.asarray(line_charts("Title", ("one", "other"), [chart]))
    wanted = [int(colour[at : at + 2], 16) for at in (1, 3, 5)]
    found: list[int] = np.flatnonzero((picture == wanted).all(axis=2).any(axis=1)).tolist()
    return [row for row in found if row > 64]


def test_higher_line_stands_above() -> None:
    assert max(rows_of(COLOURS[0])) < min(rows_of(COLOURS[1]))


def test_first_line_is_drawn_over_the_second() -> None:
    same = Chart("Shift", "pixels", (0.0, 1.0), ((50.0, 50.0), (50.0, 50.0)))
    blue, orange = rows_of(COLOURS[0], same), rows_of(COLOURS[1], same)
    assert len(blue) > len(orange)


def test_charts_stand_in_rows() -> None:
    one = line_charts("Title", ("one", "other"), [FLAT])
    six = line_charts("Title", ("one", "other"), [FLAT] * 6, columns=3)
    assert six.width > 2.5 * one.width
    assert one.height < six.height < 2 * one.height


@pytest.mark.parametrize("lines", [((100.0,),), ((0.0,),), ((99.99,),), ((55.5,),)])
def test_single_value_can_be_drawn(lines: tuple[tuple[float, ...], ...]) -> None:
    assert line_charts("Title", ("one",), [Chart("Shift", "pixels", (0.0,), lines)]).width


def test_pictures_are_stacked() -> None:
    one = line_charts("Title", ("one", "other"), [FLAT])
    assert stacked([one, one]).size == (one.width, 2 * one.height)
    with pytest.raises(ValueError, match="expected a picture"):
        stacked([])


@pytest.mark.parametrize(
    ("names", "charts"), [((), [FLAT]), (("one",), [FLAT]), (("a", "b", "c"), [FLAT]), (("a",), [])]
)
def test_unfit_charts_are_refused(names: tuple[str, ...], charts: list[Chart]) -> None:
    with pytest.raises(ValueError, match="expected"):
        line_charts("Title", names, charts)
