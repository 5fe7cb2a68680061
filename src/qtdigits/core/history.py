"""One drawing of the past, with the answer that it got."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from qtdigits.core.ink import Ink
from qtdigits.core.prediction import Prediction


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """A drawing, its latest prediction and when it was begun. id stays when the drawing grows."""

    id: int
    ink: Ink
    prediction: Prediction
    created: datetime
