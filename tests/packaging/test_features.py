"""Every command and option is among the features that are traced and tried in the built file."""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from features import FEATURES, Feature, prepare, printed, read_printed, run_feature, write_printed
from qtdigits.cli.parser import build_parser


def parsers(
    parser: argparse.ArgumentParser, names: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], argparse.ArgumentParser]]:
    """Every command that can be given, by its words, with its own parser."""
    inner = [
        action
        for action in parser._actions
        if isinstance(action, argparse._SubParsersAction)  # argparse tells of them in no other way
    ]
    if not inner:
        yield names, parser
    for action in inner:
        for name, sub in action.choices.items():
            yield from parsers(sub, (*names, name))


COMMANDS = dict(parsers(build_parser()))
NOT_TRACED = {
    ("models", "rename"),  # these two only move files of a person's library
    ("models", "delete"),
    ("models", "unpack"),  # run by models import
    ("reader",),  # run by recognize over many files
    ("fetch-mnist",),  # needs the network, and nothing but the standard library
}


def feature_commands(names: tuple[str, ...]) -> list[Feature]:
    return [one for one in FEATURES if one.arguments[: len(names)] == names]


@pytest.mark.parametrize("names", sorted(COMMANDS.keys() - NOT_TRACED), ids=" ".join)
def test_every_command_is_a_feature(names: tuple[str, ...]) -> None:
    assert feature_commands(names), f"add qtdigits {' '.join(names)} to packaging/features.py"


@pytest.mark.parametrize("names", sorted(COMMANDS.keys() - NOT_TRACED), ids=" ".join)
def test_every_option_is_in_a_feature(names: tuple[str, ...]) -> None:
    given = {argument for one in feature_commands(names) for argument in one.arguments}
    lacking = [
        action.option_strings[0]
        for action in COMMANDS[names]._actions
        if action.option_strings
        and not isinstance(action, argparse._HelpAction)
        and not given & set(action.option_strings)
    ]
    assert lacking == [], "add them to packaging/features.py"


def test_features_have_different_names() -> None:
    assert len({feature.name for feature in FEATURES}) == len(FEATURES)


def test_files_for_the_features_are_prepared(tmp_path: Path) -> None:
    prepare(tmp_path)
    for feature in FEATURES:
        for argument in feature.arguments:
            if "{work}/pictures/" in argument:
                assert Path(argument.format(work=tmp_path)).is_file()


def test_what_a_feature_printed_is_kept_without_the_folder(tmp_path: Path) -> None:
    feature = Feature("telling where", ("-c", "import os; print(os.getcwd())"))
    done = run_feature([sys.executable], feature, tmp_path, {})
    assert printed(done, tmp_path) == ("{work}\n", "")
    write_printed(FEATURES[0], done, tmp_path)
    assert read_printed(FEATURES[0], tmp_path) == ("{work}\n", "")


def test_folder_is_left_out_of_json_as_well(tmp_path: Path) -> None:
    work = tmp_path / "Prüfung"
    work.mkdir()
    program = "import json, os; print(json.dumps(os.getcwd()))"
    done = run_feature([sys.executable], Feature("telling where", ("-c", program)), work, {})
    assert printed(done, work) == ('"{work}"\n', "")


def test_feature_has_a_standard_input_that_stays_open(tmp_path: Path) -> None:
    program = "import select, sys; print(bool(select.select([sys.stdin], [], [], 0)[0]))"
    if sys.platform == "win32":
        pytest.skip("select is for sockets there")
    done: subprocess.CompletedProcess[str] = run_feature(
        [sys.executable], Feature("waiting", ("-c", program)), tmp_path, {}
    )
    assert done.stdout == "False\n"
