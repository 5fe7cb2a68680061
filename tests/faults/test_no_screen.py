"""A start without a screen, or without streams, says one sentence or nothing."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

ALONE = (sys.executable, "-m", "qtdigits")


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems have a screen")
@pytest.mark.parametrize("platform", ["xcb", "nonsense"])
def test_without_a_screen_it_is_a_sentence_and_status_1(platform: str) -> None:
    environment = {k: v for k, v in os.environ.items() if k not in ("DISPLAY", "WAYLAND_DISPLAY")}
    done = subprocess.run(
        [*ALONE],
        env=environment | {"QT_QPA_PLATFORM": platform},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.startswith("qtdigits: there is no screen to show a window on")
    assert len(done.stderr.splitlines()) == 1
