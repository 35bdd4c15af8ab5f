"""A reader's own feed, at an address that is its key: what their alerts found, and the brief."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice

from lodewire.model.alert import ChannelKind, Endpoint, PostKind
from lodewire.model.tier import Reach
from lodewire.web.door import now_utc
from lodewire.web.forms import accounts_of
from lodewire.web.languages import _
from lodewire.web.pages.feeds import FeedEntry, write_feed
from lodewire.web.site import Ask, Missing, Page, Site
from lodewire.workbench.alerts.composing import Quiet, brief_notice, lines_of
from lodewire.workbench.alerts.endpoints import feed_of
from lodewire.workbench.alerts.owners import alert_reach, channel_reach

_ENTRIES, _BRIEFS = 100, 14
#: Nobody but the reader's own program keeps it, and no search engine lists it.
_HEADERS = (
    ("cache-control", "private, max-age=300"),
    ("x-robots-tag", "noindex, nofollow"),
    ("referrer-policy", "no-referrer"),
)


def own_feed(site: Site, ask: Ask) -> Page:
    """What the alerts of this feed found, for who holds its address."""
    accounts = accounts_of(site)
    found = feed_of(site.ledger, ask.parts["token"])
    reach = None
    if found is not None and found.kind is ChannelKind.FEED:
        reach = channel_reach(accounts.desk, site.ledger, found, now=now_utc())
    if found is None or reach is None:
        raise Missing(_("There is no such feed."), _("Its address may have been changed."))
    entries = [*_alerts(site, found, reach), *(_briefs(site, reach) if found.brief else ())]
    entries.sort(key=lambda e: e.at, reverse=True)
    # The feed must not hand its own key on: it is followed at the page of alerts.
    own = replace(ask, path=f"/my/feed.{ask.path.rpartition('.')[2]}", query={})
    page = write_feed(site, own, f"{site.title}: {found.name}", "/alerts", entries[:_ENTRIES])
    return replace(page, private=True, headers=_HEADERS)


def _alerts(site: Site, feed: Endpoint, reach: Reach) -> list[FeedEntry]:
    desk = accounts_of(site).desk
    if alert_reach(desk, site.ledger, feed.owner, now=now_utc()) is None:
        return []
    rules = [r.id for r in site.ledger.alerts.rules(feed.owner) if feed.id in r.channels]
    entries = []
    for firing in site.ledger.alerts.fired(rules, limit=_ENTRIES):
        for line in lines_of(site.ledger, desk, [firing], reach, now=site.clock()):
            event = str(line.body["id"])
            entries.append(
                FeedEntry(
                    id=f"{firing.rule_id}:{firing.version}",
                    path=f"/event/{event}" if event.startswith("ev_") else "/alerts",
                    title=line.text,
                    summary=line.small or ", ".join(firing.why),
                    at=firing.at,
                )
            )
    return entries


def _briefs(site: Site, reach: Reach) -> list[FeedEntry]:
    desk = accounts_of(site).desk
    entries = []
    today = site.clock().date()
    days = (day for day in site.ledger.briefs.days() if reach.reads(day, today))
    for day in islice(days, _BRIEFS):
        brief = site.ledger.briefs.get(day)
        if brief is None:
            continue
        notice = brief_notice(site.ledger, desk, brief, reach, id_=f"brief {day.isoformat()}")
        if isinstance(notice, Quiet):
            continue
        told = " ".join(f"{line.text} {line.small}".strip() for line in notice.lines)
        entries.append(
            FeedEntry(
                id=f"{PostKind.BRIEF.value}:{day.isoformat()}",
                path=f"/brief/{day.isoformat()}",
                title=notice.title,
                summary=told,
                at=brief.composed_at,
            )
        )
    return entries
