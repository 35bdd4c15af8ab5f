"""The daily brief at channels: once each day and channel, for the tier that reads there."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime

from lodewire.config.desk import DeskConfig
from lodewire.delivery.channels import forms
from lodewire.delivery.channels.notice import Notice
from lodewire.errors import DeliveryError
from lodewire.ledger.store import Ledger
from lodewire.model.alert import ChannelKind, Firing, Post, PostId, PostKind, Rule, RuleId
from lodewire.model.ids import content_id
from lodewire.model.tier import Reach, Tier
from lodewire.publish.brief import is_told
from lodewire.publish.newsletter import is_empty
from lodewire.publish.sentences import tell_event
from lodewire.workbench.alerts.composing import alert_notice, brief_notice
from lodewire.workbench.alerts.judging import version_of

_DAYS = 7
_NOBODY = "https://channel.example.org/"
_EVENTS = 200


def queue_brief(ledger: Ledger, day: date, *, now: datetime) -> int:
    """Queue the published brief of a day for every channel that takes it; returns how many are new.

    Repeating it queues nothing: a channel is told a day once. Raises DeliveryError where there is
    no brief, or it tells nothing.
    """
    brief = ledger.briefs.get(day)
    if brief is None or is_empty(brief):
        raise DeliveryError(
            f"there is no brief of {day} that tells anything",
            hint=f"run `lodewire brief {day}`; a draft is published first",
        )
    new = 0
    with ledger.transaction():
        for endpoint in ledger.alerts.endpoints():
            if not endpoint.brief or endpoint.off_at or endpoint.kind is ChannelKind.FEED:
                continue
            post = Post(
                id=PostId(content_id("po", endpoint.id, "brief", day.isoformat())),
                endpoint_id=endpoint.id,
                kind=PostKind.BRIEF,
                about=day.isoformat(),
                due_at=now,
                next_at=now,
            )
            new += ledger.posts.queue(post)
    return new


def posts_for(
    desk: DeskConfig, ledger: Ledger, tier: Tier, *, today: date
) -> Iterator[tuple[str, bytes]]:
    """Yield what channels of a tier would be told, as (name, bytes), for the leak test.

    The latest briefs, and an alert on the latest events, in every form there is; nothing is kept.
    """
    reach = Reach(tier=tier, plan=desk.tiers.plan)
    for day in [d for d in ledger.briefs.days()[:_DAYS] if reach.reads(d, today)]:
        brief = ledger.briefs.get(day)
        told = brief and brief_notice(ledger, desk, brief, reach, id_="po_leak")
        if isinstance(told, Notice):
            yield from _forms_of(told, f"the brief of {day.isoformat()}")
    found = [e for e in ledger.select() if is_told(e)][:_EVENTS]
    at = datetime.combine(today, datetime.min.time(), UTC)
    rule = Rule(owner="desk", name="everything", created_at=at, since=at)
    firings = [
        Firing(
            rule_id=RuleId(rule.id),
            subject=e.id,
            version=version_of(e),
            at=at,
            sentence=tell_event(e),
        )
        for e in found
    ]
    if firings:
        alert = alert_notice(ledger, desk, rule, firings, reach, "po_leak", at)
        if isinstance(alert, Notice):
            yield from _forms_of(alert, "an alert")


def _forms_of(notice: Notice, name: str) -> Iterator[tuple[str, bytes]]:
    secret = "whsec_" + "A" * 44
    yield f"webhook with {name}", forms.webhook(notice, _NOBODY, [secret], now=notice.at).content
    yield f"Slack form of {name}", forms.slack(notice, _NOBODY).content
    yield f"Teams form of {name}", forms.teams(notice, _NOBODY).content
    yield f"Telegram form of {name}", forms.telegram(notice, _NOBODY, "0:A", "0").content
    yield f"mail with {name}", forms.mail(notice).text.encode()
