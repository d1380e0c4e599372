"""The network with 8-bit weights and activations: a quarter of the size, faster on one core."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import onnx
from onnxruntime.quantization import (
    CalibrationDataReader,
    CalibrationMethod,
    QuantFormat,
    QuantType,
    quantize_static,
)
from PIL import Image

from dukani.agent.eye_features import network_views
from dukani.agent.lab import Floats


class PhotoReader(CalibrationDataReader):  # type: ignore[misc]
    """Hands the calibration one photo's views after another."""

    def __init__(self, pictures: list[Image.Image]) -> None:
        self._views: Iterator[Floats] = map(network_views, pictures)

    def get_next(self) -> dict[str, Floats] | None:
        views = next(self._views, None)
        return None if views is None else {"image": views}


def quantise(model: onnx.ModelProto, pictures: list[Image.Image], target: Path) -> None:
    """Writes the static int8 model, its ranges taken from the pictures.

    Static, because finding ranges at run time made a photo eight times slower.
    """
    with TemporaryDirectory() as folder:
        source = Path(folder) / "float32.onnx"
        onnx.save(model, str(source))
        quantize_static(
            str(source),
            str(target),
            PhotoReader(pictures),
            quant_format=QuantFormat.QDQ,
            activation_type=QuantType.QUInt8,
            weight_type=QuantType.QInt8,
            per_channel=True,
            calibrate_method=CalibrationMethod.MinMax,
        )
