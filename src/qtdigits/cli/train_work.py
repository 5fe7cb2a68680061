"""The work of qtdigits train, for a person at a shell and for a parent program."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from qtdigits.cli.errors import say
from qtdigits.cli.train_options import config_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from qtdigits.core.training import Report, TrainingResult
    from qtdigits.core.training_events import TrainingFinished
    from qtdigits.ml.datasets import TrainingData

_DEFAULT_DATA = ("synthetic:60000", "non-digits:15000")
_MOST_WATCHED = 100


def train_as_asked(
    args: argparse.Namespace,
    report: Report,
    threads: int | None = None,
    should_stop: Callable[[], bool] | None = None,
    watched: NDArray[np.float32] | None = None,
) -> tuple[TrainingResult, TrainingData]:
    """Read the data that the options name and train as they say; raises ValueError.

    threads: how many may compute, None leaves it to TensorFlow. For should_stop and watched see
    ml.train.
    """
    config = config_of(args)
    out = Path(args.out)
    sources = [_stored(source) for source in args.data or _DEFAULT_DATA]
    writers = Path(args.writers) if args.writers else None

    from qtdigits.ml.preload import import_keras, use_threads

    import_keras(with_gpus=args.strategy is not None)
    if threads is not None:
        use_threads(threads)
    from qtdigits.ml.datasets import read_training_data
    from qtdigits.ml.model_file import check_destination
    from qtdigits.ml.train import train

    check_destination(out)
    data = read_training_data(sources, writers, config)
    names = tuple(_shown_name(source) for source in sources)
    with ExitStack() as scopes:
        if args.strategy is not None:
            from qtdigits.ml.devices import devices_in_words, mirrored, shared_evenly

            strategy = mirrored()
            config = shared_evenly(config, len(data.images), strategy.num_replicas_in_sync)
            say(f"training on {devices_in_words(strategy)}, {config.batch_size} images a batch")
            scopes.enter_context(strategy.scope())
        result = train(
            data,
            config,
            out,
            report,
            names,
            should_stop=should_stop or (lambda: False),
            watched=watched,
            start_from=args.start_from,
        )
    return result, data


def train_for_parent(
    args: argparse.Namespace, report: Report, should_stop: Callable[[], bool]
) -> TrainingFinished:
    """Train and measure for the parent, with a core left to it."""
    from qtdigits.cli.event_stream import threads_for_a_child
    from qtdigits.core.training_events import TrainingFinished

    watched = None if args.watch is None else _watched_images(args.watch)
    result, data = train_as_asked(
        args, report, threads_for_a_child(), should_stop=should_stop, watched=watched
    )
    from qtdigits.cli.result_figures import result_figures

    return TrainingFinished(result, result_figures(Path(result.path), data, args.compare))


def _stored(source: str) -> str:
    """The file that 'mnist' stands for; all else as it is. Raises ValueError."""
    if source != "mnist":
        return source
    from qtdigits.core.paths import mnist_file

    if not mnist_file().exists():
        raise ValueError(
            "MNIST is not on this computer yet; fetch it once by 'qtdigits fetch-mnist', or give "
            "the file you have with --data mnist.npz"
        )
    return str(mnist_file())


def _watched_images(file: Path) -> NDArray[np.float32]:
    """The drawings of a strokes file as digit images, shape (n, 28, 28); raises ValueError."""
    from itertools import islice

    import numpy as np

    from qtdigits.core.data_files.strokes import read_drawings
    from qtdigits.core.raster import rasterize

    return np.array([rasterize(one.ink) for one in islice(read_drawings(file), _MOST_WATCHED)])


def _shown_name(source: str) -> str:
    """What a model card says of a source: no folders, and nobody's name."""
    return "drawings" if source.startswith("drawings:") else Path(source).name
