"""The demonstration where there is no screen, as a program of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

RUN = """
import sys
from pathlib import Path
from qtdigits import demo
from qtdigits.core import paths

drawings = demo.sample_drawings()
demo.sample_drawings = lambda: [drawings[0], drawings[-1]]
if len(sys.argv) > 1:
    model = Path(sys.argv.pop())
    demo.paths.shipped_model = lambda: model
sys.exit(demo.main())
"""


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {name: text for name, text in os.environ.items() if name != "QT_QPA_PLATFORM"}
    return subprocess.run(
        [sys.executable, "-c", RUN, *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=110,
        check=False,
        cwd=folder,
        env=environment | {"PYTHONUTF8": "1"},
    )


def test_demo_writes_reads_and_saves_a_picture(tmp_path: Path) -> None:
    done = run(tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    first, second, last = done.stdout.splitlines()
    assert first.startswith("wrote 0, read 0 ")
    assert second.startswith("wrote 9, read 9 ")
    assert "demo.png" in last
    assert (tmp_path / "build" / "demo.png").read_bytes().startswith(b"\x89PNG")


def test_demo_without_network_says_why_and_fails(tmp_path: Path) -> None:
    done = run(tmp_path, str(tmp_path / "missing.keras"))
    assert (done.returncode, done.stderr) == (1, "")
    assert "missing.keras" in done.stdout
