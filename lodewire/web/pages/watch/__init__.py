"""Watch lists, alerts, and the feeds they are read in."""

from __future__ import annotations

from lodewire.web.pages.feeds import FORMS
from lodewire.web.pages.watch import acts, feeds, views

VIEWS = {
    "/watch": views.watch,
    "/alerts": views.alerts,
    **{f"/my/{{token:str}}/feed.{form}": feeds.own_feed for form in FORMS},
}
ACTS = {
    "/watch/add": acts.add_watch,
    "/watch/remove": acts.remove_watch,
    "/alerts/rule": acts.rule,
    "/alerts/change": acts.change_rule,
    "/alerts/channels": acts.add_channel,
    "/alerts/channels/change": acts.change_channel,
}
