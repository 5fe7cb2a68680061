"""How often the program was right on a person's drawings, as far as the person said so."""

from __future__ import annotations

import math
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from qtdigits.core.store.query import ANSWERED, RIGHT


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many were right."""

    right: int = 0
    n: int = 0

    @property
    def value(self) -> float | None:
        """The share, 0..1, or None where there is nothing to share."""
        return self.right / self.n if self.n else None


@dataclass(frozen=True, slots=True)
class DayScore:
    """The drawings begun on one day, local time."""

    day: date
    share: Share


@dataclass(frozen=True, slots=True)
class Score:
    """Only labelled drawings that a network was asked about count, by the answer then given.

    per_digit: by the right digit, 0 to 9. days: those with labelled drawings, the oldest first.
    drawings: how many there are, labelled or not.
    """

    drawings: int = 0
    whole: Share = Share()
    per_digit: tuple[Share, ...] = (Share(),) * 10
    days: tuple[DayScore, ...] = ()


def read_score(connection: sqlite3.Connection, person: int) -> Score:
    """The score of one person; raises sqlite3.Error."""
    counted = "FROM drawing WHERE person = ? AND deleted_ms IS NULL"
    (drawings,) = connection.execute(f"SELECT count(*) {counted}", (person,)).fetchone()
    per_digit = [Share()] * 10
    labelled = f"{counted} AND label IS NOT NULL AND {ANSWERED}"
    for label, right, n in connection.execute(
        f"SELECT label, sum({RIGHT}), count(*) {labelled} GROUP BY label", (person,)
    ):
        per_digit[label] = Share(right, n)
    days = connection.execute(
        f"SELECT date(created_ms / 1000, 'unixepoch', 'localtime') AS day, sum({RIGHT}), count(*) "
        f"{labelled} GROUP BY day ORDER BY day",
        (person,),
    ).fetchall()
    return Score(
        drawings,
        Share(sum(one.right for one in per_digit), sum(one.n for one in per_digit)),
        tuple(per_digit),
        tuple(DayScore(date.fromisoformat(day), Share(right, n)) for day, right, n in days),
    )


def running_shares(days: Sequence[DayScore], memory: float = 100.0) -> tuple[float, ...]:
    """The share right after each day: of all drawings so far, the newest counting most.

    A drawing's weight falls to 1/e while `memory` newer ones come, so that single days with few
    drawings do not make the line jump.
    """
    right = n = 0.0
    shares = []
    for one in days:
        fade = math.exp(-one.share.n / memory)
        right = right * fade + one.share.right
        n = n * fade + one.share.n
        shares.append(right / n)
    return tuple(shares)
