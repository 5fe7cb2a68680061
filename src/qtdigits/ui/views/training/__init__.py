"""The parts of the training dialog."""
