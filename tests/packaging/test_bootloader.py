"""The temporary folder that the bootloader starts in has room and may hold programs."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from bootloader import own_bootloader

HEADER = Path(__file__).resolve().parents[2] / "packaging" / "linux" / "temporary_folder.h"
PROGRAM = """
int main(int count, char **given)
{
    char pattern[PATH_MAX];
    snprintf(pattern, sizeof(pattern), "%s/_MEI00000001XXXXXX", given[1]);
    puts(mkdtemp(pattern));
    return 0;
}
"""

linux_with_compiler = pytest.mark.skipif(
    not sys.platform.startswith("linux") or shutil.which("cc") is None,
    reason="needs Linux and a C compiler",
)


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Makes a folder in the one that it is given, as the bootloader does, and prints where."""
    target = tmp_path_factory.mktemp("bootloader") / "program"
    command = ["cc", "-Wall", "-Wextra", "-Wno-unused-parameter", "-Werror", "-D_GNU_SOURCE"]
    command += ["-include", str(HEADER), "-x", "c", "-", "-o", str(target)]
    done = subprocess.run(command, input=PROGRAM, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    return target


def made_by(program: Path, wanted: Path, **environ: str) -> Path:
    done = subprocess.run(
        [program, wanted], env=environ, capture_output=True, text=True, timeout=60, check=True
    )
    return Path(done.stdout.strip())


@linux_with_compiler
def test_folder_that_is_asked_for_is_taken(program: Path, tmp_path: Path) -> None:
    made = made_by(program, tmp_path)
    assert made.is_dir()
    assert made.parent == tmp_path


@linux_with_compiler
def test_next_folder_is_taken_where_the_first_is_missing(program: Path, tmp_path: Path) -> None:
    made = made_by(program, tmp_path / "not there", TEMP=str(tmp_path))
    assert made.parent == tmp_path
    assert made.name.startswith("_MEI00000001")


@pytest.fixture
def unshare() -> list[str]:
    """Begins a command whose mounts nobody else sees."""
    command = ["unshare", "--mount", "--map-root-user"]
    if subprocess.run([*command, "true"], capture_output=True, check=False).returncode != 0:
        pytest.skip("this machine allows no mounts of one's own")
    return command


@linux_with_compiler
def test_small_disk_is_passed_over(program: Path, tmp_path: Path, unshare: list[str]) -> None:
    small = tmp_path / "small"
    small.mkdir()
    for options in ("size=4m", "size=1g,noexec", "ro"):
        script = f'mount -t tmpfs -o {options} tmpfs "{small}" && exec "{program}" "{small}"'
        done = subprocess.run(
            [*unshare, "sh", "-c", script],
            env={"PATH": "/usr/bin:/bin", "TEMP": str(tmp_path)},
            capture_output=True,
            text=True,
            check=True,
        )
        assert Path(done.stdout.strip()).parent == tmp_path, options


@linux_with_compiler
def test_sentence_is_said_where_no_folder_is_of_use(program: Path, unshare: list[str]) -> None:
    # By its handle, for its name lies below /tmp.
    with program.open("rb") as opened:
        script = "for one in /tmp /var/tmp; do mount -t tmpfs -o size=1m tmpfs $one; done; "
        done = subprocess.run(
            [*unshare, "sh", "-c", f"{script}exec /proc/self/fd/{opened.fileno()} /nowhere"],
            env={"PATH": "/usr/bin:/bin"},
            pass_fds=[opened.fileno()],
            capture_output=True,
            text=True,
            check=False,
        )
    assert done.returncode == 1
    assert done.stderr.startswith("qtdigits: There is no temporary folder to start in")
    assert done.stderr.count("\n") == 1


def test_other_systems_take_the_wheels(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    assert own_bootloader(tmp_path) is None
