"""The sources that come with Lodewire."""

from __future__ import annotations

from lodewire.config.source import SHIPPED_SOURCES, FeedChannel, load_sources
from lodewire.model.vocabulary import Desk, SourceKind

SOURCES = load_sources()


def test_there_are_at_least_forty_eight():
    assert len(SOURCES) >= 48


def test_all_nine_desks_have_at_least_five_sources():
    served = {desk: sum(desk in source.desks for source in SOURCES) for desk in Desk}
    assert min(served.values()) >= 5, served


def test_every_kind_of_speaker_and_several_languages_are_there():
    assert {source.kind for source in SOURCES} == set(SourceKind)
    assert {s.language for s in SOURCES} >= {"en", "fr", "de", "es", "ja", "pt", "vi", "ar"}


def test_none_claims_to_be_verified_and_each_tells_its_terms_and_where_it_was_found():
    for source in SOURCES:
        assert source.verified == "never", source.id
        assert len(source.terms) > 20, source.id
        assert "not verified here" in source.notes, source.id
        assert source.homepage, source.id


def test_all_are_feeds_over_https_on_the_public_internet():
    for source in SOURCES:
        assert source.robots, source.id
        assert not source.allow_private_addresses, source.id
        for channel in source.channels:
            assert isinstance(channel, FeedChannel), source.id
            assert channel.url.startswith("https://"), source.id


def test_no_address_stands_in_two_sources():
    addresses = [channel.address for source in SOURCES for channel in source.channels]
    assert len(set(addresses)) == len(addresses)


def test_each_folder_is_named_as_its_source():
    folders = sorted(path.name for path in SHIPPED_SOURCES.iterdir())
    assert folders == [source.id for source in SOURCES]
