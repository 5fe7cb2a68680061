"""Writes the parts of the executable file, which qtdigits.frozen.part describes and reads."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final

import zstandard

from qtdigits.core.atomic_file import replace_file
from qtdigits.frozen.part import FOOTER, MAGIC, Chunk, Index, PartFile

_CHUNK_BYTES: Final = 8 << 20
_PIECE_BYTES: Final = 1 << 20


def write_part(
    target: Path,
    files: Mapping[str, Path],
    links: Mapping[str, str],
    packages: Iterable[str],
    level: int,
    frames: Path,
) -> Index:
    """Write a part, the same bytes for the same files; returns its index.

    files: path in the part -> file. links: path in the part -> what the link points to. packages:
    the top-level packages that are in it. level: of zstd, 1 to 22. frames: a folder that keeps
    what was compressed, so that a build after a small change is quick.
    """
    # Alike files side by side compress better, and those that are imported together are neighbours.
    names = sorted(files, key=lambda name: (Path(name).suffix, name))
    listed = [
        PartFile(name, files[name].stat().st_size, os.access(files[name], os.X_OK))
        for name in names
    ]
    listed += [PartFile(name, 0, link=links[name]) for name in sorted(links)]
    chunks: list[Chunk] = []
    target.parent.mkdir(parents=True, exist_ok=True)
    frames.mkdir(parents=True, exist_ok=True)
    with target.open("wb") as out, ThreadPoolExecutor(os.cpu_count()) as pool:

        def compressed(content: bytes) -> bytes:
            kept = frames / f"{hashlib.sha256(content).hexdigest()}-{level}"
            if not kept.is_file():
                compressor = zstandard.ZstdCompressor(
                    level=level, write_checksum=True, write_content_size=True
                )
                replace_file(kept, compressor.compress(content))
            return kept.read_bytes()

        for frame in pool.map(compressed, _chunks(files[name] for name in names)):
            chunks.append(Chunk(out.tell(), len(frame), hashlib.sha256(frame).hexdigest()))
            out.write(frame)
        index = Index(tuple(sorted(packages)), tuple(listed), tuple(chunks), _CHUNK_BYTES)
        packed = compressed(index.to_json())
        at = out.tell()
        out.write(packed)
        out.write(FOOTER.pack(at, len(packed), hashlib.sha256(packed).digest(), MAGIC))
    return index


def _chunks(files: Iterable[Path]) -> Iterator[bytes]:
    """The contents of all files one after the other, in pieces of the chunks' size."""
    held = bytearray()
    for file in files:
        with file.open("rb") as stream:
            while piece := stream.read(_PIECE_BYTES):
                held += piece
                while len(held) >= _CHUNK_BYTES:
                    yield bytes(held[:_CHUNK_BYTES])
                    del held[:_CHUNK_BYTES]
    if held:
        yield bytes(held)
