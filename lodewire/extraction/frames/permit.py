"""Permits: granted, denied, revoked, suspended, applied for.

Told by a verb of deciding with a noun of leave ("revoked the licence of X"), by an authority that
approves a mine itself ("approved the Thacker Pass mine"), or by an application under way.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lodewire.extraction.analysis import Sentence
from lodewire.extraction.drafts import Draft
from lodewire.extraction.frames import fill, leave, measures, parties, permit_places, permit_states
from lodewire.extraction.frames.holders import (
    fill_by_document,
    find_holders,
    unlisted_firm,
    unlisted_site,
)
from lodewire.extraction.grammar.clauses import Clause
from lodewire.extraction.grammar.sieve import sought
from lodewire.model.entity import Mention
from lodewire.model.evidence import Span
from lodewire.model.vocabulary import EventType, MentionType, Status

_NOUN = sought(
    r"\b(?:(?:mining|mine|environmental|exploration|construction|water|operating|operation|building|"
    r"special|final|key|federal|state|discharge|land|production|processing|generation|prospecting|air|air quality|wetlands?|works|"
    r"commercial recovery|seabed|export|groundwater|waste|radioactive|environment|statutory|mineral|recovery|"
    r"exploitation|development|drilling|provincial|government|planning|dredging|clearing)\s)*"
    r"(?:permits?|licen[cs]es?|approvals?|authori[sz]ations?|concessions?|mining leases?|"
    r"(?:mineral|mining) (?:rights?|leases?|titles?|contracts?)|environmental clearance|"
    r"records? of decision|leave (?=to)|(?:exclusive |special )?prospecting (?:orders?|rights?)|(?:special )?(?:mining|exploration) grants?|environmental authority|impact stud(?:y|ies)|plans? of operations|"
    r"(?:mining|mine|mine closure) (?:proposals?|lease proposals?|closure plans?)|"
    r"environmental impact (?:assessments?|statements?|stud(?:y|ies))|concession contract|mine plan|"
    r"green light|go-ahead|consents?|thumbs[- ]up|(?:mining|exploration|production) contracts?|"
    r"(?:land )?use rights?|rights of way|stop-work orders?|air quality permits?|permitting(?= (?:for|of) (?:the )?[A-Z])|"
    r"(?:development|planning) (?:application|consent)s?|(?:site|prospecting) certificates?|(?:mining|exploration) leases?|leases?(?= (?:for|of|at) [A-Z])|"
    r"environmental (?:impact )?(?:worksheet|declaration|certificate|review|assessment worksheet)s?|permission|clearance|the nod|tenements?)\b",
    re.IGNORECASE,
    apart=True,
)
_NOT_BEFORE = re.compile(
    r"\b(?:shareholders?|antitrust|regulatory|court|board|creditors?|merger|competition|import|"
    r"prior|investors?|stockholders?|unitholders?|social|driving|wind-?fall|software|patent|technology|general|"
    r"fishing|hunting|exchange|listing|a social|government's|exequatur|bank|without|no)\s*$",
    re.IGNORECASE,
)
_NOT_AFTER = re.compile(
    r"\s(?:for (?:as much as |up to |a |some )?(?:[A-Z]{0,3}[$€£]|\d)|to operate\b(?!\s(?:the|a|its))|fees?|agreement|deal|revenue|ratings?|that\b(?! allows)|on\s(?:tax|price|cost)\w*)",
    re.I,
)
_DEAL = sought(
    r"(?i)\b(?:takeover|merger|acquisition|to buy|purchase of|sale of|transaction|loan|offering|bond|"
    r"stake|shareholders?)\b"
)
_ACTIONS: dict[str, str] = {
    lemma: action
    for action, lemmas in (
        ("denied", "deny reject refuse decline turn block veto knock dismiss"),
        (
            "revoked",
            "revoke cancel withdraw strip annul rescind void terminate quash overturn vacate "
            "invalidate lose nullify throw strike take lapse expire set run pull axe yank "
            "unwind forfeit relinquish remand voids",
        ),
        ("suspended", "suspend halt freeze pause"),
        (
            "applied",
            "apply file submit seek request lodge await pursue handle review process ask need want lack require prepare",
        ),
        (
            "granted",
            "grant approve issue award give receive obtain secure win get gain authorise authorize "
            "renew extend greenlight clear hand reinstate restore land allocate accept come sign hold "
            "endorse back wave prolong have score bag pick possess retain acquire notch reissue confirm "
            "re-issue uphold ratify",
        ),
    )
    for lemma in lemmas.split()
}
# Verbs that decide on leave only with their particle: "threw out the approval".
_PARTICLES = {
    "turn": "down",
    "set": "aside",
    "run": "out",
    "knock": "back|down",
    "throw": "out",
    "strike": "down",
    "take": "back",
    "sign": "off",
    "hand": "down|over|out",
    "come": "on|from|in|after|with|through|last|yesterday",
    "wave": "through",
}
_ON_SITE = frozenset(
    "approve authorise authorize greenlight clear reject veto block turn sign wave throw knock quash "
    "refuse deny license endorse".split()
)
RECEIVING = frozenset(
    "receive obtain secure win get gain await apply file submit seek request lodge pursue lose "
    "land have score bag notch ask need lack retain possess hold acquire require".split()
)
_CHALLENGE = re.compile(
    r"\b(?:complaints?|appeals?|challenges?|lawsuits?|objections?|against|petitions?|attempts?|bid|"
    r"efforts?|claims?|criticism|financing|funding|loan)\b",
    re.IGNORECASE,
)
_PLAN = re.compile(
    r"\b(?:mine|project|plan|development|expansion|extension|plant|smelter|refinery|road)s?\b"
)
_GIVING = re.compile(r"(?i)\b(?:issuance|granting|renewal|extension|issue|award|approval)$")
_APPLICATION = re.compile(r"\bapplications?\b", re.IGNORECASE)


def find(sentence: Sentence) -> Iterator[Draft]:
    """Yield a permit for each decision on leave that the sentence tells."""
    nouns = _nouns(sentence)
    told: list[Span] = []
    for clause in sentence.clauses:
        action = _ACTIONS.get(clause.lemma)
        if action is None or clause.verb.negated:
            continue
        if permit_states.fails(sentence, clause, action):
            if action != "granted" or not permit_states.is_refused(clause):
                continue
            action = "denied"
        noun = _decided(sentence, clause, nouns)
        if noun is None or any(t.overlaps(noun) for t in told):
            continue
        draft = _read(sentence, clause, _settled_action(sentence, clause, action), noun)
        if draft is not None:
            told.append(noun)
            yield draft
    left = [n for n in nouns if not any(t.overlaps(n) for t in told)]
    for action, noun, clause in permit_states.find(sentence, left):
        draft = _read(sentence, clause, action, noun)
        if draft is not None:
            draft.confidence = min(draft.confidence, 0.6)
            draft.status = permit_states.STATUS[action]
            yield draft
            return
    if not measures.told_otherwise(sentence):
        yield from _in_any_words(sentence, told)
    yield from _handed_on(sentence)


def _is_leave(draft: Draft, noun: Span) -> bool:
    """Leave without a noun of leave takes an authority that gives it, and who gets it."""
    if leave.NOUN.pattern.fullmatch(noun.of(draft.sentence.analysis.text)):
        return True
    passive = draft.clause is not None and draft.clause.verb.passive
    return draft.has("holder") and (passive or draft.has("authority"))


# "would go to court to have the permit overturned": what somebody wants done.
_WISHED = re.compile(r"\bto (?:have|see|get) (?:the|its|their|that)\b[^.;]*$", re.IGNORECASE)


def _in_any_words(sentence: Sentence, told: list[Span]) -> Iterator[Draft]:
    """Leave by a noun and a deciding word beside it; only for a works or a firm that is named."""
    lets = () if told else leave.find_let(sentence)
    for action, noun, word, clause in (*leave.find(sentence, told), *lets):
        before = sentence.analysis.text[max(sentence.span.start, word.start - 45) : word.start]
        if permit_states.fails(sentence, clause, _ACTIONS.get(clause.lemma)) or _WISHED.search(
            before
        ):
            continue
        draft = _read(sentence, clause, _settled_action(sentence, clause, action), noun, word)
        if draft is not None and draft.has("site", "holder") and _is_leave(draft, noun):
            draft.confidence = 0.45
            yield draft
            return


def _handed_on(sentence: Sentence) -> Iterator[Draft]:
    """ "took the lease of X and handed it to Y": Y's leave, beside what X lost."""
    found = leave.find_onwards(sentence)
    if found is None:
        return
    noun, word, clause = found
    draft = Draft(EventType.PERMIT, sentence, word, clause)
    rest = Span(word.end, min(sentence.span.end, word.end + 110))
    named = sentence.mentions_in(rest, MentionType.ORGANISATION)
    firms = [m for m in named if not parties.is_authority(sentence, m)]
    draft.add("holder", firms[0] if firms else unlisted_firm(sentence, rest))
    draft.add("action", word, "granted")
    draft.add_all("authority", parties.find_authorities(draft)[:1])
    draft.add_all("commodity", permit_places.commodities_of(sentence, draft, noun))
    measures.fill_effective(draft, sentence.span, "date", weekdays=True)
    draft.status = Status.IN_FORCE
    draft.confidence = 0.45
    if draft.has("holder"):
        yield draft


def _nouns(sentence: Sentence) -> list[Span]:
    text, start = sentence.analysis.text, sentence.span.start
    found = [Span(*m.span()) for m in sentence.locate_all(_NOUN)]
    found = [n for n in found if not _NOT_BEFORE.search(text, start, n.start)]
    found = [n for n in found if not _NOT_AFTER.match(text, n.end)]
    return found + permit_states.contracts(sentence)


def _decided(sentence: Sentence, clause: Clause, nouns: list[Span]) -> Span | None:
    """What the verb decides on: a noun of leave among its words, or a mine as such."""
    text = sentence.analysis.text
    particle = _PARTICLES.get(clause.lemma)
    rest = text[clause.chunk.span.end : clause.chunk.span.end + 12]
    if particle is not None and not re.match(rf"\s(?:{particle})\b", rest):
        inside = re.search(rf"\s(?:{particle})$", clause.chunk.lower)
        if inside is None:
            return None
    if clause.lemma in _OWNING and not _owns_leave(sentence, clause):
        return None
    for noun in nouns:
        if not _reaches(sentence, clause, noun):
            continue
        between = text[
            min(clause.chunk.span.end, noun.end) : max(noun.start, clause.chunk.span.start)
        ]
        if not _CHALLENGE.search(between):
            return noun
    if clause.lemma in _ON_SITE:
        return _approved_site(sentence, clause)
    return None


# Verbs that tell of leave only where a firm or a works is who has, lacks or asks for it.
_OWNING = frozenset(
    "have hold possess retain need lack require ask want prepare acquire confirm".split()
)


def _owns_leave(sentence: Sentence, clause: Clause) -> bool:
    """ "the project has an exploitation licence": its subject is a named firm or works, or "it"."""
    subject = clause.subject
    if subject is None or clause.verb.passive or clause.verb.negated or clause.verb.reduced:
        return False
    if re.match(r"\s(?:all|every|any)\s", sentence.analysis.text[clause.chunk.span.end :][:8]):
        return False  # "has all the permits it needs"
    if re.search(
        r"\b(?:project|mine|plant|company|miner|smelter|developer|deposit|it)$", subject.chunk.lower
    ):
        return True
    named = sentence.mentions_in(subject.chunk.span, MentionType.ORGANISATION, MentionType.SITE)
    return any(not parties.is_authority(sentence, m) for m in named)


def _reaches(sentence: Sentence, clause: Clause, noun: Span) -> bool:
    patient, subject = clause.patient, clause.subject
    text = sentence.analysis.text
    if clause.verb.reduced and 0 <= clause.chunk.span.start - noun.end < 60:
        # "holds a licence for Bougouni, awarded by the government"
        return clause.lemma not in ("hold", "come")
    follows = 0 <= noun.start - clause.chunk.span.end < 50 and clause.lemma in _PARTICLES
    if follows and re.fullmatch(
        r"\s\w+(?:\s(?:on|of|its|the|an?|his|their|[\w’'-]+)){0,4}\s",
        text[clause.chunk.span.end : noun.start],
    ):
        return True  # "signed off on its impact study"
    for phrase in (patient, *clause.objects):
        if phrase is not None and any(c.span.overlaps(noun) for c in phrase.chunks):
            return True
    if subject is not None and subject.chunk.span.overlaps(noun):
        return clause.verb.passive or clause.lemma in ("await", "come", "lapse", "expire")
    if clause.verb.passive and subject is not None and noun.end <= clause.chunk.span.start:
        # "An application for a mining permit at Sakatti has been filed": the noun is further in.
        return (
            subject.chunk.span.start <= noun.start
            and _APPLICATION.search(subject.chunk.span.of(sentence.analysis.text)) is not None
        )
    if (
        patient is not None
        and _GIVING.search(patient.chunk.lower)
        and any(c.span.overlaps(noun) for p in clause.with_prep("of") for c in p.chunks)
    ):
        return True  # "suspended the issuance of new mining permits"
    if clause.lemma in _OWNING:
        return False
    for phrase in clause.with_prep("for", "of", "with", "over"):
        if any(c.span.overlaps(noun) for c in phrase.chunks):
            return clause.lemma in RECEIVING | {"strip", "submit"} or bool(
                patient is not None and _APPLICATION.search(patient.chunk.lower)
            )
    return False


def _approved_site(sentence: Sentence, clause: Clause) -> Span | None:
    """ "The agency approved the Thacker Pass mine": leave for a mine, given by an authority."""
    patient = clause.patient or next(clause.with_prep("on"), None)
    if patient is None:
        return None
    chunk = patient.chunk
    if not parties.authorities(sentence, clause.agent):
        return None
    named = sentence.mentions_in(chunk.span, MentionType.SITE)
    firm = sentence.mentions_in(sentence.span, MentionType.ORGANISATION)
    if named or (
        _PLAN.search(chunk.lower)
        and (
            any(not parties.is_authority(sentence, m) for m in firm)
            or re.match(
                r"[A-Z][\w&-]+(?:\s[A-Z]\w+)*['’]s?\s", chunk.span.of(sentence.analysis.text)
            )
        )
    ):
        return chunk.span
    return None


def _settled_action(sentence: Sentence, clause: Clause, action: str) -> str:
    """Asked for, where getting it is only sought: "applied to renew", "expects to receive"."""
    above = [c.lemma for c in clause.governors()]
    asks = any(v in ("apply", "seek", "hope", "wait", "await") for v in above)
    renews = clause.lemma in ("renew", "extend", "obtain", "secure") and clause.verb.infinitive
    before = sentence.analysis.text[
        max(sentence.span.start, clause.chunk.span.start - 30) : clause.chunk.span.start
    ]
    if action == "granted" and (asks or (renews and _APPLICATION.search(before))):
        return "applied"
    return action


def _read(
    sentence: Sentence, clause: Clause, action: str, noun: Span, word: Span | None = None
) -> Draft | None:
    if sentence.find(_DEAL) and not sentence.mentions_in(sentence.span, MentionType.SITE):
        return None
    if permit_states.is_anybodys(sentence, clause):
        return None
    draft = Draft(EventType.PERMIT, sentence, word or clause.chunk.span, clause)
    draft.add("action", word or clause.chunk.span, action)
    draft.add("leave", leave.full_name(sentence, noun))  # no role: it parts two permits of a site
    granting = _authorities(sentence, clause, noun)
    draft.add_all("authority", granting)
    ours = {m.entity for m in granting}
    draft.add("site", permit_places.site_of(sentence, draft, noun) or unlisted_site(sentence, noun))
    holders = find_holders(draft, noun, receiving=clause.lemma in RECEIVING)
    draft.add_all("holder", [h for h in holders if getattr(h, "entity", None) not in ours])
    draft.status = permit_states.status_of(clause, action)
    if not permit_places.names_none(sentence, noun):
        draft.add_all("commodity", permit_places.commodities_of(sentence, draft, noun))
    measures.fill_effective(
        draft, permit_places.words_near(sentence, clause), "date", weekdays=True
    )
    after = Span(min(clause.chunk.span.start, noun.start), sentence.span.end)
    measures.fill_effective(draft, after, "date", weekdays=True)
    draft.add("country", parties.label_country(sentence))
    fill.fill_country(draft)
    draft.add(
        "country", None if draft.has("country") else permit_places.own_country(sentence, granting)
    )
    if not draft.has("site", "holder"):
        fill_by_document(draft, noun)
    return draft if draft.has("site", "holder") or _is_given(draft, noun) else None


def _is_given(draft: Draft, noun: Span) -> bool:
    """Leave without a name of works or firm: an authority's for a mine, its issuance, its kind."""
    text, end = draft.sentence.analysis.text, draft.sentence.span.end
    if not draft.has("authority"):
        return False
    if _PLAN.search(text, noun.start, min(end, noun.end + 60)):
        return True
    issued = re.search(r"\b(?:issuance|granting|renewal)\b", draft.sentence.text)
    kind = _SPECIFIC.match(noun.of(text))
    return bool((draft.has("country") and issued) or (draft.has("commodity") and kind))


_SPECIFIC = re.compile(
    r"(?:mining|exploration|exploitation|environmental|drilling|air|water)\s", re.I
)


def _authorities(sentence: Sentence, clause: Clause, noun: Span) -> list[Mention]:
    """Who decides: the agent; for who receives or asks, whom "from", "by", "to", "with" name."""
    receives = clause.lemma in RECEIVING
    phrases = list(
        clause.with_prep("from", "by", "to", "with") if receives else clause.with_prep("by")
    )
    if not receives and not clause.verb.passive:
        phrases[:0] = [clause.subject] if clause.subject is not None else []
    for phrase in phrases:
        found = parties.authorities(sentence, phrase)
        bodies = [m for m in found if m.type is not MentionType.COUNTRY] or found
        if bodies:
            return bodies
    if receives:
        return []
    draft = Draft(EventType.PERMIT, sentence, noun, clause)
    return parties.find_authorities(draft)[:2]
