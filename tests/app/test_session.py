"""The session: whose answer counts, and which drawing is which. No network, no widgets."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QObject, QTimer
from pytestqt.qtbot import QtBot

from qtdigits.core.arrangement import ArrangedInk, Arrangement
from qtdigits.core.history import HistoryEntry
from qtdigits.core.ink import Ink, PenSample, Stroke
from qtdigits.core.prediction import Prediction, Verdict
from qtdigits.core.raster import rasterize
from qtdigits.core.reading import ReadDigit, Reading
from qtdigits.core.request import Request, Result
from qtdigits.session import Session


def ink(*strokes: str) -> Ink:
    """Ink with a stroke for each text: equal texts, equal strokes; each letter is a sample."""
    return Ink(tuple(_stroke(text) for text in strokes))


def _stroke(text: str) -> Stroke:
    return Stroke(tuple(PenSample(float(ord(c)), float(i)) for i, c in enumerate(text)))


def reading(digit: int) -> Prediction:
    chances = tuple(0.91 if d == digit else 0.01 for d in range(10))
    return Prediction(chances, Verdict.DIGIT, (digit,))


def read_digit(part: Ink, digit: int) -> ReadDigit:
    bounds = part.bounds()
    assert bounds is not None
    return ReadDigit(bounds, rasterize(part), reading(digit), part)


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
        self.session.on_drawing_changed(ArrangedInk(ink(*strokes)))
        return self.requests[-1]

    def answer(self, request: Request, digit: int = 3) -> None:
        self.answer_with(request, (request.ink, digit))

    def answer_with(self, request: Request, *digits: tuple[Ink, int]) -> None:
        """Read a number: each part of the ink as a digit."""
        read = tuple(read_digit(part, digit) for part, digit in digits)
        self.session.on_predicted(Result(request.id, request.ink, Reading(read)))

    def settle(self, *strokes: str, digit: int = 3) -> HistoryEntry:
        """Write, answer and let rest; returns the entry for the history."""
        self.answer(self.write(*strokes), digit)
        self.session.settle()
        return self.entries[-1]

    def erase_all(self) -> None:
        self.session.on_drawing_changed(ArrangedInk())

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


def test_drawing_that_goes_on_is_not_at_rest(listener: Listener) -> None:
    listener.answer(listener.write("a"))
    timer = listener.session.findChild(QTimer)
    assert timer is not None
    assert timer.isActive()
    request = listener.write("a", "b")
    assert not timer.isActive()
    listener.answer(request)
    assert timer.isActive()


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


# Several digits on one paper


def entries_of(listener: Listener, request: Request, *digits: tuple[Ink, int]) -> list[int]:
    """Answer, let rest, and tell the ids of the entries that came of it."""
    before = len(listener.entries)
    listener.answer_with(request, *digits)
    listener.session.settle()
    return [entry.id for entry in listener.entries[before:]]


def test_number_gives_an_entry_for_each_digit(listener: Listener) -> None:
    request = listener.write("ab", "cd")
    ids = entries_of(listener, request, (ink("ab"), 1), (ink("cd"), 0))
    assert len(set(ids)) == 2
    assert [entry.ink for entry in listener.entries] == [ink("ab"), ink("cd")]
    assert [entry.prediction.digit for entry in listener.entries] == [1, 0]


def test_digit_beside_others_leaves_their_entries(listener: Listener) -> None:
    first = listener.settle("ab", digit=1)
    ids = entries_of(listener, listener.write("ab", "cd"), (ink("ab"), 1), (ink("cd"), 0))
    assert ids[0] == first.id != ids[1]
    assert listener.entries[-2] == first


def test_joined_digits_leave_no_ghost_and_come_back(listener: Listener) -> None:
    gone: list[int] = []
    listener.session.withdrawn.connect(gone.extend)
    whole, parts = ink("ab", "cd"), ((ink("ab"), 1), (ink("cd"), 0))
    first, second = entries_of(listener, listener.write("ab", "cd"), *parts)
    arrangement = Arrangement(whole.strokes, (whole,))
    listener.session.on_drawing_changed(ArrangedInk(whole, (arrangement,)))
    (joined,) = entries_of(listener, listener.requests[-1], (whole, 4))
    assert {joined, *gone} == {first, second}
    listener.session.on_drawing_changed(ArrangedInk(whole))
    again = entries_of(listener, listener.requests[-1], *parts)
    assert joined in again
    # What the history was told to forget is a new drawing to it.
    assert gone[0] not in again
    assert len(set(again)) == 2


def test_split_digit_goes_on_as_its_entry_and_a_new_one(listener: Listener) -> None:
    gone: list[int] = []
    listener.session.withdrawn.connect(gone.extend)
    whole = listener.settle("ab", "cd", digit=4)
    parts = (ink("ab"), ink("cd"))
    arrangement = Arrangement(whole.ink.strokes, parts)
    listener.session.on_drawing_changed(ArrangedInk(whole.ink, (arrangement,)))
    ids = entries_of(listener, listener.requests[-1], (parts[0], 1), (parts[1], 0))
    assert whole.id in ids
    assert len(set(ids)) == 2
    assert gone == []


def test_erased_digit_stays_in_the_history(listener: Listener) -> None:
    gone: list[int] = []
    listener.session.withdrawn.connect(gone.extend)
    first, _ = entries_of(listener, listener.write("ab", "cd"), (ink("ab"), 1), (ink("cd"), 0))
    assert entries_of(listener, listener.write("ab"), (ink("ab"), 1)) == [first]
    assert gone == []


def test_undo_of_clear_brings_back_the_digits_as_they_were(listener: Listener) -> None:
    parts = ((ink("ab"), 1), (ink("cd"), 0))
    before = entries_of(listener, listener.write("ab", "cd"), *parts)
    listener.erase_all()
    assert entries_of(listener, listener.write("ab", "cd"), *parts) == before


def test_arrangement_is_asked_about_with_the_same_ink(listener: Listener) -> None:
    whole = ink("ab", "cd")
    listener.write("ab", "cd")
    arrangement = Arrangement(whole.strokes, (whole,))
    listener.session.on_drawing_changed(ArrangedInk(whole, (arrangement,)))
    assert [request.arrangements for request in listener.requests] == [(), (arrangement,)]


def test_opened_drawing_is_one_digit(listener: Listener) -> None:
    old = replace(listener.settle("ab", "cd"), id=5)
    listener.erase_all()
    listener.session.remember(old)
    request = listener.write("ab", "cd")
    assert request.arrangements == (Arrangement(old.ink.strokes, (old.ink,)),)
    assert listener.write("ab", "cd", "ef").arrangements == ()


def test_last_digit_is_looked_at_until_one_is_unsure(listener: Listener) -> None:
    whole = (ink("ab"), ink("cd"))
    listener.answer_with(listener.write("ab", "cd"), (whole[0], 1), (whole[1], 0))
    assert listener.results[-1].looked_at == 1
    doubt = replace(reading(7), verdict=Verdict.UNSURE, candidates=(7, 1))
    digits = (replace(read_digit(whole[0], 7), prediction=doubt), read_digit(whole[1], 0))
    request = listener.write("ab", "cd", "e")
    listener.session.on_predicted(Result(request.id, request.ink, Reading(digits)))
    assert listener.results[-1].looked_at == 0


def test_label_and_current_entry_are_of_the_digit_looked_at(listener: Listener) -> None:
    current: list[int | None] = []
    said: list[int | None] = []
    looked: list[Result] = []
    listener.session.current_changed.connect(current.append)
    listener.session.labelled.connect(said.append)
    listener.session.looked.connect(looked.append)
    ids = entries_of(listener, listener.write("ab", "cd"), (ink("ab"), 1), (ink("cd"), 0))
    listener.session.look_at(0)
    listener.session.label(7)
    assert [result.prediction.digit for result in looked] == [1]
    assert {entry.id: entry.label for entry in listener.entries} == {ids[0]: 7, ids[1]: None}
    assert current[-1] == ids[0]
    listener.session.look_at(1)
    listener.session.look_at(2)
    assert said == [7, None]
    assert current[-1] == ids[1]


def test_agreeing_takes_the_whole_number_but_what_was_corrected(listener: Listener) -> None:
    listener.answer_with(
        listener.write("ab", "cd", "ef"), (ink("ab"), 1), (ink("cd"), 0), (ink("ef"), 4)
    )
    listener.session.label(9)
    listener.session.agree()
    assert [entry.label for entry in listener.entries[-3:]] == [1, 0, 9]


def test_label_said_before_anything_was_read_is_asked_for_again(listener: Listener) -> None:
    unclear: list[int] = []
    listener.session.label_unclear.connect(unclear.append)
    request = listener.write("ab", "cd")
    listener.session.label(8)
    entries_of(listener, request, (ink("ab"), 1), (ink("cd"), 0))
    assert [entry.label for entry in listener.entries] == [None, None]
    assert unclear == [8]
    listener.session.label(8)
    assert [entry.label for entry in listener.entries[-2:]] == [None, 8]


def test_label_taken_back_before_the_answer_is_not_asked_for(listener: Listener) -> None:
    unclear: list[int] = []
    listener.session.label_unclear.connect(unclear.append)
    request = listener.write("ab", "cd")
    listener.session.label(8)
    listener.session.label(None)
    entries_of(listener, request, (ink("ab"), 1), (ink("cd"), 0))
    assert unclear == []


def test_label_said_while_a_number_grows_is_of_the_digit_that_was_looked_at(
    listener: Listener,
) -> None:
    unclear: list[int] = []
    listener.session.label_unclear.connect(unclear.append)
    entries_of(listener, listener.write("ab"), (ink("ab"), 1))
    request = listener.write("ab", "cd")
    listener.session.label(7)
    ids = entries_of(listener, request, (ink("ab"), 1), (ink("cd"), 0))
    labels = {entry.id: entry.label for entry in listener.entries}
    assert [labels[number] for number in ids] == [7, None]
    assert listener.results[-1].looked_at == 0
    assert unclear == []


def test_label_without_an_answer_leaves_a_number_as_it_was_read(listener: Listener) -> None:
    request = listener.write("ab", "cd")
    ids = entries_of(listener, request, (ink("ab"), 1), (ink("cd"), 0))
    gone: list[int] = []
    listener.session.withdrawn.connect(gone.extend)
    listener.write("ab", "cd", "e")
    listener.session.label(8)
    listener.erase_all()
    assert gone == []
    assert {entry.id for entry in listener.entries} == set(ids)
    assert {entry.label for entry in listener.entries} == {None}


def test_look_goes_where_it_is_asked_for_with_the_next_answer(listener: Listener) -> None:
    request = listener.write("ab", "cd")
    entries_of(listener, request, (ink("ab"), 1), (ink("cd"), 0))
    bounds = ink("ab").bounds()
    assert bounds is not None
    listener.session.look_for(bounds)
    whole = Arrangement(ink("ab").strokes, (ink("ab"),))
    listener.session.on_drawing_changed(ArrangedInk(ink("ab", "cd"), (whole,)))
    listener.answer_with(listener.requests[-1], (ink("ab"), 1), (ink("cd"), 0))
    assert [result.looked_at for result in listener.results] == [1, 0]


def test_labels_of_all_digits_are_told_and_go_with_the_paper(listener: Listener) -> None:
    labels: list[tuple[int | None, ...]] = []
    listener.session.labels_changed.connect(labels.append)
    entries_of(listener, listener.write("ab", "cd"), (ink("ab"), 1), (ink("cd"), 0))
    listener.session.look_at(0)
    listener.session.label(7)
    listener.session.label(None)
    listener.erase_all()
    assert labels == [(None, None), (7, None), (None, None), ()]
