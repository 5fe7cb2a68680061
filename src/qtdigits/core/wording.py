"""What a prediction is called on the screen: the same words in the window and in the history."""

from __future__ import annotations

from typing import Final

from qtdigits.core.prediction import Prediction, Verdict
from qtdigits.core.reading import Reading

_QUITE_SURE: Final = 0.98
_ORDINALS: Final = ("first", "second", "third", "next")


def percentage(probability: float) -> str:
    """A probability (0..1) for people, such as '99.6 %'.

    It never reads '100 %': a network that is certain of everything is not to be trusted.
    """
    return f"{min(probability * 100, 99.9):.1f}\u202f%"


def plain_percentage(probability: float) -> str:
    """The same for a terminal, which may lack the narrow space: with a plain one."""
    return percentage(probability).replace("\u202f", " ")


def verdict_words(prediction: Prediction) -> str:
    """The verdict as a person would say it."""
    match prediction.verdict:
        case Verdict.DIGIT:
            return "Quite sure" if prediction.confidence >= _QUITE_SURE else "Fairly sure"
        case Verdict.UNSURE:
            return f"{alternatives(prediction)}?"
        case Verdict.NOT_A_DIGIT:
            return "Not a digit, I think"
        case Verdict.EMPTY:
            return "Write a digit"
        case Verdict.UNREAD:
            return "Not read yet"


def confidence_words(prediction: Prediction) -> str:
    """How sure the answer is, in one line; '' for an empty drawing."""
    match prediction.verdict:
        case Verdict.DIGIT:
            return f"{percentage(prediction.confidence)} · next best {prediction.next_best}"
        case Verdict.UNSURE:
            return " · ".join(
                f"{digit}: {percentage(prediction.probabilities[digit])}"
                for digit in _likely(prediction)
            )
        case Verdict.NOT_A_DIGIT:
            return f"It comes closest to {prediction.digit}."
        case Verdict.EMPTY | Verdict.UNREAD:
            return ""


def short_answer(prediction: Prediction) -> tuple[str, str]:
    """Answer and confidence for a small place: ('7', '99.6 %'), ('?', '4 or 9'), ('–', …)."""
    match prediction.verdict:
        case Verdict.DIGIT:
            return str(prediction.digit), percentage(prediction.confidence)
        case Verdict.UNSURE:
            return "?", alternatives(prediction)
        case Verdict.NOT_A_DIGIT:
            return "–", "no digit"
        case Verdict.EMPTY:
            return "–", "empty"
        case Verdict.UNREAD:
            return "–", "not read"


def box_words(prediction: Prediction) -> tuple[str, ...]:
    """What a box over a digit says, the longest first, such as ('4? · 62\u202f%', '4?').

    The percentage is rounded down, so that it never reads '100 %'.
    """
    share = f"{min(int(prediction.confidence * 100), 99)}\u202f%"
    match prediction.verdict:
        case Verdict.DIGIT:
            return f"{prediction.digit} · {share}", f"{prediction.digit}"
        case Verdict.UNSURE:
            return f"{prediction.digit}? · {share}", f"{prediction.digit}?"
        case Verdict.NOT_A_DIGIT | Verdict.EMPTY | Verdict.UNREAD:
            return "no digit", "–"


def number_verdict_words(reading: Reading) -> str:
    """The verdict on several digits as a person would say it."""
    doubtful = [
        at for at, digit in enumerate(reading) if digit.prediction.verdict is Verdict.UNSURE
    ]
    strange = sum(digit.prediction.verdict is Verdict.NOT_A_DIGIT for digit in reading)
    if strange == len(reading):
        return "No digits, I think"
    if len(doubtful) + strange > 1:
        return f"{len(doubtful) + strange} of {len(reading)} are unsure"
    if strange:
        return "One is not a digit, I think"
    if doubtful:
        return _doubt(reading, doubtful[0])
    return "Quite sure" if reading.confidence >= _QUITE_SURE else "Fairly sure"


def _doubt(reading: Reading, at: int) -> str:
    """'The 4 may be a 9', saying which where there are several."""
    first, second = _likely(reading.digits[at].prediction)
    same = [
        place
        for place, digit in enumerate(reading)
        if digit.prediction.text == reading.digits[at].prediction.text
    ]
    which = ""
    if len(same) > 1:
        place = same.index(at)
        which = "last " if place == len(same) - 1 else f"{_ORDINALS[min(place, 3)]} "
    article = "an" if second == 8 else "a"
    return f"The {which}{first} may be {article} {second}"


def alternatives(prediction: Prediction) -> str:
    """The two digits to choose between, best first, such as '4 or 9'."""
    return " or ".join(str(digit) for digit in _likely(prediction))


def _likely(prediction: Prediction) -> tuple[int, int]:
    """Two digits also where the candidates are more (or none: nothing stood out)."""
    if len(prediction.candidates) >= 2:
        return prediction.candidates[0], prediction.candidates[1]
    return prediction.digit, prediction.next_best


def counted_drawings(count: int) -> str:
    """'1 drawing', '2 drawings'."""
    return "1 drawing" if count == 1 else f"{count:,} drawings"


def as_sentence(text: str) -> str:
    """What an error says, with a capital at its begin and a full stop at its end."""
    return f"{text[:1].upper()}{text[1:].rstrip('.')}."
