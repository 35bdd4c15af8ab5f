"""``lodewire mcp`` driven by the protocol's own client, as an assistant's program does it."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import anyio
from mcp import ClientSession, StdioServerParameters
from mcp.client.stdio import stdio_client

CALLS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("search_events", {"query": "copper", "limit": 3}),
    ("find_entity", {"name": "Chile"}),
    ("get_brief", {}),
    ("get_measures", {"commodity": "cobalt", "country": "US"}),
    (
        "run_scenario",
        {
            "commodity": "cobalt",
            "stage": "mining",
            "changes": [{"kind": "ban", "words": "CD: leakage 0..0.1..0.3"}],
        },
    ),
    (
        "landed_cost",
        {"commodity": "aluminium", "importer": "US", "origin": "AE", "day": "2025-03-20"},
    ),
    ("get_event", {"id": "ev_nothing"}),
    ("search_events", {"type": "wedding"}),
)


def test_an_assistant_finds_and_cites(built: Path) -> None:
    """Tools are listed with what they take; values come with statements and their words."""

    async def talk() -> tuple[list[str], list[Any], Any]:
        server = StdioServerParameters(
            command=sys.executable, args=["-m", "lodewire.cli.main", "mcp", "-d", str(built)]
        )
        async with stdio_client(server) as (read, write), ClientSession(read, write) as session:
            await session.initialize()
            tools = [t.name for t in (await session.list_tools()).tools]
            answers = [await session.call_tool(name, asked) for name, asked in CALLS]
            first = json.loads(answers[0].content[0].text)["events"][0]
            whole = await session.call_tool("get_event", {"id": first["id"]})
            return tools, answers, whole

    tools, answers, whole = anyio.run(talk)
    assert set(tools) == {name for name, _ in CALLS}
    *good, nothing, wrong = answers
    assert not any(a.is_error for a in good), [a.content for a in good if a.is_error]
    assert nothing.is_error
    assert "there is no event" in nothing.content[0].text
    assert wrong.is_error
    event = json.loads(whole.content[0].text)
    proved = {s["id"]: s["quote"] for s in event["statements"]}
    for role in event["event"]["roles"]:
        assert proved[role["statement"]] == role["quote"]
