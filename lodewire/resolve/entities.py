"""One thing under several names: legal suffixes, spellings, short and long forms."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from lodewire.model.entity import Entity, Mention
from lodewire.model.ids import EntityId, content_id
from lodewire.model.vocabulary import MentionType, Opinion
from lodewire.resolve.judging import Score

# Forms of companies in common use (ISO 20275 lists them by country).
_LEGAL = frozenset(
    """inc incorporated corp corporation co company ltd limited plc llc llp lp pty ag sa nv bv
    gmbh kg kgaa se oy oyj ab asa as aps spa srl sarl sas kk kabushiki kaisha bhd berhad sdn pjsc
    ojsc oao pao ooo jsc zao tbk pte pvt spzoo doo ad ltda cv sab nl npv holdco proprietary
    unlimited""".split()
)
_LEGAL_FRONT = frozenset(("pt", "the", "cia", "jsc", "pao", "oao", "pjsc"))
# Words that a name may carry or not without naming another company.
_LOOSE = frozenset(("group", "holding", "holdings", "international", "global"))
_SITE_WORDS = frozenset(
    """mine mines mining project projects deposit deposits smelter refinery plant plants field
    fields operation operations complex property facility site works factory gigafactory tenement
    tenements concession prospect pit basin block terminal""".split()
)
# First words that many unlike names share: two names alike only in these are not alike.
_COMMON_FIRST = frozenset(
    """china chinese japan japanese us usa american america australia australian canada canadian
    russia russian india indian indonesia indonesian korea korean south north west east western
    eastern northern southern central new first united national general global international
    european eu africa african asia asian latin british uk german germany french france brazil
    brazilian chile chilean peru mexico mexican kazakhstan namibia zambia congo saudi arabian
    great pacific atlantic royal state federal ministry department bank government""".split()
)
_GAPS = re.compile(r"[^\w]+", re.UNICODE)


@lru_cache(maxsize=65_536)
def normalise_name(name: str, type_: MentionType | None = None) -> str:
    """Return the comparable form of a name: lower case, no accents, no legal form.

    "Namibia Critical Metals Inc." and "NAMIBIA CRITICAL METALS" give the same; sites lose words
    such as "mine" and "project" as well. Never empty unless the name has no letter or digit.
    """
    folded = unicodedata.normalize("NFKD", name.replace("&", " and ")).casefold()
    plain = "".join(c for c in folded if not unicodedata.combining(c))
    plain = plain.replace("’", "'").replace("'s ", " ").replace("'", "").replace(".", "")
    words = [w for w in _GAPS.sub(" ", plain).replace("_", " ").split() if w]
    if type_ is MentionType.COMMODITY:
        return " ".join(words)
    kept = _strip(words, _LEGAL, _LEGAL_FRONT)
    if type_ is MentionType.SITE:
        kept = _strip(kept, _SITE_WORDS, frozenset(("the",)))
    return " ".join(kept)


def _strip(words: list[str], tail: frozenset[str], front: frozenset[str]) -> list[str]:
    while len(words) > 1 and words[-1] in tail:
        words = words[:-1]
        if len(words) > 1 and words[-1] in ("and", "of"):
            words = words[:-1]
    while len(words) > 1 and words[0] in front:
        words = words[1:]
    return words


def canonical_id(type_: MentionType, name: str, entity: EntityId | None = None) -> EntityId:
    """Return the id that all spellings share.

    An entity of the ontology keeps its id; one that is only met in texts gets an id from its
    type and normalised name.
    """
    if entity is not None and not entity.startswith("ent_"):
        return entity
    return EntityId(content_id("ent", type_.value, normalise_name(name, type_)))


def entities_of(mentions: Iterable[Mention]) -> tuple[Entity, ...]:
    """Return the things that a document names, one each, with the spellings met, by id."""
    names: dict[EntityId, set[str]] = {}
    firsts: dict[EntityId, Mention] = {}
    homes: dict[EntityId, set[str]] = {}
    for mention in mentions:
        id_ = canonical_id(mention.type, mention.name, mention.entity)
        firsts.setdefault(id_, mention)
        homes.setdefault(id_, set()).update([mention.country] if mention.country else [])
        told = names.setdefault(id_, set())
        told.add(mention.name)
        if not mention.generic:
            told.add(mention.text)
    found = []
    for id_ in sorted(names):
        first = firsts[id_]
        # The fullest canonical name; ties by letter, so that order of mentions plays no part.
        main = first.name if first.known else max(names[id_], key=lambda n: (len(n), n))
        found.append(
            Entity(
                id=id_,
                type=first.type,
                name=main,
                country=max(homes[id_], default=None) if first.known else None,
                aliases=tuple(sorted(names[id_] - {main})),
                known=first.known,
            )
        )
    return tuple(found)


def same_name(left: str, right: str, type_: MentionType | None = None) -> Score:
    """Judge whether two names may stand for one thing, by the names alone."""
    a, b = normalise_name(left, type_), normalise_name(right, type_)
    if not a or not b:
        return Score(value=0.0, opinion=Opinion.DIFFERENT)
    if a == b:
        return Score(value=1.0, opinion=Opinion.SAME, reasons=(f"both are {a!r}",))
    words_a, words_b = a.split(), b.split()
    if [w for w in words_a if w not in _LOOSE] == [w for w in words_b if w not in _LOOSE]:
        return Score(value=0.9, opinion=Opinion.SAME, reasons=("the same but for 'group'",))
    if is_short_form(words_a, words_b):
        return Score(value=0.7, opinion=Opinion.UNSURE, reasons=(f"{a!r} and {b!r}: one goes on",))
    if _is_acronym(words_a, words_b):
        return Score(
            value=0.6, opinion=Opinion.UNSURE, reasons=("one spells the other's initials",)
        )
    return Score(value=0.0, opinion=Opinion.DIFFERENT, reasons=(f"{a!r} is not {b!r}",))


def is_short_form(left: list[str], right: list[str]) -> bool:
    """Tell whether one name is the beginning of the other, beyond a word that many share."""
    short, long = sorted((left, right), key=len)
    if not short or long[: len(short)] != short or len(short) == len(long):
        return False
    return any(word not in _COMMON_FIRST and len(word) > 2 for word in short)


def _is_acronym(left: list[str], right: list[str]) -> bool:
    short, long = sorted((left, right), key=len)
    if len(short) != 1 or len(long) < 2 or len(short[0]) < 3:
        return False
    little = {"of", "and", "for", "the", "de", "du", "da", "do"}
    return short[0] in (
        "".join(w[0] for w in long),
        "".join(w[0] for w in long if w not in little),
    )
