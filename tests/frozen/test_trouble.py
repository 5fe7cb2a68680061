"""What goes wrong before there is a window is said in one sentence, somewhere."""

from __future__ import annotations

import io
import subprocess
import sys
from collections.abc import Mapping

import pytest

from qtdigits.frozen import trouble
from qtdigits.frozen.trouble import dialog_command, foreign_environment, tell

SCREEN: Mapping[str, str] = {"DISPLAY": ":0"}


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    sentences: list[str] = []
    monkeypatch.setattr(trouble, "_show", sentences.append)
    return sentences


def test_terminal_gets_the_sentence_and_no_dialog(
    monkeypatch: pytest.MonkeyPatch, shown: list[str]
) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    tell("There is no space.")
    assert terminal.getvalue() == "qtdigits: There is no space.\n"
    assert shown == []


def test_without_a_terminal_it_is_shown(monkeypatch: pytest.MonkeyPatch, shown: list[str]) -> None:
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    tell("There is no space.")
    assert shown == ["There is no space."]


def test_without_any_stream_it_is_shown(monkeypatch: pytest.MonkeyPatch, shown: list[str]) -> None:
    monkeypatch.setattr(sys, "stderr", None)
    tell("There is no space.")
    assert shown == ["There is no space."]


def test_dialog_that_fails_is_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(sentence: str) -> None:
        raise subprocess.TimeoutExpired("zenity", 1)

    monkeypatch.setattr(trouble, "_show", fail)
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    tell("There is no space.")


@pytest.mark.parametrize("program", ["zenity", "kdialog", "xmessage", "notify-send"])
def test_any_known_program_shows_it_on_linux(program: str) -> None:
    def which(name: str) -> str | None:
        return name if name == program else None

    command = dialog_command("No space.", SCREEN, which, "linux")
    assert command[0] == program
    assert any("No space." in argument for argument in command)


def test_without_a_screen_nothing_is_shown() -> None:
    assert dialog_command("No space.", {}, lambda name: name, "linux") == ()


def test_quotes_do_not_end_the_text_of_a_script() -> None:
    command = dialog_command('a "b" \\', {}, lambda name: name, "darwin")
    assert command[2] == 'display alert "qtdigits" message "a \\"b\\" \\\\"'


def test_foreign_programs_get_the_environment_from_before() -> None:
    environ = {
        "PATH": "/bin",
        "LD_LIBRARY_PATH": "/tmp/_MEI1",
        "LD_LIBRARY_PATH_ORIG": "/opt/lib",
        "_PYI_ARCHIVE_FILE": "/x",
        "QT_PLUGIN_PATH": "/tmp/_MEI1/plugins",
    }
    assert foreign_environment(environ) == {"PATH": "/bin", "LD_LIBRARY_PATH": "/opt/lib"}
