"""Reading files one after another: what they hold is found out, opened and given to a network."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from qtdigits.cli.told import Answer, Told, refusal, told

if TYPE_CHECKING:
    from qtdigits.core.data_files.regular import Content
    from qtdigits.core.model_card import ModelCard
    from qtdigits.core.page.batches import Begun
    from qtdigits.core.reading import Reading
    from qtdigits.core.recognizer import Recognizer

_MOST_PIXELS: Final = 4_000_000
"""So many pixels of opened pictures may wait for the network, and one picture more."""

Named = tuple[int, "Path | ValueError"]
"""A file and its number, or why it cannot be named."""


@dataclass(frozen=True, slots=True, eq=False)
class _Page:
    """A picture whose ink was found; scale and pixels are those of the opened picture."""

    number: int
    file: Path
    work: Begun | Reading
    scale: float
    pixels: int


def read_files(
    files: Iterable[Named], network: Recognizer, as_json: bool
) -> Iterator[tuple[int, Told]]:
    """Read pictures and strokes files; for each of their answers, the file's number and the answer.

    In the order of the files; a strokes file has an answer for each of its drawings. What cannot
    be read is told in its place. The digit images of many pictures go to the network together.
    """
    from qtdigits.core.data_files.regular import Content

    waiting: list[_Page | tuple[int, Told]] = []
    pixels = 0
    for number, file in files:
        try:
            if isinstance(file, ValueError):
                raise file
            if check_readable(file) is Content.STROKES:
                yield from _read_waiting(waiting, network, as_json)
                waiting, pixels = [], 0
                yield from _read_drawings(number, file, network, as_json)
                continue
            page = _opened(number, file, network.card)
        except ValueError as error:
            waiting.append((number, refusal(error)))
            continue
        waiting.append(page)
        pixels += page.pixels
        if pixels >= _MOST_PIXELS:
            yield from _read_waiting(waiting, network, as_json)
            waiting, pixels = [], 0
    yield from _read_waiting(waiting, network, as_json)


def check_readable(file: Path) -> Content:
    """What a file holds, if it is something to read; raises ValueError with a sentence."""
    from qtdigits.core.data_files.regular import Content, content_of, shown

    content = content_of(file)
    match content:
        case Content.NPZ | Content.IDX:
            raise ValueError(f"{shown(file)} is a data set; read it with qtdigits evaluate")
        case Content.OTHER:
            raise ValueError(
                f"{shown(file)} is neither a picture nor a strokes file; "
                "give a PNG, JPEG, BMP, GIF, WebP, TIFF or .jsonl file"
            )
    return content


def _opened(number: int, file: Path, card: ModelCard) -> _Page:
    from qtdigits.core.page.batches import begin
    from qtdigits.core.page.reader import reading_steps
    from qtdigits.core.picture_files import read_upright

    picture = read_upright(file)
    begun = begin(reading_steps(picture.grey, card))
    return _Page(number, file, begun, picture.scale, picture.grey.size)


def _read_waiting(
    waiting: list[_Page | tuple[int, Told]], network: Recognizer, as_json: bool
) -> Iterator[tuple[int, Told]]:
    from qtdigits.core.page.batches import finish

    readings = iter(finish([one.work for one in waiting if isinstance(one, _Page)], network))
    for one in waiting:
        if isinstance(one, _Page):
            yield one.number, told(Answer(one.file, None, next(readings), one.scale), as_json)
        else:
            yield one


def _read_drawings(
    number: int, file: Path, network: Recognizer, as_json: bool
) -> Iterator[tuple[int, Told]]:
    from qtdigits.core.data_files.strokes import read_drawings
    from qtdigits.core.segment import read_ink

    try:
        for drawing in read_drawings(file):
            reading = read_ink(drawing.ink, network)
            yield number, told(Answer(file, drawing.line, reading, 1.0), as_json)
    except ValueError as error:
        yield number, refusal(error)
