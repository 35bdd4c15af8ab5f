"""Works: mines, plants and fields as the operations frames see them, and who runs them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping

from lodewire.extraction.analysis import Analysis, Sentence
from lodewire.extraction.drafts import Draft
from lodewire.extraction.grammar.clauses import Clause
from lodewire.model.entity import Mention
from lodewire.model.evidence import Span
from lodewire.model.vocabulary import MentionType
from lodewire.ontology.sites import load_sites

ONLOOKERS = frozenset(
    (
        "ministry",
        "agency",
        "exchange",
        "price_agency",
        "analyst",
        "bank",
        "media",
        "government",
        "international",
        "association",
        "investor",
        "shipping",
        "engineering",
    )
)
PLANT = (
    r"(?:mines?|collier(?:y|ies)|pits?|smelters?|refiner(?:y|ies)|plants?|projects?|concentrators?|"
    r"mills?|factor(?:y|ies)|gigafactor(?:y|ies)|facilit(?:y|ies)|(?:oil|gas|coal)?fields?|fabs?|"
    r"pot ?lines?|lines?|trains?|units?|terminals?|reactors?|(?:wind|solar) farms?|deposits?|"
    r"complex(?:es)?|blocks?|furnaces?|works|wells?|platforms?|pipelines?|ports?|kilns?|crackers?|"
    r"shafts?|quarr(?:y|ies)|operations?|sites?|tankhouse|cathode plant|foundr(?:y|ies)|"
    r"power stations?|hubs?|stages?|phases?|(?:wind|solar|industrial) parks?|electroly[sz]ers?|"
    r"data cent(?:re|er)s?|campus(?:es)?|shipyards?|FPSOs?|leach pads?|autoclaves?|circuits?|ovens?|"
    r"wellfields?|(?:battery|energy) storage|dams?|interconnectors?|megaprojects?|mega-?factor(?:y|ies))"
)
PLANT_NOUN = re.compile(rf"\b{PLANT}\b", re.IGNORECASE)
_RUN_BY = re.compile(
    r"\W{0,3}(?:[\w\s,’'-]{0,40}?)\b(?:operated|run|owned|controlled|managed|led|held|developed)\s"
    r"(?:and (?:operated|owned) )?by\s(?:the\s)?$"
)
# "the Skarv field, which BP operates"
_WHICH = re.compile(r"(?:\s[\w-]+){0,2},?\s(?:which|that)\s(?:the\s)?")
_RUNS = re.compile(r"\s(?:operates|runs|owns|controls|manages|is building|is developing)\b")
_OF = re.compile(r"\W?(?:\s[\w-]+){0,3}\s(?:of|at|by)\s(?:the\s)?(?:[\w-]+\s){0,3}$")
_OWN = re.compile(r"\b(?:[Ii]ts|[Oo]ur|[Tt]heir|the (?:company|group|miner|producer)['’]s?)\b")


_ONLOOKING = re.compile(
    r"\b(?:Study Group|Council|Institute|Association|Agency|Survey|Bureau|Administration|Ministry|Directorate|"
    r"Commission|Exchange|Securities|Statistics)\b"
)


def is_actor(sentence: Sentence, mention: Mention) -> bool:
    """Tell whether an organisation can run a works: no ministry, bank, analyst or newspaper."""
    if mention.type is not MentionType.ORGANISATION:
        return False
    if sentence.analysis.kind_of(mention) in ONLOOKERS:
        return False
    if _ONLOOKING.search(mention.name):
        return False
    after = sentence.analysis.text[mention.span.end : mention.span.end + 9]
    return not re.match(r"-(?:owned|backed|led|listed|based|[A-Z])", after)


def actors_in(sentence: Sentence, span: Span) -> list[Mention]:
    """Organisations in ``span`` that can run a works, in order."""
    found = sentence.mentions_in(span, MentionType.ORGANISATION)
    return [m for m in found if is_actor(sentence, m)]


def find_operator(draft: Draft, at: Span) -> Mention | None:
    """Return who runs the works that stands at ``at`` (a site's name, a plant's noun, the trigger).

    In order: the possessor, who it is "run by" or "of", the acting subject, the subject of what
    governs the clause, who "its" stands for, the ontology's operator where the text names it, and
    the company that the whole text is about.
    """
    sentence = draft.sentence
    return (
        _possessor(sentence, at)
        or _after(sentence, at)
        or _acting(sentence, draft.clause)
        or _told_elsewhere(draft)
        or _by_ontology(sentence.analysis, draft)
        or _headlined(sentence, at)
        or _own(sentence, at)
    )


def _possessor(sentence: Sentence, at: Span) -> Mention | None:
    """ "Alcoa's Lista smelter", "Alcoa Lista smelter": an organisation in the same phrase."""
    text = sentence.analysis.text
    chunk = sentence.chunk_at(at.start)
    start = chunk.span.start if chunk is not None else at.start
    found = actors_in(sentence, Span(max(sentence.span.start, start - 60), at.start))
    for mention in reversed(found):
        between = text[mention.span.end : at.start]
        if re.match(r"['’]s?\s", between) and not re.search(r"[,;:.]|\b(?:and|in|of)\b", between):
            return mention
        if mention.span.start >= start and re.fullmatch(r"\s?(?:[\w-]+\s){0,3}", between):
            return mention
    return None


def _after(sentence: Sentence, at: Span) -> Mention | None:
    """ "Cajamarca, operated by Newmont", "the Yichun project of CATL"."""
    text = sentence.analysis.text
    for mention in actors_in(
        sentence, Span(at.end, min(sentence.span.end, max(at.end, at.end + 110)))
    )[:1]:
        between = text[at.end : mention.span.start]
        if _RUN_BY.fullmatch(between) or _OF.fullmatch(between):
            return mention
        runs = _RUNS.match(text, mention.span.end) and re.fullmatch(_WHICH, between)
        if runs:
            return mention
    return None


def _acting(sentence: Sentence, clause: Clause | None) -> Mention | None:
    seen = 0
    while clause is not None and seen < 4:
        phrase = clause.agent if clause.verb.passive else clause.subject
        for mention in reversed(sentence.parties(phrase)):
            if is_actor(sentence, mention):
                return mention
        clause, seen = clause.governor, seen + 1
    return None


def _headlined(sentence: Sentence, at: Span) -> Mention | None:
    """ "Boliden: Fire at Rönnskär …", "…, Cameco said": the one actor that the sentence names."""
    text = sentence.analysis.text
    found = actors_in(sentence, sentence.span)
    if found and text[found[0].span.end : found[0].span.end + 1] == ":":
        return found[0]
    before = [m for m in found if m.span.end <= at.start]
    speakers = {m.entity for m in _subjects(sentence)}
    if len({m.entity for m in found}) == 1 and (before or found[0].entity in speakers):
        return found[0]
    if before and not sentence.clauses:
        return before[-1]
    own = _OWN.search(text, max(sentence.span.start, at.start - 40), at.start)
    return before[-1] if own is not None and before else None


_ITS = re.compile(r"\b[Ii]ts (?:[\w’-]+ ){0,5}$")


def _told_elsewhere(draft: Draft) -> Mention | None:
    """ "Leo Lithium has more at its Goulamina project": whose site it is, as the text says once."""
    wanted = {a.entity for a in draft.of("site") if a.entity is not None}
    if not wanted:
        return None
    analysis = draft.sentence.analysis
    for sentence in analysis.sentences:
        for site in sentence.mentions:
            if site.type is not MentionType.SITE or site.entity not in wanted or site.generic:
                continue
            start = max(sentence.span.start, site.span.start - 48)
            own = _ITS.search(analysis.text, start, site.span.start)
            owner = _possessor(sentence, site.span)
            if owner is None and own is not None:
                owner = next(iter(_subjects(sentence)), None)
            if owner is not None:
                return owner
    return None


def _by_ontology(analysis: Analysis, draft: Draft) -> Mention | None:
    sites = load_sites()
    for argument in draft.of("site"):
        site = sites.get(argument.entity or "")
        operator = getattr(site, "operator", None)
        for mention in analysis.of_type(MentionType.ORGANISATION):
            if operator and mention.entity == operator:
                return mention
    return None


def _own(sentence: Sentence, at: Span) -> Mention | None:
    """ "its smelter" with nobody named in the sentence: the last one acting, else the main one."""
    text = sentence.analysis.text
    if _OWN.search(text, max(sentence.span.start, at.start - 40), at.start):
        for back in range(1, 4):
            if sentence.index < back:
                break
            found = list(_subjects(sentence.analysis.sentences[sentence.index - back]))
            if found:
                return found[0]
    return main_company(sentence.analysis)


def _subjects(sentence: Sentence) -> Iterator[Mention]:
    for clause in sentence.clauses:
        for mention in sentence.parties(clause.subject):
            if is_actor(sentence, mention):
                yield mention


def main_company(analysis: Analysis) -> Mention | None:
    """The organisation that at least a third of the mentions of such organisations name, or None."""
    counts: Counter[str] = Counter()
    first: dict[str, Mention] = {}
    for mention in analysis.of_type(MentionType.ORGANISATION):
        if analysis.kind_of(mention) in ONLOOKERS:
            continue
        counts[mention.entity] += 1
        if not mention.generic:
            first.setdefault(mention.entity, mention)
    if not counts:
        return None
    issuer = _issuer(analysis, first)
    if issuer is not None:
        return issuer
    entity, count = counts.most_common(1)[0]
    if entity not in first or count * 3 < sum(counts.values()):
        return None
    lead = analysis.sentences[min(3, len(analysis.sentences) - 1)].span.end
    if count < 2 and (len(counts) > 1 or first[entity].span.start > lead):
        return None
    return first[entity]


def _issuer(analysis: Analysis, firms: Mapping[str, Mention]) -> Mention | None:
    """Who issued a press release: the first firm of its head, with its ticker or its "Company"."""
    text = analysis.text
    lead = analysis.sentences[min(3, len(analysis.sentences) - 1)].span.end
    for mention in sorted(firms.values(), key=lambda m: m.span):
        if mention.span.start > lead:
            break
        behind = text[mention.span.end : mention.span.end + 70]
        if _LISTED_AS.match(behind):
            return mention
    return None


_LISTED_AS = re.compile(
    r",?\s?\((?:[A-Z][\w.\- ]{1,10}:\s?[A-Z0-9]|[^()]{0,40}(?:the )?[“\"'‘](?:the )?(?:Company|Group|Corporation)\b)"
)


def main_site(analysis: Analysis) -> Mention | None:
    """The site that at least two in three mentions of sites (and two at least) name, or None."""
    found = analysis.of_type(MentionType.SITE)
    counts = Counter(m.entity for m in found)
    if not counts:
        return None
    entity, count = counts.most_common(1)[0]
    if count * 3 < len(found) * 2 or count < 2:
        return None
    return next((m for m in found if m.entity == entity and not m.generic), None)


def only_site(analysis: Analysis) -> Mention | None:
    """The one site that the text names, however seldom; None where it names none or several."""
    found = [m for m in analysis.of_type(MentionType.SITE) if not m.generic]
    return found[0] if found and len({m.entity for m in found}) == 1 else None


def own_site(analysis: Analysis) -> Mention | None:
    """The site that the text is about: its main one, else the only one it names."""
    return main_site(analysis) or only_site(analysis)


_IN_TOWN = re.compile(
    rf"\b(?i:{PLANT}) (?:at|in|near) (?P<town>[A-Z][\w.’'-]+(?: [A-Z][\w’'-]+){{0,2}})(?:,| in) "
)


def town_of(sentence: Sentence) -> Span | None:
    """ "its new factory in Fort Worth, Texas": the town, told before its state, that names a plant."""
    text, end = sentence.analysis.text, sentence.span.end
    for match in _IN_TOWN.finditer(text, sentence.span.start, end):
        town = Span(match.start("town"), match.end("town"))
        lands = sentence.mentions_in(
            Span(match.end(), min(end, match.end() + 32)), MentionType.COUNTRY, MentionType.PLACE
        )
        states = sentence.mentions_in(town, MentionType.COUNTRY)
        if lands and lands[0].span.start - match.end() <= 4 and not states:
            return town
    return None


def sites_of(sentence: Sentence, span: Span) -> list[Mention]:
    """Sites named in ``span``, each once, in order; anaphors ("the mine") only without a name."""
    found = [*sentence.mentions_in(span, MentionType.SITE), *_plants_at(sentence, span)]
    found.sort(key=lambda m: m.span)
    named = [m for m in found if not m.generic]
    unique: dict[str, Mention] = {}
    for mention in named or found:
        unique.setdefault(mention.entity, mention)
    return list(unique.values())


def _plants_at(sentence: Sentence, span: Span) -> list[Mention]:
    """ "the leaching facility at Kalgoorlie": a town stands for the plant in it."""
    text = sentence.analysis.text
    return [
        m
        for m in sentence.mentions_in(span, MentionType.PLACE)
        if _AT_TOWN.search(text, max(sentence.span.start, m.span.start - 40), m.span.start)
    ]


_AT_TOWN = re.compile(rf"\b(?<!mining )(?<!operations ){PLANT} at $", re.IGNORECASE)


_LISTED = re.compile(rf"(?: {PLANT})?(?:, | and |, and | & )(?:the )?", re.IGNORECASE)


def coordinated(sentence: Sentence, first: Mention) -> list[Mention]:
    """The site and those listed with it: "at Driefontein, Kloof and Beatrix"."""
    text = sentence.analysis.text
    chosen = [first]
    others = sentence.mentions_in(sentence.span, MentionType.SITE)
    for mention in others:
        if mention.span.start <= chosen[-1].span.end or mention.generic:
            continue
        if not _LISTED.fullmatch(text[chosen[-1].span.end : mention.span.start]):
            break
        chosen.append(mention)
    for mention in reversed(others):
        if mention.span.end >= chosen[0].span.start or mention.generic:
            continue
        if not _LISTED.fullmatch(text[mention.span.end : chosen[0].span.start]):
            break
        chosen.insert(0, mention)
    return chosen


_BUILT_BY = re.compile(
    r"\b(?:plant|smelter|mine|facility|refinery|factory|project|works|complex|[Ii]t)\b[^.;]{0,30}?\b(?:built|"
    r"owned|operated|run|developed|constructed|majority-owned|controlled) (?:and \w+ )?by (?:the )?"
)


def told_next(sentence: Sentence) -> Mention | None:
    """Who runs works told without their owner: "The plant was built by X" in the sentence after."""
    for after in sentence.analysis.sentences[sentence.index + 1 : sentence.index + 3]:
        match = _BUILT_BY.search(after.analysis.text, after.span.start, after.span.end)
        if match is not None:
            end = min(after.span.end, match.end() + 40)
            found = actors_in(after, Span(match.end(), end))
            if found and found[0].span.start - match.end() < 12:
                return found[0]
    return None


def with_partners(sentence: Sentence, firm: Mention) -> list[Mention]:
    """The firm and those that act with it in one breath: "Glencore and Merafe stopped …"."""
    text = sentence.analysis.text
    chosen = [firm]
    if firm.generic or not sentence.span.covers(firm.span):
        return chosen
    others = [m for m in actors_in(sentence, sentence.span) if not m.generic]
    for mention in others:
        near = mention.span.start > chosen[-1].span.end
        if near and _AND_FIRM.fullmatch(text[chosen[-1].span.end : mention.span.start]):
            chosen.append(mention)
    for mention in reversed(others):
        near = mention.span.end < chosen[0].span.start
        if near and _AND_FIRM.fullmatch(text[mention.span.end : chosen[0].span.start]):
            chosen.insert(0, mention)
    return chosen


_AND_FIRM = re.compile(r"(?:, | and |, and | & )(?:the )?")


def previous_site(sentence: Sentence, reach: int = 2) -> Mention | None:
    """The last site named in the ``reach`` sentences before, headline aside."""
    for back in range(1, reach + 1):
        if sentence.index < back:
            return None
        before = sentence.analysis.sentences[sentence.index - back]
        found = before.mentions_in(before.span, MentionType.SITE)
        if found:
            return found[-1]
    return None
