"""Commands for maintainers, which no part of the software imports."""
