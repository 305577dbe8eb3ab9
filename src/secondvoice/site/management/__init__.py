"""What the command line does with the web framework loaded."""
