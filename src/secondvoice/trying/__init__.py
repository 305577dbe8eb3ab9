"""Try the reader: any words in, what it makes of them out, and nothing kept.

A room of its own, because what it promises is held by what it can reach: it imports neither the
records nor the people nor the vault, and a contract in ``.importlinter`` keeps it so. For the same
reason it opens while the diary is locked: there is nothing of anybody's in it to lock.
"""
