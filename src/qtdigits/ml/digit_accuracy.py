"""Accuracy that counts digits only."""

from __future__ import annotations

from typing import Any

import keras


class DigitAccuracy(keras.metrics.CategoricalAccuracy):  # type: ignore[misc] # Keras has no types
    """The share of digits read right; letters and scribbles among them have no right answer.

    A target of soft labels is a digit's when one class has more than half of it; what is no digit
    has the same share for all ten.
    """

    def update_state(self, y_true: Any, y_pred: Any, sample_weight: Any = None) -> Any:  # noqa: ANN401 - tensors
        """Count a batch: targets and logits of shape (n, 10); the weights are those of digits."""
        is_digit = keras.ops.cast(keras.ops.max(y_true, axis=-1) > 0.5, "float32")
        return super().update_state(y_true, y_pred, is_digit)
