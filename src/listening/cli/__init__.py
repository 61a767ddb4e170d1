"""The command line: parse, call a step or a flow, show what came of it.

Nothing heavy is imported here: `listening --help` answers at once.
"""

from listening.cli.app import app, main

__all__ = ["app", "main"]
