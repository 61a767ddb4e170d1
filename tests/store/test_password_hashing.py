"""Passwords are kept as Argon2id, with the least that OWASP asks for."""

from __future__ import annotations

from importlib import import_module

from listening.store.configuration import options


def test_a_password_is_kept_as_argon2id_of_46_mib() -> None:
    (told,) = options()["PASSWORD_HASHERS"]
    module, name = told.rsplit(".", 1)
    hasher = getattr(import_module(module), name)()
    kept = hasher.encode("kettle orchard tramline", hasher.salt())
    again = hasher.encode("kettle orchard tramline", hasher.salt())
    assert kept.startswith("argon2$argon2id$v=19$m=47104,t=1,p=1$")
    assert kept != again  # each has a salt of its own
    assert hasher.verify("kettle orchard tramline", kept)
    assert not hasher.verify("kettle orchard tram", kept)
