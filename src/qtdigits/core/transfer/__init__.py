"""Drawings out of the store into files of three kinds, and from such files into the store.

All three carry the strokes, so that all three can be imported again.
"""
