"""Threads and processes behind the window."""
