"""Asks a model hub, Hugging Face or a mirror of it, which files a repository has."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

import httpx
import stamina
from pydantic import BaseModel, TypeAdapter, ValidationError

from dukani.core.errors import ProviderRefused, ProviderUnavailable

PROVIDER = "model hub"


class _Lfs(BaseModel):
    oid: str  # SHA-256 of the content


class _Entry(BaseModel):
    type: str
    path: str
    size: int = 0
    oid: str = ""  # git's SHA-1 of the content
    lfs: _Lfs | None = None


class _Revision(BaseModel):
    sha: str


_ENTRIES = TypeAdapter(list[_Entry])


@dataclass(frozen=True, slots=True)
class HubFile:
    """A file of a repository, with its checksum: SHA-256, or git's SHA-1 for a small one."""

    url: str
    path: str
    size: int
    sha256: str | None
    git_sha1: str


@dataclass(frozen=True, slots=True)
class Hub:
    http: httpx.AsyncClient
    source: str  # https://huggingface.co, or a mirror
    revision: str

    async def commit_of(self, repo: str) -> str:
        """The commit the revision stands for now, so that a download is resumed of the same."""
        answer = await self._get(f"/api/models/{repo}/revision/{quote(self.revision, safe='')}")
        try:
            return _Revision.model_validate_json(answer.content).sha
        except ValidationError as error:
            raise self._no_hub(repo) from error

    async def files_of(self, repo: str, commit: str) -> list[HubFile]:
        answer = await self._get(f"/api/models/{repo}/tree/{commit}?recursive=true")
        try:
            entries = _ENTRIES.validate_json(answer.content)
        except ValidationError as error:
            raise self._no_hub(repo) from error
        return [
            HubFile(
                url=f"{self.source}/{repo}/resolve/{commit}/{quote(entry.path)}",
                path=entry.path,
                size=entry.size,
                sha256=entry.lfs.oid if entry.lfs else None,
                git_sha1=entry.oid,
            )
            for entry in entries
            if entry.type == "file"
        ]

    async def _get(self, path: str) -> httpx.Response:
        try:
            answer = await _patiently(self.http, f"{self.source}{path}")
        except httpx.TransportError as error:
            raise ProviderUnavailable(
                f"{self.source} cannot be reached ({type(error).__name__}): name a mirror with "
                "--from or DUKANI_MODELS__SOURCE",
                provider=PROVIDER,
            ) from error
        if answer.status_code >= 500 or answer.status_code == 429:
            raise ProviderUnavailable(
                f"{self.source} answers {answer.status_code}", provider=PROVIDER
            )
        if not answer.is_success:
            raise ProviderRefused(
                f"{self.source}{path} answers {answer.status_code}",
                provider=PROVIDER,
                code=str(answer.status_code),
            )
        return answer

    def _no_hub(self, repo: str) -> ProviderRefused:
        return ProviderRefused(
            f"{self.source} does not answer as a model hub about {repo}",
            provider=PROVIDER,
            code="unreadable",
        )


@stamina.retry(on=httpx.TransportError, attempts=3, timeout=30)
async def _patiently(http: httpx.AsyncClient, url: str) -> httpx.Response:
    return await http.get(url, timeout=30)
