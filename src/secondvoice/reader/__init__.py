"""The reader: words in, a :class:`Reading` out.

``read`` looks at what a person wrote and says what is in it: which of the six poles, in which
phrases; the tone; the hidden rule, as a question; what happened as distinct from what the inner
voice adds; the same words turned round to a friend. It runs offline, needs only the standard
library, points at the words it goes by, and says when it cannot tell.

How it works, in the order of the work:

* :mod:`.words` brings the text to one spelling and cuts it into units, offsets kept whole;
* :mod:`.hits` tries on each unit the patterns that its words wake, with :mod:`.context` and the
  guards deciding whose words they are and whether they are meant;
* :mod:`.scoring` adds up, :mod:`.parts` tells event from verdict, :mod:`.questions` says the
  rules back, :mod:`.friend` turns the words round;
* :mod:`.reader` puts these together.

The patterns are data (``data/*.toml``, written in the small language of :mod:`.grammar`), each
with an example that must fire and a near miss that must not; the tests run every one of them.
"""

from __future__ import annotations

from secondvoice.reader.reader import read
from secondvoice.reader.reading import Reading, Span

__all__ = ["Reading", "Span", "read"]
