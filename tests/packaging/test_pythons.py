"""The bootstrap chooses an interpreter that runs and can hold the program."""

import ast
import sys
from pathlib import Path

import pytest

import pythons
from pythons import Python

PACKAGING = Path(pythons.__file__).parent
STARTED_BY_ANY_PYTHON = (
    "bootstrap",
    "environment",
    "installed",
    "pip_progress",
    "pythons",
    "system_libraries",
)


def _machine(*interpreters: Python) -> dict[str, Python]:
    return {python.path: python for python in interpreters}


def test_probe_of_this_python_gives_its_version() -> None:
    found = pythons.probe(sys.executable)
    assert found is not None
    assert found.version == sys.version_info[:2]


def test_probe_of_a_missing_command_is_none() -> None:
    assert pythons.probe("no-such-python") is None


@pytest.mark.skipif(sys.platform == "win32", reason="a shell script stands for the shim")
def test_probe_of_a_shim_that_does_not_run_is_none(tmp_path: Path) -> None:
    shim = tmp_path / "python3.13"
    shim.write_text("#!/bin/sh\necho 'command not found' >&2\nexit 127\n")
    shim.chmod(0o755)
    assert pythons.probe(str(shim)) is None


def test_pick_skips_what_does_not_run() -> None:
    machine = _machine(Python("python3.12", (3, 12), True))
    assert pythons.pick(["python3.13", "python3.12"], machine.get) == machine["python3.12"]


@pytest.mark.parametrize("version", [(2, 7), (3, 10), (3, 14)])
def test_pick_refuses_a_version_without_wheels(version: tuple[int, int]) -> None:
    machine = _machine(Python("python3", version, True))
    assert pythons.pick(["python3"], machine.get) is None


def test_pick_prefers_one_that_can_make_an_environment() -> None:
    machine = _machine(Python("python3.13", (3, 13), False), Python("python3.11", (3, 11), True))
    assert pythons.pick(machine, machine.get) == machine["python3.11"]


def test_pick_takes_one_without_ensurepip_where_there_is_no_other() -> None:
    machine = _machine(Python("python3", (3, 11), False))
    assert pythons.pick(machine, machine.get) == machine["python3"]


def test_candidates_are_only_the_one_that_was_named() -> None:
    assert list(pythons.candidates({"PYTHON": "/opt/python3"})) == ["/opt/python3"]


@pytest.mark.parametrize("name", STARTED_BY_ANY_PYTHON)
def test_bootstrap_parses_on_python_38(name: str) -> None:
    source = (PACKAGING / f"{name}.py").read_text(encoding="utf-8")
    ast.parse(source, feature_version=(3, 8))
