"""Metered previews on the page of an insight."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime

from lodewire.model.brief import BriefEntry
from lodewire.publish.shown import withheld
from lodewire.web.forms import form_token
from lodewire.web.site import Ask, Site
from lodewire.workbench.accounts.metering import opened_parts, preview_of


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewOffer:
    """What a reader may still open this month; ``form`` is the token of the form to open it."""

    left: int
    most: int
    opened: bool
    form: str


def previewed(site: Site, ask: Ask, whole: BriefEntry) -> tuple[Site, PreviewOffer | None]:
    """Return the site with what the reader has opened of an insight, and what to offer.

    Nothing is offered of an insight that the reader sees whole.
    """
    visit, plan = ask.viewer.visit, site.reach.plan
    opens = opened_parts(plan)
    if visit is None or not opens & withheld(whole, site.reach).keys():
        return site, None
    now = datetime.now(UTC)
    found = preview_of(site.ledger, visit.standing, plan, whole.event_id, now=now)
    if found is None:
        return site, None
    offer = PreviewOffer(
        left=found.left, most=found.most, opened=found.opened, form=form_token(site, ask.viewer)
    )
    if found.opened:
        site = replace(site, reach=site.reach.opening(opens))
    return site, offer
