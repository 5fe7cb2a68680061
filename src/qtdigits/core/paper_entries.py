"""Which digit on the paper is which history entry, while numbers grow and are divided anew."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from qtdigits.core.history import HistoryEntry
from qtdigits.core.ink import Ink, PenSample
from qtdigits.core.prediction import Prediction, Verdict
from qtdigits.core.verdict import UNREAD

_REMEMBERED: Final = 100
"""So many drawings are known again when undo or the history brings them back."""

_SAME: Final = 0.5
"""Ink of which so much is the same is the same drawing, more or less of it."""

_FIRST_ID: Final = -(1 << 40)
"""Drawings that the store has not numbered yet lie below 0."""


@dataclass(frozen=True, slots=True)
class Settling:
    """What the history is to do: keep these entries, and take those back that are none any more."""

    entries: tuple[HistoryEntry, ...]
    withdrawn: tuple[int, ...]


class PaperEntries:
    """Owns the entries of the digits on the paper, in reading order, and those that were there.

    A digit that grows, shrinks or is cut goes on as the same entry. One that is joined with its
    neighbour is an entry no more; it is again when they are parted.
    """

    def __init__(self, now: Callable[[], datetime] | None = None) -> None:
        self._now = now or (lambda: datetime.now().astimezone())
        self._entries: tuple[HistoryEntry, ...] = ()
        self._settled: dict[int, HistoryEntry] = {}
        self._known: dict[int, HistoryEntry] = {}
        self._last_id = _FIRST_ID

    @property
    def entries(self) -> tuple[HistoryEntry, ...]:
        """Those of the digits that were read last, in reading order."""
        return self._entries

    def read(self, digits: Sequence[tuple[Ink, Prediction]], model: str) -> None:
        """The network read these digits on the paper; `model` is its checksum."""
        taken = self._assigned([ink for ink, _ in digits])
        self._entries = tuple(
            self._entry(known, ink, prediction, model)
            for known, (ink, prediction) in zip(taken, digits, strict=True)
        )

    def keep_unread(self, ink: Ink, label: int) -> None:
        """What the person said of ink must not be lost with an answer that never came."""
        (known,) = self._assigned([ink])
        self._entries = (replace(self._entry(known, ink, UNREAD, ""), label=label),)

    def label(self, at: int, label: int | None) -> None:
        """Say what a digit on the paper is."""
        entries = list(self._entries)
        entries[at] = replace(entries[at], label=label)
        self._entries = tuple(entries)

    def settle(self) -> Settling:
        """What the history has to know by now."""
        on_paper = {entry.id for entry in self._entries}
        samples = frozenset[PenSample]().union(*(_samples(entry.ink) for entry in self._entries))
        gone = [entry for number, entry in self._settled.items() if number not in on_paper]
        # What was erased stays in the history. What belongs to another digit now is no drawing.
        withdrawn = [entry for entry in gone if _share(entry.ink, samples) >= _SAME]
        for entry in withdrawn:
            # Should undo bring it back, it is a new one to the history.
            self._known.pop(entry.id, None)
            self._know(replace(entry, id=self._new_id()))
        self._settled = {entry.id: entry for entry in self._entries}
        for entry in self._entries:
            self._know(entry)
        return Settling(self._entries, tuple(entry.id for entry in withdrawn))

    def turn_page(self, ink: Ink) -> None:
        """Ink comes onto the paper that has nothing to do with what was there.

        Drawings that were there before that, and lie in it, are on the paper again.
        """
        samples = _samples(ink)
        most = _length(ink) / _SAME
        self._entries = ()
        self._settled = {
            number: entry
            for number, entry in self._known.items()
            # The first touch of a pen is too short to hold any of them; counting is quick.
            if _length(entry.ink) <= most and _share(entry.ink, samples) >= _SAME
        }

    def remember(self, entry: HistoryEntry) -> None:
        """A drawing of the history comes onto the paper: it goes on being that drawing."""
        self._know(entry)

    def known(self, ink: Ink) -> HistoryEntry | None:
        """The drawing that is exactly this ink, if it was there before."""
        for entry in (*self._entries, *self._known.values()):
            if entry.ink == ink:
                return entry
        return None

    def renumber(self, former_id: int, entry_id: int) -> None:
        """The store gave a drawing its number."""
        self._change(lambda entry: replace(entry, id=entry_id) if entry.id == former_id else entry)

    def update_labels(self, labels: Mapping[int, int | None]) -> None:
        """Drawings were labelled elsewhere, or lost their labels."""
        self._change(lambda entry: replace(entry, label=labels.get(entry.id, entry.label)))

    def forget(self) -> None:
        """Somebody else draws now."""
        self._entries = ()
        self._settled = {}
        self._known.clear()

    def _assigned(self, inks: Sequence[Ink]) -> list[HistoryEntry | None]:
        """For each digit the drawing that it is, or None for a new one; no drawing twice.

        A drawing that it is exactly comes first, then one on the paper that it shares its ink
        with. Last, redo brings drawings back stroke by stroke, quicker than the network answers.
        """
        taken: list[HistoryEntry | None] = [None] * len(inks)
        used: set[int] = set()

        def take(at: int, entry: HistoryEntry) -> None:
            if taken[at] is None and entry.id not in used:
                taken[at] = entry
                used.add(entry.id)

        known = {**self._known, **self._settled, **{e.id: e for e in self._entries}}
        newest_first = list(reversed(known.values()))
        for at, ink in enumerate(inks):
            for entry in newest_first:
                if entry.ink == ink:
                    take(at, entry)
        here = {**self._settled, **{entry.id: entry for entry in self._entries}}
        pairs = []
        for at, ink in enumerate(inks):
            if taken[at] is None and here:
                samples = _samples(ink)
                for entry in here.values():
                    theirs = _samples(entry.ink)
                    shared = len(samples & theirs)
                    if shared >= _SAME * min(len(samples), len(theirs)):
                        pairs.append((-shared, at, entry))
        for _, at, entry in sorted(pairs, key=lambda pair: pair[:2]):
            take(at, entry)
        for at, ink in enumerate(inks):
            for entry in newest_first:
                if entry.ink.strokes[: len(ink.strokes)] == ink.strokes:
                    take(at, entry)
        return taken

    def _entry(
        self, known: HistoryEntry | None, ink: Ink, prediction: Prediction, model: str
    ) -> HistoryEntry:
        """A digit with its answer: the first one that it got, as long as it is the same."""
        if known is None:
            return HistoryEntry(self._new_id(), ink, prediction, self._now(), model=model)
        if known.ink != ink:
            return replace(known, ink=ink, prediction=prediction, model=model, label=None)
        if known.prediction.verdict is Verdict.UNREAD:
            return replace(known, prediction=prediction, model=model)
        return known

    def _new_id(self) -> int:
        self._last_id += 1
        return self._last_id

    def _know(self, entry: HistoryEntry) -> None:
        self._known.pop(entry.id, None)
        self._known[entry.id] = entry
        while len(self._known) > _REMEMBERED:
            del self._known[next(iter(self._known))]

    def _change(self, change: Callable[[HistoryEntry], HistoryEntry]) -> None:
        self._entries = tuple(change(entry) for entry in self._entries)
        self._settled = {e.id: e for e in map(change, self._settled.values())}
        self._known = {e.id: e for e in map(change, self._known.values())}


def is_same_paper(before: Ink, after: Ink) -> bool:
    """Whether ink is what was there before, with more or less on it; a digit that stays is enough.

    Quick while a pen writes: the first strokes are the same then.
    """
    if before.is_empty or after.is_empty:
        return False
    if before.strokes[0].samples[0] == after.strokes[0].samples[0]:
        return True
    ours, theirs = _samples(before), _samples(after)
    return len(ours & theirs) >= _SAME * min(len(ours), len(theirs))


def _samples(ink: Ink) -> frozenset[PenSample]:
    """What is the same ink also in pieces: no two pen samples have one place and one time."""
    return frozenset(sample for stroke in ink.strokes for sample in stroke.samples)


def _length(ink: Ink) -> int:
    """The number of its pen samples."""
    return sum(len(stroke.samples) for stroke in ink.strokes)


def _share(ink: Ink, samples: frozenset[PenSample]) -> float:
    """How much of the ink lies in these samples, 0..1."""
    own = _samples(ink)
    return len(own & samples) / len(own)
