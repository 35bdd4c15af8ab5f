"""What an editor watches: sources, subscribers, campaigns, and the log of who did what."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from lodewire.delivery.addresses import check_address, mask
from lodewire.errors import LodewireError
from lodewire.ledger.work import Stage
from lodewire.model.audience import Campaign, CampaignState, Subscriber, SubscriberState
from lodewire.model.correction import Correction
from lodewire.web.door import now_utc
from lodewire.web.languages import _
from lodewire.web.pages.desk_pages import WORST_FIRST
from lodewire.web.pages.editor.gate import demand_editor, editor_of, editor_page, hint_of
from lodewire.web.site import Ask, Page, Refused, Site, led_to
from lodewire.workbench.accounts.audited import audit_of
from lodewire.workbench.audit import note_act
from lodewire.workbench.letters.noticing import readers_told_wrong, start_corrections
from lodewire.workbench.letters.subscribing import open_subscriptions

_AUDITED = 200
_CAMPAIGNS = 60


def sources(site: Site, ask: Ask) -> Page:
    """How each source does, when it was last asked, and what of it was set aside."""
    demand_editor(site, ask)
    asked: dict[str, str] = {}
    for state in site.ledger.sources.states():
        when = f"{state.checked_at:%Y-%m-%d %H:%M}"
        asked[state.source_id] = max(when, asked.get(state.source_id, ""))
    told = sorted(
        site.joined.sources(site.clock()),
        key=lambda s: (WORST_FIRST.index(s.state), s.publisher.casefold(), s.id),
    )
    aside = Counter((n.stage, n.message) for n in site.ledger.quarantine.notes())
    return editor_page(
        site,
        ask,
        "sources.html.j2",
        heading=_("Sources"),
        sources=told,
        asked=asked,
        waiting=[(stage, n) for stage, n in site.ledger.waiting().items() if n],
        stages=list(Stage),
        aside=aside.most_common(20),
    )


def subscribers(site: Site, ask: Ask) -> Page:
    """How many subscribers there are in each state."""
    return _subscribers(site, ask)


def _subscribers(
    site: Site,
    ask: Ask,
    *,
    found: Subscriber | None = None,
    looked: bool = False,
    problem: str = "",
    hint: str = "",
) -> Page:
    demand_editor(site, ask)
    store = site.ledger.subscribers
    return editor_page(
        site,
        ask,
        "subscribers.html.j2",
        status=400 if problem else 200,
        problem=problem,
        hint=hint,
        heading=_("Subscribers"),
        path="/editor/subscribers",
        counts=store.counts(),
        states=list(SubscriberState),
        looked=looked,
        found=found,
        address=mask(found.address) if found is not None else "",
        steps=store.consents(found.id) if found is not None else (),
        barred=store.suppression(found.address_key) if found is not None else None,
        copies=site.ledger.campaigns.of_subscriber(found.id) if found is not None else (),
    )


def look_up(site: Site, ask: Ask) -> Page:
    """Show one subscriber by address; the log keeps who looked at whom, without the address."""
    desk = demand_editor(site, ask)
    ledger, now = site.ledger, now_utc()
    try:
        with ledger.transaction():
            subscriptions = open_subscriptions(desk, ledger, now=now)
            found = subscriptions.of_address(check_address(ask.form.get("address", "")))
            subject = found.id if found is not None else "nobody"
            note_act(ledger, editor_of(site, ask), "subscriber look-up", subject)
    except LodewireError as error:
        return _subscribers(site, ask, problem=error.message, hint=hint_of(error))
    return _subscribers(site, ask, found=found, looked=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignRow:
    """A campaign with how many copies are in each state, and when the next is due."""

    campaign: Campaign
    copies: str
    due: str


def campaigns(site: Site, ask: Ask) -> Page:
    """What became of each sending, and who was told something that was corrected since."""
    demand_editor(site, ask)
    store = site.ledger.campaigns
    rows = []
    for campaign in store.all()[-_CAMPAIGNS:][::-1]:
        counts = store.counts(campaign.id)
        due = store.next_due(campaign.id)
        rows.append(
            CampaignRow(
                campaign=campaign,
                copies=", ".join(f"{n} {state.value}" for state, n in counts.items() if n),
                due=f"{due:%Y-%m-%d %H:%M}" if due is not None else "",
            )
        )
    return editor_page(
        site,
        ask,
        "campaigns.html.j2",
        heading=_("Campaigns"),
        rows=rows,
        sending=CampaignState.SENDING,
        wrong=_told_wrong(site) if rows else [],
    )


def _told_wrong(site: Site) -> list[tuple[Correction, int]]:
    """Corrections that hold, with how many readers were sent what is wrong."""
    found = [c for c in site.joined.corrections() if c.until is None]
    told = [(c, len(readers_told_wrong(site.ledger, c))) for c in found[:_CAMPAIGNS]]
    return [(c, n) for c, n in told if n]


def correct(site: Site, ask: Ask) -> Page:
    """Begin the campaigns that tell corrections to those who were told wrong."""
    demand_editor(site, ask)
    with site.ledger.transaction():
        begun = start_corrections(site.ledger, now=now_utc())
        for campaign in begun:
            note_act(
                site.ledger, editor_of(site, ask), "campaign correct", campaign.id, campaign.about
            )
    return led_to("/editor/campaigns")


def audit(site: Site, ask: Ask) -> Page:
    """Who did what, the latest first."""
    demand_editor(site, ask)
    acts, of = ask.query.get("act", "").strip(), ask.query.get("of", "").strip()
    if len(acts) > 60 or len(of) > 60:
        raise Refused(_("There is no such choice."))
    return editor_page(
        site,
        ask,
        "audit.html.j2",
        heading=_("Audit log"),
        lines=audit_of(site.ledger, of=of, acts=acts, limit=_AUDITED),
        acts=acts,
        of=of,
        most=_AUDITED,
    )
