"""qtdigits models import: a network from elsewhere into the library."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from qtdigits.cli.arguments import add_json, path

if TYPE_CHECKING:
    from qtdigits.cli.arguments import Subparsers


def add_actions(actions: Subparsers) -> None:
    """Describe the action, and the one that it runs as a child process."""
    parser = actions.add_parser(
        "import",
        help="take a .keras or .h5 file of another program into the library",
        description="Take a network that another program trained into the library. The file is "
        "read as data, by a child process with limits; nothing in it is ever run. What it expects "
        "(light or dark ink, 0 to 1 or 0 to 255, and so on) is found out with digits of the "
        "built-in synthetic pen.",
    )
    parser.add_argument("file", type=path, metavar="FILE", help="a .keras or .h5 file, Keras 2 too")
    parser.add_argument("--name", metavar="NAME", help="what to call it (default: FILE's name)")
    add_json(parser, "one JSON object")
    parser.set_defaults(run=_import)

    # Without help, it is not listed: it is for read_in_child alone.
    unpack = actions.add_parser("unpack", description="Read a network and write it down plainly.")
    unpack.add_argument("file", type=path, metavar="FILE")
    unpack.set_defaults(run=_unpack)


def _unpack(args: argparse.Namespace) -> int:
    from qtdigits.ml.foreign.limits import end_with_standard_input, limit_this_process
    from qtdigits.ml.foreign.reading import read_foreign, write_to

    limit_this_process()
    end_with_standard_input()
    write_to(read_foreign(args.file), sys.stdout.buffer)
    return 0


def _import(args: argparse.Namespace) -> int:
    import json

    from qtdigits.cli.models import about_entry
    from qtdigits.core.library import LONGEST_NAME, ModelLibrary, checked_name
    from qtdigits.ml.foreign.child import read_in_child

    stem = "".join(c if c.isprintable() else " " for c in args.file.stem)
    name = checked_name(args.name if args.name is not None else stem[:LONGEST_NAME])
    foreign = read_in_child(args.file)

    from qtdigits.ml.preload import import_keras

    import_keras()
    from qtdigits.ml.foreign.importing import found_words, save_imported

    library = ModelLibrary()
    draft = library.new_draft()
    try:
        card = save_imported(foreign, args.file, name, draft.network)
        entry = library.keep(draft, name)
    finally:
        draft.discard()
    if args.json:
        print(json.dumps(about_entry(entry) | {"found": found_words(card)}))
    else:
        print(f"{entry.name} is in the library: {found_words(card)}.")
    return 0
