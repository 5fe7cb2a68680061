"""Networks from elsewhere: read as data in a process of its own, built anew, tried out, kept.

A file from elsewhere is never given to Keras. container.py takes it apart, config.py and
graph.py turn its description into checked layers, weights.py reads its numbers: all that in a child
process with limits (child.py), which hands over layers and numbers only. probing.py then finds out
what the network expects, and importing.py saves it as a network of this program.
"""
