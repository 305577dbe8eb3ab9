"""The loop, and the moments kept."""
