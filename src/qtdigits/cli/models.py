"""qtdigits models: the networks of the library, and which of them reads."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qtdigits.cli import model_import
from qtdigits.cli.arguments import add_json, path, whole_number
from qtdigits.cli.labelled import PARTS
from qtdigits.core.export_forms import ExportForm

if TYPE_CHECKING:
    from qtdigits.cli.arguments import Subparsers
    from qtdigits.core.library import LibraryEntry, ModelLibrary

_MOST = 10_000_000


def add_parser(subparsers: Subparsers) -> None:
    """Describe the sub-command and its own."""
    parser = subparsers.add_parser(
        "models",
        help="list, choose, compare, import and export networks",
        description="The networks of your library. NETWORK is the id or the name of one of them.",
    )
    actions = parser.add_subparsers(title="actions", metavar="ACTION", required=True)

    listing = actions.add_parser("list", help="list all networks, the one in use marked by a star")
    add_json(listing, "one JSON object")
    listing.set_defaults(run=_list)

    use = _action(actions, "use", "read with this network from now on")
    use.set_defaults(run=_use)

    rename = _action(actions, "rename", "call a network otherwise")
    rename.add_argument("name", metavar="NAME", help="the new name")
    rename.set_defaults(run=_rename)

    delete = _action(actions, "delete", "delete a network for good")
    delete.set_defaults(run=_delete)

    export = _action(actions, "export", "save a network for other programs")
    export.add_argument(
        "out", type=path, metavar="FILE", help="where to save; the suffix says in which form"
    )
    export.add_argument(
        "--format",
        choices=[form.value for form in ExportForm],
        metavar="FORM",
        help="keras, h5, litert (.tflite), saved-model (a folder), serving (a folder of versions "
        "for TensorFlow Serving) or onnx (default: by the suffix, saved-model without one)",
    )
    export.set_defaults(run=_export)

    model_import.add_actions(actions)
    _add_compare(actions)


def _action(actions: Subparsers, name: str, what: str) -> argparse.ArgumentParser:
    """A sub-command about one network."""
    parser = actions.add_parser(name, help=what, description=f"{what[0].upper()}{what[1:]}.")
    parser.add_argument("network", metavar="NETWORK", help="id or name")
    add_json(parser, "one JSON object")
    return parser


def _add_compare(actions: Subparsers) -> None:
    parser = actions.add_parser(
        "compare",
        help="measure two networks on the same images, by McNemar's test",
        description="Measure one network beside another on the same labelled data, as evaluate "
        "does. Each is the id or name of a network, or a .keras file.",
    )
    parser.add_argument("network", metavar="NETWORK", help="id, name or file")
    parser.add_argument("other", metavar="OTHER", help="id, name or file")
    parser.add_argument("data", nargs="+", type=path, metavar="DATA", help="as for evaluate")
    parser.add_argument("--part", choices=PARTS, default=PARTS[0], help="(default: test)")
    parser.add_argument(
        "--limit", type=whole_number(1, _MOST), metavar="N", help="at most N images of each"
    )
    add_json(parser, "one JSON object")
    parser.set_defaults(run=_compare)


def _library() -> ModelLibrary:
    from qtdigits.core.library import ModelLibrary

    return ModelLibrary()


def _found(library: ModelLibrary, text: str) -> LibraryEntry:
    """The network of this id, or else of this name; raises ValueError."""
    entries = library.entries()
    found = [e for e in entries if e.id == text] or [e for e in entries if e.name == text]
    if not found:
        raise ValueError(f"the library has no network {text!r}; see qtdigits models list")
    if len(found) > 1:
        ids = " and ".join(entry.id for entry in found)
        raise ValueError(f"{len(found)} networks are called {text!r}; give the id, {ids}")
    return found[0]


def _list(args: argparse.Namespace) -> int:
    library = _library()
    entries = library.entries()
    if args.json:
        print(json.dumps({"networks": [about_entry(entry) for entry in entries]}))
    else:
        width = max(len(entry.name) for entry in entries)
        for entry in entries:
            star = "*" if entry.is_current else " "
            print(f"{star} {entry.id:<8}  {entry.name:<{width}}  {_in_words(entry)}")
    if problem := library.current_problem():
        from qtdigits.cli.errors import say

        say(problem)
    return 0


def _use(args: argparse.Namespace) -> int:
    library = _library()
    entry = library.use(_found(library, args.network).id)
    return _tell(args, about_entry(entry), f"{entry.name} reads from now on.")


def _rename(args: argparse.Namespace) -> int:
    library = _library()
    old = _found(library, args.network)
    entry = library.rename(old.id, args.name)
    return _tell(args, about_entry(entry), f"{old.name} is called {entry.name} now.")


def _delete(args: argparse.Namespace) -> int:
    library = _library()
    entry = _found(library, args.network)
    library.delete(entry.id)
    current = library.current()
    also = f" {current.name} reads from now on." if entry.is_current else ""
    return _tell(
        args, {"deleted": entry.id, "current": current.id}, f"{entry.name} is deleted.{also}"
    )


def _export(args: argparse.Namespace) -> int:
    entry = _usable(_found(_library(), args.network))

    from qtdigits.ml.preload import import_keras

    import_keras()
    from qtdigits.ml.export import CHECKED, export_network

    form = None if args.format is None else ExportForm(args.format)
    made = export_network(entry.path, args.out, form)
    about = {
        "file": str(made.place),
        "sha256": made.card.sha256,
        "checked": CHECKED,
        "largest_difference": made.difference,
    }
    return _tell(
        args,
        about,
        f"Saved {made.place}: opened again, it answers {CHECKED} digits as {entry.name} does.",
    )


def _compare(args: argparse.Namespace) -> int:
    from qtdigits.cli import evaluate

    library = _library()
    options = argparse.Namespace(
        data=args.data,
        model=_model(library, args.network),
        compare=_model(library, args.other),
        part=args.part,
        writers=None,
        limit=args.limit,
        seed=0,
        sheet=None,
        sweep=False,
        csv=None,
        picture=None,
        adapt=None,
        repeat=1,
        json=args.json,
    )
    return evaluate.run(options)


def _model(library: ModelLibrary, text: str) -> Path:
    """The file of a network of the library, or else a file that is named itself."""
    known = any(text in (entry.id, entry.name) for entry in library.entries())
    if not known and Path(text).is_file():
        return Path(text)
    return _usable(_found(library, text)).path


def _usable(entry: LibraryEntry) -> LibraryEntry:
    if entry.problem:
        raise ValueError(f"{entry.problem}; choose another network")
    return entry


def _tell(args: argparse.Namespace, about: dict[str, Any], sentence: str) -> int:
    print(json.dumps(about) if args.json else sentence)
    return 0


def about_entry(entry: LibraryEntry) -> dict[str, Any]:
    about: dict[str, Any] = {
        "id": entry.id,
        "name": entry.name,
        "path": str(entry.path),
        "shipped": entry.is_shipped,
        "current": entry.is_current,
        "problem": entry.problem,
    }
    if entry.card is not None:
        card = entry.card
        about |= {
            "network": card.network,
            "parameters": card.parameters,
            "created": card.created,
            "data": list(card.data),
            "figures": card.figures,
        }
    return about


def _in_words(entry: LibraryEntry) -> str:
    """What a list says of a network beside its name."""
    card = entry.card
    if card is None or entry.problem:
        return f"cannot be used: {entry.problem}"
    words = [card.created[:10], card.network]
    for figure, on in (("test_accuracy", "test"), ("validation_accuracy", "validation")):
        accuracy = card.figures.get(figure)
        if isinstance(accuracy, int | float):
            words.append(f"{accuracy:.2%} on its {on} digits")
            break
    return "  ".join([*words, ", ".join(card.data)])
