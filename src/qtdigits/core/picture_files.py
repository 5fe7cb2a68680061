"""Opening picture files: a few well-known formats, and nothing that could exhaust the machine."""

from __future__ import annotations

import logging
import warnings
from io import BufferedReader
from pathlib import Path
from typing import Final

import numpy as np
from PIL import Image, ImageOps, UnidentifiedImageError

from qtdigits.core.data_files.regular import brief_error, file_size, open_regular, shown
from qtdigits.core.picture_ink import Grey

FORMATS: Final = ("PNG", "JPEG", "BMP", "GIF", "WEBP", "TIFF")
_PIXEL_LIMIT: Final = 64_000_000
_FILE_LIMIT: Final = 300 << 20
_LONGEST_SIDE: Final = 1200
"""Larger pictures are reduced: no digit needs more."""

# What Pillow logs about damaged files would land on standard error; the sentence says enough.
logging.getLogger("PIL").addHandler(logging.NullHandler())


def read_grey(path: Path) -> Grey:
    """Read a picture as grey levels, shape (height, width), 0 for black to 1 for white.

    Turned upright as its EXIF data say; what is transparent lies on white; the first frame of an
    animation; at most about 1200 pixels a side. Raises ValueError with a sentence.
    """
    with open_regular(path) as file:
        if file_size(file) > _FILE_LIMIT:
            raise ValueError(f"{shown(path)} is too large for a picture of a digit; cut it out")
        try:
            with warnings.catch_warnings():
                # Pillow warns of doubtful metadata, which say nothing about the digit.
                warnings.simplefilter("ignore")
                return _read(path, file)
        except _RefusedError as error:
            raise ValueError(str(error)) from None
        except Exception as error:  # decoders of damaged files raise whatever they trip over
            raise ValueError(
                f"{shown(path)} is not a picture that can be read "
                f"({_reason(error)}); give a PNG, JPEG, BMP, GIF, WebP or TIFF file"
            ) from None


class _RefusedError(Exception):
    """A sentence about a picture that could be read but is not wanted."""


def _reason(error: Exception) -> str:
    if isinstance(error, UnidentifiedImageError):
        return "unknown format"
    return brief_error(error)


def _read(path: Path, file: BufferedReader) -> Grey:
    with Image.open(file, formats=FORMATS) as picture:
        width, height = picture.size
        if width * height > _PIXEL_LIMIT:
            raise _RefusedError(
                f"{shown(path)} has {width:,} × {height:,} pixels, more than "
                f"{_PIXEL_LIMIT // 1_000_000} million; make it smaller or cut the digit out"
            )
        picture.draft("RGB", (_LONGEST_SIDE, _LONGEST_SIDE))
        upright = ImageOps.exif_transpose(picture)
        factor = max(1, max(upright.size) // _LONGEST_SIDE)
        return grey_of(upright, factor)


def grey_of(picture: Image.Image, factor: int = 1) -> Grey:
    """The grey levels of a Pillow image of any mode, reduced by a whole factor.

    Transparent parts lie on white, or on black if on white nothing would be left to see.
    """
    if picture.mode in ("I", "F") or picture.mode.startswith("I;16"):
        return _levels(_deep_levels(picture, factor))
    if picture.mode in ("LA", "PA", "RGBA", "La", "RGBa") or "transparency" in picture.info:
        solid = _reduced(picture.convert("RGBA"), factor)
        on_white = _on(solid, "white")
        low, high = on_white.getextrema()
        return _levels(_on(solid, "black") if low == high else on_white)
    return _levels(_reduced(picture.convert("RGB").convert("L"), factor))


def _on(picture: Image.Image, colour: str) -> Image.Image:
    return Image.alpha_composite(Image.new("RGBA", picture.size, colour), picture).convert("L")


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
