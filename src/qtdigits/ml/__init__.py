"""Keras lives here and nowhere else."""
