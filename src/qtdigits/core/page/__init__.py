"""Pictures to numbers: the ink of a page, its lines, the digits in them and what they read."""

from __future__ import annotations

from collections.abc import Sequence

from qtdigits.core.page.batches import begin, finish
from qtdigits.core.page.reader import reading_steps
from qtdigits.core.picture_ink import Grey
from qtdigits.core.reading import Reading
from qtdigits.core.recognizer import Recognizer


def read_picture(grey: Grey, recognizer: Recognizer) -> Reading:
    """Read the numbers in a picture: a photograph, a scan, a screenshot, or a single digit image.

    grey: float32 of shape (height, width), 0 for black to 1 for white, ink of either polarity. The
    bounds of the digits are pixels of `grey`. Returns an empty reading where no digits are found,
    and where what is found is mostly something else, such as a text.
    """
    return read_pictures([grey], recognizer)[0]


def read_pictures(greys: Sequence[Grey], recognizer: Recognizer) -> list[Reading]:
    """Read several pictures as read_picture does, their digit images in batches together."""
    begun = [begin(reading_steps(grey, recognizer.card)) for grey in greys]
    return finish(begun, recognizer)
