"""What a quantity is of, and on what terms: substance, grade, delivery terms, contract."""

from __future__ import annotations

import re

from lodewire.extraction.quantities.drafts import Draft, unit_kind
from lodewire.model.evidence import Span
from lodewire.model.vocabulary import QuantityKind

_CHEMICALS = (
    r"U3O8|U₃O₈|UF6|Li2O|Li₂O|Li2CO3|LiOH\.H2O|LiOH|LCE|TREO|TREE|REO|REE|HREO|LREO|MREO|NdPrO?|"
    r"Nd-Pr|Nd₂O₃|Nd2O3|Pr6O11|Dy2O3"
    r"|Tb4O7|WO3|WO₃|V2O5|V₂O₅|TiO2|ZrO2|SnO2|Ta2O5|Nb2O5|Cr2O3|P2O5|K2O|KCl|MoO3|Al2O3|SiO2|Fe2O3|"
    r"Fe|Cu|CuEq|NiEq"
    r"|AuEq|AgEq|ZnEq|PbEq|SnEq|LiEq|GEO|Ni|Co|Li|Zn|Pb|Sn|Au|Ag|Pt|Pd|Rh|PGMs?|PGE|[34]E|6E|Mo|Mn|"
    r"Sb|Bi|Ga|Ge|In|Te|Ta"
    r"|Nb|Zr|Ti|Cr|Mg|Nd|Pr|Dy|Tb|Cg|TGC|C|U|W|V|Be|Cs|Sc|Y|La|Ce|Sm|Gd|S|B"
)
_SYMBOL = re.compile(
    rf"[ \u00a0](?P<what>(?:eq(?:uivalent)?\.? )?(?:{_CHEMICALS}))(?![\w-])(?!\.[A-Z])"
)
_WORDY = re.compile(
    r"[ \u00a0](?:of[ \u00a0])?(?P<what>(?:total rare earth oxides?|rare earth oxides?|rare-earth "
    r"oxides?|total graphitic carbon"
    r"|graphitic carbon|lithium carbonate equivalent|copper equivalent|gold equivalent|silver "
    r"equivalent|nickel equivalent"
    r"|lithium oxide|tungsten trioxide|uranium oxide|iron content|copper|nickel|cobalt|zinc|lead|"
    r"tin|gold|silver|lithium"
    r"|tungsten|antimony|graphite|manganese|vanadium|titanium dioxide|uranium|iron|alumina|tantalum"
    r"|niobium))\b"
)
_GRADED_BEFORE = re.compile(
    r"\b(?:grad(?:e|es|ing)|grade of|averag(?:e|es|ing)|assay(?:s|ing|ed)?|at|containing|"
    r"@)\s*(?:an average of |about |around |of )?$",
    re.I,
)
_OF = re.compile(
    r"[ \u00a0](?:worth )?of[ \u00a0](?:the |its |their )?(?P<what>[A-Za-z][\w’'₂₃-]*(?:[ "
    r"\u00a0][A-Za-z][\w’'₂₃-]*){0,4})"
)
_STOP = frozenset(
    "a an the in at by for from to and or was were is are will would that which while as with has "
    "had have on per "
    "each every this next last into out under over than but so if when where who it its their they "
    "he she we you "
    "every annually yearly monthly daily produced mined exported imported sold bought delivered "
    "shipped through "
    "during before after since until between among against because via within without about around "
    "after "
    "including whose once also only not can could may might should must did does do been being be "
    "up down off "
    "currently globally worldwide overall".split()
)
_AMOUNTS = frozenset(
    {QuantityKind.MASS, QuantityKind.MASS_RATE, QuantityKind.VOLUME, QuantityKind.VOLUME_RATE}
)
_BASIS_AFTER = re.compile(
    r"[ ,]{1,2}\(?(?P<basis>(?:CIF|C\.I\.F\.|CFR|C&F|CNF|FOB|FCA|FAS|DDP|DAP|DDU|EXW|CPT|cif|fob|"
    r"cfr|ddp|exw)"
    r"(?:[ ](?:[A-Z][\w.-]*|main|in-warehouse))*|(?:ex[- ]works|duty[- ](?:paid|unpaid)|in[- "
    r"]warehouse|ex[- ]warehouse|delivered)"
    r"(?:[ ](?:in )?[A-Z][\w.-]*)*|(?:dry|wet) basis|on an? (?:dry|annualised|annualized|100%|"
    r"contained|equity|gross) basis"
    r"|annualised|annualized|LCE|TREO|REO|dmt|nameplate|contained)(?![\w-])"
)
_BASIS_BEFORE = re.compile(
    r"\b(?P<basis>(?:(?:LME|SHFE|Comex|COMEX|CME|LBMA|GFEX|MCX)(?: [a-z]+)? (?:cash|three-month|"
    r"3-month|spot|settlement|official)"
    r"|three-month|LME cash|cash|spot|CIF [A-Z]\w+|FOB [A-Z]\w+|CFR [A-Z]\w+|duty-paid|duty paid|"
    r"duty-unpaid|in-warehouse"
    r"|ex-works|all-in))\b(?! costs?)[^.;,]{0,60}$"
)
_NAMEPLATE = re.compile(
    r"\b(?P<basis>nameplate|annualised|annualized|installed)\b[^.;,]{0,40}$", re.I
)


def settle_basis(text: str, drafts: list[Draft]) -> None:
    """Fill in basis and substance from the words beside each quantity, in place."""
    floor = 0
    for draft in drafts:
        if draft.unit is not None:
            _settle(text, draft, floor)
        floor = draft.end


def _settle(text: str, draft: Draft, floor: int) -> None:
    kind = draft.kind
    if draft.unit in {"%", "ppm", "ppb"} or kind is QuantityKind.GRADE:
        _settle_grade(text, draft)
    elif kind in _AMOUNTS:
        _settle_substance(text, draft)
        if draft.basis is None:
            found = _NAMEPLATE.search(text[max(floor, draft.start - 60) : draft.start])
            draft.basis = found.group("basis").lower() if found else None
    elif kind is QuantityKind.PRICE:
        _settle_price(text, draft, floor)


def _settle_price(text: str, draft: Draft, floor: int) -> None:
    symbol = _SYMBOL.match(text, draft.end)
    if symbol is not None:
        draft.substance = Span(*symbol.span("what"))
    after = _BASIS_AFTER.match(text, symbol.end() if symbol is not None else draft.end)
    if after is not None:
        draft.basis = after.group("basis").strip()
        return
    if draft.basis is None:
        before = _BASIS_BEFORE.search(text[max(floor, draft.start - 80) : draft.start])
        draft.basis = before.group("basis") if before else None


def _settle_grade(text: str, draft: Draft) -> None:
    symbol = _SYMBOL.match(text, draft.core_end)
    if symbol is not None:
        draft.graded, draft.substance = True, Span(*symbol.span("what"))
        what = symbol.group("what")
        if what in {"TREO", "REO", "TREE", "LCE", "CuEq", "AuEq", "AgEq", "NiEq", "HREO", "MREO"}:
            draft.basis = draft.basis or what
        return
    wordy = _WORDY.match(text, draft.core_end)
    before = text[max(0, draft.start - 28) : draft.start]
    led = _GRADED_BEFORE.search(before)
    if wordy is not None and not wordy.group().lstrip().startswith("of") and led is not None:
        draft.graded, draft.substance = True, Span(*wordy.span("what"))
    elif (
        led is not None
        and led.group().lower().startswith("grad")
        and unit_kind(draft.unit or "") is QuantityKind.PERCENT
    ):
        draft.graded = True


def _settle_substance(text: str, draft: Draft) -> None:
    symbol = _SYMBOL.match(text, draft.core_end)
    if symbol is not None:
        draft.substance = Span(*symbol.span("what"))
        what = symbol.group("what")
        if (
            what in {"TREO", "REO", "LCE", "CuEq", "AuEq", "AgEq", "NiEq", "GEO"}
            and draft.basis is None
        ):
            draft.basis = what
        return
    if draft.substance is not None:
        return
    match = _OF.match(text, draft.end, draft.end + 70)
    if match is None:
        return
    end = _phrase_end(match.group("what"))
    if end:
        draft.substance = Span(match.start("what"), match.start("what") + end)


def _phrase_end(phrase: str) -> int:
    """Return the length of the noun phrase at the head of ``phrase``."""
    end = 0
    for place, word in enumerate(re.finditer(r"\S+", phrase)):
        low = word.group().lower()
        if low in _STOP or (place and low.endswith(("ed", "ing", "ly")) and low not in {"bearing"}):
            break
        end = word.end()
    return end
