"""The pages of support: those for everybody, and those of one person’s plan."""
