"""The document of a sale shows the machine as it is."""

from __future__ import annotations

from itertools import pairwise

from dukani.graph.build import build_graph
from scripts.graph_picture import BEGIN, DOCUMENT, picture, with_picture


def test_the_document_shows_the_graph_as_it_is_wired() -> None:
    text = DOCUMENT.read_text()
    assert BEGIN in text
    assert with_picture(text) == text, "run: python -m scripts.graph_picture"


def test_every_node_of_the_machine_is_in_the_picture() -> None:
    nodes = [name for name in build_graph().nodes if not name.startswith("__")]
    assert [name for name in nodes if name not in picture()] == []


def test_the_picture_shows_the_way_of_a_sale() -> None:
    way = (
        "perceive", "analyze_image", "search_products", "recommend_size", "handle_selection",
        "manage_cart", "checkout", "payment", "generate_response",
    )  # fmt: skip
    for before, after in pairwise(way):
        assert f"  {before} --> {after}\n" in picture()


def test_the_other_stations_stand_beside_it_in_the_order_a_turn_comes_by() -> None:
    drawn = picture()
    assert (
        "  perceive -.-> take_result & change_consent & hand_off & set_wearer -.-> analyze_image\n"
        in drawn
    )
    assert "  recommend_size -.-> answer_question & order_status -.-> handle_selection\n" in drawn
