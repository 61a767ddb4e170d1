"""Backups: one file that holds all that is kept, and the way back from it.

A backup is made while the site is in use and holds one moment of it. It is a zip: the files of
`LISTENING_HOME` under `home/`, the tables of PostgreSQL under `tables/`, and last `manifest.json`
with the size and hash of each. The key of the vault is never in it.
"""
