"""Files of strangers' addresses: never from our own network, never too much, never for too long."""

from __future__ import annotations

import asyncio
import ipaddress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dukani.core.clients.safe_fetch import NotFetched, SafeFetcher, is_public, resolve
from tests.fakes.internet import PUBLIC, Answer, Wires, a_server, names, saying

PRIVATE_NETWORKS = [
    "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
    "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15",
    "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4", "168.63.129.16/32",
    "::1/128", "::/128", "fc00::/7", "fe80::/10", "ff00::/8", "2001:db8::/32",
    "3fff::/20", "5f00::/16",
]  # fmt: skip


@st.composite
def private_addresses(draw: st.DrawFn) -> str:
    network = ipaddress.ip_network(draw(st.sampled_from(PRIVATE_NETWORKS)))
    offset = draw(st.integers(0, network.num_addresses - 1))
    return str(network.network_address + offset)


@given(private_addresses())
def test_no_address_of_a_closed_network_is_public(address: str) -> None:
    assert not is_public(address)


@given(private_addresses().filter(lambda one: ":" not in one))
def test_no_ipv6_address_hides_a_closed_one(address: str) -> None:
    four = int(ipaddress.IPv4Address(address))
    for hidden in (
        ipaddress.IPv6Address((0xFFFF << 32) | four),  # ::ffff:a.b.c.d
        ipaddress.IPv6Address((0x2002 << 112) | (four << 80)),  # 6to4
        ipaddress.IPv6Address((0x0064FF9B << 96) | four),  # NAT64
    ):
        assert not is_public(str(hidden)), hidden


@pytest.mark.parametrize("address", [PUBLIC, "1.1.1.1", "2606:4700:4700::1111", "197.248.0.1"])
def test_addresses_of_the_internet_are_public(address: str) -> None:
    assert is_public(address)


async def fetched(answer: Answer, url: str = "http://shop.example/a.jpg", **known: Any) -> bytes:
    async with a_server(answer) as port:
        fetcher = SafeFetcher(names(**({"shop": [PUBLIC]} | known)), Wires(port), deadline_s=2)
        return await fetcher.fetch(url, max_bytes=1000)


async def reason(answer: Answer, url: str = "http://shop.example/a.jpg", **known: Any) -> str:
    with pytest.raises(NotFetched) as refused:
        await fetched(answer, url, **known)
    return refused.value.reason


async def test_a_picture_of_the_internet_is_fetched() -> None:
    assert await fetched(saying("200 OK", b"picture")) == b"picture"


@pytest.mark.parametrize(
    "url",
    ["ftp://shop.example/a.jpg", "file:///etc/passwd", "shop.example/a.jpg", "http://",
     "http://user:secret@shop.example/a.jpg", "gopher://shop.example", "javascript:alert(1)",
     "http://shop.example/" + "a" * 3000],
)  # fmt: skip
async def test_what_is_no_plain_link_is_not_followed(url: str) -> None:
    assert await reason(saying("200 OK", b"x"), url) == "no_link"


async def test_other_ports_are_other_services() -> None:
    assert await reason(saying("200 OK", b"x"), "http://shop.example:6379/") == "private"


@pytest.mark.parametrize(
    "addresses", [["127.0.0.1"], ["169.254.169.254"], [PUBLIC, "10.0.0.1"], ["::ffff:10.0.0.1"]]
)
async def test_a_name_that_leads_to_a_closed_network_is_not_connected_to(
    addresses: list[str],
) -> None:
    async with a_server(saying("200 OK", b"x")) as port:
        wires = Wires(port)
        with pytest.raises(NotFetched) as refused:
            await SafeFetcher(names(shop=addresses), wires).fetch(
                "http://shop.example/", max_bytes=9
            )

    assert (refused.value.reason, wires.reached) == ("private", [])


@pytest.mark.parametrize(
    "host",
    ["2130706433", "0x7f000001", "0177.0.0.1", "127.1", "127.0.0.1.", "[::1]", "[::ffff:7f00:1]",
     "localhost", "①②⑦.⓪.⓪.①", "0", "0.0.0.0", "2852039166", "[::ffff:169.254.169.254]"],
)  # fmt: skip
async def test_however_a_closed_address_is_written_it_is_not_connected_to(host: str) -> None:
    """By this machine's own resolver, which reads numbers of every kind."""
    async with a_server(saying("200 OK", b"secret")) as port:
        wires = Wires(port)
        with pytest.raises(NotFetched) as refused:
            await SafeFetcher(resolve, wires).fetch(f"http://{host}/", max_bytes=9)

    assert refused.value.reason in ("private", "no_link", "unreachable")
    assert wires.reached == []


async def test_a_name_that_answers_otherwise_the_second_time_gains_nothing() -> None:
    # given a server that rebinds: public when it is checked, this machine afterwards
    told = [[PUBLIC], ["127.0.0.1"], ["127.0.0.1"]]

    async def rebinding(host: str, port: int) -> list[str]:
        return told.pop(0)

    async with a_server(saying("200 OK", b"picture")) as port:
        wires = Wires(port)

        # when a picture is fetched
        await SafeFetcher(rebinding, wires).fetch("http://evil.example/a.jpg", max_bytes=99)

    # then the address that was checked is the one that was connected to
    assert wires.reached == [PUBLIC]


@pytest.mark.parametrize(
    "there", ["http://127.0.0.1/", "http://inside.example/", "http://[::1]/", "//inside.example/x"]
)
async def test_no_redirect_leads_inside(there: str) -> None:
    async def resolve(host: str, port: int) -> list[str]:
        return {"shop.example": [PUBLIC], "inside.example": ["10.1.2.3"]}.get(host, [host])

    async with a_server(saying("302 Found", location=there)) as port:
        with pytest.raises(NotFetched) as refused:
            await SafeFetcher(resolve, Wires(port)).fetch("http://shop.example/", max_bytes=99)
    assert refused.value.reason == "private"


async def test_three_redirects_are_followed_and_no_fourth() -> None:
    assert await reason(saying("302 Found", location="/again")) == "redirects"


async def test_a_redirect_to_another_kind_of_address_is_not_followed() -> None:
    assert await reason(saying("302 Found", location="file:///etc/passwd")) == "no_link"


async def test_a_file_that_is_too_large_is_not_read() -> None:
    announced = saying("200 OK", b"", content_length="5000")
    assert await reason(announced) == "too_large"

    async def chunked(_head: bytes, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n")
        while True:  # for ever, or till the client goes
            writer.write(b"200\r\n" + b"x" * 512 + b"\r\n")
            await writer.drain()

    assert await reason(chunked) == "too_large"


async def test_a_server_that_drips_is_left() -> None:
    async def drip(_head: bytes, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\ncontent-length: 900\r\n\r\n")
        while True:
            writer.write(b"x")
            await writer.drain()
            await asyncio.sleep(0.05)

    async with a_server(drip) as port:
        fetcher = SafeFetcher(names(shop=[PUBLIC]), Wires(port), deadline_s=0.3)
        with pytest.raises(NotFetched) as refused:
            await fetcher.fetch("http://shop.example/", max_bytes=1000)
    assert refused.value.reason == "too_slow"


async def test_nothing_is_unpacked() -> None:
    assert await reason(saying("200 OK", b"\x1f\x8b", content_encoding="gzip")) == "packed"


async def test_what_is_not_there_is_told() -> None:
    assert await reason(saying("404 Not Found")) == "status"
