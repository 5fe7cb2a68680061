"""The built file on a real (virtual) screen, driven from outside as a person would."""

from __future__ import annotations

import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageGrab

from qtdigits.core.ink import Ink
from qtdigits.core.samples import sample_drawings

Built = Any  # the class is in conftest.py, which tests cannot import
_SIZE = (1120, 760)
_PATIENCE_S = 100
_CARD = (255, 255, 255)
"""The ground between the ten bars, whose right ends lie at 1032; the card's border is a line."""
_THINNEST_BAR = 4
_FEWEST_COLORS = 50
_SCREENSHOTS = Path(__file__).resolve().parents[3] / "build" / "screenshots"

pytestmark = pytest.mark.skipif(
    not (shutil.which("Xvfb") and shutil.which("xdotool")), reason="needs Xvfb and xdotool"
)


class Person:
    """Somebody before a screen, with a mouse and a keyboard."""

    def __init__(self, display: str) -> None:
        self.display = display

    def does(self, *arguments: object) -> str:
        """Let xdotool do something; returns what it printed."""
        done = subprocess.run(
            ["xdotool", *map(str, arguments)],
            env={"DISPLAY": self.display, "PATH": "/usr/bin:/bin"},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        return done.stdout.strip()

    def window(self, name: str) -> str:
        """The number of the visible window of this name, '' for none."""
        return self.does("search", "--onlyvisible", "--name", name).partition("\n")[0]

    def waits_for(self, is_so: Callable[[], str], what: str) -> str:
        """What is_so() gives as soon as that is not ''."""
        end = time.monotonic() + _PATIENCE_S
        while not (found := is_so()):
            assert time.monotonic() < end, f"waited in vain for {what}"
            time.sleep(0.1)  # nothing tells from outside what a window shows
        return found

    def sees(self, name: str) -> Image.Image:
        """A picture of the screen, which is kept."""
        _SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        picture = ImageGrab.grab(xdisplay=self.display)
        picture.save(_SCREENSHOTS / f"{name}.png")
        return picture

    def draws(self, ink: Ink, left: int, top: int, side: int) -> None:
        """Write with the mouse into a square of the screen."""
        bounds = ink.bounds()
        assert bounds is not None
        scale = side / max(bounds.width, bounds.height)
        for stroke in ink.strokes:
            places = [
                (round(left + (s.x - bounds.left) * scale), round(top + (s.y - bounds.top) * scale))
                for s in stroke.samples
            ]
            self.does("mousemove", *places[0], "mousedown", 1)
            for place in places[1:]:
                self.does("mousemove", *place)
            self.does("mouseup", 1)


@pytest.fixture
def person() -> Iterator[Person]:
    with subprocess.Popen(
        ["Xvfb", "-displayfd", "1", "-screen", "0", "1280x900x24", "-nolisten", "tcp"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as server:
        assert server.stdout is not None
        yield Person(f":{server.stdout.readline().strip()}")
        server.terminate()


def _answer(picture: Image.Image) -> str:
    """The digit whose bar is blue nearly to its end, '' where none is."""
    lines = [y for y in range(240, 450) if picture.getpixel((1015, y)) != _CARD]
    bars = [group for group in _groups(lines) if len(group) >= _THINNEST_BAR]
    blue = [
        n for n, bar in enumerate(bars) if _is_blue(picture.getpixel((990, bar[len(bar) // 2])))
    ]
    return str(blue[0]) if len(bars) == 10 and len(blue) == 1 else ""


def _is_painted(picture: Image.Image, window: str, person: Person) -> bool:
    """Whether there are letters in the window, whose edges have many colours; empty it has few."""
    place = dict(
        line.split("=") for line in person.does("getwindowgeometry", "--shell", window).split()
    )
    left, top, width, height = (int(place[name]) for name in ("X", "Y", "WIDTH", "HEIGHT"))
    colors = picture.crop((left, top, left + width, top + height)).getcolors(1 << 24) or []
    return len(colors) >= _FEWEST_COLORS


def _is_blue(pixel: float | tuple[int, ...] | None) -> bool:
    return isinstance(pixel, tuple) and pixel[2] - pixel[0] > 100


def _groups(lines: list[int]) -> list[list[int]]:
    """Neighbouring lines together."""
    groups: list[list[int]] = []
    for line in lines:
        if groups and line == groups[-1][-1] + 1:
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


@pytest.mark.parametrize("digit", ["3", "7"])
def test_person_writes_a_digit_and_opens_the_training(
    warm: Built, person: Person, digit: str
) -> None:
    warm.extra.update({"DISPLAY": person.display, "QT_QPA_PLATFORM": "xcb"})
    process = warm.start()
    try:
        window = person.waits_for(lambda: person.window("^qtdigits$"), "the window")
        person.does("windowmove", window, 0, 0, "windowsize", window, *_SIZE)
        person.does("windowfocus", window)
        drawing = next(one for one in sample_drawings() if one.label == digit)
        person.draws(drawing.ink, 280, 240, 220)
        name = f"frozen-{digit}"
        read = person.waits_for(lambda: _answer(person.sees(name)), "an answer")
        person.does("windowfocus", window, "key", "ctrl+t")
        dialog = person.waits_for(lambda: person.window("Train a network"), "the training dialog")
        person.waits_for(
            lambda: (
                "painted" if _is_painted(person.sees(f"{name}-training"), dialog, person) else ""
            ),
            "the dialog to be painted",
        )
    finally:
        process.terminate()
        _, err = process.communicate(timeout=60)
    assert (read, err) == (digit, "")
    assert warm.left_over() == []
