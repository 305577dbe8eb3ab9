"""The page frame, the settings and the server: what every room stands in."""
