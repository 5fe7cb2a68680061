"""The icon is made in every size and form from the one SVG."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PIL.IcnsImagePlugin import IcnsFile
from PIL.IcoImagePlugin import IcoFile

import icon_files


@pytest.mark.parametrize("side", [16, 48, 513])
def test_rendered_icon_fills_its_square_and_has_clear_corners(side: int) -> None:
    icon = icon_files.rendered(side)
    assert (icon.size, icon.mode) == ((side, side), "RGBA")
    box = icon.getchannel("A").getbbox()
    assert box is not None
    assert min(box[2] - box[0], box[3] - box[1]) > 0.85 * side
    assert icon.getpixel((0, 0)) == (0, 0, 0, 0)


def test_rendered_icon_has_the_colours_of_the_source() -> None:
    red, green, blue, alpha = (int(c) for c in np.asarray(icon_files.rendered(256))[128, 20])
    assert alpha == 255
    assert blue > green > red


@pytest.mark.qt_log_ignore("^Cannot read file", extend=True)
def test_file_that_is_no_svg_is_refused(tmp_path: Path) -> None:
    broken = tmp_path / "broken.svg"
    broken.write_text("<svg")
    with pytest.raises(ValueError, match="is not an SVG picture"):
        icon_files.rendered(16, broken)


def test_png_has_the_size_that_was_asked_for(tmp_path: Path) -> None:
    icon_files.write_png(tmp_path / "icon.png", 22)
    with Image.open(tmp_path / "icon.png") as icon:
        assert (icon.format, icon.size) == ("PNG", (22, 22))


def test_windows_icon_holds_each_size_as_it_was_rendered(tmp_path: Path) -> None:
    icon_files.write_ico(tmp_path / "icon.ico")
    with (tmp_path / "icon.ico").open("rb") as stream:
        icon = IcoFile(stream)
        sides = {width for width, _ in icon.sizes()}
        assert sides == {16, 20, 24, 32, 40, 48, 64, 128, 256}
        for side in sides:
            assert _is_rendered(icon.getimage((side, side)))


def test_mac_icon_holds_each_size_as_it_was_rendered(tmp_path: Path) -> None:
    icon_files.write_icns(tmp_path / "icon.icns")
    with (tmp_path / "icon.icns").open("rb") as stream:
        icon = IcnsFile(stream)
        sizes = icon.itersizes()
        assert {width * scale for width, _, scale in sizes} == {32, 64, 128, 256, 512, 1024}
        for size in sizes:
            assert _is_rendered(icon.getimage(size))


def _is_rendered(icon: Image.Image) -> bool:
    """Whether it is what the SVG gives at this size, and not another size scaled."""
    return np.array_equal(np.asarray(icon), np.asarray(icon_files.rendered(icon.width)))
