"""Many people at once: the program on PostgreSQL under a steady load, beside two others."""
