"""IDX files are read to the byte, with the labels found beside the images."""

from __future__ import annotations

import gzip
import struct
from pathlib import Path

import numpy as np
import pytest

from qtdigits.core.data_files.idx import read_idx

IMAGES = (np.arange(3 * 784) % 251).astype(np.uint8).reshape(3, 28, 28) // 8
LABELS = bytes([7, 0, 9])


def images_bytes(count: int = 3, side: int = 28) -> bytes:
    return struct.pack(">4I", 0x803, count, side, side) + IMAGES.tobytes()


def labels_bytes(labels: bytes = LABELS) -> bytes:
    return struct.pack(">2I", 0x801, len(labels)) + labels


def write_pair(folder: Path, images: bytes, labels: bytes, suffix: str = "") -> Path:
    path = folder / f"t10k-images-idx3-ubyte{suffix}"
    path.write_bytes(images)
    (folder / f"t10k-labels-idx1-ubyte{suffix}").write_bytes(labels)
    return path


def refusal(path: Path) -> str:
    with pytest.raises(ValueError, match=r".") as caught:
        read_idx(path)
    assert "\n" not in str(caught.value)
    assert str(path.parent) in str(caught.value)
    return str(caught.value)


def test_pair_is_read(tmp_path: Path) -> None:
    digits = read_idx(write_pair(tmp_path, images_bytes(), labels_bytes()))
    np.testing.assert_array_equal(digits.images, IMAGES)
    assert digits.labels.tolist() == [7, 0, 9]


def test_gzipped_pair_of_several_members_is_read(tmp_path: Path) -> None:
    content = images_bytes()
    packed = gzip.compress(content[:1000]) + gzip.compress(content[1000:])
    path = write_pair(tmp_path, packed, gzip.compress(labels_bytes()), ".gz")
    np.testing.assert_array_equal(read_idx(path).images, IMAGES)


def test_gzipped_images_find_plain_labels(tmp_path: Path) -> None:
    path = tmp_path / "train-images.idx3-ubyte.gz"
    path.write_bytes(gzip.compress(images_bytes()))
    (tmp_path / "train-labels.idx1-ubyte").write_bytes(labels_bytes())
    assert len(read_idx(path)) == 3


def test_folder_gives_the_part_asked_for(tmp_path: Path) -> None:
    write_pair(tmp_path, images_bytes(), labels_bytes())
    one = struct.pack(">4I", 0x803, 1, 28, 28) + bytes(784)
    (tmp_path / "train-images-idx3-ubyte").write_bytes(one)
    (tmp_path / "train-labels-idx1-ubyte").write_bytes(labels_bytes(b"\5"))
    assert len(read_idx(tmp_path, "test")) == 3
    assert len(read_idx(tmp_path, "train")) == 1


def test_folder_without_the_part_is_refused(tmp_path: Path) -> None:
    write_pair(tmp_path, images_bytes(), labels_bytes())
    with pytest.raises(ValueError, match="0 IDX files of train images"):
        read_idx(tmp_path, "train")


def test_missing_labels_are_told(tmp_path: Path) -> None:
    path = tmp_path / "t10k-images-idx3-ubyte"
    path.write_bytes(images_bytes())
    assert "has no labels beside it; put t10k-labels-idx1-ubyte" in refusal(path)


def test_labels_file_alone_is_told(tmp_path: Path) -> None:
    write_pair(tmp_path, images_bytes(), labels_bytes())
    assert "give the file of images" in refusal(tmp_path / "t10k-labels-idx1-ubyte")


def test_swapped_files_are_refused(tmp_path: Path) -> None:
    path = write_pair(tmp_path, labels_bytes(), images_bytes())
    assert "is not an IDX file of images (it has 1 dimensions)" in refusal(path)


def test_differing_counts_are_refused(tmp_path: Path) -> None:
    path = write_pair(tmp_path, images_bytes(), labels_bytes(b"\1\2"))
    assert "3 images but 2 labels" in refusal(path)


def test_label_that_is_no_digit_is_refused(tmp_path: Path) -> None:
    path = write_pair(tmp_path, images_bytes(), labels_bytes(b"\1\2\x0b"))
    assert "1 label is no digit" in refusal(path)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (images_bytes()[:-1], "holds only 2,351"),
        (images_bytes() + b"\0", "holds more"),
        (images_bytes()[:10], "ends within its header"),
        (images_bytes(count=2**32 - 1), "promises 3,211,264 MB"),
        (struct.pack(">4I", 0xD03, 3, 28, 28) + bytes(9408), "not an IDX file of bytes"),
        (struct.pack(">4I", 0x803, 3, 1, 784) + IMAGES.tobytes(), "must have the shape"),
        (struct.pack(">4I", 0x803, 0, 28, 28), "it holds no images"),
        (b"\x93NUMPY", "not an IDX file of bytes"),
    ],
)
def test_unfit_images_are_refused(tmp_path: Path, content: bytes, says: str) -> None:
    assert says in refusal(write_pair(tmp_path, content, labels_bytes()))


def test_truncated_gzip_is_refused(tmp_path: Path) -> None:
    path = write_pair(tmp_path, gzip.compress(images_bytes())[:-20], labels_bytes())
    assert "damaged or incomplete" in refusal(path)


def test_gzip_with_wrong_checksum_is_refused(tmp_path: Path) -> None:
    packed = bytearray(gzip.compress(images_bytes()))
    packed[-6] ^= 0xFF
    path = write_pair(tmp_path, bytes(packed), labels_bytes())
    assert "damaged or incomplete" in refusal(path)


def test_gzip_bomb_is_read_no_further_than_its_header_promises(tmp_path: Path) -> None:
    bomb = gzip.compress(images_bytes() + bytes(200 << 20), 1)
    path = write_pair(tmp_path, bomb, labels_bytes())
    assert "holds more" in refusal(path)
