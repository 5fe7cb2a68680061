"""No home, a home that is none, and `/` for a home: behind a fence, so that nobody's is written to.

The fence of tests/driven/fence.py refuses whatever is written outside the test's own folder.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final, Protocol

import pytest

from driven import CHILD, Driven
from fence import version
from qtdigits.core import paths

FENCE: Final = str(Path(CHILD[1]).with_name("fence.py"))
SAMPLES: Final = "samples/digits.jsonl"
UNSET: Final = "unset"
FONT_LIBRARY: Final = "Fontconfig error: No writable cache directories\n"
"""What Qt's font library tells whatever program it is in, where its cache can lie nowhere: an
ordinary user without a home, on a system that has not made one for all."""
NOBODY: Final = ""
"""The system knows of no home."""

pytestmark = pytest.mark.skipif(version() < 1, reason="the kernel has no Landlock")


class StartFenced(Protocol):
    """Starts the program with this HOME, and with a home for it as the system knows it."""

    def __call__(self, home: str, known: str) -> Driven: ...


def surroundings(home: str, known: str) -> dict[str, str]:
    """The environment without a word on where a person's files lie, but for these."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("XDG_")}
    del kept["HOME"]
    return {**kept, **({} if home == UNSET else {"HOME": home}), "QTDIGITS_TEST_HOME": known}


@pytest.fixture
def start_fenced(tmp_path: Path) -> Iterator[StartFenced]:
    running: list[Driven] = []

    def begin(home: str, known: str) -> Driven:
        command = [sys.executable, FENCE, str(tmp_path), CHILD[1]]
        running.append(Driven(surroundings(home, known), command))
        return running[-1].ready()

    yield begin
    for one in running:
        one.close()


def test_fence_refuses_all_but_the_one_folder(tmp_path: Path) -> None:
    (inside := tmp_path / "inside").mkdir()
    script = tmp_path / "deed.py"
    script.write_text(
        "import sys, pathlib\n"
        "for place in sys.argv[1:]:\n"
        "    try:\n"
        "        (pathlib.Path(place) / 'deed').mkdir()\n"
        "    except PermissionError:\n"
        "        print('refused')\n"
    )
    done = subprocess.run(
        [sys.executable, FENCE, inside, script, tmp_path, inside, "/"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert (done.stdout, done.stderr) == ("refused\nrefused\n", "")
    assert (inside / "deed").is_dir()


@pytest.mark.parametrize(
    "home", [UNSET, *(pytest.param(home, marks=pytest.mark.long) for home in ("", "below"))]
)
def test_all_files_go_to_the_home_that_the_system_knows(
    home: str, start_fenced: StartFenced, tmp_path: Path
) -> None:
    known = tmp_path / "known"
    program = start_fenced(home, str(known))
    program.do("program.settings.set_value('theme', 'dark')")
    assert program.do("draw(1)") == 1
    assert program.end() == 0
    assert program.errors() == ""
    assert "dark" in (known / ".config" / "qtdigits" / "qtdigits.ini").read_text()
    assert (known / ".local" / "share" / "qtdigits" / "drawings.sqlite").stat().st_size > 0


@pytest.mark.parametrize(
    ("home", "known"),
    [
        (UNSET, NOBODY),
        *(
            pytest.param(home, known, marks=pytest.mark.long)
            for home, known in [("below", NOBODY), ("/", NOBODY), ("/nonexistent", NOBODY)]
        ),
    ],
)
def test_home_that_cannot_be_written_is_a_session_in_memory(
    home: str, known: str, start_fenced: StartFenced
) -> None:
    program = start_fenced(home, known)
    assert "lasts until you close" in program.do("window.notice.text()")
    program.do("program.settings.set_value('theme', 'dark')")
    assert program.do("draw(1)") == 1
    program.until("program.history.rowCount() == 1")
    assert program.end() == 0
    assert program.errors().replace(FONT_LIBRARY, "") == ""


@pytest.mark.long
@pytest.mark.parametrize("has_temporary_folder", [True, False])
def test_command_reads_for_who_has_no_home(has_temporary_folder: bool, tmp_path: Path) -> None:
    """TensorFlow and Keras have files of their own in a home; without TMPDIR they cannot load."""
    script = tmp_path / "read.py"
    script.write_text("import sys; from qtdigits.__main__ import main; sys.exit(main())")
    place = {"TMPDIR": str(tmp_path) if has_temporary_folder else "/nonexistent"}
    done = subprocess.run(
        [sys.executable, FENCE, tmp_path, script, "recognize", paths.resource(SAMPLES)],
        cwd="/",
        env=surroundings(UNSET, NOBODY) | place,
        capture_output=True,
        text=True,
        check=False,
    )
    if has_temporary_folder:
        assert (done.returncode, done.stderr) == (0, "")
        assert len(done.stdout.splitlines()) >= 10
    else:
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr.startswith("qtdigits: no folder for temporary files can be written to;")
        assert len(done.stderr.splitlines()) == 1
