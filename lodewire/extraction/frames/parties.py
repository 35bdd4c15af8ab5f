"""Authorities and actors: which government or agency stands behind a measure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from lodewire.extraction.analysis import Sentence
from lodewire.extraction.drafts import Draft
from lodewire.extraction.frames.leaders import country_mention, find_minister, leader_country
from lodewire.extraction.grammar.chunks import Chunk
from lodewire.extraction.grammar.clauses import SPEECH, Clause, Phrase
from lodewire.extraction.grammar.sieve import sought
from lodewire.model.entity import Mention, unknown_entity_id
from lodewire.model.evidence import Span
from lodewire.model.vocabulary import MentionType
from lodewire.ontology.countries import load_countries

AUTHORITY_KINDS = frozenset(("ministry", "agency", "government", "international", "exchange"))
_OFFICE = re.compile(
    r"\b(?:Ministry|Department|Office|Bureau|Commission|Agency|Council|Court|Authority|"
    r"Administration|Cabinet|Parliament|Corps|Service|Treasury|Government|Directorate|Congress|"
    r"Senate|Assembly|Regulator|Secretariat|Environment|Customs|White House|Tribunal)\b"
)
IMPOSE = frozenset(
    "impose levy charge introduce set raise double triple quadruple treble hike slap place apply "
    "announce ban bar restrict curb limit halt suspend lift ease remove revoke grant approve issue "
    "deny reject order decide adopt pass sign declare require tighten sanction blacklist add "
    "extend cut lower plan propose threaten consider launch unveil release publish block forbid "
    "prohibit stop opt put outlaw freeze withdraw strip clear authorise authorize designate "
    "recommend reimpose reinstate expand widen increase prolong renew replace scrap abolish weigh "
    "mull use invoke cap intend aim begin make exempt waive fix give keep let allow retaliate "
    "respond want seek move prepare drop rescind award reduce maintain target hit exclude "
    "invoke establish finalise finalize designate notify earmark create form declare classify "
    "pause postpone delay defer enact implement enforce affirm uphold repeal terminate resume "
    "restore relax loosen shelve debate study discuss reintroduce slash veto order "
    "nationalise nationalize subsidise subsidize stockpile tell vow warn get have say "
    "roll choose select pick finalise rule phase offer buy purchase acquire oblige instruct direct "
    "mandate permit license revise amend rewrite outline float seize pledge commit promise "
    "ask urge force compel eliminate toughen strengthen simplify soften reverse overturn order "
    "pull quash invalidate take deny".split()
)
# The government of whichever country the text is about, and bodies without a name of their own.
_GOVERNMENT = re.compile(
    r"\b(?:government|cabinet|parliament|congress|senate|lawmakers|legislators|president|"
    r"prime minister|premier|minister|administration|regulators?|customs|authorities|junta|"
    r"ministers|centre|bloc|officials|mps|state council)$",
    re.IGNORECASE,
)
_RULER = sought(
    r"\b(?:[Gg]overnment|[Cc]abinet|[Pp]arliament|[Cc]ongress|[Ss]enate|lawmakers|[Pp]resident|[Mm]inist\w+|"
    r"[Aa]dministration|regulators?|authorities|[Cc]entre|bloc|officials|junta|department|watchdog|"
    r"it|they|court|[A-Z][a-z]+\s(?:has|had|will|ordered|signed|invoked|"
    r"plans|orders|signs|wants|unveiled|approved|rolled|scrapped)|White House|province|Beijing|OPEC\S?)",
    apart=True,
)
_OFFICE_HOLDER = re.compile(
    r"\b(?:president|prime minister|premier|minister|secretary|chancellor|administration|"
    r"government|leader)\b",
    re.IGNORECASE,
)
_MINISTRY = re.compile(
    r"\b(?P<own>(?:(?:[a-z]{3,}|energy and minerals?|mines and energy|[A-Z][a-z]+) )"
    r"(?:ministry|department|regulator|watchdog|court|tribunal|council|commission|authority))\b"
)
_BLOC = re.compile(r"\bbloc\b|\bcommission\b", re.IGNORECASE)


def is_authority(sentence: Sentence, mention: Mention) -> bool:
    """Tell whether a mention can impose a measure: a country, ministry, agency or exchange."""
    if mention.type is MentionType.COUNTRY:
        return not is_whereabouts(sentence, mention)
    if mention.type is not MentionType.ORGANISATION:
        return False
    kind = sentence.analysis.kind_of(mention)
    if kind:
        return kind in AUTHORITY_KINDS
    return bool(_OFFICE.search(mention.name))


def is_whereabouts(sentence: Sentence, mention: Mention) -> bool:
    """ "at a meeting in Beijing": a capital as a mere place, no government."""
    country = load_countries().get(mention.entity)
    if country is None or mention.text != country.capital:
        return False
    before = sentence.analysis.text[
        max(sentence.span.start, mention.span.start - 10) : mention.span.start
    ]
    return re.search(r"\b(?:[Ii]n|[Aa]t|near|outside|around)\s$", before) is not None


def may_rule(sentence: Sentence) -> bool:
    """Tell whether the sentence names anybody who could impose a measure; a cheap first look."""
    if any(is_authority(sentence, m) for m in sentence.mentions):
        return True
    return sentence.find(_RULER) is not None


def find_authorities(draft: Draft) -> list[Mention]:
    """Return who imposes: "by X", the subject of a verb of imposing, a possessor, or who says so.

    Leaders and administrations stand for their country, "the finance ministry" for itself, and
    "the government" for the country that the text is about.
    """
    sentence, clause = draft.sentence, draft.clause
    for found in (
        _by_clause(sentence, clause),
        _beside_noun(sentence, draft.trigger),
        _acting(sentence, draft.trigger),
        _speaking(sentence, clause),
        _named_before(sentence, draft.trigger),
    ):
        if found:
            return found
    return []


def authorities(sentence: Sentence, phrase: Phrase | None) -> list[Mention]:
    """Return those of a phrase that can impose a measure, in order."""
    if phrase is None:
        return []
    found: list[Mention] = []
    for chunk in phrase.chunks:
        named = [
            m for m in sentence.parties(Phrase(chunk, phrase.prep)) if is_authority(sentence, m)
        ]
        if len(named) > 1:  # "the Treasury's Office of Foreign Assets Control": the office acts
            named = [m for m in named if not _possesses(sentence, m)] or named
        found.extend(named or _unnamed(sentence, chunk) or _province(sentence, chunk))
    return found


def _possesses(sentence: Sentence, mention: Mention) -> bool:
    return sentence.analysis.text[mention.span.end : mention.span.end + 2] in ("'s", "’s")


def _unnamed(sentence: Sentence, chunk: Chunk) -> list[Mention]:
    return list(_find_unnamed(sentence, chunk))


def _find_unnamed(sentence: Sentence, chunk: Chunk) -> Iterator[Mention]:
    """A leader, "the energy ministry", "the government" in one noun phrase."""
    words = chunk.span.of(sentence.analysis.text)
    if sentence.mentions_in(chunk.span, MentionType.ORGANISATION):
        return
    minister = find_minister(sentence, chunk.span)
    leader = _ministry(sentence, minister) if minister else _leader(sentence, chunk, words)
    if leader is not None:
        yield leader
        return
    head, _, _ = words.partition(" whose ")
    ministry = _MINISTRY.search(head)
    if ministry is not None:
        span = Span(chunk.span.start + ministry.start(), chunk.span.start + ministry.end())
        yield _ministry(sentence, span)
        return
    if _GOVERNMENT.search(head) or (
        _OFFICE_HOLDER.search(words) and sentence.mentions_in(chunk.span, MentionType.PERSON)
    ):
        home = (
            _bloc(sentence, words)
            or _seat(sentence, chunk)
            or home_country(sentence, chunk.span.start)
        )
        if home is not None:
            yield home
        else:
            first = chunk.tokens[1] if len(chunk.tokens) > 1 else chunk.tokens[0]
            yield _ministry(sentence, Span(first.span.start, chunk.span.end))


def _seat(sentence: Sentence, chunk: Chunk) -> Mention | None:
    """ "the cabinet in Windhoek", "the government of Chile"."""
    rest = Span(chunk.span.end, min(sentence.span.end, chunk.span.end + 40))
    led = re.match(r"\s(?:of|under)\s((?:[A-Z][\w.]+\s?){1,4})", rest.of(sentence.analysis.text))
    code = leader_country(led.group(1).strip(), in_office=True) if led is not None else None
    if code is not None:
        return country_mention(sentence, code, chunk.span)
    for mention in sentence.mentions_in(rest, MentionType.COUNTRY):
        between = sentence.analysis.text[chunk.span.end : mention.span.start]
        if re.fullmatch(r"\s(?:in|of)\s(?:the\s)?", between):
            return mention
    return None


def _province(sentence: Sentence, chunk: Chunk) -> list[Mention]:
    """ "British Columbia rejected the mine": a state or province that decides."""
    return [
        m
        for m in sentence.mentions_in(chunk.span, MentionType.PLACE)
        if m.country is not None
        and _LAND.fullmatch(sentence.analysis.text[m.span.end : chunk.span.end])
    ]


_LAND = re.compile(
    r"(?:\s(?:province|provincial|state|city|region|prefecture|county|government|authorities))*"
)


def _leader(sentence: Sentence, chunk: Chunk, words: str) -> Mention | None:
    """ "Trump", "President Bush", "the Trump administration": the country that they govern."""
    office = bool(_OFFICE_HOLDER.search(words))
    named = [m.span for m in sentence.mentions_in(chunk.span, MentionType.PERSON)]
    loose = [t.span for t in chunk.tokens if t.text[:1].isupper()]
    for span in [*named, *loose]:
        code = leader_country(span.of(sentence.analysis.text), in_office=office)
        if code is not None:
            return country_mention(sentence, code, span)
    return None


def _bloc(sentence: Sentence, words: str) -> Mention | None:
    if _BLOC.search(words) is None:
        return None
    for mention in sentence.analysis.mentions:
        if mention.entity == "EU" or mention.country == "EU":
            return mention
    return None


def _ministry(sentence: Sentence, span: Span) -> Mention:
    text = span.of(sentence.analysis.text)
    return Mention(
        type=MentionType.ORGANISATION,
        span=span,
        text=text,
        name=text,
        entity=unknown_entity_id(MentionType.ORGANISATION, text),
        known=False,
    )


# "from China, Vietnam and [Nepal]": where goods come from is nobody's home.
_ORIGIN = re.compile(r"\b(?:from|against)\s(?:the\s)?(?:[A-Z]\w+(?:,\s|\sand\s|,\sand\s))*$")


def label_country(sentence: Sentence) -> Mention | None:
    """ "Panama - The ministry has approved …": the country that heads a short notice."""
    first = next(iter(sentence.mentions_in(sentence.span, MentionType.COUNTRY)), None)
    if first is None or first.span.start != sentence.span.start:
        return None
    rest = sentence.analysis.text[first.span.end : first.span.end + 3]
    return first if re.match(r"\s?[-–—:]\s", rest) else None


def home_country(sentence: Sentence, at: int | None = None) -> Mention | None:
    """The country that heads the notice, else the one that the text has spoken of most so far."""
    label = label_country(sentence)
    if label is not None:
        return label
    until = sentence.span.start if at is None else at
    text = sentence.analysis.text
    before = [m for m in sentence.analysis.of_type(MentionType.COUNTRY) if m.span.start < until]
    own = [m for m in before if not _ORIGIN.search(text, max(0, m.span.start - 60), m.span.start)]
    before = own or before
    if not before:
        return None
    counts = Counter(m.entity for m in before)
    entity = max(counts, key=lambda e: counts[e])
    return next(m for m in before if m.entity == entity)


def _by_clause(sentence: Sentence, clause: Clause | None) -> list[Mention]:
    seen = 0
    while clause is not None and seen < 3:
        for phrase in clause.with_prep("by"):
            found = authorities(sentence, phrase)
            if found:
                return found
        if clause.lemma in IMPOSE and not clause.verb.passive and not _speaks(clause):
            found = authorities(sentence, clause.subject)
            if found:
                return found
        found = _decider(sentence, clause)
        if found:
            return found
        clause = clause.governor
        seen += 1
    return []


_DECISION = re.compile(
    r"\b(?:decision|plan|move|proposal|threat|order|pledge|ruling)s?\b", re.IGNORECASE
)


def _decider(sentence: Sentence, clause: Clause) -> list[Mention]:
    """ "the US decision to impose …", "Jakarta's plan to ban …": who owns the decision."""
    if not clause.verb.infinitive:
        return []
    before = [c for c in sentence.noun_phrases() if c.index < clause.chunk.index][-2:]
    for chunk in reversed(before):
        if _DECISION.search(chunk.lower) and clause.chunk.span.start - chunk.span.end < 40:
            return [m for m in sentence.parties(Phrase(chunk)) if is_authority(sentence, m)]
    return []


def _speaks(clause: Clause) -> bool:
    """ "he added" speaks; "added Alrosa to its list" acts."""
    return clause.lemma in SPEECH and not (clause.lemma == "add" and clause.objects)


def _beside_noun(sentence: Sentence, trigger: Span) -> list[Mention]:
    """ "US tariffs", "China's export ban": the country right before the noun's phrase."""
    chunk = sentence.chunk_at(trigger.start)
    if chunk is None:
        return []
    text = sentence.analysis.text
    before = [
        m
        for m in sentence.mentions_in(chunk.span, MentionType.COUNTRY, MentionType.ORGANISATION)
        if m.span.end <= trigger.start
        and is_authority(sentence, m)
        and not re.match(
            r"[\w\s-]{0,30}\b(?:imports?|goods|origin)\b", text[m.span.end : trigger.start]
        )
    ]
    return before[:1]


def _acting(sentence: Sentence, trigger: Span) -> list[Mention]:
    """Subjects of verbs of imposing anywhere in the sentence, nearest to the trigger first."""
    found: list[tuple[int, list[Mention]]] = []
    for clause in sentence.clauses:
        if clause.lemma not in IMPOSE or _speaks(clause) or clause.verb.passive:
            continue
        named = authorities(sentence, clause.subject)
        if named:
            found.append((abs(clause.chunk.span.start - trigger.start), named))
    return min(found, key=lambda pair: pair[0])[1] if found else []


def _speaking(sentence: Sentence, clause: Clause | None) -> list[Mention]:
    """Who announces a measure that is told in the passive, without an agent of its own."""
    for other in sentence.clauses:
        if other is clause or other.lemma not in SPEECH or other.verb.passive:
            continue
        found = authorities(sentence, other.subject)
        if found:
            return found
    return []


_GOVERNED = re.compile(
    r"\b(?:from|to|of|against|on|in|into|with|for|between|within|across|over|than|like|outside|via|"
    r"through|under|and|or|near|about|at)\s(?:the\s|all\s|mainland\s|both\s)?$|,\s$",
    re.IGNORECASE,
)


def _named_before(sentence: Sentence, trigger: Span) -> list[Mention]:
    """Where the grammar finds nobody: the authority named last before the trigger, as an actor.

    A name that a preposition governs, or a demonym before goods ("Chinese steel"), acts on nobody.
    """
    text = sentence.analysis.text
    before = Span(sentence.span.start, max(sentence.span.start, trigger.start))
    kinds = (MentionType.COUNTRY, MentionType.ORGANISATION)
    for mention in reversed(sentence.mentions_in(before, *kinds)):
        if not is_authority(sentence, mention):
            continue
        ahead = text[max(sentence.span.start, mention.span.start - 24) : mention.span.start]
        if _GOVERNED.search(ahead) or _is_adjective(mention):
            continue
        return [mention]
    match = sentence.locate(_ACCORDING)
    if match is not None:
        rest = Span(match.end(), min(sentence.span.end, match.end() + 60))
        told = [m for m in sentence.mentions_in(rest, *kinds) if is_authority(sentence, m)]
        if told:
            return told[-1:]
    owners = sentence.mentions_in(sentence.span, MentionType.COUNTRY)
    return [m for m in owners if _OWN_BODY.match(text, m.span.end)][:1]


_ACCORDING = sought(r"\baccording to\s(?!analysts|traders|people|sources)")
# "in India's budget", "under Indonesia's new rules": whose act it is, wherever it stands.
_OWN_BODY = re.compile(
    r"['’]s?\s(?:[\w-]+\s){0,3}(?:budget|government|parliament|senate|cabinet|ministry|regulators?|"
    r"authorities|decision|decree|law|rules|order|president|minister|customs|administration|plan|"
    r"proposal|announcement|ban|curbs?|controls|policy)\b"
)


def _is_adjective(mention: Mention) -> bool:
    country = load_countries().get(mention.entity)
    if country is None:
        return False
    return any(mention.text == d.text for d in country.demonyms)
