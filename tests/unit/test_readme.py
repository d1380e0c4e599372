"""The README shows the machine as it is."""

from __future__ import annotations

from scripts.graph_picture import BEGIN, README, picture, with_picture


def test_the_readme_shows_the_graph_as_it_is_wired() -> None:
    text = README.read_text()
    assert BEGIN in text
    assert with_picture(text) == text, "run: python -m scripts.graph_picture"


def test_the_graph_has_a_node_for_every_part_of_a_sale() -> None:
    for node in (
        "perceive", "analyze_image", "search_products", "recommend_size", "handle_selection",
        "manage_cart", "checkout", "payment", "order_status", "answer_question", "hand_off",
        "change_consent", "generate_response",
    ):  # fmt: skip
        assert node in picture()
