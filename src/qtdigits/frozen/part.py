"""A part of the program as one compressed piece inside the executable file.

A part is a row of zstd frames, its index, and a footer. The frames hold the contents of all files
one after the other, cut into chunks of equal size, so that several threads can unpack one part.
The index, a zstd frame of JSON, names the files with their sizes, the chunks with their SHA-256,
and the top-level packages in the part. The SHA-256 of the index is the part's key: it changes
whenever anything in the part does. packaging/write_part.py writes parts.
"""

from __future__ import annotations

import hashlib
import json
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

import zstandard

MAGIC: Final = b"qtdPART1"
FOOTER: Final = struct.Struct("<QQ32s8s")
"""Offset of the index in the part, its length, its SHA-256, MAGIC."""
_LARGEST_INDEX: Final = 64 << 20


class DamagedPartError(ValueError):
    """The executable file does not hold what was packed into it."""


@dataclass(frozen=True, slots=True)
class PartFile:
    """One file of a part; link is what a symbolic link points to, '' for a regular file."""

    path: str
    size: int
    is_program: bool = False
    link: str = ""


@dataclass(frozen=True, slots=True)
class Chunk:
    """Where a chunk's zstd frame lies, counted from the part's beginning, and its SHA-256."""

    offset: int
    length: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Index:
    """What a part holds. All chunks but the last one hold chunk_size bytes of content."""

    packages: tuple[str, ...]
    files: tuple[PartFile, ...]
    chunks: tuple[Chunk, ...]
    chunk_size: int

    @property
    def size(self) -> int:
        """How many bytes the files have together."""
        return sum(file.size for file in self.files)

    def to_json(self) -> bytes:
        """As the index is stored, before compression."""
        return json.dumps(
            {
                "packages": self.packages,
                "files": [[f.path, f.size, f.is_program, f.link] for f in self.files],
                "chunks": [[c.offset, c.length, c.sha256] for c in self.chunks],
                "chunk_size": self.chunk_size,
            }
        ).encode()


@dataclass(frozen=True, slots=True)
class Part:
    """A part in a file: where it begins there, and its index."""

    file: Path
    offset: int
    index: Index
    key: str

    def compressed(self, chunk: Chunk, source: BinaryIO) -> bytes:
        """The frame of a chunk, checked; source is the file, open. Raises DamagedPartError."""
        source.seek(self.offset + chunk.offset)
        frame = source.read(chunk.length)
        if hashlib.sha256(frame).hexdigest() != chunk.sha256:
            raise DamagedPartError(f"{self.file} is damaged; fetch or build it again")
        return frame


def read_part(file: Path, offset: int, length: int) -> Part:
    """The part that lies in a file at the offset; raises DamagedPartError and OSError."""
    damaged = f"{file} is damaged; fetch or build it again"
    with file.open("rb") as source:
        source.seek(offset + length - FOOTER.size)
        try:
            at, size, digest, magic = FOOTER.unpack(source.read(FOOTER.size))
        except struct.error:
            raise DamagedPartError(damaged) from None
        if magic != MAGIC or size > _LARGEST_INDEX:
            raise DamagedPartError(damaged)
        source.seek(offset + at)
        packed = source.read(size)
    if hashlib.sha256(packed).digest() != digest:
        raise DamagedPartError(damaged)
    index = json.loads(zstandard.decompress(packed, max_output_size=_LARGEST_INDEX))
    return Part(
        file,
        offset,
        Index(
            tuple(index["packages"]),
            tuple(PartFile(*one) for one in index["files"]),
            tuple(Chunk(*one) for one in index["chunks"]),
            index["chunk_size"],
        ),
        digest.hex(),
    )
