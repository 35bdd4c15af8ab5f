"""What texts say on who owns whom, and what they do not say."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodewire.model.document import Document
from lodewire.model.entity import Mention
from lodewire.model.evidence import Span
from lodewire.model.ids import CaptureId, EntityId, OriginId, SourceId
from lodewire.model.statement import Statement
from lodewire.model.vocabulary import MentionType
from lodewire.resolve.ownership import ownership_statements, tell_ownership

SEEN = datetime(2025, 3, 1, 8, tzinfo=UTC)
_TYPES = {
    "o": MentionType.ORGANISATION,
    "s": MentionType.SITE,
    "c": MentionType.COUNTRY,
    "p": MentionType.PLACE,
}
_MARKED = re.compile(r"\[([oscp]):([^|\]]+)\|([^\]]+)\]")


def told(marked: str) -> tuple[Statement, ...]:
    """Read "[o:mmg|MMG], controlled by …": type, entity and words of each name are marked."""
    text, mentions, at = "", [], 0
    for match in _MARKED.finditer(marked):
        text += marked[at : match.start()]
        span = Span(len(text), len(text) + len(match[3]))
        mentions.append(
            Mention(
                type=_TYPES[match[1]],
                span=span,
                text=match[3],
                name=match[3],
                entity=EntityId(match[2]),
            )
        )
        text += match[3]
        at = match.end()
    text += marked[at:]
    document = Document(
        capture_id=CaptureId("cap"),
        source_id=SourceId("wire"),
        text=text,
        published=date(2025, 3, 1),
        sentences=(Span(0, len(text)),),
    )
    found = ownership_statements(
        document, tell_ownership(document, mentions), origin_id=OriginId(document.id), seen=SEEN
    )
    for statement in found:
        statement.evidence.verify(text)
    return found


@pytest.mark.parametrize(
    ("marked", "owned", "owner", "basis", "share"),
    [
        (
            "[o:mmg|MMG], controlled by state-owned [o:china-minmetals|China Minmetals Corp.]",
            "mmg",
            "china-minmetals",
            "control",
            None,
        ),
        (
            "[s:las-bambas|Las Bambas], 62.5% owned by [o:mmg|MMG]",
            "las-bambas",
            "mmg",
            "control",
            "62.5",
        ),
        (
            "[o:kcc|KCC], which is 75%-owned by [o:glencore|Glencore]",
            "kcc",
            "glencore",
            "control",
            "75",
        ),
        (
            "[o:kazatomprom|A]'s 49%-owned [s:katco|Katco mine]",
            "katco",
            "kazatomprom",
            "part",
            "49",
        ),
        (
            "[o:x|Prospect], a wholly owned unit of [o:huayou|Huayou]",
            "x",
            "huayou",
            "control",
            "100",
        ),
        ("[o:x|GAC] is a subsidiary of [o:ega|EGA]", "x", "ega", "control", None),
        ("[o:cmoc|CMOC]'s trading arm [o:ixm|IXM]", "ixm", "cmoc", "control", None),
        ("[o:glencore|Glencore] unit [o:kazzinc|Kazzinc]", "kazzinc", "glencore", "control", None),
        (
            "[o:trafigura|Trafigura]-owned [o:nyrstar|Nyrstar]",
            "nyrstar",
            "trafigura",
            "control",
            None,
        ),
        (
            "[o:rio-tinto|Rio Tinto], which holds a 30 percent stake in [s:escondida|Escondida]",
            "escondida",
            "rio-tinto",
            "part",
            "30",
        ),
        ("[o:chemaf|Chemaf]'s parent [o:shalina|Shalina]", "chemaf", "shalina", "control", None),
        ("[s:las-bambas|Las Bambas] owner [o:mmg|MMG]", "las-bambas", "mmg", "control", None),
        (
            "the [s:keliber|Keliber] lithium refinery, owned by [o:sibanye|Sibanye]",
            "keliber",
            "sibanye",
            "control",
            None,
        ),
        (
            "[s:escondida|Escondida] is owned by [o:bhp|BHP], Rio Tinto and others",
            "escondida",
            "bhp",
            "part",
            None,
        ),
        (
            "[o:tlea|TLEA] is jointly owned by [o:tianqi|Tianqi] and IGO",
            "tlea",
            "tianqi",
            "part",
            None,
        ),
        ("[c:CL|Chile]'s state-owned [o:codelco|Codelco]", "codelco", "CL", "state", None),
        ("[c:CD|Congo]'s state miner [o:gecamines|Gecamines]", "gecamines", "CD", "state", None),
        ("[o:ntpc|NTPC], through its unit [o:x|NTPC Mining]", "x", "ntpc", "control", None),
    ],
)
def test_ownership_is_read_from_the_words_between_two_names(marked, owned, owner, basis, share):
    found = told(marked)
    first = found[0]
    assert (first.subject, first.property, first.entity) == (owned, "owner", owner)
    assert first.basis == basis
    assert all(s.subject == owned and s.entity == owner for s in found)
    shares = {s.value: s.unit for s in found if s.property == "owner_share"}
    assert shares == ({share: "%"} if share else {})


@pytest.mark.parametrize(
    "marked",
    [
        "[s:rossing|Rossing], formerly owned by [o:rio-tinto|Rio Tinto]",
        "[s:rossing|Rossing] will be owned by [o:rio-tinto|Rio Tinto]",
        "[s:rossing|Rossing] was owned by [o:rio-tinto|Rio Tinto] until 2019",
        "[s:rossing|Rossing] is not owned by [o:rio-tinto|Rio Tinto]",
        "Former [o:glencore|Glencore] unit [o:mopani|Mopani]",
        "[o:mmg|MMG] may buy 49% of [s:rossing|Rossing]",
        "[o:mmg|MMG] sold its unit; [s:rossing|Rossing] did not",
        "[s:rossing|Rossing], owned by the family of [o:lundin|Lundin]",
        "[o:orano|Orano] [s:cigar|Cigar Lake] is run by [o:cameco|Cameco]",
        "[o:canada|Canada] owns 30% of [s:cigar|Cigar Lake]",
        "[o:a|A] owns 130% of [o:b|B]",
        "[s:a|A mine], owned by [s:b|B mine]",
        "[o:mmg|MMG], controlled by [o:mmg|MMG]",
        "[c:EU|EU]'s state-owned [o:codelco|Codelco]",
        "[c:CL|Chile] and the miner [o:codelco|Codelco]",
    ],
)
def test_what_the_words_do_not_say_is_not_read(marked):
    assert told(marked) == ()


def test_two_names_in_two_sentences_say_nothing_together():
    text = "MMG stopped. Owned by Glencore."
    document = Document(
        capture_id=CaptureId("cap"),
        source_id=SourceId("wire"),
        text=text,
        sentences=(Span(0, 12), Span(13, 31)),
    )
    names = [
        Mention(
            type=MentionType.ORGANISATION,
            span=Span(start, start + len(name)),
            text=name,
            name=name,
            entity=EntityId(name.lower()),
        )
        for name, start in (("MMG", 0), ("Glencore", 22))
    ]
    assert tell_ownership(document, names) == ()


@given(st.text(alphabet="ab ,'’-%1owned by unit of the A", max_size=60))
def test_any_words_between_give_quotes_that_stand_there(gap):
    """Whatever it reads, each quote is in the text (checked in told) and no share passes 100."""
    for statement in told(f"[o:x|Xenon]{gap}[o:y|Yttria]"):
        assert {statement.subject, statement.entity} == {"x", "y"}
        if statement.property == "owner_share":
            assert 0 < float(statement.value) <= 100
