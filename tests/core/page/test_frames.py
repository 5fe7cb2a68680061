"""What is drawn around other ink is no digit; what is written into a cell or a circle is one."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw

from qtdigits.core.page.frames import without_frames
from qtdigits.core.page.ink import page_shapes
from qtdigits.core.page.shapes import Shape, connected_shapes


def drawn(draw_it: str) -> list[Shape]:
    """The shapes of one of the drawings below, 300 pixels a side."""
    image = Image.new("L", (300, 300), 0)
    draw = ImageDraw.Draw(image)
    if draw_it == "face":
        draw.ellipse((40, 20, 260, 280), outline=255, width=6)
        for x in (110, 190):
            draw.ellipse((x - 12, 100, x + 12, 124), outline=255, width=4)
        draw.arc((100, 170, 200, 230), 10, 170, 255, 6)
    elif draw_it == "hair":  # open below the chin
        draw.arc((40, 20, 260, 320), 170, 370, 255, 12)
        draw.ellipse((100, 110, 120, 130), fill=255)
        draw.ellipse((180, 110, 200, 130), fill=255)
    elif draw_it == "circled":
        draw.ellipse((20, 20, 280, 280), outline=255, width=6)
        draw.line((110, 90, 105, 210), fill=255, width=8)
        draw.line((150, 90, 200, 90, 170, 210), fill=255, width=8)
    elif draw_it == "table":
        for at in (20, 150, 280):
            draw.line((20, at, 280, at), fill=255, width=4)
            draw.line((at, 20, at, 280), fill=255, width=4)
        for x, y in ((80, 50), (210, 50), (80, 180)):
            draw.line((x, y, x - 4, y + 70), fill=255, width=8)
    else:
        draw.ellipse((60, 40, 240, 260), outline=255, width=10)
        draw.line((180, 100, 120, 200), fill=255, width=10)
    return connected_shapes(np.asarray(image) > 128)


@pytest.mark.parametrize("picture", ["face", "hair"])
def test_nothing_is_left_of_a_face(picture: str) -> None:
    assert without_frames(drawn(picture)) == []


@pytest.mark.parametrize(("picture", "digits"), [("circled", 2), ("table", 3)])
def test_digits_in_a_frame_stay(picture: str, digits: int) -> None:
    left = without_frames(drawn(picture))
    assert len(left) == digits
    assert max(shape.height for shape in left) < 130


def test_zero_with_a_stroke_in_it_is_no_frame() -> None:
    shapes = drawn("zero")
    assert without_frames(shapes) == shapes


def test_shadow_along_the_edge_is_no_ink() -> None:
    across = np.linspace(-0.5, 1.2, 400, dtype=np.float32)
    light = 0.9 * np.exp(-np.square(across)) + np.zeros((300, 1), np.float32)
    light[100:220, :18] = 0.1
    assert page_shapes(light.astype(np.float32)).shapes == []
