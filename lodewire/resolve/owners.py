"""Ultimate owners of a site or an organisation on a day, with the chain that leads to each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from lodewire.ontology.countries import load_countries
from lodewire.ontology.sites import load_sites
from lodewire.resolve.owner_links import LinkKind, OwnerLink, country_of, table_links

#: Gives all links of a thing by its id, of any day; the tables' own by default.
Links = Callable[[str], Sequence[OwnerLink]]
_WHOLE = Decimal(99)  # shares are rounded where they are published
_HUNDRED = Decimal(100)


class ChainEnd(StrEnum):
    """Why a chain ends: at a state, at a top, at a name without a row, or where it bites itself."""

    STATE = "state"  # a state owns itself
    TOP = "top"  # nobody above it is known, or nobody above it decides
    NAMED = "named"  # known by name alone
    CYCLE = "cycle"  # the next owner is in the chain already


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnerChain:
    """The links from a thing up to one end.

    ``rest`` is the percentage of the end that its own owners are not known to hold, None where
    one of their shares is not told. ``share`` is what the end holds of the thing through this
    chain, in percent, None where a share on the way is not told; ``controls``: each owner on the
    way decides about the next.
    """

    links: tuple[OwnerLink, ...]
    end: ChainEnd
    rest: Decimal | None = _HUNDRED

    @property
    def share(self) -> Decimal | None:
        """The product of the shares and of what is left at the end."""
        whole = _HUNDRED
        for part in (*(link.share for link in self.links), self.rest):
            if part is None:
                return None
            whole = whole * part / _HUNDRED
        return whole

    @property
    def controls(self) -> bool:
        """Whether every owner on the way decides about the next."""
        return all(link.controls for link in self.links)


@dataclass(frozen=True, slots=True, kw_only=True)
class UltimateOwner:
    """One end of the chains above a thing: an organisation, a state, or a name.

    ``id`` is None for a name alone. ``country`` is its ISO code, None where it is not known.
    ``share`` sums the chains, in percent; None where one of them is not told.
    """

    id: str | None
    name: str
    country: str | None
    share: Decimal | None
    controls: bool
    chains: tuple[OwnerChain, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CountryGap:
    """Where a site lies against where those sit who own it in the end.

    ``controlling`` is the country of the ultimate owner that decides, None where nobody is known
    to; ``shares`` holds (ISO code or None, percent or None), the largest first.
    """

    site: str
    country: str | None
    controlling: str | None
    shares: tuple[tuple[str | None, Decimal | None], ...]

    @property
    def foreign(self) -> bool | None:
        """Whether another country decides; None where one of the two is not known."""
        if self.country is None or self.controlling is None:
            return None
        return self.country != self.controlling


def links_on(thing: str, day: date, links: Links = table_links) -> tuple[OwnerLink, ...]:
    """Return the owners that count on ``day``, the largest first.

    Dated rows come first. A deal completed after the last of them takes their place when it is
    for the whole, and stands beside them when it is for a part; a buyer whom the rows lead to
    anyway, through a company between, adds nothing. What texts state counts where neither exists
    (the latest text each owner), and a row without days where nothing else does.
    """
    known = list(links(thing))
    rows = [k for k in known if k.evidence.kind is LinkKind.TABLE]
    held = [k for k in rows if k.holds_on(day)]
    deals = [k for k in _of(known, LinkKind.DEAL) if k.holds_on(day) and _is_after(k, rows)]
    if deals:
        above = _row_owners(thing, day, links)
        deals = [d for d in deals if d.key not in above]
    whole = [d for d in deals if d.share is not None and d.share >= _WHOLE]
    if whole:
        last = max(whole, key=_since)
        held = [last, *(d for d in deals if _since(d) > _since(last))]
    else:
        held += deals
    if not held and not rows:
        stated = [k for k in _of(known, LinkKind.STATED) if k.holds_on(day)]
        held = list({k.key: k for k in sorted(stated, key=_since)}.values())
    if not held and not rows:
        held = _of(known, LinkKind.UNDATED)
    return tuple(sorted(held, key=_rank))


def further_links(thing: str, day: date, links: Links = table_links) -> tuple[OwnerLink, ...]:
    """Return what texts and deals say by ``day`` beside the owners that count, latest first."""
    counted = links_on(thing, day, links)
    told = [k for k in links(thing) if k.evidence.kind in (LinkKind.STATED, LinkKind.DEAL)]
    rest = [k for k in told if k.holds_on(day) and k not in counted]
    return tuple(sorted(rest, key=lambda k: (-_since(k).toordinal(), k.key)))


def chains_of(thing: str, day: date, links: Links = table_links) -> tuple[OwnerChain, ...]:
    """Return every chain of owners above ``thing`` on ``day``; empty where no owner is known.

    A company that nobody above it decides about, and whose known owners hold less than the whole,
    is an end itself, beside those owners. A ring of owners ends where it closes.
    """
    return tuple(_climb(thing, day, links, ()))


def ultimate_owners(thing: str, day: date, links: Links = table_links) -> tuple[UltimateOwner, ...]:
    """Return the ends of the chains above ``thing`` on ``day``: who decides first, then by share.

    Empty where no owner is known: a company is then its own top, a site has an unknown owner.
    """
    by_end: dict[str, list[OwnerChain]] = {}
    for chain in chains_of(thing, day, links):
        by_end.setdefault(chain.links[-1].key, []).append(chain)
    found = [_ultimate(chains) for chains in by_end.values()]
    return tuple(sorted(found, key=lambda u: (not u.controls, -(u.share or Decimal(0)), u.name)))


def country_gap(site: str, day: date, links: Links = table_links) -> CountryGap:
    """Set the country where ``site`` lies against those of its ultimate owners on ``day``."""
    owners = ultimate_owners(site, day, links)
    known = load_sites().get(site)
    shares: dict[str | None, Decimal | None] = {}
    for owner in owners:
        before = shares.get(owner.country, Decimal(0))
        told = owner.share is not None and before is not None
        shares[owner.country] = before + owner.share if told else None  # type: ignore[operator]
    ranked = sorted(shares.items(), key=lambda s: (-(s[1] or Decimal(0)), s[0] or "~"))
    return CountryGap(
        site=site,
        country=known.country if known is not None else None,
        controlling=next((o.country for o in owners if o.controls), None),
        shares=tuple(ranked),
    )


def _climb(
    thing: str, day: date, links: Links, below: tuple[OwnerLink, ...]
) -> Iterator[OwnerChain]:
    held = links_on(thing, day, links)
    if below and not _is_covered(held):
        yield OwnerChain(links=below, end=ChainEnd.TOP, rest=_rest(held))
    passed = {thing, *(link.owned for link in below)}
    for link in held:
        chain = (*below, link)
        if link.owner is None:
            yield OwnerChain(links=chain, end=ChainEnd.NAMED)
        elif link.owner in passed:
            yield OwnerChain(links=chain, end=ChainEnd.CYCLE)
        elif link.owner in load_countries():
            yield OwnerChain(links=chain, end=ChainEnd.STATE)
        else:
            yield from _climb(link.owner, day, links, chain)


def _rest(held: Iterable[OwnerLink]) -> Decimal | None:
    shares = [link.share for link in held]
    told = [s for s in shares if s is not None]
    return _HUNDRED - sum(told, Decimal(0)) if len(told) == len(shares) else None


def _is_covered(held: Iterable[OwnerLink]) -> bool:
    """Whether the owners above account for a company: one decides, or together they are all."""
    known = list(held)
    whole = sum((k.share or Decimal(0) for k in known), Decimal(0))
    return any(k.controls for k in known) or whole >= _WHOLE


def _ultimate(chains: Sequence[OwnerChain]) -> UltimateOwner:
    last = chains[0].links[-1]
    shares = [c.share for c in chains]
    told = [s for s in shares if s is not None]
    return UltimateOwner(
        id=last.owner,
        name=last.owner_name,
        country=country_of(last.owner),
        share=sum(told, Decimal(0)) if len(told) == len(shares) else None,
        controls=any(c.controls for c in chains),
        chains=tuple(chains),
    )


def _row_owners(thing: str, day: date, links: Links) -> set[str]:
    """Everybody to whom dated rows lead from ``thing`` on ``day``."""
    found: set[str] = set()
    waiting = [thing]
    while waiting:
        rows = [k for k in _of(links(waiting.pop()), LinkKind.TABLE) if k.holds_on(day)]
        waiting += [k.owner for k in rows if k.owner is not None and k.key not in found]
        found |= {k.key for k in rows}
    return found


def _of(links: Iterable[OwnerLink], kind: LinkKind) -> list[OwnerLink]:
    return [k for k in links if k.evidence.kind is kind]


def _since(link: OwnerLink) -> date:
    return link.since.first if link.since is not None else date.min


def _is_after(deal: OwnerLink, rows: Iterable[OwnerLink]) -> bool:
    """Whether the deal is news to the table: later than any change that a row tells."""
    changes = [_since(r) for r in rows]
    changes += [r.until.first for r in rows if r.until is not None]
    return _since(deal) > max(changes, default=date.min)


def _rank(link: OwnerLink) -> tuple[bool, Decimal, str]:
    return (not link.controls, -(link.share or Decimal(0)), link.key)
