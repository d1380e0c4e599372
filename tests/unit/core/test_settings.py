"""Where settings come from."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

from dukani.core.setting_names import misnamed, problems_of
from dukani.core.settings import GivenSettings, Settings
from dukani.settings_example import settings_example


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


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DUKANI_WEB__PORT", "80000"),
        ("DUKANI_WEB__PORT", "0"),
        ("DUKANI_WEB__PORT", "-1"),
        ("DUKANI_WEB__PORT", "http"),
        ("DUKANI_WEB__PORT", "8" * 400),
        ("DUKANI_ENVIRONMENT", "prod"),
        ("DUKANI_LOG_LEVEL", "loud"),
        ("DUKANI_DATABASE__POOL_SIZE", "0"),
        ("DUKANI_TWILIO__TIMEOUT_S", "-3"),
        ("DUKANI_META__TIMEOUT_S", "nan"),
        ("DUKANI_DARAJA__TIMEOUT_S", "inf"),
        ("DUKANI_CONVERSATION__QUIET_TIME_S", "1e300"),
        ("DUKANI_CONVERSATION__HANDOFF_HOURS", "1e300"),
        ("DUKANI_QUEUE__HEARTBEAT_S", "0"),
        ("DUKANI_LIMITS__SENDER_PER_MINUTE", "-5"),
    ],
)
def test_a_value_that_cannot_be_is_named(
    name: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)

    with pytest.raises(ValidationError) as refused:
        Settings()

    [problem] = problems_of(refused.value)
    assert problem.variable == name
    assert problem.what


def test_an_unknown_environment_is_told_the_ones_there_are(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("DUKANI_ENVIRONMENT", "prod")
    with pytest.raises(ValidationError) as refused:
        Settings()
    [problem] = problems_of(refused.value)
    for allowed in ("development", "test", "production"):
        assert allowed in problem.what


def test_a_value_that_may_be_a_secret_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DUKANI_LOG_LEVEL", "hunter2")
    with pytest.raises(ValidationError) as refused:
        Settings()
    [problem] = problems_of(refused.value)
    assert "hunter2" not in " ".join(problem)


def test_a_nul_in_a_file_of_settings_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".env").write_text('DUKANI_WEB__HOST="127.0.0.1\0"\n')
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ValidationError) as refused:
        Settings()
    [problem] = problems_of(refused.value)
    assert "DUKANI_WEB__HOST" in problem.what
    assert "NUL" in problem.what


@pytest.mark.parametrize("level", ["debug", "Info", "WARNING"])
def test_a_level_is_taken_in_any_case(level: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DUKANI_LOG_LEVEL", level)
    assert Settings().log_level == level.upper()


@pytest.mark.parametrize(
    ("name", "nearest"),
    [
        ("DUKANI_WEB__PROT", "DUKANI_WEB__PORT"),
        ("DUKANI_WEB_PORT", "DUKANI_WEB__PORT"),  # one underscore too few
        ("dukani_web__prt", "DUKANI_WEB__PORT"),
        ("DUKANI_ENVIROMENT", "DUKANI_ENVIRONMENT"),
        ("DUKANI_DATABASE_URL", "DUKANI_DATABASE__URL"),
        ("DUKANI_META__APPSECRET", "DUKANI_META__APP_SECRET"),
        ("DUKANI_SECURITY__ENCRYPTION_KEY", "DUKANI_SECURITY__ENCRYPTION_KEYS"),
        ("DUKANI_XYZZY", None),
    ],
)
def test_a_misspelt_variable_is_told_the_nearest_name(name: str, nearest: str | None) -> None:
    [wrong] = misnamed([name, "HOME", "PATH"])
    assert wrong.name == name.upper()
    assert wrong.nearest == nearest


def test_every_name_of_the_example_is_known() -> None:
    example = [line.lstrip("#").split("=")[0] for line in settings_example().splitlines()]
    names = [name for name in example if name.startswith("DUKANI_")]
    assert len(names) > 30
    assert misnamed([*names, "DUKANI_WEB", "dukani_web__port"]) == []
