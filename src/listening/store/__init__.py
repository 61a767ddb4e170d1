"""The store: Django models and migrations, load and save, and the vault beside it.

The only room that speaks SQL. Importing it connects to nothing.
"""

from listening.store.reading import KeptTopics
from listening.store.store import KeptSource, Store
from listening.store.vault import Vault, new_key

__all__ = ["KeptSource", "KeptTopics", "Store", "Vault", "new_key"]
