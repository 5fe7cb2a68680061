"""Drawings from files into the store: all of a file, or nothing of it."""

from __future__ import annotations

import gzip
import io
import os
import warnings
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final, cast

from PIL import Image, UnidentifiedImageError

from qtdigits.core.data_files.digit_set import NOT_A_DIGIT
from qtdigits.core.data_files.npz import read_array
from qtdigits.core.data_files.regular import (
    Content,
    brief_error,
    content_of,
    open_regular,
    shown,
)
from qtdigits.core.data_files.strokes import Drawing, drawings_in, read_drawings
from qtdigits.core.history import HistoryEntry, Origin
from qtdigits.core.store.store import Store
from qtdigits.core.transfer.kinds import NPZ_NAME, PNG_KEY
from qtdigits.core.transfer.progress import Report, reported
from qtdigits.core.verdict import UNREAD

_PICTURE_LIMIT: Final = 200_000
_TRAIN_INSTEAD: Final = "to learn from pictures alone, choose them in Model, Train a Network"


@dataclass(frozen=True, slots=True)
class Imported:
    """So many drawings came in; duplicates were there already, left_out show no digit or nothing.

    A drawing without a label comes in without one.
    """

    added: int
    duplicates: int
    left_out: int


def import_drawings(
    path: Path, store: Store, person: int, report: Report | None = None
) -> Imported:
    """Add the drawings of a file or folder to those of a person, all or nothing.

    Understood are strokes files, and the archives and folders of pictures that this program
    exported. report hears of each drawing, and may end the import by raising. Raises ValueError
    with a sentence.
    """
    source = _Source(path, report)
    added, duplicates = store.drawings.add(source, person)
    return Imported(added, duplicates, source.left_out)


class _Source:
    """The entries that can be stored; counts those left out."""

    def __init__(self, path: Path, report: Report | None) -> None:
        self._path = path
        self._report = report
        self.left_out = 0

    def __iter__(self) -> Iterator[HistoryEntry]:
        for drawing in reported(drawings_of(self._path), self._report):
            if drawing.ink.is_empty or (drawing.label and drawing.digit == NOT_A_DIGIT):
                self.left_out += 1
                continue
            yield HistoryEntry(
                0,
                drawing.ink,
                UNREAD,
                _created(drawing),
                None if drawing.label is None else drawing.digit,
                origin=Origin.IMPORTED,
            )


def drawings_of(path: Path) -> Iterator[Drawing]:
    """The drawings of a file or folder, one after the other; raises ValueError with a sentence."""
    if os.path.isdir(path):
        return _of_folder(path)
    match content_of(path):
        case Content.STROKES:
            return read_drawings(path)
        case Content.NPZ:
            return _of_archive(path)
    raise ValueError(
        f"{shown(path)} holds no drawings; give a strokes file (.jsonl, .jsonl.gz), "
        "or an archive or folder that qtdigits exported"
    )


def _of_archive(path: Path) -> Iterator[Drawing]:
    try:
        packed = read_array(path, NPZ_NAME)
    except ValueError:
        raise ValueError(f"{shown(path)} holds no strokes; {_TRAIN_INSTEAD}") from None
    if packed.dtype != "uint8" or packed.ndim != 1:
        raise ValueError(f"the strokes in {shown(path)} are damaged; export them again")
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(packed.tobytes())) as file:
            yield from drawings_in(path, cast(io.BufferedIOBase, file))
    except (OSError, EOFError, zlib.error) as error:
        raise ValueError(
            f"the strokes in {shown(path)} are damaged ({brief_error(error)}); export them again"
        ) from None


def _of_folder(folder: Path) -> Iterator[Drawing]:
    try:
        pictures = sorted(folder.glob("[0-9]/*.png"))
    except OSError as error:
        raise ValueError(f"the folder {shown(folder)} cannot be read ({error.strerror})") from None
    if not pictures:
        raise ValueError(
            f"{shown(folder)} holds no pictures by label; give a folder that qtdigits exported"
        )
    if len(pictures) > _PICTURE_LIMIT:
        raise ValueError(f"{shown(folder)} holds more than {_PICTURE_LIMIT:,} pictures; divide it")
    for picture in pictures:
        line = io.BytesIO(_text_of(picture).encode())
        yield from drawings_in(picture, cast(io.BufferedIOBase, line))


def _text_of(picture: Path) -> str:
    """The strokes that an exported picture carries; raises ValueError."""
    with open_regular(picture) as file:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # of the size in pixels, none of which are read
                with Image.open(file, formats=["PNG"]) as image:
                    text = image.info.get(PNG_KEY)
        except UnidentifiedImageError:
            raise ValueError(f"{shown(picture)} is damaged or no PNG file; take it out") from None
        except Exception as error:  # decoders of damaged files raise whatever they trip over
            raise ValueError(
                f"{shown(picture)} is damaged ({brief_error(error)}); take it out"
            ) from None
    if not isinstance(text, str):
        raise ValueError(f"{shown(picture)} is a picture without strokes; {_TRAIN_INSTEAD}")
    return text


def _created(drawing: Drawing) -> datetime:
    """When it was drawn; where nobody knows, now."""
    now = datetime.now().astimezone()
    try:
        created = datetime.fromisoformat(drawing.created).astimezone()
        created.timestamp()
    except (ValueError, OverflowError, OSError):
        return now
    return min(created, now)
