"""What an unlisted name is, judged by the words around all its occurrences in a text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from lodewire.extraction.naming.cues import cue_endings, cue_union, load_cues
from lodewire.model.evidence import Span
from lodewire.model.vocabulary import MentionType

_TAKEN_OVER = re.compile(
    r"\b(?:acquir(?:e|es|ed|ing)|(?:the|its) acquisition of|merge(?:s|d|r)? with|"
    r"(?:will|to|would) supply|takeover of|bid for|ventures? with|alliance with|pact with|"
    r"off-?take (?:agreement|deal|contract)s? with)\s$"
)
_TICKER = re.compile(r"\s?\((?:[A-Z][\w.\- ]{1,12}:\s?[A-Z0-9]|“?[A-Z]{2,8}”?\))")
_AFTER = re.compile(r"[’']?s?\s*,?\s*([A-Za-z-]+)(?:\s+([A-Za-z-]+))?")
_BEFORE = re.compile(r"(?:([A-Za-z.-]+)\s+)?([A-Za-z.-]+)\s+$")
THRESHOLD = 3


@dataclass(slots=True)
class Votes:
    """Weighted evidence for each kind of name."""

    organisation: int = 0
    person: int = 0
    place: int = 0
    site: int = 0

    def winner(self) -> MentionType | None:
        """Return the kind that the evidence carries, or None when nothing reaches the bar."""
        ranked = sorted(
            (
                (self.site, MentionType.SITE),
                (self.organisation, MentionType.ORGANISATION),
                (self.person, MentionType.PERSON),
                (self.place, MentionType.PLACE),
            ),
            key=lambda pair: -pair[0],
        )
        best, second = ranked[0], ranked[1]
        if best[0] < THRESHOLD:
            return None
        if best[0] == second[0]:
            # A noun of works right behind the name outweighs equal signs of a firm or a place.
            works = best[1] is MentionType.SITE and second[1] is not MentionType.PERSON
            return MentionType.SITE if works else None
        return best[1]


def vote(text: str, name: str, occurrences: Sequence[Span]) -> Votes:
    """Collect the votes of the name's own words and of each occurrence's neighbours."""
    votes = Votes()
    _by_form(name, votes)
    for span in occurrences:
        left, right = text[max(0, span.start - 40) : span.start], text[span.end : span.end + 90]
        _by_left(left, votes)
        _by_right(right, votes)
        if _OWNED.search(left) and _OWN_WORKS.match(right):
            votes.site += 4
    return votes


def _by_form(name: str, votes: Votes) -> None:
    cues = load_cues()
    words = name.split()
    last = words[-1].lower()
    if not _is_distinct(words) and not (last in cues["legal"] and len(words) > 2):
        votes.organisation -= 9
    if all(w.lower() in cue_union("site_words", "site_nouns", "company_nouns") for w in words):
        votes.site -= 9  # "Lithium Project" after a name is no site of its own
    if last in cues["legal"] and len(words) > 1:
        votes.organisation += 5
    elif last in cue_union("company_nouns", "agency_ends") and len(words) > 1:
        votes.organisation += 4
    if words[0].lower() in cues["organisation_openers"] and len(words) > 1:
        votes.organisation += 5
    if any(re.search(r"[a-z][A-Z]", w) for w in words):
        votes.organisation += 2  # BaoSteel, PolyMet
    if words[0].lower() in cues["agency_starts"] and len(words) > 2:
        votes.organisation += 5
    if words[0].lower().rstrip(".") in cues["first_names"] and len(words) in (2, 3):
        votes.person += 4
    if last in cues["place_after"]:
        votes.place += 4
    if last in cues["site_nouns"] and len(words) > 1:
        votes.site += 4
    _by_first(words, votes)


def _by_first(words: Sequence[str], votes: Votes) -> None:
    """ "Fab 12A", "FPSO Cabo Branco", "Cerro Alto"; "Association of …" told by what it opens."""
    cues = load_cues()
    first = words[0].lower()
    numbered = first in cues["numbered"] and any(c.isdigit() for c in words[-1])
    if len(words) > 1 and (first in cues["named_by"] or numbered):
        votes.site += 3
    elif len(words) > 1 and first in cues["toponyms"]:
        votes.site += 1
    for word, follows in pairwise(words):
        if word.lower() in cues["agency_ends"] and follows in ("of", "for"):
            votes.organisation += 4
            return


def _is_distinct(words: Sequence[str]) -> bool:
    """A name needs one word of its own: "Metals & Mining" is a heading."""
    ordinary = cue_union("company_nouns", "site_words", "legal", "soft_openers")
    return any(w.lower().strip(",.") not in ordinary and w[:1].isalnum() for w in words)


_SUFFIXES = tuple(sorted(load_cues()["organisation_before_suffix"]))


# What the patterns below end in; looked at first, since they begin to search at every word.
_PREPOSED = tuple("acquire acquires acquired acquiring of with supply for".split())
_WHERE = frozenset(("at", "from", "the", "in", "near", "outside"))


def _by_left(left: str, votes: Votes) -> None:
    cues = load_cues()
    clean = left.lower()
    suffixed = clean.rstrip().endswith(_SUFFIXES)
    if suffixed and not re.search(r"(?:%|\bwholly|\bmajority|\bjointly)-owned\s*$", clean):
        votes.organisation += 3
    if clean.endswith(cue_endings("organisation_of")):
        votes.organisation += 3
    if clean.rstrip().endswith(_PREPOSED) and _TAKEN_OVER.search(left):
        votes.organisation += 3
    match = _BEFORE.search(left)
    if match is None:
        return
    word = match.group(2).lower()
    if word in cues["organisation_before"]:
        votes.organisation += 3
    if word in cues["person_titles"]:
        votes.person += 4
    if word in ("in", "near"):
        votes.place += 1
    if ":" in left[-2:] and _POST.search(left):
        votes.organisation += 4
    if word in _WHERE and _AT_WORK.search(left):
        votes.site += 4


def _by_right(right: str, votes: Votes) -> None:
    cues = load_cues()
    if _TICKER.match(right):
        votes.organisation += 4
    possessed = right.startswith(("'s ", "’s ", "' ", "’ "))
    match = _AFTER.match(right)
    if match is None:
        return
    word, next_word = match.group(1).lower(), (match.group(2) or "").lower()
    comma = right.lstrip("’'s")[:2].startswith(",")
    if possessed:
        votes.organisation += 3 if word in cues["organisation_possessed"] else 0
        return
    if comma:
        kind = _apposition(right)
        votes.organisation += 4 if kind == "firm" else 0
        votes.site += 4 if kind == "works" else 0
        votes.person += 4 if word in cues["person_after"] and _is_office(word, next_word) else 0
        return
    if word in cues["organisation_after"] or _DEALS.match(right) or _WORKS.match(right):
        votes.organisation += 3
    elif word in cues["organisation_verbs"]:
        votes.organisation += 1
    if word in cues["place_after"]:
        votes.place += 4
    votes.site += _site_vote(right)


# What only firms do: "Altura will supply", "Weihua to buy", "Ruifu has agreed to acquire".
_DEALS = re.compile(
    r"\s(?:will |would |to |is to |are to |has |had |has agreed to |agreed to |agrees to |"
    r"plans to )?"
    r"(?:suppl(?:y|ies|ied)|acquir(?:e|es|ed)|buy|buys|bought|purchas(?:e|es|ed)|ink(?:s|ed)|"
    r"operat(?:e|es|ed)|produces|mines|divest(?:s|ed)?|(?:completed|closed|announced) (?:the|its) "
    r"(?:acquisition|purchase|sale|takeover|divestment))\b(?! (?:time|power)\b)"
)
# A firm's work on a firm's things: "Samberra has restarted its Kolwa mine".
_WORKS = re.compile(
    r"\s(?:(?:meanwhile|also|again|now|already) )?(?:has |have |had |will |would |to |is to |is |"
    r"plans to |expects to |aims to |may |could |hopes to |intends to |has had to )?(?:also |now |"
    r"already |again |meanwhile |temporarily |officially )?"
    r"(?:restart|halt|suspend|resum|idl|min|ship|sign|plan|expect|target|commission|build|built|"
    r"expand|drill|own|merg|form|shut|clos|cut|secur|win|won|begin|began|commenc|start|complet|"
    r"launch|report|rais|sell|sold|develop|explor|post|lift|book|idl|trim|order|hold|held|mull|"
    r"file|announc|double|construct|extend|award|find|found|pour|produc|smelt|refin|put|plac|switch|"
    r"stop|ramp|bring|brought|open|declar|load|pump|relight|relit|fire|feed|fed|turn|churn|scal|slow|"
    r"reopen|mothball|curtail|inaugurat|unveil|scrap|shelv|postpon|delay|fast-track|evacuat|bank|"
    r"reactivat|recommenc|tap|dig|dug|gave up|giv|earmark|pencil|lower|revis|keep|kept|maintain|see)"
    r"(?:e|es|s|ed|d|ing|ning|ting|ting|ped|ned|ted)?\b[^.;]{0,60}?\b"
    r"(?:its|mines?|plants?|smelters?|pot ?lines?|fabs?|shaft|pit|guidance|works|operations|"
    r"refiner(?:y|ies)|projects?|furnaces?|production|output|"
    r"drilling|tonnes|tons|ounces|barrels|shares|placement|loan|offtake|joint venture|profit|"
    r"revenue|guidance|lithium|copper|gold|nickel|cobalt|zinc|uranium|graphite|rare earths?|"
    r"concentrate|oxide|steel|alumin(?:i)?um|factory|pipeline|reserves|resource|stake|quarterly)\b"
)
_PLANT_NOUN = (
    r"(?:mines?|plants?|smelters?|refiner(?:y|ies)|factor(?:y|ies)|gigafactor(?:y|ies)|fabs?|mills?|"
    r"concentrators?|furnaces?|lines?|units?|facilit(?:y|ies)|complex|terminals?|works|potlines?|"
    r"shafts?|pits?|projects?|trains?|wells?|rigs?|electroly[sz]ers?|reactors?|hubs?|circuits?|kilns?)"
)
_AT_WORK = re.compile(
    r"\b(?:gold|production|output|drilling|mining|operations?|ore|work|exploration|strike|fire|"
    r"construction|resources?|reserves?|deposit|concentrate|pour|mineralisation|grades?|holes?|"
    r"shaft|pit|tailings|expansion|restart|accident|flooding|outage|shutdown|stoppage|halt|closure|"
    r"blaze|explosion|blast|collapse|smelting|refining|milling|processing|rates|runs|capacity|"
    r"leak|spill|maintenance|ramp-up|commissioning|shipments|loadings|walkout|blockade|RC|aircore|"
    rf"throughput|cargo|{_PLANT_NOUN}) (?:at|from) (?:the )?$|"
    r"\b(?:plant|smelter|refinery|factory|gigafactory|fab|mill|foundry|steelworks|works|cracker) "
    r"(?:in|near|outside) $",
    re.IGNORECASE,
)
# "Broker: SP Angel": whoever holds a post, at the foot of an announcement.
_POST = re.compile(
    r"\b(?:advis[eo]rs?|nomad|brokers?|bookrunners?|auditors?|media|public relations|counsel|"
    r"lenders?|contractors?|consultants?|underwriters?|registrar|operator|owner|buyer|seller):\s$",
    re.IGNORECASE,
)
# "Toho's Wakamatsu furnaces", "its Jamnagar heterojunction line": works by whom they belong to.
_OWNED = re.compile(r"(?:[’']s|s[’']|\b(?:its|their|our)) $", re.IGNORECASE)
_OWN_WORKS = re.compile(rf"(?:,? [\w-]+,?){{0,3}}? {_PLANT_NOUN}\b")
_APPOSITION = re.compile(r",\s(?:an?|the|one of|which is an?)\s([^,.;]{3,80})")


def _apposition(right: str) -> str | None:
    """ "X, a diversified mining company", "X, a nickel mine of the group": "firm" or "works"."""
    match = _APPOSITION.match(right)
    if match is None:
        return None
    cues = load_cues()
    words = re.findall(r"[a-z-]+", match.group(1).lower())
    for word, follows in pairwise([*words, ""]):  # an aside may be a figure alone: no words
        if word in cues["organisation_before"] or word == "arm":
            return "firm"
        if word in _ELSEWHERE:
            return None
        if (
            word in cues["site_nouns"]
            and follows not in cue_union("organisation_before", "person_titles")
            and follows != "s"
        ):
            return "works"
    return None


_ELSEWHERE = frozenset("of in with for near at on to which who that whose from by and".split())


def _is_office(word: str, next_word: str) -> bool:
    offices = load_cues()["person_titles"]
    return word not in ("a", "an", "the") or next_word in offices


def _site_vote(right: str) -> int:
    """4 when a site noun follows, with at most four describing words between."""
    cues = load_cues()
    words = re.findall(r"[a-z][a-z-]*|[^a-z\s]", right.lower())[:6]
    for index, word in enumerate(words):
        if word in cues["site_nouns"]:
            return 4
        if word not in cues["site_words"] or index > 4:
            return 0
    return 0
