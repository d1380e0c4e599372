"""Writes the picture of the conversation machine in docs/a-sale.md from the machine itself."""

from __future__ import annotations

import re
from itertools import groupby, pairwise
from pathlib import Path

from langgraph.graph import END as LEFT

from dukani.graph.build import NODES, build_graph
from dukani.graph.routes import TAKES, NodeName

DOCUMENT = Path(__file__).resolve().parents[1] / "docs" / "a-sale.md"
BEGIN, END = "<!-- graph:begin -->", "<!-- graph:end -->"

# Beside the way of a sale: a payment's result, consent, a person, whom a piece is for, answers,
# where an order is.
ASIDE: frozenset[NodeName] = frozenset(
    (
        "take_result",
        "change_consent",
        "hand_off",
        "set_wearer",
        "answer_question",
        "order_status",
    )
)


def picture() -> str:
    """Mermaid: the nodes in the order in which a turn comes by, those of a sale as one chain."""
    _check_wiring()
    order = ("perceive", *TAKES, "generate_response")
    way = [name for name in order if name not in ASIDE]
    lines = ["flowchart TB", "  event([an event]) --> perceive"]
    lines.append("  perceive -. lacks .-> senses([mind and eye, asked outside]) -.-> perceive")
    lines += [f"  {before} --> {after}" for before, after in pairwise(way)]
    lines += _beside(order)
    lines.append("  generate_response --> reply([replies, queued])")
    return "\n".join(lines)


def _beside(order: tuple[str, ...]) -> list[str]:
    """The other nodes, each between the two of the way that it stands between."""
    groups = [(aside, list(names)) for aside, names in groupby(order, lambda name: name in ASIDE)]
    return [
        f"  {groups[at - 1][1][-1]} -.-> {' & '.join(names)} -.-> {groups[at + 1][1][0]}"
        for at, (aside, names) in enumerate(groups)
        if aside
    ]


def _check_wiring() -> None:
    """The picture draws the router as an order; that is only true while every node asks it."""
    assert [node.__name__ for node in NODES] == list(TAKES), "another order in build.py"
    edges = build_graph().get_graph().edges
    for name in ("perceive", *TAKES):
        targets = {edge.target for edge in edges if edge.source == name}
        left = {LEFT} if name == "perceive" else set()  # for what is asked outside
        assert targets == {*TAKES, "generate_response", *left}, f"{name} goes elsewhere: {targets}"


def with_picture(text: str) -> str:
    """A document's text with the picture as it is now."""
    block = f"{BEGIN}\n```mermaid\n{picture()}\n```\n{END}"
    return re.sub(f"{BEGIN}.*?{END}", lambda _: block, text, flags=re.DOTALL)


if __name__ == "__main__":
    DOCUMENT.write_text(with_picture(DOCUMENT.read_text()))
