"""Opening picture files: a few well-known formats, and nothing that could exhaust the machine."""

from __future__ import annotations

import io
import logging
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path
from typing import IO, Final, TypeVar

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps, UnidentifiedImageError

from qtdigits.core.data_files.regular import brief_error, file_size, open_regular, shown
from qtdigits.core.picture_ink import Grey

FORMATS: Final = ("PNG", "JPEG", "BMP", "GIF", "WEBP", "TIFF")
_PIXEL_LIMIT: Final = 64_000_000
_FILE_LIMIT: Final = 300 << 20
_LONGEST_SIDE: Final = 1200
"""Larger pictures are reduced: no digit needs more."""

T = TypeVar("T")

# What Pillow logs about damaged files would land on standard error; the sentence says enough.
logging.getLogger("PIL").addHandler(logging.NullHandler())


@dataclass(frozen=True, slots=True, eq=False)
class Picture:
    """A picture to be read and shown: both arrays have its height and width, already reduced.

    grey: as read_grey returns it. colours: uint8 of shape (height, width, 3), red, green and blue.
    """

    grey: Grey
    colours: NDArray[np.uint8]


@dataclass(frozen=True, slots=True, eq=False)
class UprightPicture:
    """A picture as it is read, and how large it was.

    grey: as read_grey returns it. scale: pixels of the whole picture for each pixel of `grey`.
    """

    grey: Grey
    scale: float


@dataclass(frozen=True, slots=True, eq=False)
class _Upright:
    """A picture turned upright, the whole factor to reduce it by, and how wide the file has it."""

    image: Image.Image
    factor: int
    whole_width: int


def read_grey(path: Path) -> Grey:
    """Read a picture as grey levels, shape (height, width), 0 for black to 1 for white.

    Turned upright as its EXIF data say; what is transparent lies on white; the first frame of an
    animation; at most about 1200 pixels a side. Raises ValueError with a sentence.
    """
    with _open_checked(path) as file:
        return _decoded(file, shown(path), lambda upright: grey_of(upright.image, upright.factor))


def read_upright(path: Path) -> UprightPicture:
    """Read a picture as read_grey does, and how much it was reduced."""
    with _open_checked(path) as file:
        return _decoded(file, shown(path), _scaled)


def read_picture_file(path: Path) -> Picture:
    """Read a picture as read_grey does, together with its colours."""
    with _open_checked(path) as file:
        return _decoded(file, shown(path), _picture_of)


def read_picture_bytes(content: bytes, name: str) -> Picture:
    """The same for the bytes of a file; name is what a sentence calls it, such as 'the picture'."""
    _check_size(len(content), name)
    return _decoded(io.BytesIO(content), name, _picture_of)


def picture_of_pixels(pixels: NDArray[np.uint8]) -> Picture:
    """The same for a picture that is unpacked already.

    pixels: shape (height, width, 4), red, green, blue and opacity. Raises ValueError where they are
    too many.
    """
    height, width, _ = pixels.shape
    _check_pixels(width, height, "the picture")
    return _picture_of(_Upright(Image.fromarray(pixels), _reducing(width, height), width))


@contextmanager
def _open_checked(path: Path) -> Iterator[BufferedReader]:
    with open_regular(path) as file:
        _check_size(file_size(file), shown(path))
        yield file


def _check_size(size: int, name: str) -> None:
    if size > _FILE_LIMIT:
        raise ValueError(f"{name} is too large for a picture of digits; cut them out")


def _decoded(file: IO[bytes], name: str, use: Callable[[_Upright], T]) -> T:
    """What `use` makes of the upright picture."""
    try:
        with warnings.catch_warnings():
            # Pillow warns of doubtful metadata, which say nothing about the digits.
            warnings.simplefilter("ignore")
            return use(_upright(file, name))
    except _RefusedError as error:
        raise ValueError(str(error)) from None
    except Image.DecompressionBombError:  # Pillow says so before the size can be asked for
        raise ValueError(
            f"{name} has far more than {_PIXEL_LIMIT // 1_000_000} million pixels; "
            "make it smaller or cut the digits out"
        ) from None
    except Exception as error:  # decoders of damaged files raise whatever they trip over
        raise ValueError(
            f"{name} is not a picture that can be read "
            f"({_reason(error)}); give a PNG, JPEG, BMP, GIF, WebP or TIFF file"
        ) from None


class _RefusedError(ValueError):
    """A sentence about a picture that could be read but is not wanted."""


def _reason(error: Exception) -> str:
    if isinstance(error, UnidentifiedImageError):
        return "unknown format"
    return brief_error(error)


def _upright(file: IO[bytes], name: str) -> _Upright:
    with Image.open(file, formats=FORMATS) as picture:
        _check_pixels(*picture.size, name)
        width, height = picture.size
        picture.draft("RGB", (_LONGEST_SIDE, _LONGEST_SIDE))
        drafted = picture.size
        ImageOps.exif_transpose(picture, in_place=True)
        whole_width = width if picture.size == drafted else height
        return _Upright(picture, _reducing(*picture.size), whole_width)


def _check_pixels(width: int, height: int, name: str) -> None:
    if width * height > _PIXEL_LIMIT:
        raise _RefusedError(
            f"{name} has {width:,} × {height:,} pixels, more than "
            f"{_PIXEL_LIMIT // 1_000_000} million; make it smaller or cut the digits out"
        )


def _reducing(width: int, height: int) -> int:
    """The whole factor by which a picture is reduced."""
    return max(1, max(width, height) // _LONGEST_SIDE)


def _scaled(upright: _Upright) -> UprightPicture:
    grey = grey_of(upright.image, upright.factor)
    return UprightPicture(grey, upright.whole_width / int(grey.shape[1]))


def _picture_of(upright: _Upright) -> Picture:
    if _is_deep(upright.image):
        grey = grey_of(upright.image, upright.factor)
        levels = np.rint(np.clip(grey, 0, 1) * 255).astype(np.uint8)
        return Picture(grey, np.repeat(levels[:, :, None], 3, axis=2))
    small = _on_paper(upright.image, upright.factor)
    return Picture(_levels(small.convert("L")), np.asarray(small, np.uint8))


def grey_of(picture: Image.Image, factor: int = 1) -> Grey:
    """The grey levels of a Pillow image of any mode, reduced by a whole factor.

    Transparent parts lie on white, or on black if on white nothing would be left to see.
    """
    if _is_deep(picture):
        return _levels(_deep_levels(picture, factor))
    if picture.mode == "L" and "transparency" not in picture.info:
        return _levels(_reduced(picture, factor))
    return _levels(_on_paper(picture, factor).convert("L"))


def _is_deep(picture: Image.Image) -> bool:
    return picture.mode in ("I", "F") or picture.mode.startswith("I;16")


def _on_paper(picture: Image.Image, factor: int) -> Image.Image:
    """The picture in mode RGB, reduced, with nothing transparent left."""
    has_alpha = picture.mode in ("LA", "PA", "RGBA", "La", "RGBa")
    if not has_alpha and "transparency" not in picture.info:
        return _reduced(picture if picture.mode == "RGB" else picture.convert("RGB"), factor)
    clear = _reduced(picture.convert("RGBA"), factor)
    on_white = _on(clear, "white")
    low, high = on_white.convert("L").getextrema()
    return _on(clear, "black") if low == high else on_white


def _on(picture: Image.Image, colour: str) -> Image.Image:
    ground = Image.new("RGBA", picture.size, colour)
    return Image.alpha_composite(ground, picture).convert("RGB")


def _deep_levels(picture: Image.Image, factor: int) -> Image.Image:
    """16 and 32 bits or float: the range that is used is spread, for no fixed one is certain."""
    # Not to float at once: Pillow takes that of 16 bits for one of 8.
    whole = picture if picture.mode == "F" else picture.convert("I")
    levels = np.asarray(_reduced(whole, factor), np.float64)
    levels = np.nan_to_num(levels, posinf=0.0, neginf=0.0)
    low, high = levels.min(), levels.max()
    if picture.mode.startswith("I;16"):
        low, high = 0.0, 65535.0
    span = high - low if high > low else 1.0
    return Image.fromarray(((levels - low) / span * 255).astype(np.float32))


def _reduced(picture: Image.Image, factor: int) -> Image.Image:
    """Made smaller before anything else, so that a large picture is in memory once or twice."""
    return picture.reduce(factor) if factor > 1 else picture


def _levels(picture: Image.Image) -> Grey:
    return np.asarray(picture, np.float32) / np.float32(255)
