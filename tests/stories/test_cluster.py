"""Copies are one origin, other tellings one story, other happenings neither."""

from __future__ import annotations

import itertools
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lodewire.model.story import StoryMember
from lodewire.stories.cluster import assign, place, relate
from lodewire.stories.signature import DocumentSignature, StoredSignature

from . import newsroom
from .newsroom import DEAL, DEAL_IN_GERMAN, DEAL_TOLD_ANEW, PROTEST, price_report, signature

DAY = date(2023, 11, 21)


def relation(a: DocumentSignature, b: DocumentSignature) -> str | None:
    link = relate(a, b)
    back = relate(b, a)
    assert link == back, "a pair scores the same from both sides"
    if link is not None:
        assert set(a.keys) & set(b.keys), "documents alike must meet by a key"
    return link.relation if link else None


def first_paragraphs(text: str, count: int) -> str:
    return "\n\n".join(text.split("\n\n")[:count])


COPIES = {
    "the same text under another headline": DEAL,
    "the same text in other type": DEAL.replace("MMG", "ＭＭＧ").replace("-", "\u2011").upper(),
    "a dateline and a line about the paper": "HONG KONG, Nov 21 (Agency) - "
    + DEAL
    + "\n\nThis newspaper takes no responsibility for agency copy.",
    "its first paragraph alone": first_paragraphs(DEAL, 1),
    "its first two paragraphs": first_paragraphs(DEAL, 2),
    "its beginning, cut inside a sentence": DEAL[:420],
    "one sentence dropped and one word changed": DEAL.replace(
        " The mine employs 1,700 people, most of them from the district around Maun.", ""
    ).replace("seldom", "rarely"),
}


@pytest.mark.parametrize("altered", COPIES.values(), ids=COPIES.keys())
def test_a_copy_is_found_whatever_was_done_to_it(altered: str) -> None:
    original = signature(DEAL, title="MMG to buy Khoemacau")
    copy = signature(altered, source="daily", title="Copper deal in Botswana")
    assert relation(original, copy) == "copy"


def test_a_teaser_is_a_copy_of_the_article_whose_words_it_holds() -> None:
    teaser = signature(
        "MMG has agreed to buy the Khoemacau copper mine in Botswana for $1.88 billion, the Hong "
        "Kong-listed miner said on Tuesday.",
        source="portal",
        teaser=True,
    )
    assert relation(signature(DEAL), teaser) == "copy"


def test_another_article_on_the_happening_is_related_and_no_copy() -> None:
    told_anew = signature(DEAL_TOLD_ANEW, source="weekly", day=DAY + timedelta(days=1))
    assert relation(signature(DEAL), told_anew) == "related"


def test_an_article_in_another_language_joins_by_names_and_figures() -> None:
    german = signature(DEAL_IN_GERMAN, source="zeitung", language="de")
    assert relation(signature(DEAL), german) == "related"


def test_an_article_in_another_language_without_common_names_stays_apart() -> None:
    german = signature(
        DEAL_IN_GERMAN.replace("Khoemacau", "X").replace("MMG", "Y").replace("Cuprous", "Z"),
        source="zeitung",
        language="de",
    )
    assert relation(signature(DEAL), german) is None


def test_other_news_of_the_same_company_in_the_same_week_stays_apart() -> None:
    assert relation(signature(DEAL), signature(PROTEST, source="weekly")) is None


def test_the_happening_told_again_a_month_later_opens_its_own_story() -> None:
    late = signature(DEAL_TOLD_ANEW, source="weekly", day=DAY + timedelta(days=30))
    assert relation(signature(DEAL), late) is None


MONDAY = price_report(11, "8,964", "2,731.50", "15,680", "up 0.3%")
TUESDAY = price_report(12, "8,871.5", "2,702", "15,395", "down 1%")


@pytest.mark.parametrize("source", ["wire", "daily"])
def test_two_days_reports_from_one_template_are_two_stories(source: str) -> None:
    monday = signature(MONDAY, day=date(2025, 8, 11))
    tuesday = signature(TUESDAY, day=date(2025, 8, 12), source=source)
    assert relation(monday, tuesday) is None


def test_a_report_of_prices_copied_by_another_paper_is_a_copy() -> None:
    monday = signature(MONDAY, day=date(2025, 8, 11))
    copied = signature(MONDAY, day=date(2025, 8, 12), source="daily", title="Metals")
    assert relation(monday, copied) == "copy"


def test_a_digest_of_several_items_is_a_copy_of_its_first_at_most() -> None:
    items = [first_paragraphs(t, 1) for t in (DEAL, PROTEST, MONDAY, DEAL_TOLD_ANEW)]
    digest = signature("\n\n".join(items), source="newsletter")
    found = [relation(digest, signature(item, source="daily")) for item in items[1:]]
    assert "copy" not in found


def test_texts_of_a_few_words_are_copies_only_when_equal() -> None:
    assert relation(signature("Read on."), signature("Read on.", source="b")) == "copy"
    assert relation(signature("Read on."), signature("Read more.", source="b")) is None


def test_documents_without_text_are_no_copies_of_each_other() -> None:
    assert relation(signature(""), signature("", source="b")) is None


def arrive(order: list[DocumentSignature]) -> dict[str, tuple[str, str, str, str | None]]:
    """Place documents one by one, as the ledger does, and return where each ends up."""
    members: dict[str, StoryMember] = {}
    signatures: dict[str, DocumentSignature] = {}
    for new in order:
        met = [
            StoredSignature(signature=s, member=members[s.document_id])
            for s in signatures.values()
            if set(s.keys) & set(new.keys)
        ]
        for member in place(new, met):
            members[member.document_id] = member
        signatures[new.document_id] = new
    return {i: resolved(i, members) for i in members}


def resolved(document_id: str, members: dict[str, StoryMember]) -> tuple[str, str, str, str | None]:
    member = members[document_id]
    if member.joined is None:
        return member.story_id, member.origin_id, member.relation, None
    story, origin, _, _ = resolved(member.joined, members)
    own = origin if member.relation == "copy" else member.origin_id
    return story, own, member.relation, member.joined


NEWSROOM = [
    signature(DEAL),
    signature(DEAL, source="daily", title="Deal", day=DAY + timedelta(days=1)),
    signature(first_paragraphs(DEAL, 1), source="portal", teaser=True),
    signature(DEAL_TOLD_ANEW, source="weekly", day=DAY + timedelta(days=1)),
    signature(DEAL_IN_GERMAN, source="zeitung", language="de"),
    signature(PROTEST, source="weekly"),
    signature(first_paragraphs(PROTEST, 1), source="portal"),
    signature(MONDAY),
]


@settings(max_examples=60, deadline=None)
@given(st.permutations(NEWSROOM))
def test_documents_in_any_order_give_the_same_stories(order: list[DocumentSignature]) -> None:
    assert arrive(order) == arrive(sorted(NEWSROOM, key=lambda s: s.order))


def test_the_newsroom_falls_into_its_three_happenings_and_five_origins() -> None:
    found = arrive(NEWSROOM)
    ids = [s.document_id for s in NEWSROOM]
    stories = [found[i][0] for i in ids]
    assert len(set(stories[:5])) == 1, "the deal"
    assert len(set(stories[5:7])) == 1, "the protest"
    assert len(set(stories)) == 3
    origins = [found[i][1] for i in ids]
    assert len(set(origins[:3])) == 1, "the wire text, its copy and the teaser"
    assert len(set(origins)) == 5


def test_in_order_of_time_each_document_gets_its_place_at_once() -> None:
    ordered = sorted(NEWSROOM, key=lambda s: s.order)
    members: list[StoredSignature] = []
    for new in ordered:
        own = assign(new, members)
        assert place(new, members) == (own,), "nothing already placed moves"
        members.append(StoredSignature(signature=new, member=own))


def test_a_signature_survives_being_stored() -> None:
    for original in NEWSROOM:
        again = DocumentSignature.load(original.dump())
        for other in NEWSROOM:
            assert relate(again, other) == relate(original, other)
        assert again.dump() == original.dump()


def test_pairs_are_few_between_unlike_articles() -> None:
    texts = {DEAL, PROTEST, MONDAY, TUESDAY}
    for a, b in itertools.combinations(sorted(texts), 2):
        shared = set(signature(a).keys) & set(signature(b, source="x").keys)
        assert len(shared) <= 20, newsroom.__name__


def test_two_pages_in_one_publishers_frame_are_two_stories() -> None:
    frame = "\n\nSample Register, printed for MMG and Glencore. Best viewed at 1024 by 768 pixels."
    first = signature("Glencore has been granted a permit for its smelter." + frame)
    second = signature("MMG has asked for more time to file its accounts." + frame)
    assert relation(first, second) is None
