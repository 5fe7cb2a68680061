"""Digits on the paper and their history entries: none twice, none lost, none left over."""

from __future__ import annotations

from qtdigits.core.ink import Ink, PenSample, Stroke
from qtdigits.core.paper_entries import PaperEntries, is_same_paper
from qtdigits.core.prediction import Prediction, Verdict

SEVEN = Prediction((0.01,) * 7 + (0.91, 0.01, 0.01), Verdict.DIGIT, (7,))


def stroke(first: int, count: int = 4) -> Stroke:
    """Samples of these times."""
    return Stroke(tuple(PenSample(float(n), 0.0, float(n)) for n in range(first, first + count)))


def settled(paper: PaperEntries, *inks: Ink) -> list[int]:
    paper.read([(ink, SEVEN) for ink in inks], "model")
    return [entry.id for entry in paper.settle().entries]


def test_cut_that_moves_keeps_both_entries() -> None:
    paper = PaperEntries()
    first = settled(paper, Ink((stroke(0, 10),)), Ink((stroke(10, 10),)))
    assert settled(paper, Ink((stroke(0, 7),)), Ink((stroke(7, 13),))) == first


def test_part_that_is_most_of_a_digit_goes_on_as_it() -> None:
    paper = PaperEntries()
    (whole,) = settled(paper, Ink((stroke(0, 10),)))
    small, large = settled(paper, Ink((stroke(0, 3),)), Ink((stroke(3, 7),)))
    assert (small != whole, large) == (True, whole)


def test_joined_digit_takes_the_entry_of_the_larger_part_and_withdraws_the_other() -> None:
    paper = PaperEntries()
    small, large = settled(paper, Ink((stroke(0, 3),)), Ink((stroke(10, 7),)))
    paper.read([(Ink((stroke(0, 3), stroke(10, 7))), SEVEN)], "model")
    settling = paper.settle()
    assert [entry.id for entry in settling.entries] == [large]
    assert settling.withdrawn == (small,)
    assert paper.settle().withdrawn == ()


def test_labels_go_with_the_ink_they_were_said_of() -> None:
    paper = PaperEntries()
    left, right = Ink((stroke(0),)), Ink((stroke(10),))
    settled(paper, left, right)
    paper.label(0, 3)
    paper.label(1, 4)
    paper.read([(left, SEVEN), (Ink((stroke(10), stroke(20))), SEVEN)], "model")
    assert [entry.label for entry in paper.entries] == [3, None]


def test_paper_is_the_same_while_a_digit_stays() -> None:
    number = Ink((stroke(0), stroke(10)))
    assert is_same_paper(number, Ink((stroke(10),)))
    assert is_same_paper(Ink((stroke(0, 3),)), number)
    assert not is_same_paper(number, Ink((stroke(30),)))
    assert not is_same_paper(number, Ink())
