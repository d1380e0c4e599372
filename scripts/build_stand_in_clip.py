"""Builds the sandbox's stand-in for CLIP: two ONNX files of CLIP's shapes, a kilobyte each.

    python -m scripts.build_stand_in_clip      (needs the extra `eye`)

A picture is averaged to 7 × 7 and multiplied with a fixed matrix; a text is the mean of its colour
words, spread over the same 7 × 7. So "red" is near a red picture and nothing else is understood.
The matrix is computed in the graph, from sines, so that the files stay small.
"""

from __future__ import annotations

import json
from pathlib import Path

from onnx import TensorProto, checker, helper, save

FOLDER = Path(__file__).parent.parent / "dukani" / "sandbox" / "clip_model"
MEAN, STD = (0.48145466, 0.4578275, 0.40821073), (0.26862954, 0.26130258, 0.27577711)
CELLS, DIMENSIONS = 49, 512
CONTEXT = 77
SPECIAL = ("<|startoftext|>", "<|endoftext|>", "[UNK]")
COLOURS = {
    "red": (200, 30, 40), "blue": (30, 60, 190), "green": (30, 140, 60), "black": (15, 15, 15),
    "white": (245, 245, 245), "yellow": (240, 210, 40), "orange": (240, 130, 30),
    "purple": (120, 40, 150), "pink": (240, 130, 180), "brown": (110, 70, 40),
}  # fmt: skip
FLOAT, INT64 = TensorProto.FLOAT, TensorProto.INT64


def main() -> None:
    _write(_vision(), FOLDER / "vision" / "model.onnx")
    _write(_text(), FOLDER / "text" / "model.onnx")
    _write_json(FOLDER / "vision" / "preprocessor_config.json", _preprocessor())
    _write_json(FOLDER / "text" / "tokenizer.json", _tokenizer())
    _write_json(
        FOLDER / "text" / "tokenizer_config.json",
        {"model_max_length": CONTEXT, "pad_token": "<|endoftext|>"},
    )
    _write_json(FOLDER / "text" / "config.json", {"pad_token_id": 1})


def _vision() -> helper.GraphProto:
    nodes = [
        *_matrix(),
        helper.make_node("AveragePool", ["pixel_values"], ["cells"],
                         kernel_shape=[32, 32], strides=[32, 32]),
        _constant("flat", [0, 3 * CELLS], INT64),
        helper.make_node("Reshape", ["cells", "flat"], ["row"]),
        helper.make_node("MatMul", ["row", "matrix"], ["image_embeds"]),
    ]  # fmt: skip
    return helper.make_graph(
        nodes,
        "stand-in-clip-vision",
        [helper.make_tensor_value_info("pixel_values", FLOAT, ["batch", 3, 224, 224])],
        [helper.make_tensor_value_info("image_embeds", FLOAT, ["batch", DIMENSIONS])],
    )


def _text() -> helper.GraphProto:
    seen = [0.0] * 3 * len(SPECIAL)
    for colour in COLOURS.values():
        seen += [(value / 255 - m) / s for value, m, s in zip(colour, MEAN, STD, strict=True)]
    nodes = [
        *_matrix(),
        _constant("colours", seen, FLOAT, (len(seen) // 3, 3)),
        helper.make_node("Gather", ["colours", "input_ids"], ["of_words"]),
        helper.make_node("ReduceMean", ["of_words"], ["of_text"], axes=[1], keepdims=0),
        _constant("last", [2], INT64),
        helper.make_node("Unsqueeze", ["of_text", "last"], ["upright"]),
        _constant("times", [1, 1, CELLS], INT64),
        helper.make_node("Tile", ["upright", "times"], ["cells"]),
        _constant("flat", [0, 3 * CELLS], INT64),
        helper.make_node("Reshape", ["cells", "flat"], ["row"]),
        helper.make_node("MatMul", ["row", "matrix"], ["text_embeds"]),
    ]
    whole = ["batch", "length"]
    return helper.make_graph(
        nodes,
        "stand-in-clip-text",
        [helper.make_tensor_value_info("input_ids", INT64, whole)],
        [helper.make_tensor_value_info("text_embeds", FLOAT, ["batch", DIMENSIONS])],
    )


def _matrix() -> list[helper.NodeProto]:
    """`matrix`: (147, 512), sin(1000 · sin(13·row + 78·column)): fixed, and like noise."""
    nodes = [
        _constant("nought", [0.0], dims=()),
        _constant("one", [1.0], dims=()),
        _constant("above", [1], INT64),
        _constant("before", [0], INT64),
    ]
    for name, size, step, axis in (
        ("rows", 3 * CELLS, 12.9898, "above"),
        ("columns", DIMENSIONS, 78.233, "before"),
    ):
        nodes += [
            _constant(f"{name}_end", [float(size)], dims=()),
            helper.make_node("Range", ["nought", f"{name}_end", "one"], [f"{name}_range"]),
            helper.make_node("Unsqueeze", [f"{name}_range", axis], [f"{name}_line"]),
            _constant(f"{name}_step", [step], dims=()),
            helper.make_node("Mul", [f"{name}_line", f"{name}_step"], [name]),
        ]
    return [
        *nodes,
        helper.make_node("Add", ["rows", "columns"], ["sum"]),
        helper.make_node("Sin", ["sum"], ["waves"]),
        _constant("steep", [1000.0], dims=()),
        helper.make_node("Mul", ["waves", "steep"], ["steep_waves"]),
        helper.make_node("Sin", ["steep_waves"], ["matrix"]),
    ]


def _constant(
    name: str,
    values: list[float] | list[int],
    kind: int = FLOAT,
    dims: tuple[int, ...] | None = None,
) -> helper.NodeProto:
    shape = (len(values),) if dims is None else dims
    tensor = helper.make_tensor(f"{name}_value", kind, shape, values)
    return helper.make_node("Constant", [], [name], value=tensor)


def _preprocessor() -> dict[str, object]:
    """As the real model's."""
    return {
        "do_center_crop": True, "do_normalize": True, "do_resize": True, "do_rescale": True,
        "crop_size": {"height": 224, "width": 224}, "size": {"shortest_edge": 224},
        "image_mean": MEAN, "image_std": STD, "resample": 3, "rescale_factor": 1 / 255,
        "image_processor_type": "CLIPImageProcessor",
    }  # fmt: skip


def _tokenizer() -> dict[str, object]:
    words = {word: number for number, word in enumerate((*SPECIAL, *COLOURS))}
    return {
        "version": "1.0",
        "truncation": None,
        "padding": None,
        "added_tokens": [],
        "normalizer": {"type": "Lowercase"},
        "pre_tokenizer": {"type": "Whitespace"},
        "post_processor": None,
        "decoder": None,
        "model": {"type": "WordLevel", "vocab": words, "unk_token": "[UNK]"},
    }


def _write(graph: helper.GraphProto, path: Path) -> None:
    model = helper.make_model(
        graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=8, producer_name="dukani"
    )
    checker.check_model(model)
    path.parent.mkdir(parents=True, exist_ok=True)
    save(model, path)


def _write_json(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
