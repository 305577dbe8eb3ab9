"""Sending what is due: the thread of one's own machine, and the command for hosts."""
