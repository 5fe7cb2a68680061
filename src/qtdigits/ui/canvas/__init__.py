"""The ink surface."""
