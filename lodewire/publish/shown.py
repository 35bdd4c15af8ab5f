"""What of a brief a reader is sent: parts beyond their reach are taken out before anything is made.

Page, feed, mail, metadata and snippets are all made of what these functions return, so what is
withheld is in none of them.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from lodewire.model.brief import Brief, BriefEntry, Segment, Sentence
from lodewire.model.tier import Part, Reach, Tier
from lodewire.publish.frame import SOURCE, frame_of


def shown_brief(brief: Brief, reach: Reach) -> Brief:
    """Return a brief with what the reader sees; every insight stays, with its sentence."""
    sections = tuple(
        replace(s, entries=tuple(shown_entry(e, reach) for e in s.entries)) for s in brief.sections
    )
    return replace(brief, sections=sections)


def shown_entry(entry: BriefEntry, reach: Reach) -> BriefEntry:
    """Return an insight with what the reader sees of it.

    Without FULL_TEXT the sentence and the names of the sources stay; corrections stay always.
    """
    if not reach.sees(Part.ANALYSIS):
        entry = replace(entry, context=())
    if reach.sees(Part.FULL_TEXT):
        return entry
    return replace(
        entry,
        sentences=tuple(_bare(s) for s in entry.sentences),
        quotes=(),
        numbers=(),
        checks=(),
        conflicts=(),
        edits=(),
        not_disclosed=(),
    )


def _bare(sentence: Sentence) -> Sentence:
    return Sentence(segments=(Segment(text=sentence.text),))


def withheld(entry: BriefEntry, reach: Reach) -> dict[Part, int]:
    """Return how much of a whole insight the reader does not see, by part: quotes, lines."""
    counts = {Part.FULL_TEXT: len(entry.quotes), Part.ANALYSIS: len(entry.context)}
    return {part: n for part, n in counts.items() if n and not reach.sees(part)}


def withheld_words(entry: BriefEntry, reach: Reach, *, language: str = SOURCE) -> str:
    """Return an honest line on what is not shown, and to whom it is; empty where all is."""
    told = withheld(entry, reach)
    if not told:
        return ""
    frame = frame_of(language)
    counts = (("quotes", told.get(Part.FULL_TEXT, 0)), ("lines", told.get(Part.ANALYSIS, 0)))
    found = [words for what, n in counts if (words := frame.counted(n, what))]
    tier = max((reach.plan.needed(part) for part in told), key=lambda t: t.rank)
    return frame.told("not_shown", what=frame.joined(found), who=frame.words[tier.value])


def letter_words(brief: Brief, reach: Reach, *, more: int = 0, language: str = SOURCE) -> str:
    """Return what a whole letter leaves out and for whom it is, in numbers; empty where nothing.

    ``brief`` is what the reader would be told without a limit of their tier, ``more`` how many of
    its insights are left out as a whole.
    """
    told: Counter[Part] = Counter()
    for section in brief.sections:
        for entry in section.entries:
            told.update(withheld(entry, reach))
    frame = frame_of(language)
    counts = (("insights", more), ("quotes", told[Part.FULL_TEXT]), ("lines", told[Part.ANALYSIS]))
    found = [words for what, n in counts if (words := frame.counted(n, what))]
    if not found:
        return ""
    needed = [Tier.PRO] * bool(more) + [reach.plan.needed(part) for part in told]
    who = frame.words[max(needed, key=lambda t: t.rank).value]
    return frame.words["withheld"].format(what=frame.joined(found), who=who)
