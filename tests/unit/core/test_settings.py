"""Where settings come from."""

from __future__ import annotations

from pathlib import Path

import pytest

from dukani.core.settings import GivenSettings, Settings


def test_given_settings_take_nothing_from_this_machine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # given a machine that has its own idea of everything
    (tmp_path / ".env").write_text("DUKANI_DATABASE__URL=postgresql://shop@production/live\n")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DUKANI_LIMITS__SENDER_PER_MINUTE", "1")
    assert Settings().database.url is not None

    # when settings are made from what is given
    settings = GivenSettings(web={"port": 9000})

    # then the rest are the defaults
    assert settings.web.port == 9000
    assert settings.database.url is None
    assert settings.limits.sender_per_minute == 30
