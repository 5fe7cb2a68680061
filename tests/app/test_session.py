"""The session: whose answer counts, and which drawing is which. No network, no widgets."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from qtdigits.core.history import HistoryEntry
from qtdigits.core.ink import Ink, PenSample, Stroke
from qtdigits.core.prediction import Prediction, Request, Result, Verdict
from qtdigits.core.raster import rasterize
from qtdigits.session import Session


def ink(*strokes: str) -> Ink:
    """Ink with a stroke for each text: equal texts, equal strokes; each letter is a sample."""
    return Ink(tuple(_stroke(text) for text in strokes))


def _stroke(text: str) -> Stroke:
    return Stroke(tuple(PenSample(float(ord(c)), float(i)) for i, c in enumerate(text)))


def reading(digit: int) -> Prediction:
    chances = tuple(0.91 if d == digit else 0.01 for d in range(10))
    return Prediction(chances, Verdict.DIGIT, (digit,))


class Listener(QObject):
    """A session, and everything that it says, in order."""

    def __init__(self) -> None:
        super().__init__()
        self.session = Session(self)
        self.log: list[str] = []
        self.requests: list[Request] = []
        self.results: list[Result] = []
        self.entries: list[HistoryEntry] = []
        self.session.asked.connect(self._on_asked)
        self.session.awaiting.connect(lambda: self.log.append("awaiting"))
        self.session.answered.connect(self._on_answered)
        self.session.emptied.connect(lambda: self.log.append("emptied"))
        self.session.settled.connect(self._on_settled)

    def write(self, *strokes: str) -> Request:
        """Show ink on the canvas; returns the request that it made."""
        self.session.on_ink_changed(ink(*strokes))
        return self.requests[-1]

    def answer(self, request: Request, digit: int = 3) -> None:
        self.session.on_predicted(Result(request.id, rasterize(request.ink), reading(digit)))

    def settle(self, *strokes: str, digit: int = 3) -> HistoryEntry:
        """Write, answer and let rest; returns the entry for the history."""
        self.answer(self.write(*strokes), digit)
        self.session.settle()
        return self.entries[-1]

    def erase_all(self) -> None:
        self.session.on_ink_changed(Ink())

    def _on_asked(self, request: Request) -> None:
        self.log.append("asked")
        self.requests.append(request)

    def _on_answered(self, result: Result) -> None:
        self.log.append("answered")
        self.results.append(result)

    def _on_settled(self, entry: HistoryEntry) -> None:
        self.log.append("settled")
        self.entries.append(entry)


@pytest.fixture
def listener(qapp: object) -> Iterator[Listener]:
    one = Listener()
    yield one
    one.session.settle()  # stops its timer


def test_changed_ink_is_asked_about(listener: Listener) -> None:
    request = listener.write("ab")
    assert request.ink == ink("ab")
    assert listener.log == ["awaiting", "asked"]


def test_ink_that_is_the_same_is_not_asked_about_again(listener: Listener) -> None:
    listener.write("ab")
    listener.write("ab")
    assert len(listener.requests) == 1


def test_requests_have_rising_numbers(listener: Listener) -> None:
    assert listener.write("a").id < listener.write("ab").id < listener.write("ab", "c").id


def test_empty_canvas_asks_nothing(listener: Listener) -> None:
    listener.write("ab")
    listener.erase_all()
    assert listener.log == ["awaiting", "asked", "emptied"]


def test_answer_is_passed_on(listener: Listener) -> None:
    listener.answer(listener.write("ab"), 7)
    assert [result.prediction.digit for result in listener.results] == [7]


def test_answers_follow_while_the_pen_moves(listener: Listener) -> None:
    first = listener.write("a")
    listener.write("ab")
    listener.answer(first, 1)
    assert listener.log == ["awaiting", "asked", "awaiting", "asked", "answered", "awaiting"]


def test_answer_older_than_the_one_shown_is_dropped(listener: Listener) -> None:
    first, second = listener.write("a"), listener.write("ab")
    listener.answer(second, 2)
    listener.answer(first, 1)
    assert [result.prediction.digit for result in listener.results] == [2]


def test_answer_that_comes_twice_is_passed_on_once(listener: Listener) -> None:
    request = listener.write("a")
    listener.answer(request)
    listener.answer(request)
    assert len(listener.results) == 1


def test_late_answer_for_erased_ink_is_dropped(listener: Listener) -> None:
    request = listener.write("ab")
    listener.erase_all()
    listener.answer(request)
    assert not listener.results


def test_late_answer_for_erased_ink_is_not_shown_for_the_next_drawing(listener: Listener) -> None:
    erased = listener.write("ab")
    listener.erase_all()
    listener.write("x")
    listener.answer(erased)
    assert not listener.results


def test_late_answer_is_not_shown_for_a_drawing_from_the_history(listener: Listener) -> None:
    listener.settle("old")
    listener.erase_all()
    late = listener.write("new")
    listener.write("old")
    listener.results.clear()
    listener.answer(late, 9)
    assert not listener.results


def test_answered_drawing_at_rest_settles_by_itself(listener: Listener, qtbot: QtBot) -> None:
    request = listener.write("ab")
    with qtbot.waitSignal(listener.session.settled):
        listener.answer(request, 5)
    (entry,) = listener.entries
    assert (entry.ink, entry.prediction.digit) == (ink("ab"), 5)


def test_drawing_without_its_newest_answer_does_not_settle(listener: Listener) -> None:
    first = listener.write("a")
    listener.write("ab")
    listener.answer(first)
    listener.session.settle()
    assert not listener.entries


def test_settling_twice_passes_an_entry_on_once(listener: Listener) -> None:
    listener.settle("ab")
    listener.session.settle()
    assert len(listener.entries) == 1


def test_clearing_settles_at_once_what_was_answered(listener: Listener) -> None:
    listener.answer(listener.write("ab"))
    listener.erase_all()
    assert [entry.ink for entry in listener.entries] == [ink("ab")]
    assert listener.log.index("settled") < listener.log.index("emptied")


def test_drawing_that_grows_keeps_its_entry(listener: Listener) -> None:
    first, second = listener.settle("a"), listener.settle("a", "b")
    assert first.id == second.id
    assert first.created == second.created


def test_drawing_after_an_empty_canvas_is_another(listener: Listener) -> None:
    first = listener.settle("a")
    listener.erase_all()
    assert listener.settle("b").id != first.id


def test_same_ink_after_an_empty_canvas_is_the_same_drawing(listener: Listener) -> None:
    first = listener.settle("a")
    listener.erase_all()
    again = listener.settle("a")
    assert (again.id, again.created) == (first.id, first.created)


def test_undo_of_clear_brings_back_the_drawing_as_it_was(listener: Listener) -> None:
    first = listener.settle("a", "b")
    listener.erase_all()
    listener.write("a", "b")
    grown = listener.settle("a", "b", "c")
    assert grown.id == first.id


def test_undo_and_redo_within_a_drawing_keep_its_entry(listener: Listener) -> None:
    whole = listener.settle("a", "b")
    assert listener.settle("a").id == whole.id
    assert listener.settle("a", "b").id == whole.id


def test_undo_to_nothing_and_redo_keep_the_entry(listener: Listener) -> None:
    whole = listener.settle("a", "b")
    listener.settle("a")
    listener.erase_all()
    assert listener.settle("a").id == whole.id
    assert listener.settle("a", "b").id == whole.id


def test_quick_undo_to_nothing_and_redo_keep_the_entry(listener: Listener) -> None:
    """Key repeat is quicker than the answers: no step on the way was ever answered."""
    whole = listener.settle("a", "b")
    listener.write("a")
    listener.erase_all()
    listener.write("a")
    assert listener.settle("a", "b").id == whole.id
    assert {entry.id for entry in listener.entries} == {whole.id}


def test_choosing_from_the_history_settles_the_drawing_at_hand(listener: Listener) -> None:
    old = listener.settle("old")
    listener.erase_all()
    listener.answer(listener.write("new"))
    listener.write("old")
    assert [entry.ink for entry in listener.entries] == [ink("old"), ink("new")]
    chosen = listener.settle("old", "more")
    assert (chosen.id, chosen.created) == (old.id, old.created)


def test_undo_of_choosing_returns_to_the_drawing_before(listener: Listener) -> None:
    old = listener.settle("old")
    listener.erase_all()
    new = listener.settle("new")
    listener.write("old")
    back = listener.settle("new")
    assert old.id != new.id == back.id


def test_drawing_ids_are_never_used_twice(listener: Listener) -> None:
    ids = []
    for name in "abcdef":
        ids.append(listener.settle(name).id)
        listener.erase_all()
    assert len(set(ids)) == 6


def test_many_drawings_are_remembered(listener: Listener) -> None:
    first = listener.settle("first")
    for number in range(90):
        listener.erase_all()
        listener.settle(f"x{number}")
    listener.erase_all()
    assert listener.settle("first").id == first.id


def test_another_network_is_asked_about_what_is_written(listener: Listener) -> None:
    old = listener.write("abc")
    listener.answer(old, 3)
    listener.session.ask_again()
    new = listener.requests[-1]
    assert (new.id > old.id, new.ink) == (True, old.ink)
    listener.answer(new, 5)
    assert [result.prediction.digit for result in listener.results] == [3, 5]


def test_late_answer_of_the_network_before_is_dropped(listener: Listener) -> None:
    old = listener.write("abc")
    listener.session.ask_again()
    listener.answer(old)
    assert listener.results == []


def test_another_network_is_not_asked_about_an_empty_canvas(listener: Listener) -> None:
    listener.session.ask_again()
    assert listener.requests == []


def test_label_settles_the_answered_drawing_at_once(listener: Listener) -> None:
    listener.answer(listener.write("a"))
    listener.session.label(8)
    assert [entry.label for entry in listener.entries] == [8]


def test_label_before_the_answer_waits_for_it(listener: Listener) -> None:
    request = listener.write("a")
    listener.session.label(8)
    assert listener.entries == []
    listener.answer(request)
    listener.session.settle()
    assert [entry.label for entry in listener.entries] == [8]


def test_labelled_drawing_without_an_answer_is_kept_unread(listener: Listener) -> None:
    listener.write("a")
    listener.session.label(8)
    listener.erase_all()
    (entry,) = listener.entries
    assert (entry.label, entry.prediction.verdict) == (8, Verdict.UNREAD)
    again = listener.settle("a")
    assert (again.id, again.label, again.prediction.digit) == (entry.id, 8, 3)


def test_agreeing_takes_the_digit_that_was_read(listener: Listener) -> None:
    listener.session.agree()
    request = listener.write("a")
    listener.session.agree()
    listener.answer(request, 6)
    listener.session.agree()
    assert [entry.label for entry in listener.entries] == [6]


def test_label_is_of_the_ink_that_it_was_said_of(listener: Listener) -> None:
    said: list[int | None] = []
    listener.session.labelled.connect(said.append)
    listener.settle("a")
    listener.session.label(8)
    assert listener.settle("a", "b").label is None
    assert listener.settle("a").label is None
    assert said == [8, None]


def test_remembered_drawing_brings_its_label_and_its_first_answer(listener: Listener) -> None:
    old = replace(listener.settle("a", digit=5), id=77, label=5)
    listener.erase_all()
    listener.session.forget_drawings()
    listener.session.remember(old)
    again = listener.settle("a", digit=1)
    assert again == old


def test_drawing_goes_on_under_the_number_of_the_store(listener: Listener) -> None:
    first = listener.settle("a")
    assert first.id < 0
    listener.session.renumber(first.id, 41)
    assert listener.settle("a", "b").id == 41
    listener.erase_all()
    assert listener.settle("a", "b").id == 41


def test_label_given_elsewhere_is_known_here(listener: Listener) -> None:
    said: list[int | None] = []
    listener.session.labelled.connect(said.append)
    entry = listener.settle("a")
    listener.session.update_labels({entry.id: 4, 999: 1})
    assert said == [4]
    listener.erase_all()
    assert listener.settle("a").label == 4


def test_forgotten_drawings_are_not_known_again(listener: Listener) -> None:
    first = listener.settle("a")
    listener.erase_all()
    listener.session.forget_drawings()
    assert listener.settle("a").id != first.id
