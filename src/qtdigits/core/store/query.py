"""Which drawings are wanted, and in which order: filtered and sorted by the database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final


class Show(StrEnum):
    """A kind of drawing to look for."""

    ALL = "all"
    UNSURE = "unsure"
    WRONG = "wrong"
    RIGHT = "right"
    UNLABELLED = "unlabelled"
    LABELLED = "labelled"
    DELETED = "deleted"


class Order(StrEnum):
    """What comes first."""

    NEWEST = "newest"
    OLDEST = "oldest"
    LEAST_SURE = "least_sure"
    DIGIT = "digit"


@dataclass(frozen=True, slots=True)
class HistoryQuery:
    """person: whose. digit: drawings that show it: labelled so or, without a label, read so.

    since, until: begun in this half-open span of time. limit: at most so many, None for all.
    """

    person: int
    show: Show = Show.ALL
    digit: int | None = None
    since: datetime | None = None
    until: datetime | None = None
    order: Order = Order.NEWEST
    limit: int | None = None

    def sql(self) -> tuple[str, list[int | str]]:
        """What follows SELECT … FROM drawing, with its values."""
        conditions = ["person = ?", "deleted_ms IS " + ("NOT NULL" if self._deleted else "NULL")]
        values: list[int | str] = [self.person]
        if self.show in _CONDITIONS:
            conditions.append(_CONDITIONS[self.show])
        if self.digit is not None:
            conditions.append(f"(label = ? OR label IS NULL AND {_READ} AND digit = ?)")
            values += [self.digit, self.digit]
        if self.since is not None:
            conditions.append("created_ms >= ?")
            values.append(to_ms(self.since))
        if self.until is not None:
            conditions.append("created_ms < ?")
            values.append(to_ms(self.until))
        text = f"WHERE {' AND '.join(conditions)} ORDER BY {_ORDERS[self.order]}"
        if self.limit is not None:
            text += " LIMIT ?"
            values.append(self.limit)
        return text, values

    @property
    def _deleted(self) -> bool:
        return self.show is Show.DELETED


def to_ms(moment: datetime) -> int:
    """A moment as the store has it: milliseconds since 1970 in UTC."""
    return round(moment.timestamp() * 1000)


_READ: Final = "verdict IN ('digit', 'unsure')"
RIGHT: Final = f"({_READ} AND digit = label)"
"""SQL that is true where a label agrees with the answer."""

ANSWERED: Final = "verdict NOT IN ('unread', 'empty')"
"""SQL that is true where a network was asked."""

_CONDITIONS: Final = {
    Show.UNSURE: "verdict = 'unsure'",
    Show.WRONG: f"label IS NOT NULL AND {ANSWERED} AND NOT {RIGHT}",
    Show.RIGHT: f"label IS NOT NULL AND {RIGHT}",
    Show.UNLABELLED: "label IS NULL",
    Show.LABELLED: "label IS NOT NULL",
}
# By number, not by time: a clock may jump back.
_ORDERS: Final = {
    Order.NEWEST: "id DESC",
    Order.OLDEST: "id",
    Order.LEAST_SURE: f"CASE WHEN {_READ} THEN confidence ELSE 0 END, id DESC",
    Order.DIGIT: f"coalesce(label, CASE WHEN {_READ} THEN digit ELSE 10 END), id DESC",
}
