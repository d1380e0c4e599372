"""Writes the README's picture of the conversation machine from the machine itself."""

from __future__ import annotations

import re
from pathlib import Path

from dukani.graph.build import build_graph

README = Path(__file__).resolve().parents[1] / "README.md"
BEGIN, END = "<!-- graph:begin -->", "<!-- graph:end -->"


def picture() -> str:
    """Mermaid: from `perceive` every act goes to its node, and back to the router."""
    nodes = [name for name in build_graph().get_graph().nodes if not name.startswith("__")]
    acting = [name for name in nodes if name not in ("perceive", "generate_response")]
    _check_wiring(acting)
    lines = ["flowchart LR", "  event([an event]) --> perceive", "  perceive --> next{next act}"]
    lines += [f"  next --> {name} --> next" for name in acting]
    lines += ["  next -- none left --> generate_response --> reply([replies, queued])"]
    return "\n".join(lines)


def _check_wiring(acting: list[str]) -> None:
    """The picture folds the router into one diamond; that is only true while it is the same."""
    edges = build_graph().get_graph().edges
    for name in (*acting, "perceive"):
        targets = {edge.target for edge in edges if edge.source == name}
        assert targets == {*acting, "generate_response"}, f"{name} goes elsewhere: {targets}"


def with_picture(text: str) -> str:
    """A README's text with the picture as it is now."""
    block = f"{BEGIN}\n```mermaid\n{picture()}\n```\n{END}"
    return re.sub(f"{BEGIN}.*?{END}", lambda _: block, text, flags=re.DOTALL)


if __name__ == "__main__":
    README.write_text(with_picture(README.read_text()))
