"""Ultimate owners: chains of a day, what counts before what, rings and unknown links."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lodewire.model.event import Event
from lodewire.model.evidence import Evidence, Span
from lodewire.model.ids import DocumentId, EntityId, EventId, MentionId, OriginId, SourceId
from lodewire.model.statement import Statement
from lodewire.model.vocabulary import EventType, Modality, Status
from lodewire.ontology.organisations import load_organisations
from lodewire.ontology.ownership import load_holdings
from lodewire.ontology.sites import load_sites
from lodewire.ontology.stated_days import StatedDay
from lodewire.resolve.owner_links import (
    LinkEvidence,
    LinkKind,
    OwnerLink,
    country_of,
    deal_links,
    stated_links,
)
from lodewire.resolve.owners import (
    ChainEnd,
    Links,
    chains_of,
    country_gap,
    further_links,
    links_on,
    ultimate_owners,
)

DAY = date(2024, 6, 1)
SEEN = datetime(2025, 3, 1, 8, tzinfo=UTC)


def link(
    owned: str,
    owner: str,
    share: str | None = None,
    *,
    controls: bool | None = None,
    since: str | None = None,
    until: str | None = None,
    kind: LinkKind = LinkKind.TABLE,
) -> OwnerLink:
    def stated(day: str | None) -> StatedDay | None:
        return StatedDay(date.fromisoformat(day), day) if day else None

    number = Decimal(share) if share else None
    return OwnerLink(
        owned=owned,
        owner=None if owner.startswith("@") else owner,
        owner_name=owner.removeprefix("@"),
        share=number,
        controls=number is not None and number > 50 if controls is None else controls,
        since=stated(since),
        until=stated(until),
        evidence=LinkEvidence(kind=kind, sources=("wikidata",)),
    )


def look_up(*links: OwnerLink) -> Links:
    def of(thing: str) -> Sequence[OwnerLink]:
        return [k for k in links if k.owned == thing]

    return of


def told(chains: Sequence[object]) -> set[str]:
    return {" < ".join(k.key for k in c.links) + f" {c.end.value}" for c in chains}  # type: ignore[attr-defined]


def test_a_chain_leads_from_the_mine_to_the_state():
    owners = ultimate_owners("las-bambas", DAY)
    assert (owners[0].id, owners[0].country, owners[0].controls) == ("CN", "CN", True)
    assert {c.end for c in owners[0].chains} == {ChainEnd.STATE}
    assert "china-minmetals" in {k.key for c in owners[0].chains for k in c.links}
    gap = country_gap("las-bambas", DAY)
    assert (gap.country, gap.controlling, gap.foreign) == ("PE", "CN", True)


def test_the_same_mine_had_other_owners_on_another_day():
    def top(day: str) -> str | None:
        return ultimate_owners("brucejack", date.fromisoformat(day))[0].id

    assert [top(d) for d in ("2022-01-01", "2022-03-09", "2023-11-05", "2023-11-06")] == [
        "pretium",
        "newcrest",
        "newcrest",
        "newmont",
    ]


def test_shares_multiply_along_a_chain_and_add_up_over_chains():
    links = look_up(
        link("mine", "a", "60"),
        link("mine", "b", "40"),
        link("a", "c", "50.5"),
        link("b", "c", "100"),
        link("a", "@A fund", "49.5"),
    )
    owners = {u.name: u for u in ultimate_owners("mine", DAY, links)}
    assert owners["c"].share == Decimal("70.3")
    assert owners["A fund"].share == Decimal("29.7")
    assert owners["c"].controls
    assert not owners["A fund"].controls
    assert owners["A fund"].country is None


def test_a_company_that_nobody_decides_about_is_an_end_itself():
    links = look_up(link("mine", "a", "100"), link("a", "b", "26"))
    assert told(chains_of("mine", DAY, links)) == {"a top", "a < b top"}
    assert {u.name: u.share for u in ultimate_owners("mine", DAY, links)} == {"a": 74, "b": 26}
    whole = look_up(link("mine", "a", "100"), link("a", "b", "50"), link("a", "c", "50"))
    assert told(chains_of("mine", DAY, whole)) == {"a < b top", "a < c top"}


def test_a_ring_of_owners_ends_where_it_closes():
    links = look_up(link("mine", "a", "100"), link("a", "b", "60"), link("b", "a", "60"))
    assert told(chains_of("mine", DAY, links)) == {"a < b < a cycle"}
    (owner,) = ultimate_owners("mine", DAY, links)
    assert owner.chains[0].end is ChainEnd.CYCLE


def test_an_unknown_share_stays_unknown_and_an_unknown_owner_empty():
    links = look_up(link("mine", "a", controls=True), link("a", "b", "60"))
    (owner,) = ultimate_owners("mine", DAY, links)
    assert owner.share is None
    assert owner.controls
    assert ultimate_owners("nothing", DAY, links) == ()
    assert country_gap("aitik", DAY, links).controlling is None
    assert country_gap("aitik", DAY, links).foreign is None


def test_a_row_without_days_counts_only_where_there_is_nothing_else():
    undated = link("mine", "a", controls=True, kind=LinkKind.UNDATED)
    assert links_on("mine", DAY, look_up(undated)) == (undated,)
    later = link("mine", "b", "100", since="2025-01-01")
    assert links_on("mine", DAY, look_up(undated, later)) == ()


def test_a_text_counts_where_no_table_tells():
    said = link("mine", "a", "49", since="2024-01-01", kind=LinkKind.STATED)
    again = link("mine", "a", "55", since="2024-05-01", kind=LinkKind.STATED)
    assert links_on("mine", DAY, look_up(said, again)) == (again,)
    assert links_on("mine", date(2023, 1, 1), look_up(said)) == ()
    row = link("mine", "b", "100", since="2020-01-01")
    assert links_on("mine", DAY, look_up(said, row)) == (row,)
    assert further_links("mine", DAY, look_up(said, row)) == (said,)


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_a_deal_for_the_whole_takes_the_place_of_older_rows(order):
    row = link("mine", "a", "100", since="2020-01-01")
    deal = link("mine", "b", "100", since="2024-03-01", kind=LinkKind.DEAL)
    part = link("mine", "c", "10", since="2024-04-01", kind=LinkKind.DEAL)
    all_links = look_up(*[(row, deal, part)[i] for i in order])
    assert links_on("mine", date(2024, 2, 1), all_links) == (row,)
    assert [k.key for k in links_on("mine", DAY, all_links)] == ["b", "c"]


def test_a_deal_that_the_table_knows_adds_nothing():
    row = link("mine", "a", "55", since="2024-06-01")
    deal = link("mine", "a", "100", since="2024-03-01", kind=LinkKind.DEAL)
    assert links_on("mine", DAY, look_up(row, deal)) == (row,)


def test_a_buyer_whom_the_rows_lead_to_adds_nothing():
    """The table knows the company between, and the partner who came in later."""
    rows = (link("mine", "op", "100"), link("op", "a", "55", since="2024-05-01"))
    deal = link("mine", "a", "100", since="2024-03-01", kind=LinkKind.DEAL)
    assert links_on("mine", DAY, look_up(*rows, deal)) == (rows[0],)
    assert links_on("mine", date(2024, 4, 1), look_up(*rows, deal)) == (deal,)


def test_countries_of_owners():
    assert country_of("CN") == "CN"
    assert country_of("mmg") == "AU"
    assert country_of("turquoise-hill") == "CA"
    assert country_of("iea") is None
    assert country_of(None) is None


def test_every_chain_of_the_tables_ends_and_holds_at_most_the_whole():
    """One ring is real: China Rare Earth Group holds Southern, whose Ganzhou holds the Group."""
    ring = {"china-rare-earth-group", "china-southern-rare-earth", "ganzhou-rare-earth"}
    for thing in (*load_holdings(), *load_sites(), *load_organisations()):
        for day in (date(2010, 1, 1), date(2023, 6, 1), date(2025, 12, 1)):
            owners = ultimate_owners(thing, day)
            known = sum((u.share or Decimal(0) for u in owners), Decimal(0))
            assert known <= Decimal("100.2"), (thing, day)
            for chain in (c for u in owners for c in u.chains):
                assert chain.end is not ChainEnd.CYCLE or chain.links[-1].key in ring, thing


NAMES = st.sampled_from(["a", "b", "c", "d", "CN", "@fund"])
PAIRS = st.tuples(NAMES, NAMES, st.sampled_from(["10", "49", "51", "100", None]))


@settings(max_examples=200, deadline=None)
@given(st.lists(PAIRS, max_size=8, unique_by=lambda p: (p[0], p[1])), st.randoms())
def test_any_owners_at_all_give_chains_that_end_the_same_in_any_order(pairs, chance):
    links = [link(x, y, s) for x, y, s in pairs if x != y and not x.startswith("@")]
    found = ultimate_owners("a", DAY, look_up(*links))
    chance.shuffle(links)
    assert {(u.name, u.share) for u in ultimate_owners("a", DAY, look_up(*links))} == {
        (u.name, u.share) for u in found
    }
    for owner in found:
        for chain in owner.chains:
            passed = [k.owned for k in chain.links]
            assert len(set(passed)) == len(passed)


def statement(property_: str, value: str, **more: object) -> Statement:
    fields: dict[str, object] = {
        "subject": "evm_1",
        "original": value,
        "evidence": Evidence(
            document_id=DocumentId(str(more.pop("document", "doc"))),
            span=Span(0, 20),
            quote="MMG owns 62.5% of it",
        ),
        "source_id": SourceId("wire"),
        "origin_id": OriginId("doc"),
        "first_seen": SEEN,
        "last_seen": SEEN,
    }
    return Statement(property=property_, value=value, **{**fields, **more})  # type: ignore[arg-type]


def test_what_texts_state_becomes_a_link_from_the_day_of_the_text():
    owner = statement("owner", "MMG", subject="mine", entity=EntityId("mmg"), basis="part")
    share = statement("owner_share", "62.5", subject="mine", entity=EntityId("mmg"), unit="%")
    (found,) = stated_links([owner, share], {DocumentId("doc"): DAY})
    assert (found.owner, found.share, found.controls) == ("mmg", Decimal("62.5"), True)
    assert found.since is not None
    assert found.since.first == DAY
    assert found.evidence.quote == "MMG owns 62.5% of it"
    assert stated_links([owner, share], {}) == ()
    stranger = statement("owner", "Foo", subject="mine", entity=EntityId("ent_x"), basis="control")
    (found,) = stated_links([stranger], {DocumentId("doc"): DAY})
    assert (found.owner, found.owner_name, found.controls) == (None, "Foo", True)


def deal(*more: Statement, status: Status = Status.COMPLETED) -> Event:
    return Event(
        id=EventId("ev_1"),
        type=EventType.ACQUISITION,
        status=status,
        modality=Modality.ASSERTED,
        desks=(),
        statements=(
            statement("status", status.value),
            statement("acquirer", "MMG", entity=EntityId("mmg")),
            *more,
        ),
        mention_ids=(MentionId("evm_1"),),
        document_ids=(DocumentId("doc"),),
        origins=(OriginId("doc"),),
        first_seen=SEEN,
        last_seen=SEEN,
        reported=DAY,
    )


MINE = statement("asset", "Khoemacau", entity=EntityId("khoemacau-mine"))
DAYS = {DocumentId("doc"): DAY}


def test_a_completed_acquisition_tells_the_owner_from_its_day():
    day = statement("date", "2024-03-22")
    (found,) = deal_links([deal(MINE, day)], "khoemacau-mine", DAYS)
    assert (found.owner, found.share, str(found.since)) == ("mmg", Decimal(100), "2024-03-22")
    assert (found.evidence.kind, found.evidence.event_id) == (LinkKind.DEAL, "ev_1")
    (found,) = deal_links([deal(MINE)], "khoemacau-mine", DAYS)
    assert str(found.since) == DAY.isoformat()
    stake = statement("stake", "45", unit="%")
    (found,) = deal_links([deal(MINE, stake)], "khoemacau-mine", DAYS)
    assert (found.share, found.controls) == (Decimal(45), False)


def test_deals_that_are_not_done_or_not_clear_tell_no_owner():
    target = statement("target", "Cupric", entity=EntityId("cupric-canyon"))
    other = statement("acquirer", "CNIC", entity=EntityId("cnic"))
    stakes = (statement("stake", "45", unit="%"), statement("stake", "55", unit="%"))
    assert deal_links([deal(MINE, status=Status.AGREED)], "khoemacau-mine", DAYS) == ()
    assert deal_links([deal(MINE, target)], "cupric-canyon", DAYS) == ()
    assert deal_links([deal(MINE, other)], "khoemacau-mine", DAYS) == ()
    assert deal_links([deal(MINE, *stakes)], "khoemacau-mine", DAYS) == ()
    assert deal_links([deal(MINE)], "khoemacau-mine", {}) == ()
