"""How fast it is, against the same server and framework doing nothing: ``python -m benchmarks``."""
