"""The views of practices, a module for each part."""
