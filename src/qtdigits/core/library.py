"""The model library: the network that ships, and those that a person trained and kept.

Below its folder each network has a folder of its own, named by its id, with network.keras and the
model card network.json. current.json says which one reads. Whatever is written is written beside
its place and moved there, so that a process killed at any moment leaves all networks whole.
"""

from __future__ import annotations

import json
import secrets
import shutil
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from qtdigits.core import paths
from qtdigits.core.atomic_file import move_folder, remove_leftovers, replace_file
from qtdigits.core.data_files.regular import open_regular, shown
from qtdigits.core.drafts import NETWORK_FILE, Draft, Drafts
from qtdigits.core.model_card import ModelCard, card_path, read_card
from qtdigits.core.own_folder import make_own_folder

SHIPPED: Final = "shipped"
LONGEST_NAME: Final = 80
_CHOICE_VERSION: Final = 1
_LARGEST_CHOICE: Final = 4096
_LONGEST_ID: Final = 80
"""The name of a folder; longer ones are no names to some systems, which say so by an error."""


@dataclass(frozen=True, slots=True)
class LibraryEntry:
    """One network. problem says why it cannot be used, '' if it can; card is None if unreadable."""

    id: str
    card: ModelCard | None
    path: Path
    is_shipped: bool
    is_current: bool
    problem: str = ""

    @property
    def name(self) -> str:
        """What it is called."""
        return self.card.name if self.card is not None else self.id


class ModelLibrary:
    """The networks below one folder. Every call looks at the files anew; nothing is kept in mind.

    Methods that change something raise ValueError with a sentence.
    """

    def __init__(self, root: Path | None = None, shipped: Path | None = None) -> None:
        """root: the folder, made when first written to; shipped: the network that ships."""
        self._root = root if root is not None else paths.data_dir() / "models"
        self._shipped = shipped if shipped is not None else paths.shipped_model()
        self._drafts = Drafts(self._root / ".drafts")
        self._trash = self._root / ".trash"

    @property
    def root(self) -> Path:
        """The folder of the library; it may not exist yet."""
        return self._root

    def clean_up(self) -> None:
        """Remove what killed processes left half done; call it once at start."""
        self._drafts.clean_up()
        shutil.rmtree(self._trash, ignore_errors=True)
        with suppress(OSError):
            for folder in (self._root, *self._folders()):
                remove_leftovers(folder)

    def entries(self) -> tuple[LibraryEntry, ...]:
        """The network that ships, then the others, the newest first and damaged ones last."""
        chosen = self._chosen_id()
        own = [self._entry(folder) for folder in self._folders()]
        own.sort(key=lambda entry: entry.card.created if entry.card else "", reverse=True)
        usable = {entry.id for entry in own if not entry.problem}
        current = chosen if chosen in usable else SHIPPED
        return tuple(
            replace(entry, is_current=entry.id == current)
            for entry in (self._shipped_entry(), *own)
        )

    def entry(self, entry_id: str) -> LibraryEntry:
        """The network of this id; raises ValueError."""
        for entry in self.entries():
            if entry.id == entry_id:
                return entry
        raise ValueError(f"the library has no network {entry_id!r}; list them with models list")

    def current(self) -> LibraryEntry:
        """The network that reads: the chosen one, or the one that ships if that cannot be used."""
        return next(entry for entry in self.entries() if entry.is_current)

    def current_problem(self) -> str:
        """Why the chosen network does not read, in a sentence; '' when it does."""
        chosen = self._chosen_id()
        if chosen in ("", SHIPPED):
            return ""
        folder = self._root / chosen
        problem = self._entry(folder).problem if folder.is_dir() else "it is no longer there"
        return problem and f"The network that ships reads instead of the chosen one: {problem}."

    def use(self, entry_id: str) -> LibraryEntry:
        """Choose the network that reads from now on."""
        entry = self.entry(entry_id)
        if entry.problem:
            raise ValueError(f"{entry.problem}; choose another network")
        content = json.dumps({"version": _CHOICE_VERSION, "current": entry.id}) + "\n"
        try:
            make_own_folder(self._root)
            replace_file(self._choice, content.encode())
        except OSError as error:
            raise _failed("the choice could not be saved", error) from error
        return replace(entry, is_current=True)

    def new_draft(self) -> Draft:
        """A folder for a training run to write into."""
        try:
            return self._drafts.create()
        except OSError as error:
            raise _failed(f"no folder could be made in {shown(self._root)}", error) from error

    def keep(self, draft: Draft, name: str) -> LibraryEntry:
        """Take the network of a draft into the library under a name; the draft is used up."""
        name = checked_name(name)
        place = self._root / draft.folder.name
        try:
            card = read_card(draft.network)
            _write_card(draft.network, replace(card, name=name))
            draft.tidy()
            move_folder(draft.folder, place)
        except OSError as error:
            raise _failed("the network could not be kept", error) from error
        draft.release()
        return self.entry(place.name)

    def rename(self, entry_id: str, name: str) -> LibraryEntry:
        """Call a network otherwise."""
        name, entry = checked_name(name), self._own(entry_id)
        if entry.card is None or entry.problem:
            raise ValueError(f"{entry.problem}; it can only be deleted")
        try:
            _write_card(entry.path, replace(entry.card, name=name))
        except OSError as error:
            raise _failed(f"{entry.name} could not be renamed", error) from error
        return self.entry(entry_id)

    def delete(self, entry_id: str) -> None:
        """Delete a network; if it was the current one, the one that ships reads from now on."""
        entry = self._own(entry_id)
        if entry.is_current:
            self.use(SHIPPED)
        try:
            self._trash.mkdir(exist_ok=True)
            grave = self._trash / f"{entry.id}-{secrets.token_hex(4)}"
            move_folder(self._root / entry.id, grave)
        except OSError as error:
            raise _failed(f"{entry.name} could not be deleted", error) from error
        shutil.rmtree(grave, ignore_errors=True)  # what stays goes at the next start

    @property
    def _choice(self) -> Path:
        return self._root / "current.json"

    def _chosen_id(self) -> str:
        """The id in current.json, '' if nothing was chosen or it cannot be read."""
        try:
            with open_regular(self._choice) as file:
                values = json.loads(file.read(_LARGEST_CHOICE))
        except (ValueError, RecursionError):
            return ""
        if not isinstance(values, dict) or values.get("version") != _CHOICE_VERSION:
            return ""
        chosen = values.get("current")
        if not isinstance(chosen, str) or len(chosen) > _LONGEST_ID:
            return ""
        return "" if chosen != Path(chosen).name or chosen.startswith(".") else chosen

    def _folders(self) -> list[Path]:
        try:
            found = [path for path in self._root.iterdir() if not path.name.startswith(".")]
        except OSError:  # nothing was kept yet, or the folder cannot be read
            return []
        return sorted(path for path in found if path.is_dir() and not path.is_symlink())

    def _entry(self, folder: Path) -> LibraryEntry:
        path = folder / NETWORK_FILE
        card, problem = _inspected(path)
        return LibraryEntry(folder.name, card, path, False, False, problem)

    def _shipped_entry(self) -> LibraryEntry:
        card, problem = _inspected(self._shipped)
        return LibraryEntry(SHIPPED, card, self._shipped, True, False, problem)

    def _own(self, entry_id: str) -> LibraryEntry:
        entry = self.entry(entry_id)
        if entry.is_shipped:
            raise ValueError("the network that ships with qtdigits always stays as it is")
        return entry


def checked_name(name: str) -> str:
    """A network's name without needless spaces; raises ValueError for one that cannot be shown."""
    name = " ".join(name.split())
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        raise ValueError(f"a network's name has 1 to {LONGEST_NAME} characters that can be shown")
    return name


def _inspected(path: Path) -> tuple[ModelCard | None, str]:
    """The card of a network, and what is wrong with it, if anything is."""
    try:
        return read_card(path), ""
    except ValueError as error:
        return None, str(error)
    except OSError as error:
        return None, f"the network {shown(path)} cannot be read ({error.strerror or error})"


def _write_card(network: Path, card: ModelCard) -> None:
    replace_file(card_path(network), card.to_json().encode())


def _failed(what: str, error: OSError) -> ValueError:
    reason = error.strerror or str(error)
    return ValueError(f"{what} ({reason}); free some space or check the folder's permissions")
