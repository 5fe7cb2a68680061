"""pip's report becomes a few words of progress, and its errors are kept."""

import io
import sys
from pathlib import Path

import pytest

from pip_progress import describe, run_pip


@pytest.mark.parametrize(
    ("line", "step"),
    [
        (
            "  Downloading tensorflow_cpu-2.21.0-cp311-cp311-manylinux_2_27_x86_64.whl (254.0 MB)",
            "fetching tensorflow_cpu-2.21.0 (254.0 MB)",
        ),
        ("Installing collected packages: namex, wheel, keras", "unpacking 3 packages"),
        ("Installing collected packages: qtdigits", "unpacking 1 package"),
        ("  Using cached keras-3.15.1-py3-none-any.whl (1.4 MB)", ""),
        ("Collecting keras<4,>=3.15.1", "looking up keras"),
        ("", ""),
    ],
)
def test_describe_says_what_takes_long(line: str, step: str) -> None:
    assert describe(line) == step


def _run(program: str, folder: Path) -> tuple[str, str]:
    out = io.StringIO()
    log = folder / "install.log"
    return run_pip([sys.executable, "-c", program], folder, log, out), out.getvalue()


def test_progress_off_a_terminal_shows_large_files_only(tmp_path: Path) -> None:
    program = "print('Downloading a-1-x.whl (12.3 MB)\\nDownloading b-2-x.whl (9.1 MB)')"
    assert _run(program, tmp_path) == ("", "  fetching a-1 (12.3 MB)\n")


def test_failure_gives_the_errors_and_keeps_the_report(tmp_path: Path) -> None:
    program = "import sys; print('noise'); print('  FileNotFoundError: x'); sys.exit(1)"
    assert _run(program, tmp_path) == ("FileNotFoundError: x", "")
    assert (tmp_path / "install.log").read_text() == "noise\n  FileNotFoundError: x\n"


def test_silent_failure_gives_the_status(tmp_path: Path) -> None:
    assert _run("raise SystemExit(3)", tmp_path) == ("pip ended with status 3", "")
