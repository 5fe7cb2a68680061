"""The bootstrap says in plain words what a person has to do."""

import os

import pytest

import bootstrap
import environment
import installed
import system_libraries


@pytest.fixture
def machine_with_apt(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine where the one command to type is known."""
    monkeypatch.setattr(system_libraries, "install_command", lambda absent: "the command")


@pytest.mark.usefixtures("machine_with_apt")
def test_ordinary_user_is_given_the_one_command(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        bootstrap.provide({"libGL.so.1": "libgl1"}, is_root=False)
    assert ended.value.code == 1
    assert capsys.readouterr().err.splitlines()[-1] == "  the command"


@pytest.mark.usefixtures("machine_with_apt")
def test_root_gets_it_installed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    installed: list[dict[str, str]] = []

    def install(absent: dict[str, str]) -> str:
        installed.append(absent)
        return ""

    monkeypatch.setattr(system_libraries, "install", install)
    bootstrap.provide({"libGL.so.1": "libgl1"}, is_root=True)
    assert installed == [{"libGL.so.1": "libgl1"}]
    assert capsys.readouterr().out == "Installing what Qt needs from the system: libgl1\n"


def test_machine_without_apt_is_told_the_names(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(system_libraries, "install_command", lambda absent: "")
    with pytest.raises(SystemExit):
        bootstrap.provide({"libGL.so.1": "libgl1"}, is_root=True)
    assert "libGL.so.1" in capsys.readouterr().err


def test_nothing_missing_asks_for_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    bootstrap.provide({}, is_root=False)
    assert capsys.readouterr() == ("", "")


def test_no_suitable_python_is_said_in_one_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(os.environ, "PYTHON", "no-such-python")
    monkeypatch.setattr(environment.Environment, "is_ready", lambda self, extras: False)
    with pytest.raises(SystemExit):
        bootstrap.prepare(frozenset(), None)
    (sentence,) = capsys.readouterr().err.splitlines()
    assert "PYTHON=no-such-python" in sentence


def test_unknown_command_is_refused() -> None:
    with pytest.raises(SystemExit):
        bootstrap.main(["paint"])


def test_uninstalling_needs_no_environment(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(bootstrap, "prepare", lambda *given: pytest.fail("it was made"))
    monkeypatch.setenv("PREFIX", "nowhere")
    with pytest.raises(SystemExit) as ended:
        bootstrap.main(["uninstall"])
    assert ended.value.code == 0
    program = installed.places(os.environ).program
    assert capsys.readouterr().out == f"qtdigits is not installed at {program}.\n"


def test_installing_is_done_in_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    handed_over: list[list[str]] = []

    def become(made: object, arguments: list[str], **variables: str) -> None:
        handed_over.append(arguments)
        raise SystemExit

    monkeypatch.setattr(bootstrap, "prepare", lambda *given: None)
    monkeypatch.setattr(bootstrap, "become", become)
    with pytest.raises(SystemExit):
        bootstrap.main(["install"])
    assert handed_over == [["packaging/install.py"]]
