"""What is said of the digits on the paper: as tips, and to those who do not see them."""

from __future__ import annotations

from qtdigits.core.request import Result
from qtdigits.core.wording import verdict_words


def described(result: Result) -> str:
    """The answer, and which digit of it is looked at."""
    if len(result.reading) < 2:
        return f"Read: {result.reading.text or 'no digit'}"
    place = f"digit {result.looked_at + 1} of {len(result.reading)}"
    prediction = result.prediction
    return (
        f"Read: {result.reading.text}. Looking at {place}: "
        f"{prediction.text or 'no digit'}, {verdict_words(prediction)}"
    )


def box_tip(result: Result, at: int, label: int | None) -> str:
    """The tip of a digit's box; label: what the person says that it is."""
    if label is not None:
        words = f"{label}, as you said"
    else:
        prediction = result.reading.digits[at].prediction
        words = f"{prediction.text or '–'}: {verdict_words(prediction)}"
    return f"{words}\nClick to look at it"
