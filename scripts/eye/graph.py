"""EfficientNet-Lite0 as an ONNX graph, batch norms folded into the convolutions.

Input `image` (n, 3, 224, 224) float32 in -1..1; output `features` (n, 1280): the last
feature map's mean, what the original's class layer reads.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from .weights import Weights

SIDE = 224
WIDTH = 1280
BN_EPSILON = 1e-3
OPSET = 17
IR_VERSION = 8  # read by every onnxruntime since 1.12


class Stage(NamedTuple):
    repeats: int
    kernel: int
    stride: int
    expand: int
    width_in: int
    width_out: int


# Tan and Le's EfficientNet-B0 without squeeze-and-excite, ReLU6 instead of swish.
STAGES = (
    Stage(1, 3, 1, 1, 32, 16),
    Stage(2, 3, 2, 6, 16, 24),
    Stage(2, 5, 2, 6, 24, 40),
    Stage(3, 3, 2, 6, 40, 80),
    Stage(3, 5, 1, 6, 80, 112),
    Stage(4, 5, 2, 6, 112, 192),
    Stage(1, 3, 1, 6, 192, 320),
)


class GraphWriter:
    """Writes the layers one after another, keeping nodes and constants."""

    def __init__(self, weights: Weights) -> None:
        self.weights = weights
        self.nodes: list[onnx.NodeProto] = []
        self.constants = [
            numpy_helper.from_array(np.float32(0), "zero"),
            numpy_helper.from_array(np.float32(6), "six"),
        ]

    def convolution(
        self, x: str, size: int, conv: str, norm: str, *, stride: int = 1, groups: int = 1
    ) -> tuple[str, int]:
        """Convolution and batch norm; the output's name and side."""
        kernel, bias = folded(self.weights, conv, norm)
        self.constants.append(numpy_helper.from_array(kernel, f"{conv}.w"))
        self.constants.append(numpy_helper.from_array(bias, f"{conv}.b"))
        pads, size_out = same_pads(size, kernel.shape[-1], stride)
        self.nodes.append(
            helper.make_node(
                "Conv",
                [x, f"{conv}.w", f"{conv}.b"],
                [conv],
                name=conv,
                strides=[stride, stride],
                pads=pads,
                group=groups,
            )
        )
        return conv, size_out

    def relu6(self, x: str) -> str:
        self.nodes.append(helper.make_node("Clip", [x, "zero", "six"], [f"{x}.r"], name=f"{x}.r"))
        return f"{x}.r"

    def add(self, x: str, y: str) -> str:
        self.nodes.append(helper.make_node("Add", [x, y], [f"{x}.sum"], name=f"{x}.sum"))
        return f"{x}.sum"

    def block(self, x: str, size: int, number: int, stage: Stage, stride: int, width: int) -> str:
        """One inverted residual block; returns its output's name."""
        base, inner, entry = f"_blocks.{number}", width * stage.expand, x
        norms = iter(("_bn0", "_bn1", "_bn2") if stage.expand > 1 else ("_bn1", "_bn2"))
        if stage.expand > 1:
            x, _ = self.convolution(x, size, f"{base}._expand_conv", f"{base}.{next(norms)}")
            x = self.relu6(x)
        depthwise = f"{base}._depthwise_conv"
        x, size = self.convolution(
            x, size, depthwise, f"{base}.{next(norms)}", stride=stride, groups=inner
        )
        x, _ = self.convolution(
            self.relu6(x), size, f"{base}._project_conv", f"{base}.{next(norms)}"
        )
        return self.add(x, entry) if stride == 1 and width == stage.width_out else x


def folded(
    weights: Weights, conv: str, norm: str
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Kernel and bias that do the convolution and its batch norm at once."""
    scale = weights[f"{norm}.weight"] / np.sqrt(weights[f"{norm}.running_var"] + BN_EPSILON)
    kernel = weights[f"{conv}.weight"] * scale[:, None, None, None]
    bias = weights[f"{norm}.bias"] - weights[f"{norm}.running_mean"] * scale
    return kernel.astype(np.float32), bias.astype(np.float32)


def same_pads(size: int, kernel: int, stride: int) -> tuple[list[int], int]:
    """TensorFlow's SAME padding (the larger half last) and the output's side."""
    size_out = -(-size // stride)
    total = max((size_out - 1) * stride + kernel - size, 0)
    before, after = total // 2, total - total // 2
    return [before, before, after, after], size_out


def build_graph(weights: Weights) -> onnx.ModelProto:
    """The float32 model from image to features."""
    writer = GraphWriter(weights)
    x, size = writer.convolution("image", SIDE, "_conv_stem", "_bn0", stride=2)
    x = writer.relu6(x)
    number = 0
    for stage in STAGES:
        for repeat in range(stage.repeats):
            stride = stage.stride if repeat == 0 else 1
            width = stage.width_in if repeat == 0 else stage.width_out
            x = writer.block(x, size, number, stage, stride, width)
            size, number = -(-size // stride), number + 1
    x, _ = writer.convolution(x, size, "_conv_head", "_bn1")
    pooled = helper.make_node("GlobalAveragePool", [writer.relu6(x)], ["pooled"], name="pool")
    flat = helper.make_node("Flatten", ["pooled"], ["features"], name="flatten")
    writer.nodes.extend((pooled, flat))
    return _model(writer)


def _model(writer: GraphWriter) -> onnx.ModelProto:
    image = helper.make_tensor_value_info("image", TensorProto.FLOAT, ["n", 3, SIDE, SIDE])
    out = helper.make_tensor_value_info("features", TensorProto.FLOAT, ["n", WIDTH])
    graph = helper.make_graph(writer.nodes, "lite0", [image], [out], writer.constants)
    opset = [helper.make_opsetid("", OPSET)]
    model = helper.make_model(graph, opset_imports=opset, ir_version=IR_VERSION)
    onnx.checker.check_model(model)
    return model
