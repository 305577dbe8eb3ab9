"""Coming in, first run, unlocking, leaving and settings."""
