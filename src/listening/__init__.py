"""Listening: from what residents said to ranked community priorities.

The way of the data is one way: sources, documents, segments, embeddings, topics, codings,
themes, priorities, report. Each stage is pure and gets the earlier one's output as an argument.
"""

__version__ = "0.1.0"
