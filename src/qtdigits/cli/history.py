"""qtdigits history: the drawings that are kept, out to files and in from files."""

from __future__ import annotations

import argparse
import json
from typing import TYPE_CHECKING, Any

from qtdigits.cli.arguments import add_json, path

if TYPE_CHECKING:
    from qtdigits.cli.arguments import Subparsers
    from qtdigits.core.history import HistoryEntry
    from qtdigits.core.store.people import Person
    from qtdigits.core.store.store import Store
    from qtdigits.core.transfer.progress import Report


def add_parser(subparsers: Subparsers) -> None:
    """Describe the sub-command and its own."""
    parser = subparsers.add_parser(
        "history",
        help="list, export and import drawings",
        description="The drawings that qtdigits keeps, of each person apart.",
    )
    actions = parser.add_subparsers(title="actions", metavar="ACTION", required=True)

    listing = actions.add_parser(
        "list",
        help="list all people, or the drawings of one",
        description="List all people, the one at the desk marked by a star; or the drawings of "
        "one person, the newest first.",
    )
    listing.add_argument("--person", metavar="NAME", help="list the drawings of this person")
    add_json(listing, "one JSON object")
    listing.set_defaults(run=_list)

    export = actions.add_parser(
        "export",
        help="save drawings as strokes, arrays or pictures",
        description="Save the drawings of a person: as a strokes file (.jsonl.gz), as arrays like "
        "those of mnist.npz (.npz), or, where the name has no ending, as a new folder of pictures "
        "by label. Arrays and pictures need labels; drawings without one are left out there.",
    )
    export.add_argument("out", type=path, metavar="OUT", help="the file or new folder")
    _add_person(export)
    add_json(export, "one JSON object")
    _add_events(export)
    export.set_defaults(run=_export)

    importing = actions.add_parser(
        "import",
        help="add the drawings of a file",
        description="Add all drawings of a strokes file, or of an archive or folder that qtdigits "
        "exported, to those of a person. Drawings that are there already are left out.",
    )
    importing.add_argument("file", type=path, metavar="FILE", help="the file or folder")
    _add_person(importing)
    add_json(importing, "one JSON object")
    _add_events(importing)
    importing.set_defaults(run=_import)


def _add_person(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--person", metavar="NAME", help="whose (default: the one at the desk)")


def _add_events(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--events",
        action="store_true",
        help="for another program: as --json, with lines before it that say how far it is; the "
        "end of standard input cancels",
    )


def _report(args: argparse.Namespace) -> Report | None:
    """Who is to hear how far it is."""
    if not args.events:
        return None
    from qtdigits.cli.transfer_child import Progress

    return Progress()


def _person(store: Store, name: str | None) -> Person:
    return store.people.current() if name is None else store.people.named(name)


def _list(args: argparse.Namespace) -> int:
    from qtdigits.core.store.query import HistoryQuery
    from qtdigits.core.store.store import Store

    store = Store.open_to_read()
    if args.person is None:
        return _list_people(store, args.json)
    person = store.people.named(args.person)
    ids = store.drawings.ids(HistoryQuery(person.id))
    if args.json:
        drawings = [_about(entry) for entry in store.drawings.entries(ids)]
        print(json.dumps({"person": person.name, "drawings": drawings}))
        return 0
    from qtdigits.core.wording import short_answer

    for entry in store.drawings.entries(ids):
        label = "" if entry.label is None else f"it is {entry.label}"
        answer = " ".join(short_answer(entry.prediction))
        print(f"{entry.id:>7}  {entry.created:%Y-%m-%d %H:%M}  {answer:<12}  {label}".rstrip())
    return 0


def _list_people(store: Store, as_json: bool) -> int:
    current = store.people.current().id
    people = store.people.all()
    if as_json:
        about = [
            {
                "name": one.name,
                "current": one.id == current,
                "drawings": one.drawings,
                "labelled": one.labelled,
                "read_right": store.drawings.score(one.id).whole.value,
            }
            for one in people
        ]
        print(json.dumps({"people": about}))
        return 0
    width = max(len(one.name) for one in people)
    for one in people:
        star = "*" if one.id == current else " "
        words = f"{one.drawings:,} drawings, {one.labelled:,} labelled"
        share = store.drawings.score(one.id).whole.value
        if share is not None:
            words += f", {share:.1%} of these read right"
        print(f"{star} {one.name:<{width}}  {words}")
    return 0


def _export(args: argparse.Namespace) -> int:
    from qtdigits.core.store.query import HistoryQuery, Order
    from qtdigits.core.store.store import Store
    from qtdigits.core.transfer.export import export_drawings
    from qtdigits.core.transfer.progress import reported

    store = Store.open_to_read()
    person = _person(store, args.person)
    entries = store.drawings.iterate(HistoryQuery(person.id, order=Order.OLDEST))
    done = export_drawings(reported(entries, _report(args)), person.name, args.out)
    if args.json or args.events:
        print(
            json.dumps(
                {
                    "file": str(args.out),
                    "kind": done.kind,
                    "drawings": done.drawings,
                    "left_out": done.left_out,
                }
            )
        )
        return 0
    also = f" {done.left_out:,} without a label were left out." if done.left_out else ""
    print(f"Saved {args.out}: {done.drawings:,} drawings of {person.name}.{also}")
    return 0


def _import(args: argparse.Namespace) -> int:
    from qtdigits.core.store.store import Store
    from qtdigits.core.transfer.imports import import_drawings

    store = Store.open()
    try:
        if not store.is_saved:
            raise ValueError(store.note)
        person = _person(store, args.person)
        done = import_drawings(args.file, store, person.id, _report(args))
    finally:
        store.close()
    if args.json or args.events:
        print(
            json.dumps(
                {
                    "person": person.name,
                    "added": done.added,
                    "duplicates": done.duplicates,
                    "left_out": done.left_out,
                }
            )
        )
        return 0
    words = [f"{done.added:,} drawings were added to those of {person.name}."]
    if done.duplicates:
        words.append(f"{done.duplicates:,} were there already.")
    if done.left_out:
        words.append(f"{done.left_out:,} show no digit, and were left out.")
    print(" ".join(words))
    return 0


def _about(entry: HistoryEntry) -> dict[str, Any]:
    return {
        "id": entry.id,
        "created": entry.created.isoformat(timespec="milliseconds"),
        "verdict": entry.prediction.verdict,
        "digit": entry.prediction.digit,
        "confidence": entry.prediction.confidence,
        "label": entry.label,
        "model": entry.model,
        "origin": entry.origin,
    }
