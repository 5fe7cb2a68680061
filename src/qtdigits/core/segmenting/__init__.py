"""Dividing ink into digits: pieces of strokes, the shapes they can make, and which are taken."""
