"""HTML pages: an article with its teasers, an index of posts, or a fragment out of a feed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING
from urllib.parse import urldefrag, urlsplit

from lodewire.errors import EmptyPage
from lodewire.model.document import Document
from lodewire.model.vocabulary import DocumentRole
from lodewire.text.assembly import Facts, Origin, make_document
from lodewire.text.blocks import Block, BlockKind, blocks_of
from lodewire.text.boilerplate import looks_like_sentence, normalise
from lodewire.text.bylines import find_agency
from lodewire.text.cleaning import PageFrame, clean_blocks, join_blocks
from lodewire.text.dates import Moment, day_in_url, find_days, yearless_day
from lodewire.text.decode import clean_line
from lodewire.text.main_text import MainText, choose, read_main_text
from lodewire.text.metadata import PageMetadata, read_metadata
from lodewire.text.page_kind import ARTICLE, kind_of
from lodewire.text.scan import Scan, scan
from lodewire.text.splitting import PageStory, find_stories
from lodewire.text.taming import tame
from lodewire.text.titles import same_headline

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser

_LEAST_WORDS = 8  # a page with fewer words of text has no article
_OUTSIDE = 300  # characters of sentences outside its stories that make a page an article
_CONTAINER = 700  # characters of an element that is still the headline's own
_DATE_LINE = 24  # words; a longer line is no date line
_NEAR = 9  # blocks below the headline in which a date line is looked for
_ABOVE = 12  # and above it: some sites set the facts of a notice first


@dataclass(frozen=True, kw_only=True)
class ParsedPage:
    """A page: its source, what one pass over it found, and what it declares.

    ``structure`` is the page parsed into a tree, for splitting it into stories; made when asked
    for, after hostile markup was made harmless.
    """

    html: str
    scan: Scan
    metadata: PageMetadata
    notes: tuple[str, ...] = ()

    @cached_property
    def structure(self) -> LexborHTMLParser:
        """The page as a tree."""
        from selectolax.lexbor import LexborHTMLParser

        return LexborHTMLParser(self.html)

    @cached_property
    def chosen(self) -> list[int]:
        """The blocks of the page that are main text."""
        return choose(self.scan)

    def main_text(self, frame: PageFrame) -> MainText:
        """Return the blocks of the page's article."""
        return read_main_text(self.scan, frame, self.chosen)


def parse_page(html: str, url: str, notes: Sequence[str] = ()) -> ParsedPage:
    """Read a page's blocks and what it declares; hostile markup is made harmless first."""
    tamed, remarks = tame(html)
    found = scan(tamed)
    cut = "<html" in html[:4000].lower() and "</html" not in html[-4000:].lower()
    if cut and "</body" not in html[-4000:].lower():
        remarks = (*remarks, "the page ends before its closing tag; it may be truncated")
    return ParsedPage(
        html=tamed,
        scan=found,
        metadata=read_metadata(found, url),
        notes=(*notes, *remarks),
    )


def read_html(html: str, origin: Origin, notes: Sequence[str] = ()) -> tuple[Document, ...]:
    """Return the documents of a page: its article, then its teasers, or the posts of an index.

    Raises EmptyPage when no text of an article can be found.
    """
    page = parse_page(html, origin.url, notes)
    metadata = page.metadata
    declared = _declares_article(metadata, origin.url)
    base = origin.public_url or metadata.url or origin.url
    stories = find_stories(page.structure, base, metadata.titles, teasers_only=declared)
    if not declared and _is_index(page, stories, origin):
        return _read_index(page, stories, origin)
    teasers = [story for story in stories if story.is_teaser]
    main = page.main_text(_frame(metadata, teasers))
    article = _article(page, main, origin)
    if origin.public_url and not declared and len(teasers) < 2:
        kind = kind_of(page.scan, metadata, origin.url, page.chosen)
        if kind != ARTICLE:
            raise EmptyPage(
                f"the page is no article but of the type {kind}",
                hint="Pages of shops, forums, services and lists are not read as articles.",
            )
    children = [_story_document(page, story, origin, article) for story in teasers]
    return (article, *_without_repeats(article, children))


def _without_repeats(article: Document, children: Sequence[Document]) -> list[Document]:
    seen = {article.id}
    unique = []
    for child in children:
        if child.id not in seen:
            seen.add(child.id)
            unique.append(child)
    return unique


def _frame(metadata: PageMetadata, stories: Sequence[PageStory] = ()) -> PageFrame:
    lines = (line for story in stories for line in (story.title, *(b.text for b in story.blocks)))
    others = frozenset(norm for line in lines if len(norm := normalise(line)) > 16)
    return PageFrame(titles=metadata.titles, authors=metadata.authors, others=others)


def _declares_article(metadata: PageMetadata, url: str) -> bool:
    if "/" not in urlsplit(url).path.rstrip("/") and urlsplit(url).hostname:
        return False  # a front page, whatever its template says
    kind = metadata.kind or ""
    return "article" in kind or kind in ("news", "blog.post", "post")


def _is_index(page: ParsedPage, stories: Sequence[PageStory], origin: Origin) -> bool:
    """Tell whether nearly all text of the page belongs to stories that lead elsewhere."""
    if sum(story.words for story in stories) < 40:
        return False
    main = page.main_text(_frame(page.metadata, stories))
    outside = sum(
        len(block.text) for block in main.blocks if looks_like_sentence(block.text, _LEAST_WORDS)
    )
    whole = [story for story in stories if story.is_article]
    printed = sum(len(block.text) for story in whole for block in story.blocks)
    return outside < _OUTSIDE or (len(whole) > 1 and outside < printed / 3)


def _read_index(
    page: ParsedPage, stories: Sequence[PageStory], origin: Origin
) -> tuple[Document, ...]:
    return tuple(
        {
            document.id: document
            for story in stories
            if story.is_article or story.is_teaser
            for document in (_story_document(page, story, origin, None),)
        }.values()
    )


def _is_here(story: PageStory, page: ParsedPage) -> bool:
    """Tell whether the story's link leads to a place on this very page: it is printed whole."""
    address, mark = urldefrag(story.url or "")
    return bool(mark) and address.rstrip("/") == (page.metadata.url or "").rstrip("/")


def _story_document(
    page: ParsedPage, story: PageStory, origin: Origin, parent: Document | None
) -> Document:
    teaser = (story.is_teaser and not _is_here(story, page)) or parent is not None
    role = DocumentRole.TEASER if teaser else DocumentRole.ARTICLE
    moment, source = story.published, "time"
    if moment is None and story.url and (day := day_in_url(story.url)):
        moment, source = Moment(day=day), "url"
    text = join_blocks(story.blocks)
    facts = Facts(
        title=story.title,
        url=story.url,
        published=moment,
        date_source=source if moment else None,
        language=page.metadata.language,
        publisher=page.metadata.site or origin.host,
        agency=find_agency(text),
    )
    return make_document(
        origin, text, facts, method="card", role=role, parent_id=parent.id if parent else None
    )


def _article(page: ParsedPage, main: MainText, origin: Origin) -> Document:
    """Return the page's article; where its text is hidden, what the page or its feed declares."""
    metadata = page.metadata
    text, method, notes = join_blocks(main.blocks), main.method, list(page.notes)
    words = sum(block.word_count for block in main.blocks)
    body = metadata.body
    if body and len(body) > 2 * max(len(text), 200):
        text, method = _tidy(body, metadata), "json-ld"
    elif words < _LEAST_WORDS:
        return _stand_in(page, origin)
    return make_document(origin, text, _facts(page, text, origin), method=method, notes=notes)


def _tidy(body: str, metadata: PageMetadata) -> str:
    lines = (clean_line(line) for line in body.split("\n"))
    blocks = [Block(kind=BlockKind.PARAGRAPH, text=line) for line in lines if line]
    return join_blocks(clean_blocks(blocks, _frame(metadata)))


def _stand_in(page: ParsedPage, origin: Origin) -> Document:
    """The feed's text, else the declared description as a teaser; raises EmptyPage for neither."""
    entry = origin.entry
    fragment = (entry.content_html or entry.summary_html) if entry else None
    if fragment:
        text = fragment_text(fragment, page.metadata.titles)
        if len(text.split()) >= _LEAST_WORDS:
            notes = (*page.notes, "the page shows no article; its text is taken from the feed")
            facts = _facts(page, text, origin)
            return make_document(origin, text, facts, method="feed", notes=notes)
    description = page.metadata.description or ""
    if page.metadata.title and len(description.split()) >= _LEAST_WORDS:
        notes = (*page.notes, "only the declared description could be read")
        facts = _facts(page, description, origin)
        role = DocumentRole.TEASER
        return make_document(
            origin, description, facts, method="description", role=role, notes=notes
        )
    raise EmptyPage(
        "no article text was found on the page",
        hint="It may need a log-in or JavaScript, or hold links only.",
    )


def fragment_text(fragment: str, titles: Sequence[str] = ()) -> str:
    """Return the text of an HTML fragment, as a feed or a mail carries it, boilerplate removed."""
    blocks = blocks_of(scan(fragment))
    return join_blocks(clean_blocks(blocks, PageFrame(titles=tuple(titles))))


def _facts(page: ParsedPage, text: str, origin: Origin) -> Facts:
    metadata = page.metadata
    entry = origin.entry
    moment, source = _publication(page, text, origin)
    return Facts(
        title=metadata.title or (entry.title if entry else None),
        url=metadata.url or origin.public_url,
        published=moment,
        date_source=source,
        modified=metadata.modified,
        language=metadata.language or (entry.language if entry else None),
        publisher=metadata.site or origin.host,
        authors=metadata.authors or (entry.authors if entry else ()),
        agency=find_agency(text, metadata.authors),
    )


def _publication(page: ParsedPage, text: str, origin: Origin) -> tuple[Moment | None, str | None]:
    """The time of publication and its place: declared, feed, near the headline, address."""
    metadata = page.metadata
    moment, source = origin.plausible(metadata.published), metadata.published_source
    if moment is None:
        moment, source = origin.plausible(origin.feed_moment()), "feed"
    if moment is not None and not moment.floating:
        return moment, source
    visible = _visible_day(page, origin, thorough=moment is None)
    if moment is not None:
        # A stamp in UTC may name the neighbour of the publisher's own day, which it prints.
        near = visible is not None and abs((visible.day - moment.day).days) == 1
        return (replace(moment, day=visible.day) if near and visible else moment), source
    if visible is not None:
        return visible, "text"
    day = day_in_url(origin.url) or day_in_url(metadata.url or "")
    if day is not None:
        return Moment(day=day), "url"
    resolved = yearless_day(text[:200], origin.fetched_at.date(), frozenset())
    return (Moment(day=resolved[0]), "text") if resolved else (None, None)


def _visible_day(page: ParsedPage, origin: Origin, *, thorough: bool) -> Moment | None:
    """The day printed near the headline; ``thorough`` looks beyond the headline's own container."""
    language = page.metadata.language
    for text in _headline_containers(page.structure):
        if moment := _first_day(text, origin, language):
            return moment
    if not thorough:
        return None
    blocks = blocks_of(page.scan)
    titles = page.metadata.titles
    at = next(
        (i for i, block in enumerate(blocks) if any(same_headline(block.text, t) for t in titles)),
        None,
    )
    if at is None:
        return None
    # Nearest first, what stands below before what stands above: a list of other articles, with
    # days of their own, may be near on either side.
    around = [i for i in range(max(0, at - _ABOVE), min(len(blocks), at + 1 + _NEAR)) if i != at]
    near = [blocks[i] for i in sorted(around, key=lambda i: i - at if i > at else at - i + 2)]
    short = (block.text for block in near if block.word_count <= _DATE_LINE)
    return next((m for line in short if (m := _first_day(line, origin, language))), None)


def _headline_containers(structure: LexborHTMLParser) -> list[str]:
    """Texts of the smallest elements round the only h1, while they stay short."""
    headings = structure.css("h1")
    if len(headings) != 1:
        return []
    texts: list[str] = []
    node = headings[0].parent
    while node is not None and len(texts) < 3:
        text = node.text(separator=" ")
        if len(text) > _CONTAINER:
            break
        texts.append(text)
        node = node.parent
    return texts


def _first_day(text: str, origin: Origin, language: str | None) -> Moment | None:
    for written in find_days(text, language):
        moment = origin.plausible(Moment(day=written.day))
        if moment and not written.ambiguous:
            return moment
    return None


def read_fragment(
    html: str, origin: Origin, facts: Facts, *, method: str, notes: Sequence[str] = ()
) -> tuple[Document, ...]:
    """Return the documents of HTML that is all content: a feed's text, the body of a mail.

    Several stories become several documents when linked headlines part nearly all of the text;
    otherwise all text is one document with ``facts``. Empty when there is no text.
    """
    page = parse_page(html, origin.url)
    titles = (facts.title,) if facts.title else ()
    stories = find_stories(page.structure, origin.url, titles, mail=True)
    told = [story for story in stories if story.is_article or story.is_teaser]
    blocks = clean_blocks(blocks_of(page.scan), PageFrame(titles=titles))
    words = sum(block.word_count for block in blocks)
    remarks = (*notes, *(note for note in page.notes if "truncated" not in note))
    if len(told) > 1 and sum(story.words for story in told) > 0.4 * words:
        return tuple(
            make_document(
                origin,
                text,
                replace(facts, title=story.title, url=story.url, agency=find_agency(text)),
                method=method,
                role=DocumentRole.TEASER if story.is_teaser else DocumentRole.ARTICLE,
                notes=remarks,
            )
            for story in told
            for text in (join_blocks(story.blocks),)
        )
    if words < _LEAST_WORDS:
        return ()
    text = join_blocks(blocks)
    whole = replace(facts, agency=facts.agency or find_agency(text, facts.authors))
    return (make_document(origin, text, whole, method=method, notes=remarks),)
