"""The editor's desk: the queue, the draft of the day, and what is watched; for editors alone."""

from __future__ import annotations

from collections.abc import Callable

from lodewire.web.pages.editor import brief, review, watch
from lodewire.web.site import Ask, Page, Site

View = Callable[[Site, Ask], Page]

VIEWS: dict[str, View] = {
    "/editor": review.entrance,
    "/editor/review": review.queue,
    "/editor/review/{event:str}": review.case,
    "/editor/brief": brief.draft,
    "/editor/sources": watch.sources,
    "/editor/subscribers": watch.subscribers,
    "/editor/campaigns": watch.campaigns,
    "/editor/audit": watch.audit,
}

ACTS: dict[str, View] = {
    **{f"/editor/review/{name}": act for name, act in review.ACTS.items()},
    **{f"/editor/brief/{name}": act for name, act in brief.ACTS.items()},
    "/editor/subscribers": watch.look_up,
    "/editor/campaigns/correct": watch.correct,
}
