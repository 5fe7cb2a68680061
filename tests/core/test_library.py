"""The model library: what it lists, changes and survives."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from qtdigits.core.drafts import Draft
from qtdigits.core.library import SHIPPED, LibraryEntry, ModelLibrary, checked_name
from qtdigits.core.model_card import ModelCard, card_path, file_sha256, read_card


def write_network(path: Path, content: bytes = b"weights", created: str = "2026-01-01") -> None:
    """A file and a card that describes it: all that the library looks at."""
    path.write_bytes(content)
    card = ModelCard("network", "small", 7, created, file_sha256(path))
    card_path(path).write_text(card.to_json(), encoding="utf-8")


@pytest.fixture
def shipped(tmp_path: Path) -> Path:
    path = tmp_path / "program" / "digits.keras"
    path.parent.mkdir()
    write_network(path)
    return path


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "models"


@pytest.fixture
def library(root: Path, shipped: Path) -> ModelLibrary:
    return ModelLibrary(root, shipped)


def kept(library: ModelLibrary, name: str, created: str = "2026-01-01") -> LibraryEntry:
    draft = library.new_draft()
    write_network(draft.network, name.encode(), created)
    return library.keep(draft, name)


def names(library: ModelLibrary) -> list[str]:
    return [entry.name for entry in library.entries()]


def test_fresh_library_has_the_shipped_network_and_writes_nothing(
    library: ModelLibrary, shipped: Path, root: Path
) -> None:
    (entry,) = library.entries()
    assert (entry.id, entry.path, entry.problem) == (SHIPPED, shipped, "")
    assert entry.is_shipped
    assert entry.is_current
    assert library.current() == entry
    assert not root.exists()


def test_networks_are_listed_newest_first_after_the_shipped_one(library: ModelLibrary) -> None:
    kept(library, "old", "2026-01-01")
    kept(library, "new", "2026-03-01")
    kept(library, "middle", "2026-02-01")
    assert names(library) == ["network", "new", "middle", "old"]


def test_kept_network_is_whole_and_alone_in_its_folder(library: ModelLibrary, root: Path) -> None:
    draft = library.new_draft()
    write_network(draft.network)
    (draft.folder / "watched.jsonl").write_text("{}", encoding="utf-8")
    (draft.folder / ".saving-x").mkdir()
    entry = library.keep(draft, "  My \n hand ")
    assert entry.name == "My hand"
    assert read_card(entry.path).name == "My hand"
    assert sorted(path.name for path in entry.path.parent.iterdir()) == [
        "network.json",
        "network.keras",
    ]
    assert list((root / ".drafts").iterdir()) == []


def test_draft_without_a_network_cannot_be_kept(library: ModelLibrary) -> None:
    draft = library.new_draft()
    with pytest.raises(ValueError, match="has no model card"):
        library.keep(draft, "mine")
    draft.discard()
    assert names(library) == ["network"]


def test_discarded_draft_leaves_nothing(library: ModelLibrary, root: Path) -> None:
    draft = library.new_draft()
    write_network(draft.network)
    draft.discard()
    assert list((root / ".drafts").iterdir()) == []
    assert names(library) == ["network"]


def test_chosen_network_stays_chosen(library: ModelLibrary, root: Path, shipped: Path) -> None:
    entry = kept(library, "mine")
    assert library.current().id == SHIPPED
    assert library.use(entry.id).is_current
    assert ModelLibrary(root, shipped).current().id == entry.id
    assert [one.is_current for one in library.entries()] == [False, True]
    library.use(SHIPPED)
    assert library.current().id == SHIPPED


def test_unknown_network_cannot_be_used(library: ModelLibrary) -> None:
    with pytest.raises(ValueError, match="no network 'nothing'"):
        library.use("nothing")


def test_renamed_network_keeps_file_and_place(library: ModelLibrary) -> None:
    entry = kept(library, "mine")
    renamed = library.rename(entry.id, "Anna's")
    assert (renamed.id, renamed.name) == (entry.id, "Anna's")
    assert renamed.card == replace(read_card(entry.path), name="Anna's")


@pytest.mark.parametrize("name", ["", "  \t", "x" * 81, "bell\a", "zero\0"])
def test_name_that_cannot_be_shown_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="1 to 80 characters"):
        checked_name(name)


def test_deleted_current_network_gives_way_to_the_shipped_one(
    library: ModelLibrary, root: Path
) -> None:
    entry = kept(library, "mine")
    library.use(entry.id)
    library.delete(entry.id)
    assert names(library) == ["network"]
    assert library.current().id == SHIPPED
    assert library.current_problem() == ""
    assert not (root / entry.id).exists()


def test_shipped_network_cannot_be_deleted(library: ModelLibrary) -> None:
    with pytest.raises(ValueError, match="always stays as it is"):
        library.delete(SHIPPED)


def test_shipped_network_cannot_be_renamed(library: ModelLibrary) -> None:
    with pytest.raises(ValueError, match="always stays as it is"):
        library.rename(SHIPPED, "mine")


def folder_instead(network: Path) -> None:
    network.unlink()
    network.mkdir()


DAMAGES: dict[str, Callable[[Path], object]] = {
    "no card": lambda network: card_path(network).unlink(),
    "no network": lambda network: network.unlink(),
    "cut short": lambda network: network.write_bytes(network.read_bytes()[:-1]),
    "empty": lambda network: network.write_bytes(b""),
    "empty card": lambda network: card_path(network).write_bytes(b""),
    "garbage card": lambda network: card_path(network).write_bytes(b"\xff\x00{"),
    "card of another version": lambda network: card_path(network).write_text('{"card_version": 9}'),
    "network is a folder": folder_instead,
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_damaged_network_is_listed_with_the_reason_and_not_used(
    damage: str, library: ModelLibrary
) -> None:
    healthy, damaged = kept(library, "healthy"), kept(library, "damaged")
    library.use(damaged.id)
    DAMAGES[damage](damaged.path)
    shipped, first, last = library.entries()
    assert (first.id, first.problem) == (healthy.id, "")
    assert last.id == damaged.id
    assert last.problem
    assert shipped.is_current
    assert last.problem in library.current_problem()
    with pytest.raises(ValueError, match="choose another"):
        library.use(damaged.id)
    with pytest.raises(ValueError, match="only be deleted"):
        library.rename(damaged.id, "mended")
    library.delete(damaged.id)
    assert len(library.entries()) == 2


@pytest.mark.parametrize(
    "content",
    ["", "{", "[]", '{"version": 2, "current": "x"}', '{"version": 1, "current": 7}', "\0" * 9],
)
def test_damaged_choice_means_the_shipped_network(
    content: str, library: ModelLibrary, root: Path
) -> None:
    kept(library, "mine")
    (root / "current.json").write_text(content, encoding="utf-8")
    assert library.current().id == SHIPPED
    assert library.current_problem() == ""


@pytest.mark.parametrize("chosen", ["../elsewhere", "/etc", ".drafts", "..", ""])
def test_choice_cannot_lead_out_of_the_library(
    chosen: str, library: ModelLibrary, root: Path
) -> None:
    root.mkdir()
    choice = json.dumps({"version": 1, "current": chosen})
    (root / "current.json").write_text(choice, encoding="utf-8")
    assert library.current().id == SHIPPED
    assert library.current_problem() == ""


def test_vanished_choice_is_told(library: ModelLibrary, root: Path) -> None:
    entry = kept(library, "mine")
    library.use(entry.id)
    for path in entry.path.parent.iterdir():
        path.unlink()
    entry.path.parent.rmdir()
    assert library.current().id == SHIPPED
    assert "no longer there" in library.current_problem()


def test_library_in_a_place_that_cannot_be_written_says_so(tmp_path: Path, shipped: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    library = ModelLibrary(tmp_path / "file" / "models", shipped)
    assert names(library) == ["network"]
    library.clean_up()
    for act in (library.new_draft, lambda: library.use(SHIPPED)):
        with pytest.raises(ValueError, match="could"):
            act()


def test_clean_up_removes_leftovers_of_the_killed_and_leaves_the_running(
    library: ModelLibrary, root: Path, shipped: Path
) -> None:
    running = library.new_draft()
    write_network(running.network)
    leftover = root / ".drafts" / "0badcafe"
    leftover.mkdir()
    write_network(leftover / "network.keras")
    (root / ".trash" / "x").mkdir(parents=True)
    ModelLibrary(root, shipped).clean_up()
    assert not leftover.exists()
    assert not (root / ".trash").exists()
    assert library.keep(running, "mine").problem == ""


def test_draft_of_a_killed_process_is_removed_at_the_next_start(
    library: ModelLibrary, root: Path, shipped: Path
) -> None:
    program = (
        "import os, pathlib, sys\n"
        "from qtdigits.core.library import ModelLibrary\n"
        "draft = ModelLibrary(*map(pathlib.Path, sys.argv[1:])).new_draft()\n"
        "print(draft.folder, flush=True)\n"
        "sys.stdin.read()\n"
        "os._exit(1)\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program, str(root), str(shipped)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as child:
        assert child.stdout is not None
        folder = Path(child.stdout.readline().strip())
        library.clean_up()
        assert folder.is_dir()
        child.kill()
    library.clean_up()
    assert not folder.exists()
    assert list((root / ".drafts").iterdir()) == []


def test_two_drafts_have_folders_of_their_own(library: ModelLibrary) -> None:
    drafts: list[Draft] = [library.new_draft(), library.new_draft()]
    assert drafts[0].folder != drafts[1].folder
    for draft in drafts:
        draft.discard()
