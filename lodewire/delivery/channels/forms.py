"""One notice in the form of each kind of channel. Words of others are literal in every one."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from html import escape
from typing import Any

from lodewire.delivery.channels.notice import Notice, Posting
from lodewire.delivery.channels.signing import sign
from lodewire.delivery.messages import Letter

#: Lines told in a chat; the page has the rest.
MOST_LINES = 20
_SLACK_TEXT = 2_900  # characters of one block (3,000)
_TELEGRAM_TEXT = 3_900  # of one message (4,096)
_LINE = 400


def webhook(notice: Notice, url: str, secrets: Sequence[str], *, now: datetime) -> Posting:
    """JSON, signed: ``{"type", "timestamp", "data": {…, "events": […]}}``."""
    told = {
        "type": notice.type,
        "timestamp": notice.at.isoformat().replace("+00:00", "Z"),
        "data": {
            "id": notice.id,
            "title": notice.title,
            "url": notice.url or None,
            **notice.body,
            "events": [line.body for line in notice.lines],
        },
    }
    body = _json(told)
    headers = tuple(sign(secrets, notice.id, now, body).items())
    return Posting(url=url, content=body, headers=headers)


def slack(notice: Notice, url: str) -> Posting:
    """Blocks of an incoming webhook; ``verbatim`` keeps words from becoming mentions or links."""
    blocks: list[dict[str, Any]] = [_section(f"*{_slack_text(notice.title)}*")]
    for line in notice.lines[:MOST_LINES]:
        text = _slack_text(_cut(line.text))
        text = f"<{line.url}|{text.replace('|', '¦')}>" if line.url else text
        small = f"\n{_slack_text(_cut(line.small))}" if line.small else ""
        blocks.append(_section(f"{text}{small}"))
    for foot in _foots(notice):
        linked = f"<{notice.url}|{_slack_text(foot)}>" if notice.url else _slack_text(foot)
        blocks.append({"type": "context", "elements": [_mark(linked)]})
    told = {"text": _slack_text(notice.title), "mrkdwn": False, "blocks": blocks}
    return Posting(url=url, content=_json(told))


def _section(text: str) -> dict[str, Any]:
    return {"type": "section", "text": _mark(text[:_SLACK_TEXT])}


def _mark(text: str) -> dict[str, Any]:
    return {"type": "mrkdwn", "text": text, "verbatim": True}


def _slack_text(text: str) -> str:
    # Its three signs, and those of its markdown: a joiner after each keeps it from pairing.
    told = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return "".join(f"{c}\u2060" if c in "*_~`" else c for c in told)


def teams(notice: Notice, url: str) -> Posting:
    """An adaptive card of text runs, which know no markdown; links are actions."""
    body: list[dict[str, Any]] = [_runs({"text": notice.title, "weight": "Bolder"})]
    for line in notice.lines[:MOST_LINES]:
        run: dict[str, Any] = {"text": _cut(line.text)}
        if line.url:
            run["selectAction"] = {"type": "Action.OpenUrl", "url": line.url}
        small = [{"text": f"\n{_cut(line.small)}", "isSubtle": True}] if line.small else []
        body.append(_runs(run, *small))
    body += [_runs({"text": foot, "isSubtle": True, "size": "Small"}) for foot in _foots(notice)]
    card: dict[str, Any] = {
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "type": "AdaptiveCard",
        "version": "1.4",
        "body": body,
    }
    if notice.url:
        card["actions"] = [{"type": "Action.OpenUrl", "title": "Open", "url": notice.url}]
    told = {
        "type": "message",
        "attachments": [
            {
                "contentType": "application/vnd.microsoft.card.adaptive",
                "contentUrl": None,
                "content": card,
            }
        ],
    }
    return Posting(url=url, content=_json(told))


def _runs(*runs: dict[str, Any]) -> dict[str, Any]:
    return {"type": "RichTextBlock", "inlines": [{"type": "TextRun", **run} for run in runs]}


def telegram(notice: Notice, api: str, token: str, chat: str) -> Posting:
    """``sendMessage`` of the bot API, as HTML of which only our own tags are tags."""
    parts = [f"<b>{escape(notice.title)}</b>"]
    left = _TELEGRAM_TEXT - len(parts[0])
    told = 0
    for line in notice.lines[:MOST_LINES]:
        text = escape(_cut(line.text))
        text = f'<a href="{escape(line.url)}">{text}</a>' if line.url else text
        small = f"\n<i>{escape(_cut(line.small))}</i>" if line.small else ""
        if len(text) + len(small) + 2 > left:
            break
        parts.append(f"{text}{small}")
        left -= len(text) + len(small) + 2
        told += 1
    for foot in _foots(notice, told):
        linked = f'<a href="{escape(notice.url)}">{escape(foot)}</a>' if notice.url else ""
        parts.append(linked or escape(foot))
    content = {
        "chat_id": chat,
        "text": "\n\n".join(parts),
        "parse_mode": "HTML",
        "link_preview_options": {"is_disabled": True},
    }
    return Posting(url=f"{api.rstrip('/')}/bot{token}/sendMessage", content=_json(content))


def mail(notice: Notice) -> Letter:
    """A letter in plain text."""
    parts = [notice.title]
    for line in notice.lines:
        parts.append("\n".join(part for part in (line.text, line.small, line.url) if part))
    parts += [part for part in (notice.foot, notice.url) if part]
    return Letter(subject=notice.title, text="\n\n".join(parts) + "\n")


def _foots(notice: Notice, told: int = MOST_LINES) -> list[str]:
    more = len(notice.lines) - min(told, MOST_LINES)
    counted = [f"and {more} more"] if more > 0 else []
    return [*counted, *([notice.foot] if notice.foot else [])]


def _cut(text: str) -> str:
    return text if len(text) <= _LINE else text[: _LINE - 1] + "…"


def _json(told: object) -> bytes:
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()
