"""The lesson book: lessons belong to people, do not pile up, and can be taken back."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from qtdigits.core.lesson_book import LessonBook, LessonEntry
from qtdigits.core.library import SHIPPED, LibraryEntry, ModelLibrary
from qtdigits.core.model_card import ModelCard, card_path, file_sha256

ANNA, BERT = 1, 2


def write_network(path: Path, content: bytes, adapted_from: str = "") -> ModelCard:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    lesson = {"adapted_from": adapted_from, "drawings": 30, "right_before": 27, "right_after": 29}
    settings = {"lesson": lesson} if adapted_from else {}
    card = ModelCard(
        path.stem, "small", 1, "2026-03-01T10:00:00+00:00", file_sha256(path), settings=settings
    )
    card_path(path).write_text(card.to_json())
    return card


@pytest.fixture
def library(tmp_path: Path) -> ModelLibrary:
    shipped = tmp_path / "shipped" / "digits.keras"
    write_network(shipped, b"shipped")
    return ModelLibrary(tmp_path / "library", shipped)


@pytest.fixture
def book(library: ModelLibrary) -> LessonBook:
    return LessonBook(library)


def teach(library: ModelLibrary, book: LessonBook, person: int, content: bytes) -> LessonEntry:
    """Hold a lesson that begins where lessons begin."""
    base = book.base()
    assert base.card is not None
    draft = library.new_draft()
    write_network(draft.network, content, base.card.sha256)
    return book.keep(draft, f"lesson {content!r}", person)


def trained(library: ModelLibrary) -> LibraryEntry:
    draft = library.new_draft()
    write_network(draft.network, b"trained")
    return library.keep(draft, "trained")


def test_kept_lesson_reads_and_is_the_persons(library: ModelLibrary, book: LessonBook) -> None:
    lesson = teach(library, book, ANNA, b"one")
    assert library.current().id == lesson.network.id
    assert [one.network.id for one in book.lessons(ANNA)] == [lesson.network.id]
    assert book.lessons(BERT) == ()
    assert (lesson.drawings, lesson.right_before, lesson.right_after) == (30, 27, 29)


def test_card_of_a_lesson_does_not_name_the_person(library: ModelLibrary, book: LessonBook) -> None:
    lesson = teach(library, book, ANNA, b"one")
    assert lesson.network.card is not None
    assert "person" not in lesson.network.card.to_json()


def test_lessons_do_not_pile_up(library: ModelLibrary, book: LessonBook) -> None:
    teach(library, book, ANNA, b"one")
    assert book.base().id == SHIPPED
    second = teach(library, book, ANNA, b"two")
    assert second.network.card is not None
    shipped = library.entry(SHIPPED).card
    assert shipped is not None
    assert second.network.card.settings["lesson"]["adapted_from"] == shipped.sha256


def test_lesson_begins_with_the_network_that_was_chosen(
    library: ModelLibrary, book: LessonBook
) -> None:
    own = trained(library)
    library.use(own.id)
    teach(library, book, ANNA, b"one")
    assert book.base().id == own.id


def test_base_is_what_ships_when_the_first_network_is_gone(
    library: ModelLibrary, book: LessonBook
) -> None:
    own = trained(library)
    library.use(own.id)
    teach(library, book, ANNA, b"one")
    library.delete(own.id)
    assert book.base().id == SHIPPED


def test_lesson_taken_back_leaves_the_one_before(library: ModelLibrary, book: LessonBook) -> None:
    first = teach(library, book, ANNA, b"one")
    second = teach(library, book, ANNA, b"two")
    assert book.take_back(second.network.id, ANNA).id == first.network.id
    assert book.take_back(first.network.id, ANNA).id == SHIPPED
    assert book.lessons(ANNA) == ()
    assert [entry.id for entry in library.entries()] == [SHIPPED]


def test_nobody_takes_back_the_lesson_of_another(library: ModelLibrary, book: LessonBook) -> None:
    lesson = teach(library, book, ANNA, b"one")
    with pytest.raises(ValueError, match="not yours"):
        book.take_back(lesson.network.id, BERT)


def test_everybody_is_read_with_their_own_lesson(library: ModelLibrary, book: LessonBook) -> None:
    lesson = teach(library, book, ANNA, b"one")
    assert book.network_for(BERT).id == SHIPPED
    book.use(SHIPPED, BERT)
    assert book.network_for(ANNA).id == lesson.network.id


def test_network_that_nobody_taught_reads_for_everybody(
    library: ModelLibrary, book: LessonBook
) -> None:
    own = trained(library)
    library.use(own.id)
    assert book.network_for(BERT).id == own.id


def test_lessons_of_a_forgotten_person_are_deleted(library: ModelLibrary, book: LessonBook) -> None:
    teach(library, book, ANNA, b"one")
    book.note_offer(ANNA, 20)
    book.forget_person(ANNA)
    assert [entry.id for entry in library.entries()] == [SHIPPED]
    assert book.offered(ANNA) == 0


def test_offer_is_remembered(library: ModelLibrary, book: LessonBook) -> None:
    book.note_offer(ANNA, 20)
    assert (LessonBook(library).offered(ANNA), book.offered(BERT)) == (20, 0)


@pytest.mark.parametrize("content", ["", "{", "[]", '{"version": 1, "lessons": [], "chosen": 3}'])
def test_damaged_book_is_an_empty_one(
    library: ModelLibrary, book: LessonBook, content: str
) -> None:
    lesson = teach(library, book, ANNA, b"one")
    (library.root / "lessons.json").write_text(content)
    assert book.lessons(ANNA) == ()
    assert library.entry(lesson.network.id) == replace(lesson.network)
