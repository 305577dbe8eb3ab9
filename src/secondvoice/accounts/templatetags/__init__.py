"""What the templates of this room use."""
