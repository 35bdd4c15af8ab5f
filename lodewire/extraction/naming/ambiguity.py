"""Which entry a hit means, or none: "lead" the metal, Turkey the country, Sentinel the mine."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from lodewire.extraction.grammar.words import load_words
from lodewire.extraction.naming.cues import load_cues
from lodewire.extraction.naming.lexicon import Entry, load_lexicon
from lodewire.extraction.naming.scan import Hit
from lodewire.model.evidence import Span
from lodewire.model.vocabulary import MentionType

_METAL_NEXT = re.compile(
    r"[-\s](?:prices?|concentrates?|ores?|smelters?|smelting|mines?|mining|acid|zinc|silver|bullion|"
    r"ingots?|metal|output|production|exports?|imports?|futures|contracts?|stocks?|refin\w+|"
    r"inventor\w+|supply|demand|market|premiums?|batter\w+|grades?|content|deposits?|reserves?|"
    r"consumption|scrap|producers?|miners?|resources?|project|recycl\w+|was|rose|fell|gained|"
    r"slipped|dropped|eased|climbed|edged|advanced|lost|added|shed|jumped|slid|dipped|firmed|"
    r"retreated|declined|tumbled|ceded|softened|rallied|surged|closed|settled|traded|held|stood|"
    r"is|has|remains|-?\d[\d.]* ?%|[A-Z]{3,}\d|"
    r"at \$|and (?:zinc|tin|copper|silver|nickel))",
    re.IGNORECASE,
)
# What is only ever said of the metal: no other metal needs to be named beside it.
_SURELY_METAL = re.compile(
    r"[-\s](?:concentrates?|ores?|smelters?|smelting|ingots?|bullion|mines?|mining|prices?|futures|"
    r"exports?|imports?|scrap|recycl\w+|refin\w+|inventor\w+|zinc)\b",
    re.IGNORECASE,
)
_METAL_BEFORE = re.compile(
    r"(?:LME|SHFE|London|Shanghai|refined|primary|secondary|of|zinc and|zinc,|tin and|copper,|"
    r"silver and|silver,|nickel,|and|aluminium,|tonnes of|tons of|t of|three-month|benchmark|"
    r"zinc[-–/]|silver[-–/]|tin[-–/]|%|whereas|while|as|;|\bIn|for)[\s]*$",
    re.IGNORECASE,
)
# "Lead, the battery metal, was put at $2,485": a verb or two, and a price.
_PRICED = re.compile(
    r"(?:, [^,;.]{1,40},)?\s(?:[a-z]+\s){1,3}(?:at|to)\s(?:about |around |nearly )?"
    r"(?:US)?[$€£¥]\d[\d,.]*(?!\s?(?:m|bn|million|billion)\b)"
)


@dataclass(slots=True)
class Context:
    """What the text as a whole says: entities named unambiguously, and metals by name.

    ``lands`` are the countries of the countries, places and sites named so; ``firm_starts`` and
    ``firm_ends`` where organisations named so begin and end.
    """

    entities: frozenset[str]
    metals: int
    operators: Mapping[str, str] = field(default_factory=dict)
    lands: frozenset[str] = frozenset()
    firm_starts: frozenset[int] = frozenset()
    firm_ends: frozenset[int] = frozenset()


def choose(text: str, hit: Hit, context: Context) -> Entry | None:
    """Return the entry that the hit stands for here, or None when it stands for no entry."""
    if _in_compound(text, hit) or _is_share(text, hit) or _names_works(text, hit):
        return None
    if _names_firm(text, hit):
        return None
    sure = [e for e in hit.entries if not e.ambiguous]
    unsure = [e for e in hit.entries if e.ambiguous and _supported(text, hit.span, e, context)]
    if sure and unsure:
        return _by_neighbours(text, hit.span, [*sure, *unsure])
    pool = sure or unsure
    return _by_neighbours(text, hit.span, pool) if pool else None


def _in_compound(text: str, hit: Hit) -> bool:
    """ "ASX-listed", "Glencore-backed": a describing word, not a party of the text."""
    tail = text[hit.span.end : hit.span.end + 12].lower()
    if not tail.startswith(("-listed", "-quoted", "-traded", "-based")):
        return False
    return all(e.type in (MentionType.ORGANISATION, MentionType.SITE) for e in hit.entries)


_FIRM_NAME = re.compile(r"(?:[A-Z][\w-]+ )+(?:Minerals|Metals|Materials|Resources)")
_FIRM_ACTS = re.compile(
    r"(?:['’]s? |,? (?:Ltd|Limited|Inc|Corp|plc|PLC|NL|Co)\b|,? \((?:ASX|TSX|AIM|LSE|NYSE|the )|"
    r", (?:listed|which|whose|an? [\w-]+ (?:miner|explorer|developer|company|junior)|the [\w-]+ (?:miner|company))\b|"
    r"(?: of [A-Z]\w+)? (?:signs?|signed|said|says|has|had|is|will|plans?|expects?|owns?|raises?|raised|announce[sd]?|agreed?|"
    r"agrees|inks?|inked|wants|aims|operates|shares|chairman|managing|executive|CEO|chief)\b)"
)


def _names_firm(text: str, hit: Hit) -> bool:
    """ "[Battery Minerals] has signed": goods written as a name that acts are a firm's."""
    if any(e.type is not MentionType.COMMODITY for e in hit.entries):
        return False
    if _FIRM_NAME.fullmatch(text[hit.span.start : hit.span.end]) is None:
        return False
    return _FIRM_ACTS.match(text, hit.span.end) is not None


_SHARE = re.compile(r"(?:-V)?:\s?[A-Z0-9]{1,6}\b| ANNOUNCEMENT\b")


def _is_share(text: str, hit: Hit) -> bool:
    """ "(ASX: BOE)": an exchange that only says where a share is listed."""
    if not any(e.kind == "exchange" for e in hit.entries):
        return False
    return _SHARE.match(text, hit.span.end) is not None


def _names_works(text: str, hit: Hit) -> bool:
    """ "Orano's [Somaïr] uranium mine": works of a firm, named like the firm that runs them."""
    if any(e.type is not MentionType.ORGANISATION for e in hit.entries):
        return False
    before = text[max(0, hit.span.start - 5) : hit.span.start]
    owned = before.endswith(("'s ", "’s ")) or before.lower().endswith(" its ")
    return owned and _followed_by_site_noun(text, hit.span)


def _by_neighbours(text: str, span: Span, pool: Sequence[Entry]) -> Entry:
    if len(pool) == 1:
        return pool[0]
    site = _followed_by_site_noun(text, span)
    order = (
        (MentionType.SITE, MentionType.ORGANISATION)
        if site
        else (MentionType.ORGANISATION, MentionType.SITE)
    )
    for type_ in (MentionType.COUNTRY, *order):
        for entry in pool:
            if entry.type is type_:
                return entry
    return pool[0]


def _supported(text: str, span: Span, entry: Entry, context: Context) -> bool:
    if entry.type is MentionType.COMMODITY:
        return _is_metal(text, span, context)
    if entry.type is MentionType.SITE:
        return _is_site(text, span, entry, context)
    if entry.type is MentionType.COUNTRY:
        return _is_country(text, span, entry, context)
    return _is_organisation(text, span, entry, context)


_CRUDE_BEFORE = re.compile(
    r"(?:\b[A-Z][a-z]+|\bsour|\bsweet|\bseaborne|\bheavy|\blight|\bof|\bprocess|\bbuys?|\bimport\w*|"
    r"\bpump\w*|\bproduc\w*|\bexport\w*)\s$"
)


def _is_metal(text: str, span: Span, context: Context) -> bool:
    if text[span.start : span.end].lower() == "crude" and _CRUDE_BEFORE.search(
        text[max(0, span.start - 24) : span.start]
    ):
        return re.match(r"\s(?:reality|estimate|way|oil)\b", text[span.end : span.end + 10]) is None
    before, after = text[max(0, span.start - 24) : span.start], text[span.end : span.end + 28]
    if re.search(r"\b(?:will|would|can|could|may|might|should|must|shall)\s*$", before):
        return False  # "BHP will lead mining in the region"
    if re.match(r"\s+(?:to|the|a|an|by|time|author|role|in|with|manager|from|us|them)\b", after):
        return False
    if re.search(r"\b(?:will|to|could|may|would|can|the|a|in the|take the|which|that)\s*$", before):
        article = re.search(r"\b(?:the|a)\s*$", before) is not None
        sure = context.metals > 0 or (article and _SURELY_METAL.match(after) is not None)
        return bool(_METAL_NEXT.match(after)) and sure
    if _METAL_NEXT.match(after):
        return context.metals > 0 or bool(_SURELY_METAL.match(after))
    if context.metals > 0 and _PRICED.match(text, span.end, min(len(text), span.end + 90)):
        return True
    return context.metals > 0 and bool(_METAL_BEFORE.search(before))


# "the [Sudbury] and Salobo mines": the noun stands behind the last name of a list.
_OTHERS = re.compile(
    r"(?:(?:, | and |, and | & )[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)?){1,4}(?= [a-z-]+s\b)"
)


def _followed_by_site_noun(text: str, span: Span) -> bool:
    cues = load_cues()
    others = _OTHERS.match(text, span.end)
    end = others.end() if others is not None else span.end
    words = re.findall(r"[a-z][a-z-]*|[^a-z\s]", text[end : end + 50].lower())[:5]
    for word in words:
        if word in cues["site_nouns"]:
            return True
        if word not in cues["site_words"]:
            return False
    return False


def _is_site(text: str, span: Span, entry: Entry, context: Context) -> bool:
    if _followed_by_site_noun(text, span) or entry.entity in context.entities:
        return True
    operator = context.operators.get(entry.entity)
    if operator is not None and operator in context.entities:
        return True
    before = text[max(0, span.start - 30) : span.start].lower()
    return bool(
        re.search(
            r"\b(?:mines?|projects?|deposits?|smelters?|refinery|refineries|fields?|plants?|works|"
            r"furnaces|terminal|loadings|fabs?|factory|complex|operations?|output|"
            r"stoppage|strike|fire) (?:at|of|near|outside|from)\s$",
            before,
        )
    )


_RULING = frozenset(
    "ban restrict suspend withdraw revoke impose halt lift grant nationalise nationalize prohibit "
    "outlaw levy expropriate ratify forbid raise declare order sign adopt tighten resume seize cap "
    "extend".split()
)


def _rules(word: str) -> bool:
    verb = load_words().verbs.get(word)
    return verb is not None and verb.lemma in _RULING


_ACTS = frozenset(
    ("has", "had", "is", "was", "will", "would", "could", "may", "might", "and", "to", "were")
)


# Countries that share their name with a part of another: told by who else is named.
_NAMESAKES = {"GE": ("US", frozenset(("AM", "AZ", "RU", "TR", "UA")))}


def _is_country(text: str, span: Span, entry: Entry, context: Context) -> bool:
    other, neighbours = _NAMESAKES.get(entry.entity, ("", frozenset()))
    if other in context.lands and not neighbours & context.lands:
        return False
    before = text[max(0, span.start - 20) : span.start].lower()
    after = text[span.end : span.end + 20].lower()
    if entry.sense == "government":
        # "Washington" acts or owns ("Washington doubled", "Washington's tariffs"); elsewhere it
        # may be a town or a state.
        acts = re.match(r"(?:[’']s)?\s+(?:also\s|later\s|\w+ly\s)?([a-z]+)\b", after)
        if acts is not None and acts.group(1) not in ("state", "in", "based", "on", "for", "where"):
            verb = load_words().verbs.get(acts.group(1))
            finite = verb is not None and bool(verb.forms & {"D", "S"}) and acts.group(1) != "post"
            if finite or acts.group(1) in _ACTS or after.startswith(("'s", "’s")):
                return not before.endswith(("in ", "state of "))
        return before.endswith(("by ", "between ")) and not after.startswith((",", " state"))
    if re.search(r"\b(?:in|from|to|of|across|by|with|and|for|between|into)\s$", before):
        return True
    if any(_rules(word) for word in re.findall(r"[a-z]+", text[span.end : span.end + 28])[:3]):
        return re.match(r"\s[a-z]", after) is not None  # "Guinea may restrict", "Chad banned"
    if _TAKES_OVER.match(text[span.end : span.end + 30]):
        return True
    return after.startswith(("'s", "’s")) or _beside_country(text, span)


_TAKES_OVER = re.compile(r"\s(?:has |had |will )?(?:took|taken|take|takes) (?:over|control|back)\b")


def _beside_country(text: str, span: Span) -> bool:
    """ "Georgia and Armenia": joined to a country that is nothing else."""
    joined = re.match(r"(?:, | and | or )([A-Z][a-z]+)", text[span.end : span.end + 30])
    entries = load_lexicon().entries.get(joined[1].lower(), ()) if joined else ()
    return any(e.type is MentionType.COUNTRY and not e.ambiguous for e in entries)


def _beside_firm(text: str, span: Span, context: Context) -> bool:
    """ "General Motors, [Ford] and Tesla": a name in a list of firms."""
    for joint in (", ", " and ", ", and ", " or "):
        after, before = span.end + len(joint), span.start - len(joint)
        if after in context.firm_starts and text[span.end : after] == joint:
            return True
        if before in context.firm_ends and text[before : span.start] == joint:
            return True
    return False


def _is_organisation(text: str, span: Span, entry: Entry, context: Context) -> bool:
    if entry.entity in context.entities or _acts(text, span):
        return True
    if _beside_firm(text, span, context):
        return True
    if text[span.end : span.end + 2] == ": " and text[span.start - 1 : span.start] in ("", "\n"):
        return True  # "Vale: output rose …" in a round-up
    before = text[max(0, span.start - 12) : span.start].lower()
    if re.search(r"\b(?:in|near|at|from|of)\s(?:the\s)?$", before):
        return False
    # "an agreement that gives Antofagasta the option": it acts elsewhere, so it is no place here.
    name, at = span.of(text), -1
    for _ in range(_SAME_NAMES):
        at = text.find(name, at + 1)
        if at < 0:
            return False
        if at != span.start and _acts(text, Span(at, at + len(name))):
            return True
    return False


_SAME_NAMES = 6  # occurrences looked at: a name that acts does so early
_MODALS = frozenset(("has", "had", "will", "would", "could", "may", "might", "must", "can"))


def _acts(text: str, span: Span) -> bool:
    cues = load_cues()
    after = text[span.end : span.end + 40]
    before = text[max(0, span.start - 40) : span.start]
    word = re.match(r"(?:[’']s)?\s+([A-Za-z-]+)", after)
    follows = word.group(1).lower() if word else ""
    if follows in cues["organisation_after"] or follows in cues["organisation_verbs"] | _MODALS:
        return not re.search(r"\b(?:the|a|an|in|of)\s$", before.lower())
    if after.startswith(("'s ", "’s ")) and follows in cues["organisation_possessed"]:
        return True
    last = re.search(r"([A-Za-z-]+)\s$", before)
    if last and last.group(1).lower() in cues["organisation_before"]:
        return True
    return any(before.lower().endswith(p + " ") for p in cues["organisation_of"])
