"""The environment is made once, and again when its inputs change."""

import sys
from pathlib import Path

import pytest

import environment
from environment import Environment, PreparationError

NOTHING: frozenset[str] = frozenset()
TEST = frozenset({"test"})


class FakePip:
    """Stands for run_pip; keeps the commands, and fails while told to."""

    def __init__(self) -> None:
        self.targets: list[str] = []
        self.last_words = ""

    def __call__(self, command: list[str], root: Path, log: Path) -> str:
        self.targets.append(command[-1])
        return self.last_words


@pytest.fixture
def pip(monkeypatch: pytest.MonkeyPatch) -> FakePip:
    fake = FakePip()
    monkeypatch.setattr(environment, "run_pip", fake)
    return fake


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Environment:
    """A checkout whose environment's interpreter is this test's own."""
    for name in environment.INPUTS:
        (tmp_path / name).write_text("first\n")
    made = Environment(tmp_path)
    made.folder.mkdir()
    made.python = Path(sys.executable)
    monkeypatch.setattr(made, "_make", lambda base: pytest.fail("it was there already"))
    return made


def _prepare(checkout: Environment, extras: frozenset[str]) -> list[str]:
    said: list[str] = []
    checkout.prepare(sys.executable, extras, said.append)
    return said


def test_prepare_installs_once(checkout: Environment, pip: FakePip) -> None:
    _prepare(checkout, TEST)
    assert _prepare(checkout, TEST) == []
    assert pip.targets == [".[test]"]


def test_prepare_installs_again_when_an_input_changes(checkout: Environment, pip: FakePip) -> None:
    _prepare(checkout, NOTHING)
    (checkout.root / "constraints.txt").write_text("second\n")
    _prepare(checkout, NOTHING)
    assert pip.targets == [".", "."]


def test_prepare_keeps_the_extras_of_before(checkout: Environment, pip: FakePip) -> None:
    _prepare(checkout, TEST)
    _prepare(checkout, frozenset({"dev"}))
    assert pip.targets == [".[test]", ".[dev,test]"]


def test_fewer_extras_than_installed_are_ready(checkout: Environment, pip: FakePip) -> None:
    _prepare(checkout, TEST)
    assert checkout.is_ready(NOTHING)


def test_failed_installation_is_not_ready_and_says_why(checkout: Environment, pip: FakePip) -> None:
    pip.last_words = "ERROR: no network"
    with pytest.raises(PreparationError, match="no network"):
        _prepare(checkout, NOTHING)
    assert not checkout.is_ready(NOTHING)


def test_failed_update_is_not_ready(checkout: Environment, pip: FakePip) -> None:
    _prepare(checkout, NOTHING)
    pip.last_words = "ERROR: no network"
    with pytest.raises(PreparationError):
        _prepare(checkout, TEST)
    assert not checkout.is_ready(NOTHING)


def test_damaged_stamp_is_not_ready(checkout: Environment, pip: FakePip) -> None:
    _prepare(checkout, NOTHING)
    (checkout.folder / "qtdigits.json").write_text("[]")
    assert not checkout.is_ready(NOTHING)


def test_interpreter_that_is_gone_is_not_ready(checkout: Environment, pip: FakePip) -> None:
    _prepare(checkout, NOTHING)
    checkout.python = checkout.root / "gone"
    assert not checkout.is_ready(NOTHING)
