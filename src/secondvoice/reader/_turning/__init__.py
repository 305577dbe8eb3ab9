"""The parts of :mod:`secondvoice.reader.friend`, for its use alone."""
