"""What is known of the pictures that are open, and their numbers as text and as a table."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from qtdigits.core.history import READ
from qtdigits.core.picture_boxes import NO_BOXES, Box, Boxes
from qtdigits.core.prediction import Prediction

_FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r")


class PictureState(StrEnum):
    """How far the reading of a picture is."""

    WAITING = "waiting"
    READING = "reading"
    READ = "read"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class OpenPicture:
    """One picture that is open.

    id: from 1, rising. name: what it is called. place: the whole path of its file, '' where it has
    none. problem: why it cannot be read, or shown any more. answers: what the network said of each
    box, by the box's key; a box without one is about to be read.
    """

    id: int
    name: str
    place: str = ""
    state: PictureState = PictureState.WAITING
    problem: str = ""
    boxes: Boxes = NO_BOXES
    answers: Mapping[int, Prediction] = field(default_factory=dict)

    def digit_in(self, box: Box) -> str:
        """What a box holds: what the person said, or else what was read; '' if no digit."""
        if box.label is not None:
            return str(box.label)
        answer = self.answers.get(box.key)
        return answer.text if answer is not None else ""

    @property
    def text(self) -> str:
        """Its numbers: a space between numbers, a new line between lines; '' if none."""
        return self.boxes.text(self.digit_in)

    @property
    def doubtful(self) -> int:
        """How many of its boxes hold something that is not surely read."""
        unsure = 0
        for box in self.boxes:
            answer = self.answers.get(box.key)
            if box.label is None and answer is not None and len(answer.candidates) != 1:
                unsure += answer.verdict in READ
        return unsure

    @property
    def words(self) -> str:
        """Its numbers in one line, or how far it is, for a list of pictures."""
        match self.state:
            case PictureState.WAITING:
                return "Waiting…"
            case PictureState.READING:
                return "Reading…"
            case PictureState.FAILED:
                return "Cannot be read"
            case PictureState.READ:
                return " · ".join(self.text.splitlines()) or "No digits found"


def texts(pictures: Iterable[OpenPicture]) -> str:
    """The numbers of pictures, one below the other; those without any are left out."""
    return "\n".join(picture.text for picture in pictures if picture.text)


def table(pictures: Iterable[OpenPicture]) -> bytes:
    """A CSV table with a row for each line of writing, in UTF-8 as spreadsheets expect it.

    A picture without digits has one row without numbers. What a spreadsheet would take for a
    formula is made plain text by an apostrophe.
    """
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerow(("picture", "line", "numbers", "remark"))
    for picture in pictures:
        name, lines = plain(picture.place or picture.name), picture.text.splitlines()
        for number, line in enumerate(lines, 1):
            writer.writerow((name, number, line, ""))
        if not lines:
            writer.writerow((name, "", "", plain(picture.problem or picture.words)))
    return stream.getvalue().encode("utf-8-sig")


def plain(text: str) -> str:
    """The text such that no spreadsheet takes it for a formula."""
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text
