"""The features of a page's blocks, as a table of numbers: one row a block, computed at once.

What a block is (size, links, punctuation, tag, hints), where it stands (position, distance to the
headline, the elements round it and their share of the page) and what is beside it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from lodewire.text.markup import Tag, hint_names
from lodewire.text.scan import Scan

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Table = NDArray[np.float32]

_LEVELS = 4  # elements round a block whose own figures are features
_ROUNDS = 9  # of doubling: 2 ** 9 is deeper than any page is kept
_SAMPLE = 60  # words of a block in which common words are counted
_TITLE_WORDS = 30
_DENSE_SHARE = 0.35  # common words of running text, where none can be counted
_ENDS = frozenset(".!?。！？…:;,\"”'’)»")
_KINDS = {
    "p": 0, "h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 4, "h6": 4, "li": 5, "td": 6, "th": 6,
    "pre": 7,
    "blockquote": 8, "figcaption": 9, "dt": 10, "dd": 10, "button": 11, "label": 11, "div": 12,
    "article": 12, "section": 12, "main": 12, "body": 12, "center": 12, "summary": 13, "caption": 9,
}  # fmt: skip
_OTHER_KIND = 14
_KIND_COUNT = 15
_PARAGRAPHS = frozenset({"p", "blockquote", "pre", "h2", "h3", "h4"})

# The commonest words of the languages of the pages: text holds them, menus do not.
_COMMON = frozenset(
    "the of and to in a is that for it on with as was by at from are this be have has not but he "
    "she they his her its their which will an or were been said would more who had we you your our "
    "der die das und in den von zu mit ist auf für im ein eine nicht des dem als auch es an werden "
    "le la les de des du et en un une que est pour dans qui par sur pas au avec plus ce il elle "
    "el los las del y que en un una es por con para su al lo como más o pero sus se no "
    "di e il che per un una del della dei con non si da in sono ha da do os as em um uma não "
    "het van een dat op te zijn met voor niet aan ook i na w z się że do и в не на что с по".split()
)


def hint_weights(marks: dict[str, float]) -> Callable[[Tag], float]:
    """Return a function that adds up the learned weights of a tag's marks, each counted once."""
    known: dict[int, tuple[Tag, float]] = {}

    def weight(tag: Tag) -> float:
        found = known.get(id(tag))
        if found is not None and found[0] is tag:
            return found[1]
        total = sum(marks.get(mark, 0.0) for mark in set(tag.marks)) + marks.get(
            "<" + tag.name, 0.0
        )
        if len(known) > 20_000:
            known.clear()
        known[id(tag)] = (tag, total)
        return total

    return weight


def features_of(page: Scan, weight: Callable[[Tag], float]) -> Table:
    """Return the features of a page's blocks, one row a block, as the network was fitted on them.

    ``weight`` gives the learned weight of a tag's marks. ``page`` has at least one block.
    """
    frame = _Frame(page, weight)
    own = _text_columns(page)
    kinds = _kind_columns(page)
    stands = frame.position_columns(page)
    rings = frame.rings()
    round_ = np.concatenate(
        [frame.ring_columns(rings[:, level]) for level in range(_LEVELS)], axis=1
    )
    beside = _beside(
        np.concatenate([own[:, _SHOWN], kinds[:, _SHOWN_KINDS], stands[:, :1]], axis=1)
    )
    return np.concatenate([own, kinds, stands, round_, frame.bits(), beside], axis=1)


def sizes_of(page: Scan) -> Table:
    """Return the characters of each block; a word of a script without blanks counts as five."""
    pairs = zip(page.texts, page.words, strict=True)
    return np.array(
        [len(t) if t.isascii() else max(len(t), 5 * count) for t, count in pairs], dtype=np.float32
    )


def _text_columns(page: Scan) -> Table:
    """Sizes, links, punctuation, common words, and likeness to the title."""
    texts, counts = page.texts, page.words
    title = frozenset(page.title.lower().split())
    repeats = Counter(texts)
    common, known = _COMMON.__contains__, title.__contains__
    shared: list[float] = []
    titled: list[float] = []
    for text, count in zip(texts, counts, strict=True):
        words = text[:500].lower().split()[:_SAMPLE]
        if count > 2 * len(words) and count < _SAMPLE:  # a script without blanks
            shared.append(min(_DENSE_SHARE, count / 50))
        else:
            shared.append(sum(map(common, words)) / len(words))
        titled.append(sum(map(known, words)) / len(words) if count <= _TITLE_WORDS else 0.0)
    sizes = sizes_of(page)
    words_ = np.array(counts, dtype=np.float32)
    links = np.array(page.links, dtype=np.float32)
    columns = [
        np.log1p(sizes),
        np.log1p(words_),
        np.minimum(1.0, np.array(page.linked, dtype=np.float32) / sizes),
        np.log1p(links),
        np.array([text.count(",") for text in texts], dtype=np.float32) / words_,
        np.log1p(np.array([text.count(". ") for text in texts], dtype=np.float32)),
        np.array([text[-1] in _ENDS for text in texts], dtype=np.float32),
        np.array([text[-1] == ":" for text in texts], dtype=np.float32),
        np.array(shared, dtype=np.float32),
        np.array([text[0].isupper() for text in texts], dtype=np.float32),
        np.array([text[0].isdigit() for text in texts], dtype=np.float32),
        np.array([not text[0].isalnum() for text in texts], dtype=np.float32),
        np.array([text.isupper() for text in texts], dtype=np.float32),
        np.minimum(sizes / words_, 20.0) / 10.0,
        np.array(["\N{COPYRIGHT SIGN}" in text or "|" in text for text in texts], dtype=np.float32),
        np.array(titled, dtype=np.float32),
        np.log1p(np.array([repeats[text] - 1 for text in texts], dtype=np.float32)),
        (words_ <= 3).astype(np.float32),
        np.minimum(words_, 60.0) / 30.0,
    ]
    return np.stack(columns, axis=1)


_SHOWN = [1, 2, 6, 8, 15, 18]  # text columns that neighbours show
_SHOWN_KINDS = [0, 2, 3, 5, 12]


def _kind_columns(page: Scan) -> Table:
    """One column a kind of block; what stands in a plain element has the kind of that round it."""
    tags, parents = page.tags, page.parents
    kinds = [_OTHER_KIND] * len(tags)
    for index, tag in enumerate(tags):
        kind = _KINDS.get(tag.name, _OTHER_KIND)
        if kind == 12 and kinds[parents[index]] in (5, 6, 8, 9, 10):
            kind = kinds[parents[index]]
        kinds[index] = kind
    own = np.array(kinds)[page.holders]
    table = np.zeros((len(own), _KIND_COUNT), dtype=np.float32)
    table[np.arange(len(own)), own] = 1.0
    return table


def _beside(shown: Table) -> Table:
    """What the two blocks before and the two after show; nought beyond the page."""
    n, width = shown.shape
    padded = np.zeros((n + 4, width), dtype=np.float32)
    padded[2:-2] = shown
    return np.concatenate([padded[0:n], padded[1 : n + 1], padded[3 : n + 3], padded[4:]], axis=1)


class _Frame:
    """The elements of a page with what their blocks add up to."""

    def __init__(self, page: Scan, weight: Callable[[Tag], float]) -> None:
        self.parents = np.array(page.parents)
        self.holders = np.array(page.holders)
        self.firsts, self.lasts = np.array(page.firsts), np.array(page.lasts)
        self.own_bits = np.array([tag.hints for tag in page.tags], dtype=np.int64)
        self.weights = np.array([weight(tag) for tag in page.tags], dtype=np.float32)
        sizes = sizes_of(page).astype(np.float64)
        linked = np.minimum(sizes, page.linked)
        words = np.array(page.words)
        telling = np.where((words >= 10) & (linked < 0.5 * sizes), sizes, 0.0)
        self.sums = np.zeros((len(sizes) + 1, 3))
        self.sums[1:, 0] = np.cumsum(sizes)
        self.sums[1:, 1] = np.cumsum(linked)
        self.sums[1:, 2] = np.cumsum(telling)
        self._climb()

    def _climb(self) -> None:
        """Gather over all elements round each: bits, least, most and total weight, their number."""
        up = self.parents
        bits, least, most = self.own_bits.copy(), self.weights.copy(), self.weights.copy()
        total, depth = self.weights.copy(), np.ones(len(up), dtype=np.float32)
        total[0] = depth[0] = 0.0
        for _ in range(_ROUNDS):
            bits |= bits[up]
            least = np.minimum(least, least[up])
            most = np.maximum(most, most[up])
            total = total + total[up]
            depth = depth + depth[up]
            if not up.any():
                break
            up = up[up]
        self.all_bits, self.least, self.most, self.total, self.depth = (
            bits,
            least,
            most,
            total,
            depth,
        )

    def position_columns(self, page: Scan) -> Table:
        """Weights of hints, depth, place on the page, distance to the headline."""
        n = len(page.texts)
        holders = self.holders
        index = np.arange(n, dtype=np.float32)
        whole = max(1.0, float(self.sums[-1, 0]))
        telling = max(1.0, float(self.sums[-1, 2]))
        heads = np.zeros(n, dtype=np.float32)
        first = next(
            (i for i, holder in enumerate(page.holders) if page.tags[holder].name == "h1"), None
        )
        if first is not None:
            away = index - first
            heads = np.sign(away) * np.log1p(np.abs(away))
        columns = [
            self.total[holders] / 4.0,
            self.weights[holders] / 2.0,
            self.weights[self.parents[holders]] / 2.0,
            self.least[holders] / 2.0,
            self.most[holders] / 2.0,
            self.depth[holders] / 10.0,
            index / n,
            self.sums[:-1, 0] / whole,
            self.sums[:-1, 2] / telling,
            1.0 - self.sums[1:, 2] / telling,
            heads,
            np.full(n, first is not None),
            np.full(n, np.log1p(n)),
            np.full(n, np.log1p(whole) / 2),
            np.full(n, telling / whole),
        ]
        return np.stack(columns, axis=1).astype(np.float32)

    def rings(self) -> NDArray[np.int64]:
        """The four smallest elements round each block that grow in blocks, (n, 4)."""
        counts = self.lasts - self.firsts
        wider = self.parents
        for _ in range(_ROUNDS):
            stuck = (counts[wider] == counts) & (wider > 0)
            if not stuck.any():
                break
            wider = np.where(stuck, wider[wider], wider)
        rings = [np.where(counts[self.holders] > 1, self.holders, wider[self.holders])]
        for _ in range(_LEVELS - 1):
            rings.append(wider[rings[-1]])
        return np.stack(rings, axis=1)

    def ring_columns(self, ring: NDArray[np.int64]) -> Table:
        """What an element round the block holds: shares of the page, links, blocks; its weight."""
        firsts, lasts = self.firsts[ring], self.lasts[ring]
        inside = self.sums[lasts] - self.sums[firsts]
        blocks = lasts - firsts
        size = np.maximum(inside[:, 0], 1.0)
        columns = [
            size / max(1.0, self.sums[-1, 0]),
            inside[:, 1] / size,
            inside[:, 2] / max(1.0, self.sums[-1, 2]),
            inside[:, 2] / size,
            np.log1p(blocks),
            np.log1p(size / np.maximum(blocks, 1)) / 2,
            (np.arange(len(ring)) - firsts) / np.maximum(blocks, 1),
            self.weights[ring] / 2.0,
        ]
        return np.stack(columns, axis=1).astype(np.float32)

    def bits(self) -> Table:
        """The hints of the element that holds the block and of its parent, and those of all."""
        places = np.arange(len(hint_names()))
        near = self.own_bits[self.holders] | self.own_bits[self.parents[self.holders]]
        far = self.all_bits[self.holders]
        both = np.concatenate([near[:, None] >> places, far[:, None] >> places], axis=1)
        return (both & 1).astype(np.float32)
