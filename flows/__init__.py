"""Flows: thin Prefect wiring of the steps.

No flow waits for a human, and none holds a resident's word: a flow is told a run's id, and the
steps load what they need from the store.
"""
