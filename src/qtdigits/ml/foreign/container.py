"""Taking a model file apart: its description as text, its numbers as an HDF5 file in memory.

Limits: an ordinary file of 64 MiB; in a .keras file, exactly the three members that Keras writes,
of 128 MiB unpacked; a description of 2 MiB.
"""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from qtdigits.core.architecture import size_words
from qtdigits.core.data_files.regular import file_size, open_regular, read_exactly
from qtdigits.ml.foreign.refused import RefusedError

LARGEST_FILE: Final = 64 * 2**20
LARGEST_DESCRIPTION: Final = 2 * 2**20
_LARGEST_UNPACKED: Final = 128 * 2**20
_CONFIG: Final = "config.json"
_METADATA: Final = "metadata.json"
_WEIGHTS: Final = "model.weights.h5"
_MEMBERS: Final = frozenset({_CONFIG, _METADATA, _WEIGHTS})
_METHODS: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ENCRYPTED: Final = 1
_DIRECTORY_ENTRY: Final = b"PK\x01\x02"
_MOST_ENTRIES: Final = 100
"""Numbers may hold those four bytes by chance."""
_TOO_MANY: Final = (
    "holds more than a description and numbers, which a network for digits does not need"
)
HDF5_MAGIC: Final = b"\x89HDF\r\n\x1a\n"


@dataclass(frozen=True, slots=True)
class Contents:
    """A model file taken apart; config is None where the HDF5 file holds the description."""

    config: bytes | None
    hdf5: bytes


def read_container(path: Path) -> Contents:
    """Read a model file, told by its first bytes whatever it is called.

    Raises RefusedError, or ValueError with a whole sentence where it is no ordinary file.
    """
    with open_regular(path) as file:
        size = file_size(file)
        if size > LARGEST_FILE:
            raise RefusedError(
                f"is too large ({size_words(size)}); a network for digits has at most "
                f"{LARGEST_FILE >> 20} MiB"
            )
        data = read_exactly(file, size)
    if data.startswith(HDF5_MAGIC):
        return Contents(None, data)
    if data.startswith(b"PK\x03\x04"):
        return _read_zip(data)
    raise RefusedError("is not a Keras network; choose a .keras or .h5 file")


def _read_zip(data: bytes) -> Contents:
    if data.count(_DIRECTORY_ENTRY) > _MOST_ENTRIES:  # zipfile would make an object of each
        raise RefusedError(_TOO_MANY)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_members(archive.infolist())
            config = _member(archive, _CONFIG, LARGEST_DESCRIPTION)
            _member(archive, _METADATA, LARGEST_DESCRIPTION)
            hdf5 = _member(archive, _WEIGHTS, _LARGEST_UNPACKED)
    except (RefusedError, MemoryError):
        raise
    except Exception as error:  # of a damaged archive, zipfile raises half a dozen kinds
        raise RefusedError("is damaged; fetch it again") from error
    if not hdf5.startswith(HDF5_MAGIC):
        raise RefusedError(f"is damaged: its {_WEIGHTS} is not an HDF5 file")
    return Contents(config, hdf5)


def _check_members(members: list[zipfile.ZipInfo]) -> None:
    names = [member.filename for member in members]
    if len(set(names)) != len(names):
        raise RefusedError("holds two members of the same name, which no Keras file does")
    if missing := sorted(_MEMBERS - set(names)):
        raise RefusedError(f"is not a Keras network: it has no {missing[0]}; choose a .keras file")
    if len(names) > len(_MEMBERS):
        raise RefusedError(_TOO_MANY)
    if any(member.compress_type not in _METHODS for member in members):
        raise RefusedError("is packed in a way that Keras does not use; save it anew")
    if any(member.flag_bits & _ENCRYPTED for member in members):
        raise RefusedError("is encrypted; save it without a password")
    unpacked = sum(member.file_size for member in members)
    if unpacked > _LARGEST_UNPACKED:
        raise RefusedError(
            f"is too large ({size_words(unpacked)} unpacked); a network for digits has at most "
            f"{_LARGEST_UNPACKED >> 20} MiB"
        )


def _member(archive: zipfile.ZipFile, name: str, largest: int) -> bytes:
    size = archive.getinfo(name).file_size
    if size > largest:
        raise RefusedError(f"is too large: its {name} has {size_words(size)}")
    with archive.open(name) as member:
        data = read_exactly(member, size + 1)  # one more, so that the checksum is compared
    if len(data) != size:
        raise EOFError(f"{name} ends early")
    return data
