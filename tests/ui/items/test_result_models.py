"""The item models of the result page and of the watched drawings."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QAbstractItemModel, Qt
from pytestqt.qtbot import QtBot

from qtdigits.core.history import HistoryEntry
from qtdigits.core.training import WatchedAnswer
from qtdigits.core.training_figures import ReadImage
from qtdigits.ui.items.confusion_model import ConfusionModel, ConfusionRole, cell_words
from qtdigits.ui.items.examples_model import ExampleRole, ExamplesModel
from qtdigits.ui.items.watched_model import WatchedModel, WatchedRole

Watch = Callable[[QAbstractItemModel], QAbstractItemModel]
MakeEntry = Callable[..., HistoryEntry]
COUNTS = tuple(tuple(90 if row == column else row for column in range(10)) for row in range(10))


def test_confusion_tells_counts_and_shares(model_tester: Watch) -> None:
    model = ConfusionModel()
    model_tester(model)
    model.set_counts(COUNTS)
    cell = model.index(4, 9)
    assert cell.data() == "4"
    assert cell.data(ConfusionRole.COUNT) == 4
    assert cell.data(ConfusionRole.SHARE) == pytest.approx(4 / (90 + 9 * 4))
    assert cell.data(Qt.ItemDataRole.ToolTipRole) == "A 4 was read as 9: 4 times"
    assert model.index(0, 1).data() == ""
    assert model.headerData(3, Qt.Orientation.Vertical) == "3"


def test_confusion_changes_only_its_values(model_tester: Watch, qtbot: QtBot) -> None:
    model = ConfusionModel()
    model_tester(model)
    with qtbot.assertNotEmitted(model.modelReset), qtbot.waitSignal(model.dataChanged):
        model.set_counts(COUNTS)


def test_matrix_of_another_size_is_refused() -> None:
    with pytest.raises(ValueError, match="ten rows of ten"):
        ConfusionModel().set_counts(((1, 2), (3, 4)))


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ((8, 3, 1), "An 8 was read as 3: once"),
        ((5, 5, 1200), "A 5 was read right: 1,200 times"),
        ((1, 7, 0), "A 1 was read as 7: never"),
    ],
)
def test_cell_is_a_sentence(cell: tuple[int, int, int], words: str) -> None:
    assert cell_words(*cell) == words


def test_examples_tell_label_and_answer(model_tester: Watch) -> None:
    model = ExamplesModel()
    model_tester(model)
    wrong, right = (ReadImage(4, answer, 0.9, bytes(784)) for answer in (9, 4))
    model.set_examples([wrong, right])
    assert [model.index(row).data() for row in range(2)] == ["4 → 9", "4"]
    assert model.index(0).data(ExampleRole.EXAMPLE) is wrong
    assert "read as 9" in model.index(0).data(Qt.ItemDataRole.ToolTipRole)
    model.set_examples([])
    assert model.rowCount() == 0


def test_watched_drawings_get_their_answers(model_tester: Watch, make_entry: MakeEntry) -> None:
    model = WatchedModel()
    model_tester(model)
    model.set_entries([make_entry(1, 7), make_entry(2, 3)])
    assert model.index(0).data() == "not read yet"
    model.set_answers([WatchedAnswer(7, 0.99), WatchedAnswer(5, 0.4)])
    assert [model.index(row).data() for row in range(2)] == ["7", "5"]
    said = model.index(1).data(Qt.ItemDataRole.ToolTipRole)
    assert "current network reads 3" in said
    assert "new one 5" in said
    assert model.index(1).data(WatchedRole.ANSWER) == WatchedAnswer(5, 0.4)


def test_answers_to_other_drawings_are_left_alone(
    model_tester: Watch, make_entry: MakeEntry
) -> None:
    model = WatchedModel()
    model_tester(model)
    model.set_entries([make_entry(1, 7)])
    model.set_answers([WatchedAnswer(1, 0.5), WatchedAnswer(2, 0.5)])
    assert model.index(0).data(WatchedRole.ANSWER) is None
