"""Second Voice."""
