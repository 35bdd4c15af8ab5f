"""Heads of state and government who stand for their country: "Trump said he would impose …".

Names as the press prints them after the first mention, since about 2000. A ``~`` marks a name that
other people bear as well (Bush, Johnson): it counts only beside an office ("President Bush").
Source: the public lists of office holders of each country.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from lodewire.extraction.analysis import Sentence
from lodewire.model.entity import Mention
from lodewire.model.evidence import Span
from lodewire.model.ids import EntityId
from lodewire.model.vocabulary import MentionType
from lodewire.ontology.countries import load_countries

_LEADERS = """
US: Trump, Biden, Obama, ~Bush, ~Clinton
CN: Xi, Xi Jinping, Li Qiang, Li Keqiang, Hu Jintao, Wen Jiabao
RU: Putin, Medvedev, Mishustin
UA: Zelenskiy, Zelensky, Zelenskyy, Poroshenko
IN: Modi, Manmohan Singh
ID: Widodo, Jokowi, Prabowo, Prabowo Subianto, Subianto, Yudhoyono
PH: Duterte, ~Marcos, Marcos Jr, Aquino
JP: Shinzo Abe, ~Abe, Kishida, Ishiba, Takaichi, ~Suga
KR: Yoon Suk Yeol, ~Yoon, Moon Jae-in, Lee Jae-myung, Park Geun-hye
CA: Trudeau, Carney, ~Harper
AU: Albanese, ~Morrison, Turnbull, ~Abbott, Gillard, ~Rudd
GB: Starmer, Sunak, ~Johnson, ~Truss, ~Cameron, ~Brown, ~Blair, ~May
FR: Macron, Hollande, Sarkozy
DE: Merz, Scholz, Merkel
IT: Meloni, Draghi
BR: Lula, Lula da Silva, Bolsonaro, Rousseff, Temer
CL: Boric, Pinera, Piñera, Bachelet, ~Kast
AR: Milei, Macri, ~Fernandez, Kirchner
PE: Boluarte, ~Castillo, Humala
BO: Evo Morales, ~Morales, ~Arce
CO: Petro, ~Duque
EC: Noboa, ~Lasso, ~Correa
VE: Maduro, Chavez, Chávez
MX: Sheinbaum, Lopez Obrador, López Obrador, ~Calderon, Peña Nieto
PA: Mulino, Cortizo
ZA: Ramaphosa, Zuma, Mbeki
ZM: Hichilema, Lungu, ~Sata
ZW: Mnangagwa, Mugabe
CD: Tshisekedi, Kabila
TZ: Magufuli, ~Hassan, Samia Suluhu Hassan
NA: Geingob, Mbumba, Nandi-Ndaitwah
BW: Masisi, ~Boko, ~Khama
GN: Doumbouya, ~Conde
ML: Goita, Goïta
NE: Tiani, Bazoum
BF: ~Traore, ~Traoré
GA: Nguema, Oligui Nguema
NG: Tinubu, Buhari
GH: Mahama, Akufo-Addo
MG: Rajoelina
MZ: Nyusi, Chapo
TR: Erdogan, Erdoğan
IR: Rouhani, Raisi, Pezeshkian, Khamenei
KZ: Tokayev, Nazarbayev
UZ: Mirziyoyev
MN: Oyun-Erdene, Khurelsukh
BY: Lukashenko
RS: Vucic, Vučić
PG: Marape
EU: von der Leyen, Juncker, Barroso
"""


@cache
def load_leaders() -> Mapping[str, tuple[str, bool]]:
    """Map a lower-case name to its country (alpha-2 or "EU") and whether it may stand alone."""
    leaders: dict[str, tuple[str, bool]] = {}
    for line in _LEADERS.strip().splitlines():
        country, names = line.split(": ", 1)
        for name in names.split(", "):
            leaders[name.removeprefix("~").lower()] = (country, not name.startswith("~"))
    return leaders


def leader_country(name: str, *, in_office: bool) -> str | None:
    """Return the country that a person of that name leads, or None; ``name`` may be a full name."""
    words = name.lower().split()
    for start in range(len(words)):
        known = load_leaders().get(" ".join(words[start:]))
        if known is not None and (known[1] or in_office):
            return known[0]
    return None


_NOUNS = r"[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)?"
_PORTFOLIO = re.compile(
    rf"\b(?:Federal |State )?Minister (?:of|for) (?:the )?{_NOUNS}(?:(?:, | and | & |, and ){_NOUNS})*"
)


def find_minister(sentence: Sentence, phrase: Span) -> Span | None:
    """The office that opens in a noun phrase, up to a name: "Minister of Mines [Rose Mutiso]"."""
    end = min(sentence.span.end, phrase.end + 60)
    named = sentence.mentions_in(Span(phrase.start, end), MentionType.PERSON)
    end = min([end, *(m.span.start for m in named)])
    match = _PORTFOLIO.search(sentence.analysis.text, phrase.start, end)
    if match is None or match.start() >= phrase.end:
        return None
    return Span(match.start(), match.end())


def country_mention(sentence: Sentence, code: str, fallback: Span) -> Mention:
    """The text's own naming of a country, nearest before; else the leader's name stands for it."""
    named = [m for m in sentence.analysis.of_type(MentionType.COUNTRY) if m.entity == code]
    before = [m for m in named if m.span.start <= sentence.span.end]
    if named:
        own = [m for m in before if sentence.span.covers(m.span)]
        return (own or before[:1] or named)[0]
    country = load_countries().get(code)
    return Mention(
        type=MentionType.COUNTRY,
        span=fallback,
        text=fallback.of(sentence.analysis.text),
        name=country.name if country is not None else code,
        entity=EntityId(code),
        country=code,
        generic=True,
    )
