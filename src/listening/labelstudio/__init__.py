"""Label Studio: projects and tasks made from a codebook, and what people coded read back.

What is pure (configurations, tasks, predictions, annotations) stands apart from the client, which
alone speaks to the network.
"""

from __future__ import annotations
