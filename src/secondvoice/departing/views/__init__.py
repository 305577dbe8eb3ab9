"""The pages of taking it out, and of erasing it."""
