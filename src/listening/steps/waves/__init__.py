"""Waves of a programme on the site: periods of one store, told apart by the day people were heard.

Nothing is kept of an earlier wave beside the store: all waves are counted anew each time that the
results are made, so that a withdrawal and a later codebook reach them all.
"""

from listening.steps.waves.begins import Begin, begin, begins, take_back
from listening.steps.waves.comparing import FILE, over_time

__all__ = ["FILE", "Begin", "begin", "begins", "over_time", "take_back"]
