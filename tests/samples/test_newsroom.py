"""The sample newsroom is complete, linked, labelled and true to its own calendar."""

from __future__ import annotations

import email
import email.policy
import html
import json
import re
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import feedparser
import pypdf
import pytest

from lodewire.config.source import FolderChannel, SourceDefinition, load_sources
from lodewire.model.vocabulary import Desk, DocumentRole, EventType
from lodewire.samples import (
    NEWSROOM_DAY,
    NEWSROOM_NOW,
    SampleDocument,
    newsroom_path,
    sample_documents,
)

ROOT = newsroom_path()
WWW = ROOT / "www"
DOCUMENTS = sample_documents()
FEED_NAMES = (".atom", ".rdf", ".rss", ".xml", ".json")
HAPPENINGS_PROMISED = {
    "jogmec-epangelo",
    "jogmec-lofdal",
    "eu-namibia-partnership",
    "us-aluminium-tariff",
    "midwest-premium-late-march",
    "mmg-khoemacau",
    "china-aluminium-plan",
    "china-gallium-ban",
    "catl-jianxiawo-halt",
    "cobre-panama-closure",
    "drc-cobalt-suspension",
    "rio-arcadium",
    "russian-metal-lme-ban",
    "cbam-simplification",
    "pebble-veto",
}


def file_of(url: str) -> Path | None:
    """The file that a publisher's address stands for, by the rules the README gives."""
    parts = urlsplit(url)
    assert parts.hostname is not None
    place = WWW / parts.hostname / parts.path.lstrip("/")
    for choice in (place, Path(f"{place}.html"), place / "index.html", place / "index.xml"):
        if choice.is_file():
            return choice
    return None


def text_of(file: Path) -> str:
    """All words of a file, decoded as it declares, markup left in."""
    raw = file.read_bytes()
    if file.suffix == ".pdf":
        return "\n".join(page.extract_text() for page in pypdf.PdfReader(file).pages)
    if file.suffix == ".eml":
        mail = email.message_from_bytes(raw, policy=email.policy.default)
        return "\n".join(p.get_content() for p in mail.walk() if not p.is_multipart())
    declared = re.search(rb"""(?:charset|encoding)=["']?([A-Za-z0-9_-]+)""", raw[:600])
    name = declared[1].decode() if declared else "utf-8"
    # As browsers do: pages that say ISO-8859-1 mean Windows-1252.
    return raw.decode("cp1252" if name.lower() == "iso-8859-1" else name)


def feed_files() -> list[Path]:
    return sorted(f for f in WWW.rglob("*") if f.suffix in FEED_NAMES)


def links(text: str) -> Iterator[str]:
    for match in re.finditer(r"""(?:href|HREF|src)=["'](https://[^"'#]+)""", text):
        yield html.unescape(match[1])


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    return {d.file: text_of(ROOT / d.file) for d in DOCUMENTS}


@pytest.fixture(scope="module")
def definitions() -> tuple[SourceDefinition, ...]:
    return load_sources(ROOT / "sources", shipped=False)


def test_there_are_enough_documents_and_the_last_three_days_are_the_richest() -> None:
    recent = [d for d in DOCUMENTS if d.published > NEWSROOM_DAY - timedelta(days=3)]
    assert len(DOCUMENTS) >= 66
    assert len(recent) >= 34
    assert NEWSROOM_NOW.date() == NEWSROOM_DAY


def test_nothing_is_published_after_the_sample_day() -> None:
    assert max(d.published for d in DOCUMENTS) == NEWSROOM_DAY
    assert min(d.published for d in DOCUMENTS).year == 2022


def test_all_desks_and_all_event_types_are_covered() -> None:
    desks = Counter(d.desk for d in DOCUMENTS)
    types = Counter(t for d in DOCUMENTS for t in d.types)
    assert {desk: desks[desk] for desk in Desk if desks[desk] < 3} == {}
    assert {type_: types[type_] for type_ in EventType if types[type_] < 3} == {}


def test_all_desks_have_something_on_the_sample_day() -> None:
    assert {d.desk for d in DOCUMENTS if d.published == NEWSROOM_DAY} == set(Desk)


def test_the_promised_happenings_are_told() -> None:
    assert {d.happening for d in DOCUMENTS} >= HAPPENINGS_PROMISED


def test_four_languages_and_at_least_six_documents_not_in_english() -> None:
    languages = Counter(d.language for d in DOCUMENTS)
    assert set(languages) == {"en", "de", "fr", "ja"}
    assert sum(n for code, n in languages.items() if code != "en") >= 6


def test_one_happening_is_told_by_many_publishers() -> None:
    tellers = {d.publisher for d in DOCUMENTS if d.happening == "china-aluminium-plan"}
    assert len(tellers) >= 6
    assert len({d.publisher for d in DOCUMENTS}) >= 8


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda d: f"{d.file}:{d.title[:20]}")
def test_a_document_is_where_the_manifest_says_with_its_title(
    document: SampleDocument, texts: dict[str, str]
) -> None:
    text = html.unescape(texts[document.file])
    assert re.sub(r"\s+", " ", document.title) in re.sub(r"\s+", " ", text)
    if document.url is not None and document.role is DocumentRole.ARTICLE:
        assert file_of(document.url) is not None


def test_every_file_says_that_it_is_a_sample() -> None:
    unlabelled = [
        str(file.relative_to(ROOT))
        for folder in ("www", "folders", "pdf-sources")
        for file in (ROOT / folder).rglob("*")
        if file.is_file() and file.name != "robots.txt" and "Lodewire" not in text_of(file)
    ]
    assert unlabelled == []


def test_every_feed_parses_and_its_links_lead_to_pages() -> None:
    count = 0
    for file in feed_files():
        raw = file.read_bytes()
        if file.suffix == ".json":
            urls = [entry["url"] for entry in json.loads(raw)["items"]]
        elif b"<urlset" in raw:
            urls = re.findall(r"<loc>([^<]+)</loc>", raw.decode())
        else:
            parsed = feedparser.parse(raw)
            assert not parsed.bozo, (file, parsed.get("bozo_exception"))
            urls = [entry.link for entry in parsed.entries]
        assert urls, file
        assert [u for u in urls if file_of(u) is None] == [], file
        count += len(urls)
    assert count >= 66


def test_feeds_come_in_every_common_format() -> None:
    versions = {
        feedparser.parse(f.read_bytes()).version for f in feed_files() if f.suffix != ".json"
    }
    assert versions >= {"rss20", "rss10", "rss092", "atom10"}
    assert any(b"jsonfeed.org" in f.read_bytes() for f in feed_files())
    assert any(b"sitemap-news" in f.read_bytes() for f in feed_files())


def test_the_opml_lists_feeds_that_exist() -> None:
    urls = re.findall(r'xmlUrl="([^"]+)"', (WWW / "newsroom.opml").read_text("utf-8"))
    assert len(urls) >= 8
    assert [u for u in urls if file_of(u) is None] == []


def test_no_page_links_to_a_missing_page_or_into_its_future() -> None:
    days = {d.file: d.published for d in DOCUMENTS if d.role is DocumentRole.ARTICLE}
    seen = 0
    for page in sorted(WWW.rglob("*.html")):
        own = days.get(str(page.relative_to(ROOT)))
        for url in links(text_of(page)):
            if not (urlsplit(url).hostname or "").endswith(".example"):
                continue
            target = file_of(url)
            assert target is not None, (page, url)
            later = days.get(str(target.relative_to(ROOT)))
            is_month = "pattern-chip-letter" in str(target)  # a month page grows
            assert own is None or later is None or is_month or later <= own, (page, url)
            seen += 1
    assert seen > 500


def test_copies_repeat_the_wire_text_under_another_headline(texts: dict[str, str]) -> None:
    originals = {d.file: d for d in DOCUMENTS if d.role is DocumentRole.ARTICLE}
    copies = [d for d in DOCUMENTS if d.relation == "copy"]
    assert len(copies) >= 6
    for copy in copies:
        assert copy.copy_of is not None
        original = originals[copy.copy_of]
        assert original.relation == "original"
        assert original.happening == copy.happening
        assert original.title != copy.title
        assert original.published <= copy.published
        paragraphs = re.findall(r'para">(?:<span.*?</span>)?([^<]+)</p>', texts[original.file])
        shared = [p for p in paragraphs if p in texts[copy.file]]
        assert len(shared) >= 3, copy.file
        assert ("truncated" in copy.traits) == (len(shared) < len(paragraphs)), copy.file


@pytest.mark.parametrize(
    ("trait", "words"),
    [
        ("wrong_unit_conversion", "88.10 cents a pound, or about $1,642 a tonne"),
        ("wrong_sum", "account for a total of 52 entries"),
        ("wrong_sum", "for a total of C$27.9 billion"),
        ("magnitude_slip", "$0.397 cents a pound"),
        ("material_mixup", "the rare earths in their lithium-ion cells"),
        ("stage_mixup", "53 million tonnes of rare earth oxides"),
        ("conflict", "$1.73 billion acquisition of Khoemacau"),
        ("conflict", "capacity of 349,000 tonnes a year"),
        ("unit_pair_consistent", "below 40 cents a pound this week, or less than $882 a tonne"),
        ("not_disclosed", "Financial terms were not disclosed"),
        ("denial", "No final decision has been taken"),
    ],
)
def test_a_page_with_a_trait_holds_the_words_for_it(
    trait: str, words: str, texts: dict[str, str]
) -> None:
    bearers = [d.file for d in DOCUMENTS if trait in d.traits]
    assert any(words in re.sub(r"\s+", " ", texts[file]) for file in bearers)


def test_the_wrong_conversion_stands_on_one_page_only(texts: dict[str, str]) -> None:
    assert sum("$1,642" in text for text in texts.values()) == 1


def test_teasers_have_words_of_their_own(texts: dict[str, str]) -> None:
    teasers = [d for d in DOCUMENTS if d.role is DocumentRole.TEASER]
    assert len(teasers) >= 5
    for teaser in teasers:
        after = html.unescape(texts[teaser.file]).split(html.unescape(teaser.title))[-1]
        assert len(re.sub(r"<[^>]+>", " ", after)) > 100


def test_letters_are_multipart_and_quoted_printable() -> None:
    letters = sorted((ROOT / "folders").rglob("*.eml"))
    assert len(letters) == 2
    for file in letters:
        mail = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
        assert mail.get_content_type() == "multipart/alternative"
        parts = [p for p in mail.walk() if not p.is_multipart()]
        assert [p.get_content_type() for p in parts] == ["text/plain", "text/html"]
        assert {p["Content-Transfer-Encoding"] for p in parts} == {"quoted-printable"}
        assert sum(d.file == str(file.relative_to(ROOT)) for d in DOCUMENTS) == 4


def test_pdf_notices_say_what_their_source_text_says() -> None:
    notices = sorted(WWW.rglob("*.pdf"))
    assert len(notices) == 2
    for file in notices:
        source = (ROOT / "pdf-sources" / f"{file.stem}.txt").read_text("utf-8")
        printed = set(re.findall(r"\w{4,}", text_of(file)))
        words = re.findall(r"\w{4,}", source)
        assert sum(w in printed for w in words) / len(words) > 0.97


def test_every_publisher_has_a_source_definition_that_loads(
    definitions: tuple[SourceDefinition, ...],
) -> None:
    assert {s.publisher for s in definitions} == {d.publisher for d in DOCUMENTS}
    for source in definitions:
        assert source.allow_private_addresses
        for channel in source.channels:
            if isinstance(channel, FolderChannel):
                assert channel.path.is_dir()
            else:
                assert file_of(channel.address) is not None, channel


def test_list_page_patterns_find_every_release(definitions: tuple[SourceDefinition, ...]) -> None:
    (source,) = (s for s in definitions if s.id == "sample-pressline")
    (channel,) = source.channels
    page = file_of(channel.address)
    assert page is not None
    pattern = getattr(channel, "links", None)
    assert pattern is not None
    found = {u for u in links(text_of(page)) if re.search(pattern, u)}
    assert found == {d.url for d in DOCUMENTS if d.publisher == source.publisher}


def test_the_newsroom_stays_small() -> None:
    files = [f for f in ROOT.rglob("*") if f.is_file()]
    assert sum(f.stat().st_size for f in files) < 3_000_000
    pages = [f for f in WWW.rglob("*.html") if f.name != "index.html"]
    assert all(6_000 < f.stat().st_size < 60_000 for f in pages)
