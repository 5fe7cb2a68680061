"""The store: every drawing with its answer and its label, in one SQLite file that outlives faults.

Store (store.py) is the entrance; the other modules are its parts.
"""
