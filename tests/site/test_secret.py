"""The server's own secret is there whole, or it is not there."""

from __future__ import annotations

from pathlib import Path

import pytest

from secondvoice.site.secret import secret_key


def test_a_start_that_is_broken_off_leaves_no_half_of_a_secret(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SECONDVOICE_SECRET", raising=False)
    monkeypatch.delenv("SECONDVOICE_SECRET_FILE", raising=False)
    with monkeypatch.context() as broken:

        def interrupted(path: Path, text: str) -> int:
            path.write_bytes(text[:7].encode())
            raise KeyboardInterrupt

        broken.setattr(Path, "write_text", interrupted)
        with pytest.raises(KeyboardInterrupt):
            secret_key(tmp_path)
    assert list(tmp_path.iterdir()) == []
    made = secret_key(tmp_path)
    assert len(made) >= 32
    assert secret_key(tmp_path) == made
    assert (tmp_path / "secret").stat().st_mode & 0o777 == 0o600
