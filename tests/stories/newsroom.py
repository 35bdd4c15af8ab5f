"""Articles written for these tests about public happenings, and ways to alter them."""

from __future__ import annotations

import re
from datetime import date

from lodewire.model.document import Document
from lodewire.model.entity import Mention
from lodewire.model.evidence import Span
from lodewire.model.ids import CaptureId, EntityId, SourceId
from lodewire.model.vocabulary import DocumentRole, MentionType
from lodewire.stories.fingerprint import sign
from lodewire.stories.signature import DocumentSignature

_NAMES = {
    "organisation": (
        "MMG",
        "Cuprous Capital",
        "Glencore",
        "LME",
        "Alcoa",
        "JOGMEC",
        "Epangelo",
        "China Minmetals",
        "Rio Tinto",
    ),
    "site": ("Khoemacau", "Las Bambas", "Lofdal", "Jimblebar"),
    "country": ("Botswana", "Botsuana", "Peru", "Namibia", "Japan", "United States", "China"),
    "commodity": ("copper", "Kupfer", "aluminium", "zinc", "nickel", "rare earths"),
}
_ONE = {"Botsuana": "botswana", "Kupfer": "copper"}

DEAL = """MMG has agreed to buy the Khoemacau copper mine in Botswana for $1.88 billion, the \
Hong Kong-listed miner said on Tuesday. The seller is Cuprous Capital, a company held by a group \
of private equity funds that have put the mine up for sale since the spring.

Khoemacau produced its first concentrate in 2021 and is building up to 60,000 tonnes of copper a \
year. MMG said it saw room to raise that to 130,000 tonnes by digging out deposits further along \
the belt. The mine employs 1,700 people, most of them from the district around Maun.

The purchase will be paid in cash and needs the consent of regulators in Botswana, South Africa \
and Namibia. MMG expects to close it in the first half of next year. Its parent China Minmetals \
stands behind the price, the company said, and partners may be invited to share in the mine later.

Buyers from China have looked for copper abroad as mines at home run thin. The metal goes into \
cables, motors and the grids that carry wind and solar power, and few large mines change hands."""

DEAL_TOLD_ANEW = """A Chinese-backed miner is paying close to $1.9 billion for one of Africa's \
newest copper mines. MMG will take Khoemacau, in the Kalahari belt of Botswana, from Cuprous \
Capital if regulators agree, adding a third large operation to its portfolio.

Analysts called the sum rich but not foolish. Good copper assets seldom come up for sale, one of \
them said, and the ground around Khoemacau has hardly been drilled."""

DEAL_IN_GERMAN = """Der Bergbaukonzern MMG übernimmt die Kupfermine Khoemacau in Botsuana für 1,88 \
Milliarden Dollar. Verkäufer ist Cuprous Capital. Das Unternehmen will die Förderung von Kupfer in \
den nächsten Jahren verdoppeln, wie es am Dienstag mitteilte. Die Behörden müssen noch zustimmen."""

PROTEST = """MMG has halted part of its Las Bambas copper mine in Peru after residents blocked the \
road that carries its concentrate to the port. The company said trucks had been standing still \
since Sunday and that stocks at the mine would last for eight more days.

Las Bambas gives about 2 % of the world's copper. Blockades have stopped it for more than 400 days \
since it opened in 2016. Talks with the community of Fuerabamba resume on Friday."""


def price_report(day: int, copper: str, zinc: str, nickel: str, change: str) -> str:
    """A day's market report, from one template, as agencies write them."""
    return f"""Three-month copper on the LME was {change} at ${copper} a tonne by the close on \
August {day}. Traders pointed to the dollar and to stocks in exchange warehouses, which have been \
moving little since the start of the month.

Among other metals, LME zinc stood at ${zinc} a tonne and nickel at ${nickel} a tonne. Volumes \
were thin as many desks in Europe are on holiday, and dealers said they saw little reason to take \
large positions before the next figures from China."""


def document(
    text: str,
    *,
    source: str = "wire",
    day: date = date(2023, 11, 21),
    title: str | None = None,
    language: str = "en",
    teaser: bool = False,
) -> Document:
    """A document of ``text`` with its sentences marked."""
    return Document(
        capture_id=CaptureId("cap_test"),
        source_id=SourceId(source),
        text=text,
        title=title,
        published=day,
        language=language,
        role=DocumentRole.TEASER if teaser else DocumentRole.ARTICLE,
        sentences=sentences(text),
    )


def sentences(text: str) -> tuple[Span, ...]:
    """Spans between stops and line ends: enough for texts written for tests."""
    found, start = [], 0
    for end in [*(m.end() for m in re.finditer(r"[.!?](?=\s)|\n", text)), len(text)]:
        piece = text[start:end]
        if piece.strip():
            left = start + len(piece) - len(piece.lstrip())
            found.append(Span(left, start + len(piece.rstrip())))
        start = end
    return tuple(found)


def mentions(text: str) -> tuple[Mention, ...]:
    """Every name of the small list above, wherever it stands."""
    found = []
    for type_, names in _NAMES.items():
        for name in names:
            for match in re.finditer(rf"\b{re.escape(name)}", text):
                found.append(
                    Mention(
                        type=MentionType(type_),
                        span=Span(match.start(), match.end()),
                        text=match.group(),
                        name=name,
                        entity=EntityId(_ONE.get(name, name.lower().replace(" ", "-"))),
                    )
                )
    return tuple(found)


def signature(text: str, **told: object) -> DocumentSignature:
    """The signature of an article as the pipeline takes it."""
    made = document(text, **told)  # type: ignore[arg-type]
    assert made.published is not None
    return sign(made, day=made.published, mentions=mentions(text))
