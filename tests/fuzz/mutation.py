"""Damaging bytes at random: some bytes anew, parts cut out or doubled, a value within JSON."""

from __future__ import annotations

import gzip
import json
import random
import zlib
from collections.abc import Callable
from typing import Any, Final

_TELLING_BYTES: Final = (0, 1, 0x7F, 0x80, 0xFF, *b'"[]{},:-.0e9\n')
_TELLING_VALUES: Final[tuple[Any, ...]] = (
    *(None, True, "", "x", "\ud800", "\0", "a" * 999, [], {}, [[]], {"a": 1}),
    *(0, -1, 1, 10, 2**31, 2**63, -(2**63) - 1, 10**400, 0.5, -0.0, 1e-320, 1e300),
    *(float("inf"), float("-inf"), float("nan")),
)
_LARGEST: Final = 1 << 16


def mutated(data: bytes, rng: random.Random) -> bytes:
    """The bytes with one to eight changes."""
    for _ in range(rng.choice((1, 1, 2, 8))):
        data = rng.choice(_CHANGES)(data, rng)
    return data


def _other_bytes(data: bytes, rng: random.Random) -> bytes:
    changed = bytearray(data or b"\0")
    for _ in range(rng.choice((1, 1, 4, 32))):
        value = rng.choice((*_TELLING_BYTES, rng.randrange(256)))
        changed[rng.randrange(len(changed))] = value
    return bytes(changed)


def _bit(data: bytes, rng: random.Random) -> bytes:
    changed = bytearray(data or b"\0")
    changed[rng.randrange(len(changed))] ^= 1 << rng.randrange(8)
    return bytes(changed)


def _cut(data: bytes, rng: random.Random) -> bytes:
    """An end or a middle is missing."""
    begin = rng.randrange(len(data) + 1)
    end = rng.choice((len(data), min(len(data), begin + rng.randrange(1, 40))))
    return data[:begin] + data[end:]


def _doubled(data: bytes, rng: random.Random) -> bytes:
    begin = rng.randrange(len(data) + 1)
    part = data[begin : begin + rng.randrange(1, 200)] or b"\0"
    return (data[:begin] + part * rng.choice((1, 2, 100)) + data[begin:])[:_LARGEST]


def _within_json(data: bytes, rng: random.Random) -> bytes:
    """One value of one line of JSON is another one."""
    lines = data.split(b"\n")
    at = rng.randrange(len(lines))
    try:
        value = json.loads(lines[at])
    except (ValueError, RecursionError):
        return _other_bytes(data, rng)
    if isinstance(value, dict | list) and value:
        holder, key = rng.choice(_places(value))
        holder[key] = rng.choice((*_TELLING_VALUES, _deep(rng)))
    else:
        value = rng.choice(_TELLING_VALUES)
    lines[at] = json.dumps(value).encode()
    return b"\n".join(lines)[:_LARGEST]


def _deep(rng: random.Random) -> Any:  # noqa: ANN401 - any JSON value
    value: Any = 0
    for _ in range(rng.choice((5, 100, 400))):
        value = [value] if rng.random() < 0.5 else {"a": value}
    return value


def _places(root: Any) -> list[tuple[Any, Any]]:  # noqa: ANN401 - any JSON value
    """Where values stand in a JSON value, at any depth: the list or object, and the index."""
    found, waiting = [], [root]
    while waiting:
        node = waiting.pop()
        keys = node.keys() if isinstance(node, dict) else range(len(node))
        found += [(node, key) for key in keys]
        waiting += [node[key] for key in keys if isinstance(node[key], dict | list)]
    return found


def _within_gzip(data: bytes, rng: random.Random) -> bytes:
    """Changed before it was packed, so that the checksum is right."""
    try:
        unpacked = zlib.decompressobj(wbits=31).decompress(data, _LARGEST)
    except zlib.error:
        return _other_bytes(data, rng)
    change = rng.choice((_other_bytes, _cut, _doubled, _within_json))
    return gzip.compress(change(unpacked, rng), mtime=0)


_CHANGES: Final[tuple[Callable[[bytes, random.Random], bytes], ...]] = (
    *(_other_bytes, _bit, _cut, _doubled),
    *(_within_json, _within_json, _within_gzip),
)
