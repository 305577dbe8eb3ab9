"""Two views that do nothing: say a word, and insert one row as durably as a save."""
