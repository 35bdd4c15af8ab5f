"""Whether two tellings say the same: by entity, by number within its rounding, by words."""

from __future__ import annotations

import re
from decimal import Decimal

from lodewire.model.event import Argument
from lodewire.ontology.countries import load_countries
from lodewire.ontology.organisations import load_organisations

_TOLERANCE = Decimal("0.02")


def same_value(left: Argument, right: Argument) -> bool:
    """Tell whether two arguments of one role say the same."""
    if left.entity is not None and right.entity is not None:
        if left.role == right.role == "authority":
            return is_one_government(left.entity, right.entity)
        return left.entity == right.entity or _is_one_place(left, right) or _is_short(left, right)
    if left.quantity is not None and right.quantity is not None:
        if left.quantity.unit != right.quantity.unit:
            return False
        (a, b), (c, d) = left.quantity.bounds, right.quantity.bounds
        return _close(a, c) and _close(b, d)
    if left.start is not None and right.start is not None:
        if left.end is None or right.end is None:
            return left.start == right.start
        return left.start <= right.end and right.start <= left.end
    a_words, b_words = left.value.lower(), right.value.lower()
    if a_words in b_words or b_words in a_words:
        return True
    return left.role == "action" and _share_words(a_words, b_words)


_FIRST_WORD = 4  # letters; less is an initial or an article


def _is_short(left: Argument, right: Argument) -> bool:
    """ "ORFORD" in a headline is "Orford Mining Corporation": of two names that no list knows one
    may be the beginning of the other.
    """
    if left.role != right.role or left.role not in _NAMES:
        return False
    if not (left.entity or "").startswith("ent_") or not (right.entity or "").startswith("ent_"):
        return False
    ours, theirs = sorted((_words(left), _words(right)), key=len)
    return bool(ours) and len(ours[0]) >= _FIRST_WORD and theirs[: len(ours)] == ours


_NAMES = frozenset(
    "party supplier buyer acquirer target seller investor recipient holder operator".split()
)


def _words(argument: Argument) -> list[str]:
    return re.findall(r"[^\W_]+", argument.text.lower())


_PLANT = re.compile(
    r"\s(?:mine|smelter|refinery|plant|complex|project|operations?|works)s?$", re.IGNORECASE
)


def _is_one_place(left: Argument, right: Argument) -> bool:
    """ "Kennecott mine" and "Kennecott smelter": works of one name are told as one site."""
    if left.role != "site" or right.role != "site":
        return False
    ours, theirs = _PLANT.sub("", left.text), _PLANT.sub("", right.text)
    return ours[:1].isupper() and len(ours) > 3 and ours == theirs


def _share_words(left: str, right: str) -> bool:
    """Tell whether two phrases for an action share half of the shorter one's words and a figure."""
    ours, theirs = (
        {w.removesuffix("s") for w in re.findall(r"[a-z]{4,}|\d[\d.,]*", words)} - _COMMON
        for words in (left, right)
    )
    figures = [{w for w in words if w[0].isdigit()} for words in (ours, theirs)]
    if all(figures) and not figures[0] & figures[1]:
        return False
    works = [words & _WORKS for words in (ours, theirs)]
    if all(works) and not works[0] & works[1]:
        return False
    return len(ours & theirs) * 2 >= min(len(ours), len(theirs)) > 0


_WORKS = frozenset(("mining", "smelting", "separation", "refining", "processing"))
_COMMON = frozenset("that which with from this would will have been were their year".split())


def is_one_government(left: str, right: str) -> bool:
    """Tell whether two authorities act for one country: "China" and its ministry of commerce.

    A body that no table lists is taken for an office of whatever country it is told with; two
    bodies of one country are two authorities.
    """
    if left == right or left in parents_of(right) or right in parents_of(left):
        return True
    ours, theirs = _country_of(left), _country_of(right)
    if ours and theirs and left not in (ours, theirs) and right not in (ours, theirs):
        return False
    return "" in (ours, theirs) if ours != theirs else ours != ""


def parents_of(entity: str) -> set[str]:
    """Return the bodies above an office: the Treasury for its Office of Foreign Assets Control."""
    organisation = load_organisations().get(entity)
    return {organisation.parent} if organisation is not None and organisation.parent else set()


def _country_of(entity: str) -> str:
    if entity in load_countries():
        return entity
    organisation = load_organisations().get(entity)
    if organisation is None:
        return ""
    official = organisation.kind.value in ("ministry", "agency", "government")
    return organisation.country if official else entity


def _close(left: Decimal, right: Decimal) -> bool:
    return abs(left - right) <= _TOLERANCE * max(abs(left), abs(right))
