"""Words that ban, cap, license, tax or free exports, one pattern an action."""

from __future__ import annotations

import re

from lodewire.extraction.grammar.sieve import sought

# "exports", "shipments", "overseas sales"; exporters and export markets are something else.
EXPORT = (
    r"(?:exports?(?!\s(?:revenue|earnings|markets?|terminal|income|volumes|growth|prices?))|"
    r"exporting|shipments?(?: abroad| overseas)?|shipping|overseas sales|outbound shipments?|outflows?|"
    r"sales? (?:abroad|overseas)|sales?(?= of [^.;,]{3,50}? (?:to (?:[A-Z]\w+ )?(?:foreign\w*|buyers|users|"
    r"customers)|abroad|overseas)))\b"
)


RULE = (
    r"(?:bans?|restrictions?|controls?|quotas?|curbs?|licen[cs]\w+|tax(?:es)?|dut(?:y|ies)|lev(?:y|ies)|"
    r"limits?|rules|requirements?|suspension|embargo|prohibition|moratorium|halt)"
)


_GAP = r"(?:[^\s.;]+\s){0,%d}?"


_ENDS = (
    r"lift(?:s|ed|ing)?|eas(?:e|es|ed|ing)|remov(?:e|es|ed|ing|al of)|scrap(?:s|ped|ping)?|"
    r"end(?:s|ed|ing)?|repeal(?:s|ed|ing)?|relax(?:es|ed|ing)?|loosen(?:s|ed|ing)?|revers(?:e|es|ed|ing)|"
    r"abolish(?:es|ed|ing)?|revok(?:e|es|ed|ing)|waiv(?:e|es|ed|ing)|withdr(?:aws?|ew|awn|awing)|"
    r"suspend(?:s|ed|ing)?|paus(?:e|es|ed|ing)|drop(?:s|ped|ping)?|rollback of|roll(?:s|ed)? back"
)


_BANS = (
    r"bans?|banned|banning|halt(?:s|ed|ing)?|stop(?:s|ped|ping)?|suspend(?:s|ed|ing)?|suspension of|"
    r"block(?:s|ed|ing)?|prohibit(?:s|ed|ing)?|forbid(?:s|den|ding)?|forbade|embargo\w*|"
    r"outlaw(?:s|ed|ing)?|prohibition (?:on|of)|moratorium on|halt (?:to|in|of)|"
    r"(?<!countries )(?<!nations )(?<!all )(?<!none )(?<!nothing )bar(?:s|red|ring)?|fr(?:eezes?|oze|ozen|eezing)"
)


_CURBS = (
    r"restrict(?:s|ed|ing)?|limit(?:s|ed|ing)?|curb(?:s|ed|ing)?|control(?:s|led|ling)?|"
    r"tighten(?:s|ed|ing)?(?:\sits|\sthe|\scontrols on|\srules on)?|clamp(?:s|ed)? down on"
)


_BE = r"(?:(?:has|have|had|will|would|to|is|are|was|were|be|been|being)\s){1,3}"


_PATTERNS: tuple[tuple[str, str], ...] = (
    (
        "lifting",
        rf"\b(?:{_ENDS})\s{_GAP % 9}(?:{EXPORT}\s{RULE}|{RULE}\s(?:on|of|for)\s{_GAP % 8}{EXPORT})\b"
        rf"|\b{EXPORT}\s{RULE}\s{_GAP % 6}{_BE}(?:lifted|eased|removed|scrapped|suspended|repealed|"
        r"relaxed|abolished|waived|withdrawn|dropped|paused)\b"
        rf"|\b(?:allow|let|permit)(?:s|ted|ed|ing)?\s{_GAP % 7}(?:{EXPORT}\s(?:to resume|again)|to resume "
        r"exports?|(?:to )?leave the country|to leave\b|to be (?:exported|shipped))"
        rf"|\bresum(?:e|es|ed|ing|ption of)\s{_GAP % 4}{EXPORT}(?=[^.;]*\b(?:ban|curb|restriction|quota))",
    ),
    (
        "quota",
        rf"\b(?:{EXPORT}\s{_GAP % 9}under\s{_GAP % 3}quotas?|(?:export|ship)\s(?:up to|as much as|a maximum "
        rf"of|no more than|at most)\s|{EXPORT}\s(?:quotas?|allocations?|allowances?|ceilings?|caps?)\b|quotas?\s(?:on|for|of)\s{_GAP % 7}"
        rf"{EXPORT}|cap(?:s|ped|ping)?\s{_GAP % 4}{EXPORT}|{EXPORT}\s{_BE}capped)",
    ),
    (
        "licensing",
        rf"\b(?:{EXPORT}\s(?:control(?:s|led)?|licen[cs]\w+|permits?|approvals?|restrictions?|curbs?|"
        rf"limits|rules)|(?:licen[cs]\w+|permits?|controls?|restrictions?|curbs|limits)\s"
        rf"(?:on|for|to|before|of)\s{_GAP % 8}{EXPORT}|export[- ]control list|"
        rf"(?:{EXPORT}|exporters|shippers)\s[^.;]{{0,80}}?\b(?:requir\w+|need\w*|subject to|apply for|"
        rf"obtain|request|hold|seek)\s"
        rf"(?:a\s|an\s|prior\s|special\s|government\s)*(?:export\s)?(?:licen[cs]\w+|permits?|approval)|"
        rf"(?:{_CURBS})\s(?:the\s|its\s|their\s|all\s)*{_GAP % 4}{EXPORT})",
    ),
    (
        "tax",
        rf"\b(?:{EXPORT}\s(?:tax(?:es)?|dut(?:y|ies)|lev(?:y|ies)|tariffs?)|tax(?:es|ed|ing)?\s(?:the\s|all\s|raw\s)?exports?\b|"
        rf"(?:tax(?:es)?|dut(?:y|ies)|lev(?:y|ies))\s{_GAP % 9}(?:on|for)\s{_GAP % 6}{EXPORT}|"
        rf"tax rebates?\s{_GAP % 6}{EXPORT}|{EXPORT} (?:tax|vat) rebates?)",
    ),
    (
        "ban",
        rf"\b(?:{EXPORT}\s(?:bans?|embargo\w*|prohibition|suspension|halt|moratorium|freeze)|"
        rf"(?:{_BANS})\s(?:on\s|of\s|the\s|all\s|its\s|their\s)*{_GAP % 7}{EXPORT}|"
        rf"{EXPORT}\s{_GAP % 9}{_BE}(?:\w+ly\s)?(?:banned|halted|stopped|suspended|blocked|prohibited|"
        r"forbidden|outlawed|barred|frozen|embargoed|off[- ]limits))",
    ),
)


_OUT = (
    r"(?:export(?:ed)?|shipped (?:abroad|overseas|out)|sold (?:abroad|overseas|to foreign\w*)|"
    r"leave (?:the country|[A-Z]\w+)|taken out of the country|sent abroad)"
)


_MORE: dict[str, str] = {
    "lifting": rf"|\b(?:may|can|will)\s(?:now\s)?(?:again\s)?be\s{_OUT}\sagain\b|\b(?:may|can) again be {_OUT}"
    rf"|\b{EXPORT}\s{_GAP % 6}(?:free of (?:duty|tax)|duty[- ]free|given a \S+ reprieve|exempt\w*)\b",
    "licensing": rf"|\b{_OUT}\s(?:only|solely)\s(?:with|under|after)\s(?:\w+\s){{0,2}}(?:licen[cs]\w+|permits?|approval)"
    r"|\b(?:sell|ship|export)\s(?:[\w-]+\s){0,6}(?:abroad|overseas)?\s?(?:must|has to|have to)\s(?:first\s)?(?:ask|apply|obtain|"
    rf"seek|hold)|\blicen[cs]\w+\s(?:\w+\s){{0,3}}(?:compulsory|mandatory|required)\s(?:\w+\s){{0,2}}{EXPORT}"
    rf"|\b{EXPORT}\s[^.;]{{0,110}}?\b(?:requires?|needs?|subject to)\s(?:prior\s|special\s|official\s|case[- ]by[- ]case\s|ministerial\s)*(?:permission|clearance|sign-off|"
    r"authori[sz]ation|approval|review|vetting)\b"
    rf"|\bonly be {_OUT}\s(?:with|under|after)\s(?:\w+\s){{0,2}}(?:licen[cs]\w+|permits?|approval)",
    "ban": rf"|\b(?:may|can|must|will) (?:not|no longer)\s(?:now\s)?(?:be\s)?{_OUT}"
    r"|\b(?:may|can|must) (?:not|no longer)\s(?:now\s)?(?:ship|sell)\s(?:[\w-]+\s){1,5}?(?:abroad|overseas|beyond|out of)\b"
    rf"|\bno(?: more| further)?\s(?:[\w-]+\s){{1,6}}(?:may|can|will|is to)\s(?:be\s)?{_OUT}"
    rf"|\b{EXPORT}\s{_GAP % 8}{_BE}(?:ruled out|put on hold)"
    rf"|\b{EXPORT}\s[^.;]{{0,150}}?\s(?:is|are|shall be|will be|has been|was|were)\s(?:\w+ly\s)?(?:suspended|"
    r"prohibited|banned|forbidden)\b"
    rf"|\b{EXPORT}\s[^.;]{{0,150}}?\s(?:shall|will|may|is|are) not (?:be )?(?:permitted|allowed|authori[sz]ed)\b"
    rf"|\b(?:not|no longer|refus\w+ to) (?:allow|let|permit|authori[sz]e)\s{_GAP % 5}{EXPORT}"
    r"|\b(?:stop(?:s|ped)?|bar(?:s|red)|ban(?:s|ned)|block(?:s|ed)|forb(?:id|ids|ade|idden)|prohibit(?:s|ed)?)"
    r"\s(?:[\w.]+\s){0,4}?(?:from\s)?selling\s(?:[\w-]+\s){1,6}(?:to|in)\s[A-Z]"
    r"|\b(?:ban(?:s|ned)|halt(?:s|ed)|stop(?:s|ped))\s(?:[\w-]+\s){0,2}sales of\s(?:[\w-]+\s){1,5}to\s(?:the\s)?[A-Z]",
}


_PATTERNS = tuple((action, pattern + _MORE.get(action, "")) for action, pattern in _PATTERNS)


ACTIONS = tuple((a, sought(p, re.IGNORECASE, apart=True)) for a, p in _PATTERNS)


CUE = sought(
    r"export|shipment|abroad|overseas|sales? of|leave [A-Z]|shipping|overseas sales|leave the country|outbound|to leave |to sell |selling ",
    re.IGNORECASE,
)
