"""Parties without a name: "with an unnamed US carmaker", "to a Chinese chemicals company".

They stand for a party where the text withholds the name; "a unit of Posco" and "battery maker
Northvolt" name theirs and are left to the names.
"""

from __future__ import annotations

from collections.abc import Iterator

from lodewire.extraction.analysis import Sentence
from lodewire.extraction.grammar.sieve import sought
from lodewire.model.evidence import Span

_KIND = (
    r"(?:unnamed|undisclosed|unidentified|leading|major|large|global|private(?:ly held)?|international|foreign|local|"
    r"state-owned|listed|European|North American|Asian|African|Chinese|Japanese|(?:South )?Korean|Indian|US|U\.S\.|"
    r"American|Canadian|Australian|German|French|Swiss|British|UK|Russian|Turkish|Saudi|Emirati|Indonesian|Malaysian|"
    r"Singapore(?:an)?|Brazilian|Chilean|Norwegian|Swedish|Finnish|Dutch|Belgian|Austrian|Italian|Spanish|Kazakh|"
    r"Thai|Taiwanese|Vietnamese|South African|multinational|big|major|top-tier|tier-one)"
)
_HEAD = (
    r"(?:trad(?:er|ing house|ing company|ing firm)|(?:auto|car|truck|battery|steel|chip|magnet|cable)-?maker|"
    r"(?:battery|cell|cathode|anode|magnet|chemicals?|steel|car) (?:maker|producer|manufacturer|company|group)|"
    r"utilit(?:y|ies)|refiner|converter|buyer|customer|off-?taker|end[- ]user|consortium|private equity (?:firm|fund)|"
    r"fund|investors?|company|firm|group|producer|manufacturer|miner|conglomerate|power company|smelter operator|"
    r"house|bank|lender|institution|broker|counterparty|partner|processor|recycler)"
)
_UNNAMED = sought(
    rf"\b(?:with|from|to|by)\s(?P<who>an?\s(?:[\w-]+\s){{0,2}}?{_KIND}(?:-based)?\s(?:[\w-]+\s){{0,3}}?{_HEAD})\b"
    r"(?!\s(?:of|called|named|known|led|backed|owned|controlled|unit|subsidiary|arm|linked)\b)"
    r"(?!,?\s(?:[A-Z]|the\s[A-Z]))(?!-)",
)

_CLUB = sought(
    r"\b(?:[Aa]|[Tt]he)\s(?:consortium|syndicate|club|group)\sof\s(?:[\w-]+\s){0,3}?"
    r"(?:banks|lenders|investors|funds|institutions)\b(?!,?\s(?:led|headed|including|such as))"
)


def find(sentence: Sentence) -> Iterator[Span]:
    """Yield the words that stand for each such party, with their article."""
    for match in sentence.locate_all(_UNNAMED):
        yield Span(match.start("who"), match.end("who"))
    for match in sentence.locate_all(_CLUB):
        yield Span(match.start(), match.end())
