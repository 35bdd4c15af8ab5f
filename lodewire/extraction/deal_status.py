"""The life of a deal: rumoured, proposed, agreed, in force, completed, terminated, or denied.

What a deal has come to is told by its verb, by what governs that verb and by a few set phrases, in
that order: an end outweighs a rumour, a rumour outweighs a plan, a plan a signature.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from lodewire.extraction.drafts import Draft
from lodewire.extraction.frames.slots import own_words
from lodewire.extraction.grammar.clauses import Clause
from lodewire.extraction.grammar.sieve import sought
from lodewire.model.vocabulary import EventType, Modality, Status

_ENDING = frozenset(
    "terminate scrap cancel abandon withdraw shelve collapse rescind annul void lapse stop cease "
    "reject spurn rebuff snub decline refuse exit repel".split()
)
_PARTING = frozenset("end dissolve unwind quit leave wind".split())
_ENDED = re.compile(
    r"\b(?:call(?:s|ed|ing)? off|calls? it off|pull(?:s|ed|ing)? out|pull(?:s|ed|ing)? the plug|"
    r"back(?:s|ed|ing)? (?:out|away)|walk(?:s|ed|ing)? away|f(?:ell|all|alls|allen) through|"
    r"call(?:s|ed)? time on|bow(?:s|ed|ing)? out|drop(?:s|ped|ping)? out|t(?:ore|orn|ears) up|"
    r"walk(?:s|ed|ing)? off|hand(?:s|ed|ing)? back|puts? an end to|"
    r"turn(?:s|ed|ing)? down|will no longer|is off\b|called it quits|"
    r"drop(?:s|ped|ping)? (?:a |its |the |their )?(?:[\w-]+ ){0,3}?(?:plan|bid|offer|deal|"
    r"agreement|proposal)|fought off|fended off|"
    r"(?:talks|negotiations|discussions) (?:have |had )?(?:ended|collapsed|broke|failed))",
    re.IGNORECASE,
)
_SOURCES = sought(
    r"\b(?:(?:people|person|sources?|bankers?)\b[^.;]{0,40}\b(?:familiar|said|told|close|say|"
    r"knowledge|briefed|matter)|reportedly|rumou?r\w*|speculation|"
    r"(?:is|are|was|were) (?:said|understood|thought|believed|rumou?red|reported) to|"
    r"according to (?:people|sources|a person|a source|media reports)|bankers say|"
    r"(?:our|my) colleagues hear|we hear|market talk|could not be confirmed|have? yet to confirm)",
    re.IGNORECASE,
)
_WEIGHING = frozenset("consider weigh mull study evaluate assess examine ponder explore".split())
_TALKS = re.compile(
    r"\b(?:in (?:\w+ ){0,2}?(?:talks|discussions|negotiations)|(?:talks|discussions|negotiations) "
    r"(?:with|about|over|on)|negotiating|working towards?|in (?:a )?dialogue|approached|seeking|"
    r"looking for|early[- ]stage)\b",
    re.IGNORECASE,
)
_LOOSE = re.compile(
    r"\b(?:preliminary|non-?binding|letters? of intent|LO[Ii]|proposed|proposal|indicative|draft|"
    r"conditional (?:commitment|loan|approval|offer|agreement)|would-be|potential|possible|"
    r"in principle|heads of terms|planned|offers? to|term sheet proposal)\b",
    re.IGNORECASE,
)
_NOT_BINDING = re.compile(
    r"\b(?:non-?binding|letters? of inten(?:t|tion)|(?:letters?|expressions?) of interest|"
    r"indicative (?:offer|bid|terms|proposal)|"
    r"not (?:yet )?(?:legally )?binding|"
    r"not yet (?:turned into|a|been turned into) (?:\w+ ){0,2}?contracts?)\b",
    re.IGNORECASE,
)
_BINDING = re.compile(
    r"(?<!not )(?<!non-)(?<!legally )\b(?:binding|definitive|final) "
    r"(?:\w+ )?(?:agreement|contract|deal|offtake|off-take|letter|term sheet)",
    re.I,
)
_DENIED = re.compile(
    r"\b(?:den(?:y|ies|ied|ying)|refut(?:es?|ed|ing)|dismiss(?:es|ed|ing)?|rubbish(?:es|ed)?)"
    r" (?:[\w-]+ ){0,3}?(?:reports?|rumou?rs?|speculation|suggestions?|claims?|talk)\b",
    re.IGNORECASE,
)
_HELD_UP = re.compile(
    r"\b(?:suspend|paus|freez|froz|halt|stop)\w* (?:(?:all|its|the|any) )?(?:[\w-]+ ){0,2}?"
    r"(?:purchas|buying|order|shipping|shipment|deliver|sending|suppl|import|export|sourcing|taking)",
    re.IGNORECASE,
)
_WITHHELD = re.compile(
    r"\s?(?:\w+ly )?(?:been )?(?:giv(?:e|en)|disclos|nam(?:e|ed)\b|reveal|"
    r"sa(?:y|id)|specif|identif|publish|made public)"
)
_BID = re.compile(r"\b(?:bids?|offers?|approach(?:es)?|proposals?)\b", re.IGNORECASE)
_PENDING = re.compile(
    r"\b(?:firm commitments?|commitments to raise|"
    r"subject to|pending|awaiting|expected to (?:close|complete)|to be (?:completed|closed)|"
    r"still needs|needs? approval|definitive (?:agreement|deal)|when (?:the|it) \w+ closes)\b",
    re.IGNORECASE,
)
_PLANNING = frozenset(
    "plan intend aim propose seek want hope expect target pledge vow look need try envisage "
    "eye offer threaten prepare set apply ask invite".split()
)
_CLOSING = frozenset("complete close finalise finalize conclude settle".split())
_PAID = frozenset(
    "raise receive get close obtain lend invest borrow complete secure draw provide buy purchase "
    "win inject subscribe finance fund attract give hand conclude net put sell issue pump "
    "pour".split()
)
_STANDING = frozenset("have hold remain own run expire enjoy".split())


_OPTION = re.compile(
    r"\b(?:one of (?:the|its|several) (?:options|alternatives|possibilities)|"
    r"under (?:consideration|review)|strategic review|"
    r"being (?:considered|weighed|examined|looked at)|to be looked at)\b",
    re.IGNORECASE,
)
_BIDDING = ("bid", "offer", "table", "lodge", "lob", "dangle")


def deal_modality(draft: Draft, path: Sequence[Clause]) -> Modality:
    """Asserted, unless someone denies it or the text only supposes it."""
    if any(c.lemma in ("deny", "refute", "disclaim") for c in path[1:]):
        return Modality.DENIED
    if _DENIED.search(
        draft.sentence.text[: max(0, draft.trigger.start - draft.sentence.span.start)]
    ):
        return Modality.DENIED
    negated = next((c for c in path if c.verb.negated and not _is_withheld(draft, c)), None)
    if negated is not None and not _will_not(negated) and not _refused(path):
        return Modality.DENIED
    if draft.type is EventType.EXPLORATION_AGREEMENT:
        return Modality.ASSERTED  # "may earn 70%" is a right, no guess
    for clause in path:
        if clause.link in ("if", "unless", "whether", "should", "provided"):
            return Modality.HYPOTHETICAL
        if clause.verb.modal in ("could", "may", "might"):
            return Modality.HYPOTHETICAL
    return Modality.ASSERTED


def _is_withheld(draft: Draft, clause: Clause) -> bool:
    """ "another buyer, whose name was not given": what is not told denies no deal."""
    words = draft.sentence.analysis.text[clause.verb.main.span.start :][:40]
    behind = draft.sentence.analysis.text[clause.chunk.span.end :][:24]
    return _WITHHELD.match(words) is not None or _WITHHELD.match(behind) is not None


def _will_not(clause: Clause) -> bool:
    return clause.verb.modal in ("will", "would", "won't", "shall")


def _refused(path: Sequence[Clause]) -> bool:
    return any(c.lemma in _ENDING for c in path)


def deal_status(draft: Draft, path: Sequence[Clause]) -> Status:
    """How far the deal has come, from the words of its own verb."""
    own = words_of(draft)
    if _is_ended(path, own):
        held = draft.type is EventType.SUPPLY_AGREEMENT and _HELD_UP.search(own)
        return Status.SUSPENDED if held else Status.TERMINATED
    if draft.modality is Modality.DENIED or draft.sentence.find(_SOURCES):
        return Status.RUMOURED
    if draft.modality is Modality.HYPOTHETICAL:
        return Status.PROPOSED
    weighing = _WEIGHING if draft.type is not EventType.EXPLORATION_AGREEMENT else frozenset()
    if any(c.lemma in weighing for c in path) or _TALKS.search(own) or _OPTION.search(own):
        return Status.PROPOSED
    return _made(draft, path, own)


def words_of(draft: Draft) -> str:
    """The words of the draft's own verb, without what the next verb says."""
    sentence = draft.sentence
    if draft.clause is None:
        return sentence.text
    return (draft.reach or own_words(sentence, draft.clause)).of(sentence.analysis.text)


def _is_ended(path: Sequence[Clause], own: str) -> bool:
    if any(c.lemma in _ENDING for c in path) or _ENDED.search(own) or _HELD_UP.search(own):
        return True
    if path and path[0].lemma in _PARTING and path[0].objects:
        return True  # "ended their venture"; what "ends in 2026" still stands
    return bool(path) and path[0].verb.negated and _will_not(path[0])


def _made(draft: Draft, path: Sequence[Clause], own: str) -> Status:
    if _is_closed(draft, path):
        return Status.COMPLETED
    if _NOT_BINDING.search(own) and not _BINDING.search(own):
        return Status.PROPOSED
    if any(c.lemma == "agree" for c in path):
        return Status.AGREED
    if any(c.lemma in _PLANNING for c in path[1:]) or _LOOSE.search(own):
        return Status.PROPOSED
    if draft.type is EventType.ACQUISITION:
        return _bought(draft, path, own)
    if draft.type is EventType.FINANCING:
        return _funded(path, own)
    if _is_spot(draft, path):
        return Status.COMPLETED
    if draft.type is EventType.EXPLORATION_AGREEMENT and path and path[0].lemma in ("have", "hold"):
        return Status.AGREED  # "has the sole right to acquire up to 70%"
    if path and path[0].lemma in _STANDING and path[0].verb.form == "S":
        return Status.IN_FORCE
    if path and path[0].lemma in _STANDING and path[0].verb.form == "D" and not path[0].verb.modal:
        return Status.IN_FORCE if path[0].verb.main.lower in ("have", "has") else Status.AGREED
    return Status.AGREED


def _is_spot(draft: Draft, path: Sequence[Clause]) -> bool:
    """ "took a cargo from Vitol": goods bought on the spot, for no term."""
    if draft.type is not EventType.SUPPLY_AGREEMENT or not path or draft.has("term"):
        return False
    return path[0].lemma in ("buy", "purchase", "take") and _happened(path[0])


def _is_closed(draft: Draft, path: Sequence[Clause]) -> bool:
    """ "completed the purchase", "closed a placement"; an agreement concluded is only agreed."""
    if draft.type not in (EventType.ACQUISITION, EventType.FINANCING):
        return False
    return any(c.lemma in _CLOSING and _happened(c) for c in path)


def _bought(draft: Draft, path: Sequence[Clause], own: str) -> Status:
    trigger = draft.trigger.of(draft.sentence.analysis.text)
    if _BID.search(trigger) or (path and path[0].lemma in _BIDDING):
        return Status.PROPOSED
    happened = bool(path) and _happened(path[0])
    if any(c.lemma == "pay" and _happened(c) for c in path[1:]):
        return Status.COMPLETED  # "has paid $1.1bn to acquire"
    noun = not path or not path[0].chunk.span.overlaps(draft.trigger)
    if noun and happened:
        signs = path[0].lemma in ("announce", "sign", "unveil", "reveal", "approve", "propose")
        return Status.AGREED if signs or _PENDING.search(own) else Status.COMPLETED
    if happened:
        return Status.AGREED if _PENDING.search(own) else Status.COMPLETED
    return Status.AGREED


def _funded(path: Sequence[Clause], own: str) -> Status:
    if path and path[0].lemma in ("offer", "ask", "request", "seek", "apply", "want"):
        return Status.PROPOSED
    if path and _happened(path[0]) and path[0].lemma in _PAID and not _PENDING.search(own):
        return Status.COMPLETED
    return Status.AGREED


def _happened(clause: Clause) -> bool:
    verb = clause.verb
    return verb.form in "DN" and verb.modal is None and not verb.infinitive
