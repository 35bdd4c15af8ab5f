"""The features of a page's blocks, as a table of numbers: one row a block, computed at once.

What a block is (size, links, punctuation, tag, hints), where it stands (position, distance to the
headline, the elements round it and their share of the page) and what is beside it.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import numpy as np

from lodewire.text.markup import Tag, hint_names
from lodewire.text.scan import HEAD, Scan

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Table = NDArray[np.float32]

_LEVELS = 4  # elements round a block whose own figures are features
_ROUNDS = 9  # of doubling: 2 ** 9 is deeper than any page is kept
_TITLE_WORDS = 30
_WEIGHTS_KEPT = 20_000  # of tags, between pages
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
_PLAIN_KIND = 12
_LENDING = frozenset({5, 6, 8, 9, 10})  # kinds that what is plain inside them has too
_PARAGRAPHS = frozenset({"p", "blockquote", "pre", "h2", "h3", "h4"})


def _forms(words: Iterable[str]) -> frozenset[str]:
    """Lower-case words as they are written: so no word of a page need be put in lower case."""
    return frozenset(form for w in words for form in (w, w.capitalize(), w.title(), w.upper()))


# The commonest words of the languages of the pages: text holds them, menus do not.
_COMMON = _forms(
    (
        "the of and to in a is that for it on with as was by at from are this be have has not "
        "but he she they his her its their which will an or were been said would more who had "
        "we you your our der die das und in den von zu mit ist auf für im ein eine nicht des "
        "dem als auch es an werden le la les de des du et en un une que est pour dans qui par "
        "sur pas au avec plus ce il elle el los las del y que en un una es por con para su al "
        "lo como más o pero sus se no di e il che per un una del della dei con non si da in "
        "sono ha da do os as em um uma não het van een dat op te zijn met voor niet aan ook i "
        "na w z się że do и в не на что с по"
    ).split()
)


class HintWeights:
    """The learned weights of a tag's marks, each counted once, added up: by tag, kept at hand."""

    __slots__ = ("_known", "_marks")

    def __init__(self, marks: dict[str, float]) -> None:
        self._marks = marks
        self._known: dict[Tag, float] = {}

    def of(self, tags: Sequence[Tag]) -> list[float]:
        """Return a weight for each tag."""
        found = list(map(self._known.get, tags))
        if None in found:
            if len(self._known) > _WEIGHTS_KEPT:
                self._known.clear()
            for index, weight in enumerate(found):
                if weight is None:
                    found[index] = self._known[tags[index]] = self._weigh(tags[index])
        return found  # type: ignore[return-value]  # none is missing any more

    def _weigh(self, tag: Tag) -> float:
        get = self._marks.get
        return sum(get(mark, 0.0) for mark in set(tag.marks)) + get("<" + tag.name, 0.0)


def features_of(page: Scan, weights: HintWeights) -> Table:
    """Return the features of a page's blocks, one row a block, as the network was fitted on them.

    ``weights`` are the learned ones of a tag's marks. ``page`` has at least one block.
    """
    sizes = sizes_of(page)
    frame = _Frame(page, weights, sizes)
    own = _text_columns(page, sizes)
    kinds = _kind_columns(page)
    stands = frame.position_columns(page)
    round_ = frame.ring_columns(frame.rings())
    beside = _beside(
        np.concatenate([own[:, _SHOWN], kinds[:, _SHOWN_KINDS], stands[:, :1]], axis=1)
    )
    return np.concatenate([own, kinds, stands, round_, frame.bits(), beside], axis=1)


def sizes_of(page: Scan) -> Table:
    """Return the characters of each block; a word of a script without blanks counts as five."""
    texts = page.texts
    sizes = list(map(len, texts))
    if not all(map(str.isascii, texts)):
        pairs = zip(texts, sizes, page.words, strict=True)
        sizes = [n if t.isascii() else max(n, 5 * count) for t, n, count in pairs]
    return _column(sizes)


def _column(values: Iterable[float]) -> Table:
    """An array of numbers or truths; quicker than numpy's own reading of a list."""
    return np.frombuffer(array("f", values), dtype=np.float32)


def _flags(values: Iterable[bool]) -> NDArray[np.uint8]:
    return np.frombuffer(bytes(values), dtype=np.uint8)


def _text_columns(page: Scan, sizes: Table) -> Table:
    """Sizes, links, punctuation, common words, and likeness to the title."""
    texts, counts = page.texts, page.words
    shared, titled = _told_words(page)
    repeats = Counter(texts)
    heads, ends = [text[0] for text in texts], [text[-1] for text in texts]
    words = _column(counts)
    table = np.empty((len(texts), _TEXT_COLUMNS), dtype=np.float32)
    table[:, 0] = np.log1p(sizes)
    table[:, 1] = np.log1p(words)
    table[:, 2] = np.minimum(1.0, _column(page.linked) / sizes)
    table[:, 3] = np.log1p(_column(page.links))
    table[:, 4] = _column([text.count(",") for text in texts]) / words
    table[:, 5] = np.log1p(_column([text.count(". ") for text in texts]))
    table[:, 6] = _flags(map(_ENDS.__contains__, ends))
    table[:, 7] = _flags([end == ":" for end in ends])
    table[:, 8] = shared
    table[:, 9] = _flags(map(str.isupper, heads))
    table[:, 10] = _flags(map(str.isdigit, heads))
    table[:, 11] = 1 - _flags(map(str.isalnum, heads))
    table[:, 12] = _flags(map(str.isupper, texts))
    table[:, 13] = np.minimum(sizes / words, 20.0) / 10.0
    table[:, 14] = _flags(["\N{COPYRIGHT SIGN}" in text or "|" in text for text in texts])
    table[:, 15] = titled
    table[:, 16] = np.log1p(_column([repeats[text] - 1 for text in texts]))
    table[:, 17] = words <= 3
    table[:, 18] = np.minimum(words, 60.0) / 30.0
    return table


def _told_words(page: Scan) -> tuple[list[float], list[float]]:
    """The share of common words in each block's beginning, and of words that the title has."""
    title = _forms(page.title.lower().split())
    common, known = _COMMON.__contains__, title.__contains__
    shared: list[float] = []
    titled: list[float] = []
    for words, count in zip(page.heads, page.words, strict=True):
        if count > 2 * len(words) and count < HEAD:  # a script without blanks
            shared.append(min(_DENSE_SHARE, count / 50))
        else:
            shared.append(sum(map(common, words)) / len(words))
        if count > _TITLE_WORDS or title.isdisjoint(words):
            titled.append(0.0)
        else:
            titled.append(sum(map(known, words)) / len(words))
    return shared, titled


_TEXT_COLUMNS = 19
_SHOWN = [1, 2, 6, 8, 15, 18]  # text columns that neighbours show
_SHOWN_KINDS = [0, 2, 3, 5, 12]


def _kind_columns(page: Scan) -> Table:
    """One column a kind of block; what stands in a plain element has the kind of that round it."""
    parents = page.parents
    kinds = [_KINDS.get(tag.name, _OTHER_KIND) for tag in page.tags]
    for index, kind in enumerate(kinds):
        if kind == _PLAIN_KIND and kinds[parents[index]] in _LENDING:
            kinds[index] = kinds[parents[index]]
    own = np.array([kinds[holder] for holder in page.holders])
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

    def __init__(self, page: Scan, weights: HintWeights, sizes: Table) -> None:
        self.parents = np.array(page.parents)
        self.holders = np.array(page.holders)
        self.firsts, self.lasts = np.array(page.firsts), np.array(page.lasts)
        self.own_bits = np.array([tag.hints for tag in page.tags], dtype=np.int64)
        self.weights = _column(weights.of(page.tags))
        linked = np.minimum(sizes, page.linked)
        words = np.array(page.words)
        telling = np.where((words >= 10) & (linked < 0.5 * sizes), sizes, 0.0)
        self.sums = np.zeros((len(sizes) + 1, 3))
        np.cumsum((sizes, linked, telling), axis=1, dtype=np.float64, out=self.sums[1:].T)
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
        names = page.tags
        headings = (i for i, holder in enumerate(page.holders) if names[holder].name == "h1")
        first = next(headings, None)
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

    def ring_columns(self, rings: NDArray[np.int64]) -> Table:
        """What the elements round a block hold: shares of the page, links, blocks; their weight.

        ``rings`` are elements, (n, levels); the columns of a level stand together.
        """
        firsts, lasts = self.firsts[rings], self.lasts[rings]
        inside = self.sums[lasts] - self.sums[firsts]
        blocks = lasts - firsts
        some = np.maximum(blocks, 1)
        size = np.maximum(inside[..., 0], 1.0)
        table = np.empty((*rings.shape, 8), dtype=np.float32)
        table[..., 0] = size / max(1.0, self.sums[-1, 0])
        table[..., 1] = inside[..., 1] / size
        table[..., 2] = inside[..., 2] / max(1.0, self.sums[-1, 2])
        table[..., 3] = inside[..., 2] / size
        table[..., 4] = np.log1p(blocks)
        table[..., 5] = np.log1p(size / some) / 2
        table[..., 6] = (np.arange(len(rings))[:, None] - firsts) / some
        table[..., 7] = self.weights[rings] / 2.0
        return table.reshape(len(rings), -1)

    def bits(self) -> NDArray[np.uint8]:
        """The hints of the element that holds the block and of its parent, and those of all."""
        count = len(hint_names())
        near = self.own_bits[self.holders] | self.own_bits[self.parents[self.holders]]
        far = self.all_bits[self.holders]
        both = np.stack([near, far], axis=1).astype("<i8")
        single = np.unpackbits(both.view(np.uint8), axis=1, bitorder="little")
        return np.concatenate([single[:, :count], single[:, 64 : 64 + count]], axis=1)
