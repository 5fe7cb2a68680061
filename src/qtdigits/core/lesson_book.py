"""Whose lesson each taught network is, and which network reads for whom.

The book lies beside the networks of the library, as lessons.json. A taught network's own card says
nothing of the person: it may be exported.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Final

from qtdigits.core.atomic_file import replace_file
from qtdigits.core.data_files.regular import open_regular
from qtdigits.core.drafts import Draft
from qtdigits.core.library import SHIPPED, LibraryEntry, ModelLibrary
from qtdigits.core.own_folder import make_own_folder

_VERSION: Final = 1
_LARGEST: Final = 1 << 20
_PARTS: Final = (("lessons", int), ("chosen", str), ("offered", int))
"""Networks to people; people to networks; people to how many drawings they had."""


@dataclass(frozen=True, slots=True)
class LessonEntry:
    """One lesson of a person: its network in the library, and the facts of its card."""

    network: LibraryEntry
    person: int

    @property
    def created(self) -> str:
        """When it was held, ISO 8601."""
        return self.network.card.created if self.network.card is not None else ""

    @property
    def drawings(self) -> int:
        """How many drawings were learnt from."""
        return self._number("drawings")

    @property
    def right_before(self) -> int:
        return self._number("right_before")

    @property
    def right_after(self) -> int:
        return self._number("right_after")

    def _number(self, name: str) -> int:
        value = lesson_facts(self.network).get(name, 0)
        return value if isinstance(value, int) else 0


class LessonBook:
    """Keeps the book. Every call looks at the files anew.

    Methods that change something raise ValueError with a sentence.
    """

    def __init__(self, library: ModelLibrary) -> None:
        self._library = library
        self._file = library.root / "lessons.json"

    def lessons(self, person: int) -> tuple[LessonEntry, ...]:
        """The lessons of a person, the newest first, as far as their networks are there."""
        owners = self._read()["lessons"]
        return tuple(
            LessonEntry(entry, person)
            for entry in self._library.entries()
            if owners.get(entry.id) == person and not entry.problem
        )

    def owner(self, entry_id: str) -> int | None:
        """Whose lesson a network is; None for one that is nobody's."""
        found: int | None = self._read()["lessons"].get(entry_id)
        return found

    def base(self) -> LibraryEntry:
        """The network that a lesson begins with: never one that was taught by anybody.

        Lessons do not pile up: each begins with the same network and has all drawings so far.
        """
        entries = {entry.id: entry for entry in self._library.entries()}
        current = self._library.current()
        before = {
            entry.card.sha256: entry
            for entry in entries.values()
            if entry.card is not None and not entry.problem
        }
        # A chain is followed in case somebody taught a taught network on the command line.
        for _ in range(len(before) + 1):
            origin = lesson_facts(current).get("adapted_from")
            if origin is None:
                return current
            if origin not in before:
                break
            current = before[origin]
        return entries[SHIPPED]

    def keep(self, draft: Draft, name: str, person: int) -> LessonEntry:
        """Take a lesson's network into the library, and read with it for this person."""
        entry = self._library.keep(draft, name)
        book = self._read()
        book["lessons"][entry.id] = person
        self._write(book)
        self.use(entry.id, person)
        return LessonEntry(self._library.entry(entry.id), person)

    def use(self, entry_id: str, person: int) -> LibraryEntry:
        """Read with this network for this person from now on."""
        entry = self._library.use(entry_id)
        self.note_choice(entry_id, person)
        return entry

    def take_back(self, entry_id: str, person: int) -> LibraryEntry:
        """Delete a lesson's network; returns the network that reads from now on.

        If it was the one in use, that is the person's lesson before it, or else the network that
        the lesson began with.
        """
        if self.owner(entry_id) != person:
            raise ValueError("this lesson is not yours to take back")
        was_current = self._library.current().id == entry_id
        base = self.base()
        self._library.delete(entry_id)
        book = self._read()
        book["lessons"].pop(entry_id, None)
        self._write(book)
        if not was_current:
            return self._library.current()
        left = self.lessons(person)
        return self.use(left[0].network.id if left else base.id, person)

    def network_for(self, person: int) -> LibraryEntry:
        """The network that should read for a person who comes to the desk.

        The one they used last; failing that the current one, unless somebody else taught it.
        """
        entries = {entry.id: entry for entry in self._library.entries() if not entry.problem}
        chosen = entries.get(self._read()["chosen"].get(str(person), ""))
        if chosen is not None:
            return chosen
        current = self._library.current()
        return current if self.owner(current.id) in (None, person) else self.base()

    def note_choice(self, entry_id: str, person: int) -> None:
        """Remember that this person chose this network in the library."""
        book = self._read()
        if book["chosen"].get(str(person)) != entry_id:
            book["chosen"][str(person)] = entry_id
            self._write(book)

    def offered(self, person: int) -> int:
        """How many labelled drawings this person had when a lesson was last offered or held."""
        found: int = self._read()["offered"].get(str(person), 0)
        return found

    def note_offer(self, person: int, drawings: int) -> None:
        """A lesson was offered, or held."""
        book = self._read()
        book["offered"][str(person)] = drawings
        self._write(book)

    def forget_person(self, person: int) -> None:
        """Delete the lessons of a person who was deleted."""
        book = self._read()
        there = {entry.id for entry in self._library.entries()}
        for entry_id, whose in book["lessons"].items():
            if whose == person and entry_id in there:
                self._library.delete(entry_id)
        book["lessons"] = {one: whose for one, whose in book["lessons"].items() if whose != person}
        for part in ("chosen", "offered"):
            book[part].pop(str(person), None)
        self._write(book)

    def _read(self) -> dict[str, Any]:
        empty: dict[str, Any] = {"version": _VERSION, **{part: {} for part, _ in _PARTS}}
        try:
            with open_regular(self._file) as file:
                values = json.loads(file.read(_LARGEST))
        except (ValueError, RecursionError):
            return empty
        if not isinstance(values, dict) or values.get("version") != _VERSION:
            return empty
        for part, kind in _PARTS:
            found = values.get(part)
            if isinstance(found, dict):
                empty[part] = {name: one for name, one in found.items() if isinstance(one, kind)}
        return empty

    def _write(self, book: dict[str, Any]) -> None:
        try:
            make_own_folder(self._file.parent)
            replace_file(self._file, (json.dumps(book, indent=1) + "\n").encode())
        except OSError as error:
            raise ValueError(
                f"the list of lessons could not be saved ({error.strerror or error}); "
                "free some space or check the folder’s permissions"
            ) from error


def lesson_facts(entry: LibraryEntry) -> dict[str, Any]:
    """What a network's card says of the lesson that made it; nothing for other networks."""
    found = entry.card.settings.get("lesson") if entry.card is not None else None
    return found if isinstance(found, dict) else {}
