"""Three ones beside each other are a number, however narrow."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from qtdigits.core.ink import Ink
from qtdigits.core.model_card import ModelCard, read_card
from qtdigits.core.paths import shipped_model
from qtdigits.core.prediction import Prediction
from qtdigits.core.segmenting.columns import columns_of, in_columns
from qtdigits.core.segmenting.memory import ShapeMemory
from qtdigits.core.verdict import interpret


class FewColumns:
    """Is sure of what is at most so wide, in pixels of its image, and refuses all else."""

    def __init__(self, widest: int) -> None:
        self.card: ModelCard = read_card(shipped_model())
        self._widest = widest

    def logits(self, images: NDArray[np.float32]) -> NDArray[np.float32]:
        rows = np.zeros((len(images), 10), np.float32)
        widths = (images > 0.5).any(axis=1).sum(axis=1)
        rows[widths <= self._widest, 1] = 40
        return rows

    def predict(self, images: NDArray[np.float32]) -> list[Prediction]:
        return interpret(self.logits(images), self.card)


def lines(*places: float) -> Ink:
    return Ink.from_json([[[x, 0], [x + 1, 100]] for x in places])


def parts_of(columns: Sequence[Ink]) -> list[int]:
    return [len(column.strokes) for column in columns]


def test_strokes_above_each_other_are_a_column() -> None:
    assert parts_of(columns_of(lines(0, 40, 3, 80))) == [2, 1, 1]


def test_crossing_bar_makes_one_column() -> None:
    bar = Ink.from_json([[[0, 50], [80, 50]]])
    assert parts_of(columns_of(Ink((*lines(0, 40, 80).strokes, *bar.strokes)))) == [4]


@pytest.mark.parametrize(
    ("places", "widest", "found"),
    [
        ((0, 25, 50), 6, 3),
        ((0, 25), 6, 1),  # two may be the strokes of a letter
        ((0, 25, 50), 28, 1),  # the whole is read
        ((0, 25, 50), 0, 1),  # no column is
    ],
)
def test_refused_ink_is_divided_where_each_column_is_a_digit(
    places: Sequence[float], widest: int, found: int
) -> None:
    assert len(in_columns(lines(*places), FewColumns(widest), ShapeMemory())) == found
