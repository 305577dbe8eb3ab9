"""Accounts, where many people share one house: who is signed in, and nothing about what they keep.

Signing in says whose sealed records a request is about. It opens nothing: that is the passphrase's
(docs/decisions/0026-accounts.md). A house of one person does not load this room.
"""
