"""The settings' example is what the settings are."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from pydantic import BaseModel, Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict
from typer.testing import CliRunner

from dukani.cli import app
from dukani.core.settings import ROOT, GivenSettings, Settings
from dukani.settings_example import settings_example


def test_the_committed_example_is_written_from_the_settings() -> None:
    assert (ROOT / ".env.example").read_text() == settings_example(), (
        "run `dukani settings-example .env.example`"
    )


def test_every_setting_of_every_group_is_there_once() -> None:
    groups = {name: f.annotation for name, f in Settings.model_fields.items()}
    wanted = [
        f"DUKANI_{name}__{field}".upper()
        for name, group in groups.items()
        if isinstance(group, type) and issubclass(group, BaseModel)
        for field in group.model_fields
    ]
    variables = re.findall(r"^#(DUKANI_\w+__\w+)=", settings_example(), re.MULTILINE)
    assert sorted(variables) == sorted(wanted)


def test_the_example_with_every_line_uncommented_gives_the_defaults(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # given every default uncommented, and nothing else set
    for name in [name for name in os.environ if name.startswith("DUKANI_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(ROOT)
    file = tmp_path / ".env"
    file.write_text(re.sub(r"^#(DUKANI_)", r"\1", settings_example(), flags=re.MULTILINE))

    # when the settings are read from it
    read = Settings(_env_file=file)

    # then nothing is different but how the data folder is written
    assert read.model_dump(exclude={"data_dir"}) == GivenSettings().model_dump(exclude={"data_dir"})
    assert read.data_dir.resolve() == (ROOT / ".data").resolve()


class _Shelf(BaseModel):
    wide: bool = Field(True, description="Whether it is wide.")
    labels: list[str] = Field(default_factory=lambda: ["a"], description="What is on it.")
    key: SecretStr | None = Field(None, description="Opens it.")


class _Shop(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="SHOP_", env_nested_delimiter="__")

    name: str = Field("Zuri", description="What it is called.")
    shelf: _Shelf = Field(default_factory=_Shelf)


@pytest.mark.parametrize(
    "entry",
    [
        "# What it is called.\n#SHOP_NAME=Zuri\n",
        "# --- _Shelf ---\n\n# Whether it is wide.\n#SHOP_SHELF__WIDE=true\n",
        '# What is on it. A JSON list.\n#SHOP_SHELF__LABELS=["a"]\n',
        "# Opens it.\n#SHOP_SHELF__KEY=\n",
    ],
)
def test_a_default_is_commented_below_its_meaning(entry: str) -> None:
    assert entry in settings_example(_Shop)


def test_the_command_writes_a_file_or_shows_it(tmp_path: Path) -> None:
    file = tmp_path / "example"

    shown = CliRunner().invoke(app, ["settings-example"])
    written = CliRunner().invoke(app, ["settings-example", str(file)])

    assert (shown.exit_code, written.exit_code) == (0, 0)
    assert shown.output == file.read_text() == settings_example()
