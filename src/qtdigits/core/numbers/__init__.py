"""Numbers to measure on, composed of single digits, and how well they are read."""
