"""Whatever an agent sends, within its tools' shapes or not, is answered or refused in our words."""

from __future__ import annotations

import json
from typing import Any

import httpx
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dukani.agents_api.app import agents_server
from tests.examples import examples
from tests.integration.agents.conftest import AgentShop

ID = "5f0c0a52-0000-4000-8000-000000000000"
ODD: list[Any] = [
    None, "", "a\0b", "\ud800x", "' or 1=1 --", "x" * 600, "../..", "{{7*7}}", 0, -1, 100, 2**63,
    10**400, 1e308, True, [], {}, [ID], {"$ne": 1}, ID, "shopper-0001", "add", "en",
]  # fmt: skip
HEADERS = {"accept": "application/json, text/event-stream", "content-type": "application/json"}
A_FAULT = ("Traceback", "psycopg", "UnexpectedToolError", "Internal")
bodies = st.binary(max_size=60) | st.sampled_from(
    [b"[]", b"{}", b"null", b"[" * 5_000, b'{"jsonrpc":"2.0"}', b'{"jsonrpc":"2.0","id":1}',
     b'{"jsonrpc":"2.0","id":1,"method":"tools/call"}', b'{"jsonrpc":"2.0","id":{},"method":1}',
     b'{"jsonrpc":"2.0","id":1,"method":"resources/read","params":{"uri":"file:///etc/passwd"}}']
)  # fmt: skip


def some(strategy: st.SearchStrategy[Any], most: int) -> list[Any]:
    """Examples; collected first, because one loop runs the test."""
    found: list[Any] = []

    @settings(examples(most), suppress_health_check=list(HealthCheck))
    @given(strategy)
    def collect(one: Any) -> None:
        found.append(one)

    collect()
    return found


def inputs(schema: dict[str, Any]) -> st.SearchStrategy[dict[str, Any]]:
    """What might be meant for a tool, with anything in each place."""
    names = sorted(schema["properties"])
    return st.dictionaries(
        st.sampled_from([*names, "boutique_id"]), st.sampled_from(ODD) | st.text(max_size=8)
    )


async def test_any_arguments_of_a_tool_are_taken_or_refused(shop: AgentShop) -> None:
    tools = await agents_server().list_tools()
    assert len(tools) == 6
    headers = HEADERS | {"authorization": f"Bearer {shop.key}"}

    refused = 0
    async with httpx.AsyncClient(headers=headers, timeout=60) as http:
        for tool in tools:
            for given_ in some(inputs(tool.input_schema), 16):
                call = {"name": tool.name, "arguments": given_}
                body = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": call}
                answer = await http.post(shop.url, content=json.dumps(body), headers=headers)

                assert answer.status_code < 500, (tool.name, given_, answer.text)
                assert not any(word in answer.text for word in A_FAULT), (tool.name, given_)
                # A crash is told by the tool's name alone.
                assert f'"Error executing tool {tool.name}"' not in answer.text, given_
                refused += "rror" in answer.text or answer.status_code >= 400
    assert refused > 20


async def test_any_body_is_answered_as_the_protocol_says(shop: AgentShop) -> None:
    headers = HEADERS | {"authorization": f"Bearer {shop.key}"}
    async with httpx.AsyncClient(headers=headers, timeout=60) as http:
        for raw in some(bodies, 60):
            answer = await http.post(shop.url, content=raw, headers=headers)

            assert answer.status_code < 500, raw
            assert not any(word in answer.text for word in A_FAULT), raw
            assert "root:" not in answer.text, raw
