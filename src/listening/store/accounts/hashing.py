"""How passwords are hashed: Argon2id, with the least that OWASP asks for.

Django's own numbers take 100 MiB for each sign-in; eight at once would take most of what a small
server has beside the models.
"""

from __future__ import annotations

from django.contrib.auth.hashers import Argon2PasswordHasher


class Argon2id(Argon2PasswordHasher):
    """Argon2id (RFC 9106) in 46 MiB, once over them.

    Source: OWASP Password Storage Cheat Sheet, first of its equal settings for Argon2id.
    """

    memory_cost = 47_104
    time_cost = 1
    parallelism = 1
