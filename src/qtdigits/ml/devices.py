"""Training on several devices of one machine at once, each with its share of every batch.

Keras' own keras.distribution is for its JAX backend; with TensorFlow's it is tf.distribute that
the trainer, the optimiser and SwapEMAWeights know. Whatever is built and fitted within the scope of
a strategy is mirrored on all devices.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import chain

import tensorflow as tf

from qtdigits.core.training import TrainingConfig


def mirrored() -> tf.distribute.Strategy:
    """A strategy for all GPUs that can be seen, or without any for the processor."""
    return tf.distribute.MirroredStrategy()


def devices_in_words(strategy: tf.distribute.Strategy) -> str:
    """What trains, such as '2 GPUs'."""
    devices = strategy.extended.worker_devices
    kind = tf.DeviceSpec.from_string(devices[0]).device_type
    return f"{len(devices)} {kind}{'s' if len(devices) > 1 else ''}"


def shared_evenly(config: TrainingConfig, images: int, devices: int) -> TrainingConfig:
    """The config with a batch size that `devices` can share, for so many images to learn from.

    Raises ValueError for fewer images than devices.
    """
    if images < devices:
        raise ValueError(f"{images} images cannot be shared by {devices} devices; give more images")
    most = min(config.batch_size, images)
    return replace(config, batch_size=max(most // devices, 1) * devices)


def even_batch(images: int, usual: int, devices: int) -> int:
    """A batch size near `usual` by which every device has a share of every batch.

    TensorFlow fills one device's share of the last batch after the other and leaves the rest
    empty, which convolution does not take; Keras cannot begin with a batch of unequal shares. One
    device takes the usual size as it is. Raises ValueError when there is no such size, as for a
    few dozen images on many devices.
    """
    if devices == 1:
        return usual
    largest = usual // devices * devices
    smaller = range(min(largest, images // devices * devices), 0, -devices)
    larger = range(largest + devices, images + 1, devices)
    for size in chain(smaller, larger):
        rest = images % size
        if rest == 0 or rest > size - size // devices:
            return size
    raise ValueError(
        f"{images} images kept back for validation cannot be shared by {devices} devices; "
        "give more images or another share for validation"
    )
