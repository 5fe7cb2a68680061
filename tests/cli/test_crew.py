"""A crew whose processes are lost: what each of them was reading is not."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from qtdigits.cli import crew
from qtdigits.cli.crew import Crew
from qtdigits.cli.name_feed import NameFeed
from qtdigits.cli.open_files import Named
from qtdigits.cli.reader_process import Ask, ReaderLostError, Tell
from qtdigits.cli.reader_talk import Begin
from qtdigits.cli.told import Told
from qtdigits.core.model_card import ModelCard
from qtdigits.core.prediction import Prediction


class FakeReader:
    """Answers with the names of the files, and is lost over those that say so."""

    started = 0

    def __init__(self) -> None:
        type(self).started += 1
        self._lost = False

    def begin(self, begin: Begin) -> None:
        assert not self._lost

    def read(self, files: list[Named], ask: Ask, tell: Tell) -> None:
        assert not self._lost
        ask(np.zeros((1, 28, 28), np.float32))
        for number, file in files:
            name = str(file)
            if "deadly" in name:
                self._lost = True
                raise ReaderLostError
            tell([(number, Told("", f"{name} {part}")) for part in range(2)])

    def dismiss(self) -> None:
        pass

    def wait(self) -> None:
        pass

    def kill(self) -> None:
        self._lost = True


class Network:
    """Its answers are not looked at."""

    card = ModelCard(name="fake", network="fake", parameters=0, created="", sha256="00")

    def logits(self, images: NDArray[np.float32]) -> NDArray[np.float32]:
        return images

    def predict(self, images: NDArray[np.float32]) -> list[Prediction]:
        raise NotImplementedError


@pytest.fixture(autouse=True)
def fake_readers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crew, "ReaderProcess", FakeReader)
    monkeypatch.setattr(FakeReader, "started", 0)


def answers(names: list[str]) -> Generator[Told, None, None]:
    with Crew(3) as made:
        yield from made.answers(NameFeed(map(Path, names)), Network(), as_json=False)


def wanted(names: list[str]) -> list[str]:
    return [f"{name} {part}" for name in names for part in range(2)]


def test_answers_come_in_the_order_of_the_files() -> None:
    names = [f"{at}" for at in range(3000)]
    assert [told.text for told in answers(names)] == wanted(names)


def test_file_that_ends_its_process_is_refused_and_all_others_are_read_once() -> None:
    names = [f"{at}" for at in range(200)]
    names[77] = "deadly"
    told = list(answers(names))
    assert [one.text for one in told if not one.refused] == wanted(names[:77] + names[78:])
    assert [told.index(one) for one in told if one.refused] == [2 * 77]
    assert told[2 * 77].text == "deadly ended the process that opened it; leave it out"


def test_processes_lost_again_and_again_end_it_with_a_sentence() -> None:
    names = [f"deadly {at}" for at in range(200)]
    with pytest.raises(ValueError, match="ended again and again"):
        list(answers(names))
    assert FakeReader.started <= 3 + 20


def test_trouble_with_the_names_is_raised() -> None:
    def names() -> Iterator[Path]:
        yield from (Path(str(at)) for at in range(100))
        raise RuntimeError("no more names")

    with Crew(2) as made, pytest.raises(RuntimeError, match="no more names"):
        list(made.answers(NameFeed(names()), Network(), as_json=False))


def test_trouble_with_the_network_is_raised() -> None:
    class Broken(Network):
        def logits(self, images: NDArray[np.float32]) -> NDArray[np.float32]:
            raise MemoryError

    with Crew(2) as made, pytest.raises(MemoryError):
        list(made.answers(NameFeed(map(Path, ["a", "b"])), Broken(), as_json=False))


def test_answers_that_nobody_wants_any_more_end_all() -> None:
    told = answers([f"{at}" for at in range(2000)])
    assert next(told).text == "0 0"
    told.close()
