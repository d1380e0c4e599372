"""Pulls both networks of CLIP: the list, the files, and last the manifest that makes them count."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import httpx

from dukani.agent.clip.download import download
from dukani.agent.clip.files import (
    PARTS,
    Installed,
    Manifest,
    Part,
    installed,
    manifest_file,
    model_id,
    models_folder,
)
from dukani.agent.clip.hub import PROVIDER, Hub, HubFile
from dukani.core.errors import ConfigurationError, ProviderRefused

SPARE_BYTES = 50_000_000  # left free for the database beside it

Told = Callable[[int, int], None]  # bytes that are here, of all


async def pull(
    http: httpx.AsyncClient, data_dir: Path, *, source: str, revision: str, told: Told
) -> Installed:
    """The version on disk after it; one already there is only checked for its sizes.

    Raises as `download`, and ConfigurationError where the disk has no room or is not to be written.
    """
    hub = Hub(http, source.rstrip("/"), revision)
    commits = {part.name: await hub.commit_of(part.repo) for part in PARTS}
    wanted = {
        f"{part.name}/{file.path}": file
        for part in PARTS
        for file in _wanted(part, await hub.files_of(part.repo, commits[part.name]))
    }
    folder = "-".join(commit[:12] for commit in commits.values())
    try:
        return await _fetch(http, data_dir, hub.source, folder, wanted, told)
    except OSError as error:  # a folder of another user, a disk that is full or read-only
        raise ConfigurationError(
            f"{models_folder(data_dir)} cannot be written ({error.strerror}): "
            "DUKANI_DATA_DIR names the folder that it is in."
        ) from error


async def _fetch(
    http: httpx.AsyncClient,
    data_dir: Path,
    source: str,
    folder: str,
    wanted: dict[str, HubFile],
    told: Told,
) -> Installed:
    into = models_folder(data_dir) / folder
    into.mkdir(parents=True, exist_ok=True)
    total, here = sum(file.size for file in wanted.values()), 0
    _check_room(into, total)

    def came(count: int) -> None:
        nonlocal here
        here += count
        told(here, total)

    files = {
        name: await download(http, file, into / name, came=came) for name, file in wanted.items()
    }
    manifest = Manifest(model=model_id(files), folder=folder, source=source, files=files)
    _write(manifest, manifest_file(data_dir))
    whole = installed(data_dir)
    if whole is None:  # a file was taken away meanwhile
        raise ConfigurationError(f"Files in {into} are missing: pull again.")
    return whole


def _wanted(part: Part, files: list[HubFile]) -> list[HubFile]:
    there = {file.path: file for file in files}
    if missing := [name for name in part.needs if name not in there]:
        raise ProviderRefused(f"{part.repo} has no {', '.join(missing)}", provider=PROVIDER)
    return [there[name] for name in (*part.needs, *part.may_have) if name in there]


def _check_room(folder: Path, total: int) -> None:
    here = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
    needs, free = total - here + SPARE_BYTES, shutil.disk_usage(folder).free
    if needs > free:
        raise ConfigurationError(
            f"{folder} needs {needs // 1_000_000} MB free and has {free // 1_000_000} MB."
        )


def _write(manifest: Manifest, path: Path) -> None:
    """In one step, so that it is never half there."""
    new = path.with_suffix(".new")
    new.write_text(manifest.model_dump_json(indent=1), encoding="utf-8")
    new.replace(path)
