"""Numpy archives are read in every usual form, and refused before they can do harm."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.lib import format as npy
from numpy.typing import ArrayLike, DTypeLike, NDArray

from qtdigits.core.data_files.npz import read_npz

LABELS = np.array([3, 1, 4, 1, 5], np.uint8)


def some_images() -> NDArray[np.uint8]:
    images = np.zeros((5, 28, 28), np.uint8)
    images[:, 6:22, 13:16] = np.arange(51, 256, 51, dtype=np.uint8)[:, None, None]
    return images


def save(path: Path, **arrays: ArrayLike) -> Path:
    np.savez_compressed(path, allow_pickle=True, **arrays)
    return path


def refusal(path: Path) -> str:
    with pytest.raises(ValueError, match=path.name) as caught:
        read_npz(path)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_npz_as_keras_has_it_reads_the_part_asked_for(tmp_path: Path) -> None:
    path = save(
        tmp_path / "m.npz",
        x_train=some_images()[:2],
        y_train=LABELS[:2],
        x_test=some_images(),
        y_test=LABELS,
    )
    assert read_npz(path).labels.tolist() == LABELS.tolist()
    assert len(read_npz(path, "train")) == 2
    np.testing.assert_array_equal(read_npz(path).images, some_images())


@pytest.mark.parametrize(("x", "y"), [("x", "y"), ("images", "labels"), ("data", "target")])
def test_undivided_npz_is_read_whole(tmp_path: Path, x: str, y: str) -> None:
    path = save(tmp_path / "m.npz", **{x: some_images(), y: LABELS})
    assert len(read_npz(path, "test")) == len(read_npz(path, "train")) == 5


@pytest.mark.parametrize("shape", [(5, 28, 28), (5, 28, 28, 1), (5, 784)])
def test_usual_shapes_give_the_same_images(tmp_path: Path, shape: tuple[int, ...]) -> None:
    path = save(tmp_path / "m.npz", x=some_images().reshape(shape), y=LABELS)
    np.testing.assert_array_equal(read_npz(path).images, some_images())


@pytest.mark.parametrize("dtype", [np.int64, np.float32, np.float64, np.dtype(">i2")])
def test_levels_of_any_number_type_give_the_same_images(tmp_path: Path, dtype: DTypeLike) -> None:
    path = save(tmp_path / "m.npz", x=some_images().astype(dtype), y=LABELS)
    np.testing.assert_array_equal(read_npz(path).images, some_images())


def test_floats_from_0_to_1_give_the_same_images(tmp_path: Path) -> None:
    path = save(tmp_path / "m.npz", x=some_images() / 255, y=LABELS)
    np.testing.assert_array_equal(read_npz(path).images, some_images())


def test_fortran_order_gives_the_same_images(tmp_path: Path) -> None:
    path = save(tmp_path / "m.npz", x=np.asfortranarray(some_images()), y=LABELS)
    np.testing.assert_array_equal(read_npz(path).images, some_images())


def test_black_on_white_gives_the_same_images(tmp_path: Path) -> None:
    path = save(tmp_path / "m.npz", x=255 - some_images(), y=LABELS)
    np.testing.assert_array_equal(read_npz(path).images, some_images())


def test_one_hot_labels_are_digits(tmp_path: Path) -> None:
    path = save(tmp_path / "m.npz", x=some_images(), y=np.eye(10)[LABELS])
    assert read_npz(path).labels.tolist() == LABELS.tolist()


def test_other_sizes_are_framed(tmp_path: Path) -> None:
    images = np.zeros((1, 16, 16), np.uint8)
    images[0, 2:14, 7:9] = 255
    read = read_npz(save(tmp_path / "m.npz", x=images, y=LABELS[:1])).images
    rows = np.flatnonzero(read[0].max(axis=1) > 127)
    assert read.shape == (1, 28, 28)
    assert 19 <= np.ptp(rows) + 1 <= 21


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"x": np.zeros((5, 28, 28, 3), np.uint8)}, "must have the shape"),
        ({"x": np.zeros((28, 28, 5), np.uint8)}, "must have the shape"),
        ({"x": np.zeros((5, 28, 28), np.complex64)}, "must be numbers"),
        ({"x": np.full((5, 28, 28), np.nan)}, "not finite"),
        ({"x": np.full((5, 28, 28), 300)}, "between 0 and 255"),
        ({"y": LABELS[:4]}, "5 images but 4 labels"),
        (
            {"y": np.array([1, 2, 3, 10, -1])},
            "2 labels are not digits from 0 to 9: 10 at index 3, -1 at index 4",
        ),
        ({"y": np.array([0.5] * 5)}, "5 labels are not digits"),
        ({"y": np.array([np.nan] * 5)}, "5 labels are not digits"),
        (
            {"y": np.array(["1", "five", "3", "", "10"])},
            "3 labels are not digits from 0 to 9: 'five' at index 1, '' at index 3, '10' at",
        ),
        ({"y": np.array([b"1", b"2", b"3", b"\xff", b"5"])}, "1 label is no digit"),
        ({"y": np.array(["1" * 10] * 5)}, "5 labels are not digits from 0 to 9: "),
        ({"y": np.array([1j] * 5)}, "labels must be numbers"),
    ],
)
def test_unfit_arrays_are_refused(tmp_path: Path, change: dict[str, Any], says: str) -> None:
    arrays: dict[str, Any] = {"x": some_images(), "y": LABELS}
    assert says in refusal(save(tmp_path / "m.npz", **(arrays | change)))


def test_labels_may_be_texts_of_one_digit(tmp_path: Path) -> None:
    for labels in (np.array(["3", " 1", "4", "1", "5"]), np.array([b"3", b"1", b"4", b"1", b"5"])):
        path = save(tmp_path / "m.npz", x=some_images(), y=labels)
        assert read_npz(path).labels.tolist() == [3, 1, 4, 1, 5]


def test_of_many_wrong_labels_the_first_are_named(tmp_path: Path) -> None:
    path = save(tmp_path / "m.npz", x=np.repeat(some_images(), 2, axis=0), y=np.full(10, 11))
    says = refusal(path)
    assert "10 labels are not digits from 0 to 9: 11 at index 0, " in says
    assert says.endswith("11 at index 4, …")


def test_other_names_are_told(tmp_path: Path) -> None:
    assert "has pictures" in refusal(save(tmp_path / "m.npz", pictures=some_images()))


def test_missing_part_is_told(tmp_path: Path) -> None:
    path = save(tmp_path / "m.npz", x_train=some_images(), y_train=LABELS)
    assert "no test part" in refusal(path)


class Canary:
    """Leaves a trace if it is ever unpickled."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[Any, ...]:
        return Path.touch, (self.path,)


def test_object_array_is_refused_and_runs_nothing(tmp_path: Path) -> None:
    canary = tmp_path / "ran"
    path = save(tmp_path / "m.npz", x=some_images(), y=np.array([Canary(canary)] * 5, object))
    assert "Python objects" in refusal(path)
    assert not canary.exists()


def forged(path: Path, header: dict[str, Any], data: bytes = b"") -> Path:
    """An archive whose images have this header, whatever follows it."""
    stream = io.BytesIO()
    npy.write_array_header_1_0(stream, header)
    labels = io.BytesIO()
    np.save(labels, LABELS)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("x.npy", stream.getvalue() + data)
        archive.writestr("y.npy", labels.getvalue())
    return path


def test_promise_of_a_huge_array_is_refused(tmp_path: Path) -> None:
    header = {"descr": "|u1", "fortran_order": False, "shape": (10**12, 28, 28)}
    assert "more than 512 MB" in refusal(forged(tmp_path / "m.npz", header))


def test_array_larger_than_it_says_is_refused(tmp_path: Path) -> None:
    header = {"descr": "|u1", "fortran_order": False, "shape": (5, 28, 28)}
    path = forged(tmp_path / "m.npz", header, bytes(64 << 20))
    assert "does not fit" in refusal(path)


def test_negative_shape_is_refused(tmp_path: Path) -> None:
    header = {"descr": "|u1", "fortran_order": False, "shape": (-5, -28, 28)}
    refusal(forged(tmp_path / "m.npz", header, bytes(5 * 784)))


def test_npy_member_that_is_none_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "m.npz"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("x.npy", b"nonsense")
        archive.writestr("y.npy", b"")
    refusal(path)


def test_truncated_archive_is_refused(tmp_path: Path) -> None:
    path = save(tmp_path / "m.npz", x=some_images(), y=LABELS)
    path.write_bytes(path.read_bytes()[:-40])
    assert "damaged" in refusal(path)


def test_flipped_bit_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "m.npz"
    np.savez(path, x=some_images(), y=LABELS)
    content = bytearray(path.read_bytes())
    content[1000] ^= 1
    path.write_bytes(content)
    assert "damaged" in refusal(path)
