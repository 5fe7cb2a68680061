"""Where the person's files go when the environment does not say."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from qtdigits.core import paths
from qtdigits.core.home import NO_HOME, settle_home

pytestmark = pytest.mark.skipif(os.name != "posix", reason="HOME is POSIX's")


@pytest.fixture
def known(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """What the system knows of whoever runs this; no `home`: it does not know them."""
    import pwd

    entry = SimpleNamespace(home="/home/anna")

    def look_up(number: int) -> SimpleNamespace:
        if not entry.home:
            raise KeyError(f"getpwuid(): uid not found: {number}")
        return SimpleNamespace(pw_dir=entry.home)

    monkeypatch.setattr(pwd, "getpwuid", look_up)
    return entry


@pytest.mark.parametrize("given", [{}, {"HOME": ""}, {"HOME": "below"}, {"HOME": "~/anna"}])
def test_home_that_can_be_none_is_the_one_that_the_system_knows(
    given: dict[str, str], known: SimpleNamespace
) -> None:
    environ = dict(given)
    settle_home(environ)
    assert environ == {"HOME": "/home/anna"}


@pytest.mark.parametrize("home", ["/", "/nonexistent", "/home/ben"])
def test_home_that_is_named_stays(home: str, known: SimpleNamespace) -> None:
    environ = {"HOME": home}
    settle_home(environ)
    assert environ == {"HOME": home}


@pytest.mark.parametrize("home", ["", "somewhere"])
def test_unknown_person_has_a_home_where_nothing_can_be_made(
    home: str, known: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    known.home = home
    environ: dict[str, str] = {}
    settle_home(environ)
    assert environ == {"HOME": NO_HOME}
    with pytest.raises(NotADirectoryError):
        Path(environ["HOME"], "qtdigits").mkdir()


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the system's folders are asked for")
def test_folders_of_who_has_no_home_can_be_named(
    known: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    known.home = ""
    for name in ("HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"):
        monkeypatch.delenv(name)
    for folder in (paths.data_dir(), paths.cache_dir(), paths.log_dir()):
        assert folder.is_relative_to(NO_HOME)
