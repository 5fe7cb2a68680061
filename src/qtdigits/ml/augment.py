"""What training varies in a digit image, within the limits of core/random_variation.py.

One bilinear look-up does affine and elastic variation together (Simard, Steinkraus and Platt 2003,
'Best practices for convolutional neural networks applied to visual document analysis'); cheap
steps after it thicken or thin the line, blur as a coarse scan does, make the ink paler, and add
grain. Digits are never mirrored.
"""

from __future__ import annotations

import numpy as np
import tensorflow as tf

from qtdigits.core.random_variation import COARSE, Variation

_SIDE = 28


def vary(images: tf.Tensor, variation: Variation, strength: tf.Tensor | float = 1.0) -> tf.Tensor:
    """Vary each image by its own random draw (TensorFlow's seed decides).

    images: float32 (n, 28, 28, 1) in 0..1; returns the same shape and range. strength makes all
    changes smaller or larger by a factor; blur and paleness stop at 1.
    """
    count = tf.shape(images)[0]
    rows, columns = _affine_places(count, variation, strength)
    if variation.elastic:
        shape = tf.stack([count, COARSE, COARSE, 2])
        coarse = tf.random.normal(shape, stddev=variation.elastic * strength)
        smooth = tf.image.resize(coarse, (_SIDE, _SIDE), method="bicubic")
        rows, columns = rows + smooth[..., 0], columns + smooth[..., 1]
    varied = _look_up(images[..., 0], rows, columns)[..., tf.newaxis]
    thickened = _vary_thickness(varied, count, variation.thickness * strength)
    return _vary_scan(thickened, count, variation, strength)


def _affine_places(
    count: tf.Tensor, variation: Variation, strength: tf.Tensor | float
) -> tuple[tf.Tensor, tf.Tensor]:
    """Where each pixel of the varied image looks in the original: rows, columns (n, 28, 28)."""

    def draw(limit: float) -> tf.Tensor:
        return strength * tf.random.uniform(tf.stack([count, 1, 1]), -limit, limit)

    angle, slant = draw(np.deg2rad(variation.rotation)), draw(np.deg2rad(variation.slant))
    size, stretch = tf.exp(draw(variation.scale)), tf.exp(draw(variation.stretch) / 2)
    places = np.arange(_SIDE, dtype=np.float32) - (_SIDE - 1) / 2
    y = tf.constant(places.reshape(1, -1, 1)) + draw(variation.shift)
    x = tf.constant(places.reshape(1, 1, -1)) + draw(variation.shift)
    sheared = x + tf.tan(slant) * y
    cos, sin = tf.cos(angle), tf.sin(angle)
    rows = (sin * sheared + cos * y) / (size * stretch)
    columns = (cos * sheared - sin * y) / size * stretch
    return rows + (_SIDE - 1) / 2, columns + (_SIDE - 1) / 2


def _look_up(images: tf.Tensor, rows: tf.Tensor, columns: tf.Tensor) -> tf.Tensor:
    """Bilinear values of images (n, 28, 28) at rows and columns; outside is paper, 0."""
    padded = tf.pad(images, [[0, 0], [1, 1], [1, 1]])
    side = _SIDE + 2
    rows = tf.clip_by_value(rows + 1, 0.0, side - 1.001)
    columns = tf.clip_by_value(columns + 1, 0.0, side - 1.001)
    top, left = tf.floor(rows), tf.floor(columns)
    down, right = rows - top, columns - left
    flat = tf.reshape(padded, [-1])
    count = tf.shape(images)[0]
    first = tf.reshape(tf.range(count) * side * side, [-1, 1, 1])
    corner = first + tf.cast(top, tf.int32) * side + tf.cast(left, tf.int32)
    upper = tf.gather(flat, corner) * (1 - right) + tf.gather(flat, corner + 1) * right
    lower = (
        tf.gather(flat, corner + side) * (1 - right) + tf.gather(flat, corner + side + 1) * right
    )
    return upper * (1 - down) + lower * down


def _vary_thickness(images: tf.Tensor, count: tf.Tensor, limit: tf.Tensor) -> tf.Tensor:
    """Mix each image with its grey dilation or erosion over a 3x3 neighbourhood."""
    amount = tf.random.uniform(tf.stack([count, 1, 1, 1]), -limit, limit)
    thick = tf.nn.max_pool2d(images, 3, 1, "SAME")
    thin = -tf.nn.max_pool2d(-images, 3, 1, "SAME")
    return images + tf.nn.relu(amount) * (thick - images) - tf.nn.relu(-amount) * (images - thin)


def _vary_scan(
    images: tf.Tensor, count: tf.Tensor, variation: Variation, strength: tf.Tensor | float
) -> tf.Tensor:
    """Blur, pale and grainy, each to its own degree and none of it for many images."""

    def draw(limit: float) -> tf.Tensor:
        # Half of the images stay sharp, dark and clean.
        even = tf.random.uniform(tf.stack([count, 1, 1, 1]), -limit, limit)
        return strength * tf.nn.relu(even)

    mean = tf.nn.avg_pool2d(images, 3, 1, "SAME")
    images += tf.minimum(draw(variation.blur), 1.0) * (mean - images)
    images *= 1 - tf.minimum(draw(variation.paleness), 1.0)
    noise = tf.random.normal(tf.shape(images)) * draw(variation.grain)
    return tf.clip_by_value(images + noise, 0.0, 1.0)
