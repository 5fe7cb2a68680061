"""A folder of very many files is read to its end, and what is no picture is reported."""

from __future__ import annotations

import os
import time
from pathlib import Path

from PIL import Image, ImageDraw

from qtdigits.core.data_files.image_folder import read_image_folder

FILES = 100_000 if "QTDIGITS_MUTATIONS" in os.environ else 2_000
LONGEST_S = 60


def test_folder_of_very_many_files_is_read_and_the_useless_ones_reported(tmp_path: Path) -> None:
    folder = tmp_path / "1"
    folder.mkdir()
    picture = Image.new("L", (60, 80), "white")
    ImageDraw.Draw(picture).line((30, 10, 30, 70), fill="black", width=6)
    picture.save(folder / "one.png")
    (folder / ".DS_Store").touch()
    for number in range(FILES):
        (folder / f"{number}.png").touch()
    began = time.process_time()
    digits = read_image_folder(tmp_path)
    assert time.process_time() - began < LONGEST_S
    assert len(digits) == 1
    assert len(digits.skipped) == FILES
