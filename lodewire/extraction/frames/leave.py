"""Leave told in any words: a noun of leave with a word of deciding beside it, whatever the grammar.

"an application for a discharge permit has been lodged", "Ministerial approval came in July", "the
licence lapsed", "was turned away". The frame of permits asks here where its grammar finds nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from lodewire.extraction.analysis import Sentence
from lodewire.extraction.frames import parties
from lodewire.extraction.grammar.clauses import Clause
from lodewire.extraction.grammar.sieve import any_of, sought
from lodewire.model.evidence import Span
from lodewire.model.vocabulary import MentionType

NOUN = sought(
    r"\b(?:(?:[a-z-]+ing|environmental|federal|state|provincial|ministerial|government|special use|water|"
    r"general|federal|final|planning|export|first|last|key|land|seabed|conditional|[A-Z][\w’'-]+)\s){0,3}"
    r"(?i:permits?|licen[cs]es?|approvals?|authori[sz]ations?|concessions?|(?:mining |exploration |exploitation |"
    r"mineral |gas |oil |federal |coal |lithium |land )?(?:leases?|titles?|tenements?|tenures?)|"
    r"(?:water|mining|mineral|surface|exploration|subsoil|drilling|extraction|grazing|land) rights?|"
    r"subsoil use (?:agreements?|contracts?|rights?)|waivers?|general licen[cs]es?|letters? of comfort|"
    r"stop-work orders?|records? of decision|(?:planning|building|development) (?:permission|consents?)|"
    r"consents?|clearances?|go-ahead|green light|nod|permission|sign-off|"
    r"(?:construction|operating|environmental|mining|compliance) certificates?|"
    r"right to (?:mine|explore|drill|dig|extract|operate|build)|environmental impact (?:statements?|assessments?|stud(?:y|ies))|"
    r"plans? of operations?|tender for|bid round|licensing round)\b",
    apart=True,
)
_WORDS: tuple[tuple[str, str], ...] = (
    (
        "applied",
        r"(?:re-?)?appl(?:y|ies|ied|ying|ication)(?:s)?(?: for| to)?|(?:re-?)?submit\w*|lodg\w+|fil(?:e|es|ed|ing)|sought|seek\w*|"
        r"request\w*|await\w*|pending|outstanding|yet to|under review|(?:public )?hearing|decision on|waits? for|"
        r"waiting for|still needs?|still lacks?|hopes? to (?:have|get|receive|obtain|win|secure)|"
        r"expects? to (?:have|get|receive|obtain|win|secure)|expected (?:to be|in|by)|are in from|due (?:in|by)",
    ),
    (
        "denied",
        r"den(?:y|ies|ied|ying|ial)|reject\w*|refus\w+|turn(?:s|ed|ing)? (?:down|away)|veto\w*|block(?:s|ed|ing)?|"
        r"knock(?:s|ed|ing)? back|declin\w+|advis\w+ against|threw out|throws out|thrown out|not (?:be )?(?:granted|renewed|approved|extended)",
    ),
    (
        "revoked",
        r"revok\w+|revocation|cancel\w*|withdr[ae]\w*|withdrew|stripp?\w*|annul\w*|rescind\w*|void\w*|terminat\w*|quash\w*|"
        r"overturn\w*|struck down|(?:take|takes|took|taken|taking) (?:back|away)|laps(?:e|es|ed|ing)|expir\w+|los(?:e|es|t|ing|s of)|forfeit\w*|"
        r"pull(?:s|ed)|nullif\w+|invalidat\w+|scrapp\w+|ran out",
    ),
    (
        "suspended",
        r"suspend\w*|suspension|froze|frozen|freez\w+|halt(?:s|ed)|paus(?:e|es|ed)|on hold",
    ),
    (
        "granted",
        r"grant\w*|award\w*|issu(?:e|es|ed|ing|ance)|approv(?:e|es|ed|ing)|receiv\w+|obtain\w*|secur\w+|w[io]n|wins|winning|winner|"
        r"got|gets?|gotten|giv(?:e|es|en|ing)|gave|hand(?:s|ed|ing)|clear(?:s|ed|ing)?|authori[sz](?:es?|ed|ing)|sign(?:s|ed|ing)?(?: off)?|"
        r"green-?l(?:it|ights?|ighted)|endors\w+|renew\w*|exten(?:d|ds|ded|ding|sion)|reinstat\w+|restor\w+|upheld|upholds?|"
        r"in hand|in place|came|come|comes|coming|vary|varied|varies|amend\w*|modif\w+|bag(?:s|ged)|land(?:s|ed)|confirm\w*|lift(?:s|ed|ing)?|"
        r"transfer\w*|allot\w*|allocat\w+|earn(?:s|ed)|gain(?:s|ed)|pick(?:s|ed) up",
    ),
)
_WORD = re.compile(
    "|".join(rf"(?P<{action}>\b(?:{words})\b)" for action, words in _WORDS), re.IGNORECASE
)
# Words between the noun and its deciding word that part the two.
_PARTS = re.compile(
    r"[;:]|\b(?:but|where|while|whereas|although|because|which would|despite|without|if|unless|once|until|subject to|"
    r"lawsuits?|complaints?|appeals?|challenges?|financing|loan|shareholders?|board)\b",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    r"\b(?:without|no|if|unless|once|whether|subject to|need for|shareholders?|shareholder|board|regulatory|antitrust|"
    r"merger|creditor|creditors|court|stock exchange|driving|fishing|patent|technology|software|social|prior|"
    r"faster|speed(?:ing)? up|quicker|streamlin\w+|more|new|many|several|all|such|(?<!last )(?<!first )(?<!rest )(?<!both )of)\s(?:[\w-]+\s){0,1}$",
    re.IGNORECASE,
)
_NOT = sought(
    r"\b(?:takeover|merger|acquisition|purchase of|sale of|loan|offering|bond|shareholders?|stock exchange|"
    r"antitrust|insurance|visa|drug|patent|software|broadcast)\b",
    re.IGNORECASE,
)
_STEMS = any_of(
    (
        "permit",
        "licen",
        "approv",
        "authori",
        "concession",
        "lease",
        "title",
        "tenement",
        "right",
        "claim",
        "waiver",
        "letter",
        "stop-work",
        "record",
        "permission",
        "consent",
        "clearance",
        "go-ahead",
        "green light",
        " nod",
        "sign-off",
        "certificate",
        "impact",
        "plan of op",
        "plans of op",
        "tender",
        "round",
    )
)
_SUM = re.compile(
    r"\s(?:on|over|from|that) (?:tax\w*|pric\w*|cost\w*|royalt\w*|fees?|First|[A-Z]\w+ (?:\w+ )?(?:sought|won|wanted))|"
    r"\s(?:for|of) (?:as much as |up to |a |some )?(?:[A-Z]{0,3}[$€£]|\d)"
)
_GAP = 75  # characters between the two words
# Nouns that are leave only beside a name of a mine or a word of mining.
_VAGUE = re.compile(
    r"(?:titles?|claims|consents?|clearances?|nod|permission|waivers?|go-ahead|green light|sign-off|approvals?|"
    r"leases?|tender for|licensing round|bid round)$",
    re.IGNORECASE,
)
MINING = sought(
    r"\b(?:min(?:e|es|ing)|project|deposit|drill\w*|explor\w+|smelter|refiner\w+|plant|factory|pit|quarry|field|"
    r"reactor|wind farm|pipeline|terminal|concession|well|block|expansion|ore|dam|tailings|seabed|site|facility)\b",
    re.IGNORECASE,
)


def find(sentence: Sentence, told: Sequence[Span] = ()) -> Iterator[tuple[str, Span, Span, Clause]]:
    """Yield action, noun, the deciding word and its clause, nearest pairs first.

    Nouns beside one of ``told`` are left out; each word decides on one noun only.
    """
    if not sentence.may_hold(_STEMS) or sentence.find(_NOT):
        return
    pairs: list[tuple[int, str, Span, Span]] = []
    for match in sentence.locate_all(NOUN):
        noun = Span(match.start(), match.end())
        if any(abs(t.start - noun.start) < 30 for t in told) or not _is_leave(sentence, noun):
            continue
        for action, word in _deciding(sentence, noun):
            gap = max(word.start - noun.end, noun.start - word.end, 0)
            pairs.append((gap, action, noun, word))
    used: list[Span] = []
    for _, action, noun, word in sorted(pairs, key=lambda p: p[0]):
        if any(u.overlaps(s) for u in used for s in (noun, word)):
            continue
        used += [noun, word]
        clause = _over(sentence, word)
        if clause is not None and not clause.verb.negated:
            yield action, noun, word, clause


def _is_leave(sentence: Sentence, noun: Span) -> bool:
    """Tell whether a noun is one of leave here: none that is lacking, for sale or only wished."""
    text = sentence.analysis.text
    words = noun.of(text)
    if re.match(r"(?:No|Without|Any) ", words) or _SUM.match(text, noun.end):
        return False
    if _BEFORE.search(text, sentence.span.start, noun.start):
        return False
    if _VAGUE.search(words) is None or sentence.find(MINING):
        return True
    return any(
        m.type is MentionType.SITE
        or (m.type is MentionType.ORGANISATION and parties.is_authority(sentence, m))
        for m in sentence.mentions
    )


_ONWARDS = sought(
    r"\b(?:hand(?:s|ed|ing)?|transfer(?:s|red|ring)?|bestow(?:s|ed)?|pass(?:es|ed|ing)?|award(?:s|ed|ing)?|"
    r"gives?|gave|giving|assign(?:s|ed|ing)?|re-?allocat(?:es|ed|ing))\s(?:it|them)\b[^.;]{0,60}?\b(?:to|on)\s"
)


def find_onwards(sentence: Sentence) -> tuple[Span, Span, Clause] | None:
    """ "took the lease of X and handed it to Y": the noun before, the words, their clause."""
    text, span = sentence.analysis.text, sentence.span
    match = sentence.locate(_ONWARDS)
    if match is None:
        return None
    nouns = list(NOUN.pattern.finditer(text, span.start, match.start()))
    word = Span(match.start(), len(text[: match.end()].rstrip()))
    clause = _over(sentence, word)
    if not nouns or clause is None:
        return None
    return Span(nouns[-1].start(), nouns[-1].end()), word, clause


_TO_WORK = (
    r"to\s(?:begin\s|start\s|resume\s|keep\s|continue\s|go on\s|go ahead with\s)?(?:build\w*|min(?:e|ing)|dig\w*|drill\w*|"
    r"operat\w+|expand\w*|explor\w+|develop\w*|construct\w*|produc\w+|extract\w*|restart\w*|reopen\w*|"
    r"process\w*|work\w*|commission\w*|pump\w*|lift\w*|use|discharge|start\w*|resume|proceed|store|dredg\w+)\b"
)
_LETS = sought(
    rf"\b(?:authori[sz]\w+|allow(?:s|ed|ing)?|clear(?:s|ed|ing)?|permit(?:s|ted|ting)?|let(?:s|ting)?|licen[cs](?:es|ed|ing)|"
    rf"green-?l(?:it|ights?|ighted))\s(?P<who>[^.;,]{{2,60}}?\s)?{_TO_WORK}|\bletting\s(?P<who2>[^.;,]{{2,60}}?)\s(?:mine|use|build|operate|drill)\b"
)


def find_let(sentence: Sentence) -> Iterator[tuple[str, Span, Span, Clause]]:
    """Yield like ``find`` where leave is told without a noun: "authorised X to dig a mine"."""
    text, span = sentence.analysis.text, sentence.span
    match = sentence.locate(_LETS)
    if match is None or MINING.pattern.search(text, match.start(), span.end) is None:
        return
    word = Span(match.start(), match.start() + len(match.group().split()[0]))
    clause = _over(sentence, word)
    if clause is not None and not clause.verb.negated:
        yield "granted", Span(match.start(), match.end()), word, clause


def _deciding(sentence: Sentence, noun: Span) -> Iterator[tuple[str, Span]]:
    text = sentence.analysis.text
    start = max(sentence.span.start, noun.start - _GAP)
    end = min(sentence.span.end, noun.end + _GAP)
    applied = re.search(r"\bapplications? (?:for|to)\b[^.;]{0,40}$", text[start : noun.start])
    for match in _WORD.finditer(text, start, end):
        word = Span(match.start(), match.end())
        if word.overlaps(noun) or re.match(r"\s(?:it|them)\b", text[word.end :]):
            continue
        between = text[min(word.end, noun.end) : max(word.start, noun.start)]
        if _PARTS.search(between):
            continue
        action = match.lastgroup or "granted"
        if (
            applied
            and action == "granted"
            and re.match(r"(?:giv|gave|issu|hand|came|com)", match[0])
        ):
            action = "applied"
        yield action, word


def _over(sentence: Sentence, word: Span) -> Clause | None:
    inside = (c for c in sentence.clauses if c.chunk.span.overlaps(word))
    return next(inside, None) or sentence.clause_of(word)


def full_name(sentence: Sentence, noun: Span) -> Span:
    """Return the phrase of the noun, with a leave that it is of: "approval was given to [a mining lease]"."""
    phrase = sentence.chunk_at(noun.start)
    start = min(noun.start, phrase.span.start) if phrase is not None else noun.start
    end = max(noun.end, phrase.span.end) if phrase is not None else noun.end
    for chunk in sentence.noun_phrases():
        near = 0 <= chunk.span.start - end <= 16
        if near and NOUN.pattern.search(chunk.span.of(sentence.analysis.text)):
            return Span(start, chunk.span.end)
    return Span(start, end)
