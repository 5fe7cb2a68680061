"""What the thread of the pictures is asked to do; each job is given the reader that it owns."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from PySide6.QtGui import QImage

from qtdigits.core.atomic_file import replace_file
from qtdigits.core.data_files.regular import shown
from qtdigits.core.ink import Bounds
from qtdigits.core.picture_reader import PictureReader, Source, thumbnail
from qtdigits.core.picture_sheet import OpenPicture, table
from qtdigits.core.prediction import Prediction
from qtdigits.core.reading import Reading
from qtdigits.ui.workers.picture_thread import as_image

_THUMBNAIL_PX: Final = 88


def read(number: int, source: Source, reader: PictureReader) -> tuple[Reading, QImage]:
    """The digits of a picture, and the picture made small."""
    reading = reader.read(number, source)
    return reading, as_image(thumbnail(reader.picture(number, source), _THUMBNAIL_PX))


def unpack(number: int, source: Source, reader: PictureReader) -> tuple[QImage, QImage]:
    """The picture to be looked at, and the same made small."""
    picture = reader.picture(number, source)
    return as_image(picture.colours), as_image(thumbnail(picture, _THUMBNAIL_PX))


def read_box(number: int, source: Source, bounds: Bounds, reader: PictureReader) -> Prediction:
    """What one box holds."""
    return reader.read_box(number, source, bounds)


def cut_place(number: int, source: Source, bounds: Bounds, reader: PictureReader) -> float:
    """Where a box is best cut in two."""
    return reader.cut_place(number, source, bounds)


def forget(number: int, reader: PictureReader) -> None:
    """The picture is not needed any more."""
    reader.forget(number)


def save_table(place: Path, pictures: Sequence[OpenPicture], _reader: PictureReader) -> str:
    """Write the numbers of pictures; returns a sentence, raises ValueError with another one."""
    try:
        replace_file(place, table(pictures))
    except OSError as error:
        raise ValueError(
            f"{shown(place)} cannot be written ({error.strerror or error}); choose another place"
        ) from None
    return f"{shown(Path(place.name))} is saved."
