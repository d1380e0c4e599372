"""The stand-in for Hugging Face: a repository's commit, its list of files, and the files.

Read in huggingface_hub 1.33: `/api/models/{repo}/revision/{rev}`, `/api/models/{repo}/tree/{rev}`
and `/{repo}/resolve/{rev}/{file}`, which redirects to another host for a large file and answers a
`Range` with 206. It serves two networks of CLIP's shapes, made by scripts/build_stand_in_clip.py.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from fastapi import APIRouter, HTTPException, Request, Response
from fastapi.responses import RedirectResponse

FOLDER = Path(__file__).parent / "clip_model"
REPOS = {
    "Qdrant/clip-ViT-B-32-vision": "vision",
    "Qdrant/clip-ViT-B-32-text": "text",
}
ANOTHER = b"\x32\x01x"  # a doc_string, which an ONNX file may end with
LARGE = ".onnx"  # kept in Git LFS, so listed with a SHA-256 and served by redirect


@dataclass(slots=True)
class ModelHub:
    """What the hub does wrong next, for tests: each counts down to nothing."""

    break_off_after: list[int] = field(default_factory=list)  # bytes, of the next large answers
    spoilt: int = 0  # next large answers of the right length with a wrong byte
    extra: bytes = b""  # appended to the networks: another version of the model (ANOTHER)
    ranges: list[str | None] = field(default_factory=list)  # asked for, of large files

    def content(self, repo: str, path: str) -> bytes:
        file = _file(repo, path)
        return file.read_bytes() + (self.extra if path.endswith(LARGE) else b"")

    def commit(self, repo: str) -> str:
        """Of the contents, so that another version has another."""
        whole = b"".join(self.content(repo, file.name) for file in _files(repo))
        return _sha1(repo.encode() + whole)

    def listed(self, repo: str) -> list[dict[str, Any]]:
        return [_entry(file.name, self.content(repo, file.name)) for file in _files(repo)]


def router(hub: ModelHub) -> APIRouter:
    api = APIRouter()

    @api.get("/api/models/{owner}/{name}/revision/{revision}")
    async def revision(owner: str, name: str, revision: str) -> dict[str, str]:
        repo = _known(owner, name)
        return {"id": repo, "sha": hub.commit(repo)}

    @api.get("/api/models/{owner}/{name}/tree/{commit}")
    async def tree(owner: str, name: str, commit: str) -> list[dict[str, Any]]:
        return hub.listed(_known(owner, name))

    @api.get("/{owner}/{name}/resolve/{commit}/{path}")
    async def resolve(owner: str, name: str, commit: str, path: str, request: Request) -> Response:
        content = hub.content(_known(owner, name), path)
        if not path.endswith(LARGE):
            return Response(content, media_type="text/plain")
        return RedirectResponse(request.url_for("large", owner=owner, name=name, path=path), 302)

    @api.get("/cdn/{owner}/{name}/{path}", name="large")
    async def large(owner: str, name: str, path: str, request: Request) -> Response:
        asked = request.headers.get("range")
        hub.ranges.append(asked)
        return _large(hub, hub.content(_known(owner, name), path), asked)

    return api


def _large(hub: ModelHub, content: bytes, asked: str | None) -> Response:
    start = int(asked.removeprefix("bytes=").split("-")[0]) if asked else 0
    sent = content[start:]
    if hub.spoilt:
        hub.spoilt -= 1
        sent = sent[:-1] + bytes((sent[-1] ^ 255,))
    if hub.break_off_after:
        sent = sent[: hub.break_off_after.pop(0)]  # an end that comes early
    headers = {"Content-Range": f"bytes {start}-{len(content) - 1}/{len(content)}"} if asked else {}
    return Response(sent, 206 if asked else 200, headers, "application/octet-stream")


def _known(owner: str, name: str) -> str:
    repo = f"{owner}/{name}"
    if repo not in REPOS:
        raise HTTPException(401, "Repository not found")  # as the hub tells strangers
    return repo


def _files(repo: str) -> list[Path]:
    return sorted((FOLDER / REPOS[repo]).iterdir())


def _file(repo: str, path: str) -> Path:
    for file in _files(repo):
        if file.name == path:
            return file
    raise HTTPException(404, "Entry not found")


def _entry(path: str, content: bytes) -> dict[str, Any]:
    plain = {
        "type": "file",
        "path": path,
        "size": len(content),
        "oid": _sha1(b"blob %d\0" % len(content) + content),
    }
    if not path.endswith(LARGE):
        return plain
    digest = hashlib.sha256(content).hexdigest()
    return {**plain, "lfs": {"oid": digest, "size": len(content), "pointerSize": 134}}


def _sha1(content: bytes) -> str:
    return hashlib.sha1(content, usedforsecurity=False).hexdigest()
