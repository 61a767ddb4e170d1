"""The only room that speaks to Label Studio over the network.

It speaks the server's own API rather than through label-studio-sdk, which sends a lost import a
second time, reads a task with every column of its data manager (six times slower than with what is
used here), and signs nobody in (ADR 0015).
"""

from __future__ import annotations

from listening.labelstudio.client.server import LabelStudio, connect
from listening.labelstudio.client.signing_in import Credentials
from listening.labelstudio.client.wire import Patience, of_this_machine

__all__ = ["Credentials", "LabelStudio", "Patience", "connect", "of_this_machine"]
