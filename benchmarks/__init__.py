"""Benchmarks: commands that print tables. Timings are compared within one run, never asserted."""
