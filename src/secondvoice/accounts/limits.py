"""What limits on tries are kept under: never an address of anybody."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class SecretName:
    """Names the rows that count tries by a keyed hash of what they count.

    The library's own names hold the network address of who tried. A hash without a key would be no
    better: there are few enough addresses to try them all.
    """

    secret: bytes = field(repr=False)

    def __call__(self, key: str, prefix: str, version: int) -> str:
        """The name of one row.

        Args:
            key: what is counted.
            prefix: of the cache.
            version: of the cache.
        """
        said = f"{prefix}:{version}:{key}".encode()
        return hmac.new(self.secret, b"secondvoice/limits/" + said, hashlib.sha256).hexdigest()
