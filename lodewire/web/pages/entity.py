"""Pages of commodities, countries, organisations and sites, and the list of each kind."""

from __future__ import annotations

import re

from lodewire.ledger.selecting import EventFilters
from lodewire.model.entity import Entity
from lodewire.model.tier import Part
from lodewire.model.vocabulary import MentionType
from lodewire.publish.entity_page import build_page, name_of
from lodewire.web.languages import _
from lodewire.web.material import listed
from lodewire.web.pages.profile import profile_of
from lodewire.web.rendering import KINDS, render
from lodewire.web.site import Ask, Missing, Moved, Page, Site
from lodewire.workbench.answers import entities

_ID = re.compile(r"[A-Za-z0-9_-]{1,100}")
_TYPES = {kind: type_ for type_, kind in KINDS.items()}
PLURALS = {
    "commodity": "commodities",
    "country": "countries",
    "organisation": "organisations",
    "site": "sites",
}
_LISTED = 300


def plural_words(kind: str) -> str:
    """Return what the things of a kind are called."""
    return {
        "commodity": _("Commodities"),
        "country": _("Countries"),
        "organisation": _("Organisations"),
        "site": _("Sites"),
    }[kind]


def entity(site: Site, ask: Ask) -> Page:
    """What tables and texts say of one thing, and its events."""
    found, kind = thing_of(ask, site)
    page = ask.page()
    events, more = listed(site, EventFilters(entities=(frozenset((found.id,)),)), page)
    ids = sorted({d for e in events for d in e.document_ids})
    documents = {d.id: d for d in site.ledger.documents.get_all(ids)}
    built = build_page(found, events, documents, site.ledger.documents.links(ids, site.publishers))
    profile = profile_of(site, found, kind) if page == 1 else {}
    return render(
        site,
        ask,
        f"{kind}.html.j2",
        heading=built.name[:1].upper() + built.name[1:],
        summary=_("%(name)s: events, each value tied to the words that state it.")
        % {"name": built.name},
        feeds=f"/{kind}/{found.id}/",
        linked=profile.get("linked"),
        profile=profile,
        thing=built,
        kind_word=kind,
        plural=PLURALS[kind],
        plural_words=plural_words(kind),
        aliases=_aliases(found, built.name),
        lines=tuple(reversed(built.events)),
        named=site.ledger.entities.count_documents(found.id),
        owners=_owners(site, found) if page == 1 else (),
        quoted=site.sees(Part.FULL_TEXT),
        page=page,
        more=more,
    )


def thing_of(ask: Ask, site: Site) -> tuple[Entity, str]:
    """Return the thing that a path names, and its kind. Raises Missing, or Moved to its page."""
    found = _entity(site, ask.parts["id"])
    kind = KINDS.get(found.type)
    if kind is None:
        raise Missing(_("There is no such page."), _("Search for the name instead."))
    if kind != ask.parts["kind"]:
        raise Moved(f"/{kind}/{found.id}")
    return found, kind


def _aliases(found: Entity, name: str) -> list[str]:
    """Other names, each once whatever its case."""
    told = {n.casefold(): n for n in (found.name, *found.aliases)}
    return [n for key, n in told.items() if key != name.casefold()][:12]


def _owners(site: Site, found: Entity) -> tuple[tuple[int, str], ...]:
    """Lines with how deep each stands: heads, owners, and by which way they own."""
    if found.type not in (MentionType.SITE, MentionType.ORGANISATION):
        return ()
    lines = site.joined.owners(found.id, site.clock().date())
    return tuple((_depth(line), " ".join(line.split())) for line in lines)


def _depth(line: str) -> int:
    blanks = len(line) - len(line.lstrip())
    # A share is set right in its column, so its blanks vary; the way to it stands far behind.
    return 0 if blanks <= 2 else 1 if blanks <= 10 else 2


def _entity(site: Site, id_: str) -> Entity:
    """The ledger's entity; of what no text has named yet, the ontology's."""
    missing = Missing(
        _("There is no such name on this desk."), _("Search for another spelling of it.")
    )
    if not _ID.fullmatch(id_):
        raise missing
    found = entities.thing_of(site.ledger, id_)
    if found is None:
        raise missing
    return found


def listing(site: Site, ask: Ask) -> Page:
    """The things of one kind that most documents name."""
    kind = next(k for k, plural in PLURALS.items() if f"/{plural}" == ask.path)
    counted = site.ledger.entities.most_named(_TYPES[kind], _LISTED)
    known = {e.id: e for e in site.ledger.entities.get_all([i for i, _ in counted])}
    rows = [(known[i], name_of(known[i]), n) for i, n in counted if i in known]
    return render(
        site,
        ask,
        "listing.html.j2",
        heading=plural_words(kind),
        summary=_("%(things)s that the documents of %(desk)s name most.")
        % {"things": plural_words(kind), "desk": site.name},
        rows=rows,
        plural=PLURALS[kind],
    )
