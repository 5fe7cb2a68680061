"""qtdigits reads handwritten digits while they are written."""

__version__ = "0.1.0"
