"""Fitting and measuring the reader. Needs the dependency group ``train``; the program does not."""
