"""Where CLIP's files lie on disk, and whether they are all there.

A pulled version has a folder of its own, and the manifest, written last, points to it: a process
that has loaded a version keeps its files while a newer one is pulled.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ValidationError

NAME = "clip-vit-b-32"


@dataclass(frozen=True, slots=True)
class Part:
    """One of the two networks, as fastembed names it, and the files fastembed opens."""

    name: str
    repo: str
    needs: tuple[str, ...]
    may_have: tuple[str, ...] = ()


VISION = Part("vision", "Qdrant/clip-ViT-B-32-vision", ("model.onnx", "preprocessor_config.json"))
TEXT = Part(
    "text",
    "Qdrant/clip-ViT-B-32-text",
    ("model.onnx", "tokenizer.json", "tokenizer_config.json"),
    ("config.json", "special_tokens_map.json"),
)
PARTS = (VISION, TEXT)


class StoredFile(BaseModel):
    size: int
    sha256: str


class Manifest(BaseModel):
    """What was pulled: the folder, and each file as `part/name`."""

    model: str
    folder: str
    source: str
    files: dict[str, StoredFile]

    @property
    def size(self) -> int:
        return sum(file.size for file in self.files.values())


@dataclass(frozen=True, slots=True)
class Installed:
    """A whole version on disk."""

    manifest: Manifest
    folder: Path

    @property
    def model(self) -> str:
        return self.manifest.model

    def part(self, part: Part) -> Path:
        return self.folder / part.name


def models_folder(data_dir: Path) -> Path:
    return data_dir / "models" / "clip"


def manifest_file(data_dir: Path) -> Path:
    return models_folder(data_dir) / "manifest.json"


def installed(data_dir: Path) -> Installed | None:
    """The version on disk, None unless every file has its size. Reads no file but the manifest."""
    try:
        written = manifest_file(data_dir).read_text(encoding="utf-8")
        manifest = Manifest.model_validate_json(written)
    except (OSError, ValidationError):
        return None
    folder = models_folder(data_dir) / manifest.folder
    whole = all(_has_size(folder / name, file.size) for name, file in manifest.files.items())
    return Installed(manifest, folder) if whole else None


def model_id(files: dict[str, StoredFile]) -> str:
    """Names the version by the contents of its networks: other weights are another model."""
    return f"{NAME}-{files['vision/model.onnx'].sha256[:8]}-{files['text/model.onnx'].sha256[:8]}"


def _has_size(path: Path, size: int) -> bool:
    try:
        return path.stat().st_size == size
    except OSError:
        return False
