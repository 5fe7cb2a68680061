"""The description of a network as JSON: parsed within limits, and searched for program code."""

from __future__ import annotations

import json
from typing import Any, Final, NoReturn

from qtdigits.core.foreign_text import brief
from qtdigits.ml.foreign.container import LARGEST_DESCRIPTION
from qtdigits.ml.foreign.refused import RefusedError

_DEEPEST: Final = 40
_MOST_NODES: Final = 100_000
_CODE: Final = frozenset({"Lambda", "__lambda__", "function", "__function__", "__numpy__"})
_VALUES: Final = frozenset({"__tensor__", "__typespec__", "__bytes__", "__ellipsis__", "ndarray"})


def parse_description(text: bytes | str) -> dict[str, Any]:
    """The JSON object of a network's description; raises RefusedError."""
    if len(text) > LARGEST_DESCRIPTION:
        raise RefusedError("is too large: its description is longer than 2 MiB")
    try:
        value = json.loads(text, object_pairs_hook=_object, parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        if isinstance(error, RefusedError):
            raise
        raise RefusedError("is damaged: its description is not JSON; fetch it again") from None
    if not isinstance(value, dict):
        raise RefusedError("is damaged: its description is no JSON object; fetch it again")
    _check_limits(value)
    return value


def check_for_code(value: object) -> None:
    """Raise RefusedError where a description that is within the limits holds program code."""
    waiting = [value]
    while waiting:
        node = waiting.pop()
        if isinstance(node, list):
            waiting.extend(node)
        elif isinstance(node, dict):
            name = node.get("class_name", node.get("type"))
            if isinstance(name, str) and name in _CODE:
                raise RefusedError(f"contains program code ({name}); not loaded")
            if isinstance(name, str) and name in _VALUES:
                raise RefusedError(f"contains values that only Keras itself could make ({name})")
            waiting.extend(node.values())


def _check_limits(value: object) -> None:
    level, nodes = [value], 0
    for _ in range(_DEEPEST):
        below: list[object] = []
        for node in level:
            if isinstance(node, dict):
                below.extend(node.values())
            elif isinstance(node, list):
                below.extend(node)
        nodes += len(below)
        if nodes > _MOST_NODES:
            raise RefusedError("is too large: its description has too many parts")
        if not below:
            return
        level = below
    raise RefusedError("is too large: its description is nested too deeply")


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    values = dict(pairs)
    if len(values) != len(pairs):
        raise RefusedError("is damaged: its description says something twice; fetch it again")
    return values


def _no_number(name: str) -> NoReturn:
    raise RefusedError(f"is damaged: its description holds {brief(name)} for a number")
