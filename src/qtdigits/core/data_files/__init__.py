"""Reading files from elsewhere: known by content, checked before memory is spent on them.

Every reader raises ValueError with one sentence for the person: what, which file, what to do.
"""
