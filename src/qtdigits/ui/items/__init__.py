"""Item models over plain core values, and their delegates."""
