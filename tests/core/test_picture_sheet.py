"""Pictures that are open: what a list, the clipboard and a table say of them."""

from __future__ import annotations

import csv
import io

import pytest

from qtdigits.core.ink import Bounds
from qtdigits.core.picture_boxes import Box, Boxes
from qtdigits.core.picture_sheet import OpenPicture, PictureState, plain, table, texts
from qtdigits.core.prediction import Prediction, Verdict


def prediction(digit: int, verdict: Verdict = Verdict.DIGIT) -> Prediction:
    candidates = (digit, 0) if verdict is Verdict.UNSURE else (digit,)
    return Prediction(tuple(float(d == digit) for d in range(10)), verdict, candidates)


def picture(
    *lines: str, number: int = 1, name: str = "a.png", state: PictureState = PictureState.READ
) -> OpenPicture:
    """A picture with these digits in its lines; '?' is something that is not a digit."""
    boxes: list[Box] = []
    answers: dict[int, Prediction] = {}
    for line, text in enumerate(lines):
        for at, sign in enumerate(text):
            key = len(boxes)
            boxes.append(Box(key, Bounds(at, 0, at + 1, 1), line))
            answers[key] = (
                prediction(3, Verdict.NOT_A_DIGIT) if sign == "?" else prediction(int(sign))
            )
    return OpenPicture(number, name, "", state, "", Boxes(tuple(boxes)), answers)


def rows(*pictures: OpenPicture) -> list[list[str]]:
    text = table(pictures).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline="")))


def test_words_are_the_numbers_in_one_line() -> None:
    assert picture("20", "26").words == "20 · 26"
    assert picture("20", "26").text == "20\n26"


def test_words_say_how_far_a_picture_is() -> None:
    assert picture(state=PictureState.WAITING).words == "Waiting…"
    assert picture(state=PictureState.READING).words == "Reading…"
    assert picture("?").words == "No digits found"
    broken = OpenPicture(1, "a.png", state=PictureState.FAILED, problem="It is damaged.")
    assert broken.words == "Cannot be read"
    assert rows(broken)[1][3] == "It is damaged."


def test_what_the_person_said_counts_and_is_not_doubtful() -> None:
    boxes = Boxes((Box(1, Bounds(0, 0, 1, 1)), Box(2, Bounds(2, 0, 3, 1))))
    answers = {1: prediction(4, Verdict.UNSURE), 2: prediction(3, Verdict.NOT_A_DIGIT)}
    before = OpenPicture(1, "a", state=PictureState.READ, boxes=boxes, answers=answers)
    assert (before.text, before.doubtful) == ("4", 1)
    after = OpenPicture(
        1, "a", state=PictureState.READ, boxes=boxes.labelled([1, 2], 9), answers=answers
    )
    assert (after.text, after.doubtful) == ("99", 0)


def test_box_that_is_not_read_yet_holds_nothing() -> None:
    boxes = Boxes((Box(1, Bounds(0, 0, 1, 1)),))
    assert OpenPicture(1, "a", state=PictureState.READ, boxes=boxes).text == ""


def test_texts_leave_out_pictures_without_digits() -> None:
    assert texts([picture("1"), picture("?"), picture("2", "3")]) == "1\n2\n3"


def test_table_has_a_row_for_each_line_and_each_picture_without_one() -> None:
    assert rows(picture("12", "34"), picture(name="b.png")) == [
        ["picture", "line", "numbers", "remark"],
        ["a.png", "1", "12", ""],
        ["a.png", "2", "34", ""],
        ["b.png", "", "", "No digits found"],
    ]


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@sum", "\tx", "\rx"])
def test_table_holds_no_formula(name: str) -> None:
    assert rows(picture("1", name=name))[1][0] == f"'{name}"


@pytest.mark.parametrize("name", ["a=b.png", "7-1.jpg", ""])
def test_ordinary_names_stay_as_they_are(name: str) -> None:
    assert plain(name) == name
