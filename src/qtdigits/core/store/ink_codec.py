"""Ink as bytes and back, with every number of every pen sample exactly as it was."""

from __future__ import annotations

import hashlib
import json
import struct
import zlib
from typing import Final

import numpy as np

from qtdigits.core.ink import Ink, PenSample, Stroke

_VERSION: Final = 1
_HEAD: Final = struct.Struct("<BI")
_FIELDS: Final = 4
_LARGEST: Final = 64 << 20
"""What a drawing may take unpacked, in bytes: two million pen samples."""


def encode_ink(ink: Ink) -> bytes:
    """The ink in a few hundred bytes.

    A byte for the version and the number of strokes (uint32), then compressed: the number of
    samples of each stroke (uint32) and, as float64, all x, all y, all times and all pressures. All
    little-endian. Numbers of one kind side by side compress best.
    """
    counts = np.array([len(stroke.samples) for stroke in ink.strokes], "<u4")
    samples = [s for stroke in ink.strokes for s in stroke.samples]
    fields = np.array([(s.x, s.y, s.time_ms, s.pressure) for s in samples], "<f8")
    body = counts.tobytes() + fields.reshape(-1, _FIELDS).T.tobytes()
    return _HEAD.pack(_VERSION, len(counts)) + zlib.compress(body, 3)


def decode_ink(data: bytes) -> Ink:
    """What encode_ink was given; raises ValueError for bytes that it did not make."""
    try:
        version, strokes = _HEAD.unpack_from(data)
        unpacker = zlib.decompressobj()
        body = unpacker.decompress(data[_HEAD.size :], _LARGEST)
    except (struct.error, zlib.error) as error:
        raise ValueError(f"the strokes of a drawing are damaged ({error})") from None
    if version != _VERSION or not unpacker.eof or len(body) < 4 * strokes:
        raise ValueError("the strokes of a drawing are damaged, or of a newer version")
    counts = np.frombuffer(body, "<u4", strokes)
    total = int(counts.sum())
    if len(body) != 4 * strokes + 8 * _FIELDS * total or (strokes and counts.min() == 0):
        raise ValueError("the strokes of a drawing are damaged")
    fields = np.frombuffer(body, "<f8", offset=4 * strokes).reshape(_FIELDS, total)
    if not np.isfinite(fields).all():
        raise ValueError("the strokes of a drawing hold numbers that are not finite")
    samples = tuple(map(PenSample, *fields.tolist()))
    ends = np.cumsum(counts).tolist()
    return Ink(tuple(Stroke(samples[a:b]) for a, b in zip([0, *ends], ends, strict=False)))


def ink_digest(ink: Ink) -> bytes:
    """16 bytes that tell whether two inks are the same drawing, also after export and import.

    It is taken of the tracks as a strokes file has them, rounded to hundredths, so that pressure
    and time, which such a file leaves out, do not count.
    """
    tracks = json.dumps(ink.to_json(), separators=(",", ":")).encode()
    return hashlib.blake2b(tracks, digest_size=16).digest()
