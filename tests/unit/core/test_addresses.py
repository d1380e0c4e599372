"""A link that can be opened, whatever is listened on."""

from __future__ import annotations

import pytest

from dukani.core.addresses import links, reached_at


@pytest.mark.parametrize(
    ("host", "link"),
    [
        ("127.0.0.1", "http://127.0.0.1:8000"),
        ("0.0.0.0", "http://127.0.0.1:8000"),  # every address: none to open
        ("", "http://127.0.0.1:8000"),
        ("::", "http://[::1]:8000"),
        ("::1", "http://[::1]:8000"),
        ("192.168.1.7", "http://192.168.1.7:8000"),
        ("localhost", "http://localhost:8000"),
    ],
)
def test_what_is_listened_on_is_told_as_it_is_reached(host: str, link: str) -> None:
    assert reached_at(host, 8000) == link
    assert links(host, 8000)[0] == link


def test_one_address_is_told_once() -> None:
    assert links("127.0.0.1", 9000) == ["http://127.0.0.1:9000"]


def test_no_link_holds_an_address_that_cannot_be_opened() -> None:
    assert not any("0.0.0.0" in link for link in links("0.0.0.0", 8000))
