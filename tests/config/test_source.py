"""Source definitions: what loads, and what is said of what does not."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from lodewire.config.desk import load_desk
from lodewire.config.source import (
    FolderChannel,
    SourceDefinition,
    channel_of,
    load_source,
    load_sources,
    select_sources,
    source_yaml,
)
from lodewire.errors import ConfigError

GOOD = """\
id: {id}
publisher: Example
title: Example news
kind: trade_press
language: no
country: NO
desks: [mining-metals, oil-gas]
channels: [{{type: rss, url: "https://example.org/feed"}}]
terms: Copyright of Example.
expected: {{min: 1, max: 40}}
"""


def write(folder: Path, text: str, name: str = "example") -> Path:
    file = folder / name / "source.yml"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def good(tmp_path: Path, **changes: str) -> Path:
    text = GOOD.format(id="example")
    for key, value in changes.items():
        text = "".join(
            f"{key}: {value}\n" if line.startswith(f"{key}:") else f"{line}\n"
            for line in text.splitlines()
        )
        if f"{key}:" not in text:
            text += f"{key}: {value}\n"
    return write(tmp_path, text)


def complaint(file: Path) -> str:
    with pytest.raises(ConfigError) as caught:
        load_source(file)
    assert str(file) in caught.value.message
    assert caught.value.hint
    return caught.value.message


def test_a_definition_loads_with_its_defaults(tmp_path):
    source = load_source(good(tmp_path))
    assert source.id == "example"
    assert source.verified == "never"
    assert source.fetch == "page"
    assert source.robots
    assert not source.allow_private_addresses


def test_norway_and_norwegian_are_no_truth_values(tmp_path):
    source = load_source(good(tmp_path))
    assert (source.country, source.language) == ("NO", "no")


def test_paths_are_relative_to_the_definition(tmp_path):
    file = good(tmp_path, channels="[{type: folder, path: inbox}, {type: warc, path: /a.warc}]")
    first, second = load_source(file).channels
    assert isinstance(first, FolderChannel)
    assert first.path == tmp_path / "example" / "inbox"
    assert second.address == "/a.warc"


@pytest.mark.parametrize(
    ("key", "value", "told"),
    [
        ("id", "Not A Slug", "id: should match pattern"),
        ("kind", "compny", "kind: should be 'wire', 'trade_press'"),
        ("language", "english", "language: should match pattern"),
        ("country", "Norway", "country: should match pattern"),
        ("desks", "[]", "desks: should have at least 1 item"),
        ("desks", "[mining]", "desks[1]: should be 'oil-gas'"),
        ("channels", "[]", "Write, for example: channels: [{type: rss"),
        ("channels", "[{type: rss, url: example.org}]", "channels[1].url: must be a full http"),
        ("channels", "[{type: rss, url: 'http://u:p@e.org/'}]", "without credentials"),
        ("channels", "[{type: rsss, url: 'http://e.org/'}]", "channels[1]: unknown type; use one"),
        ("channels", "[{url: 'http://e.org/'}]", "channels[1]: has no type"),
        ("channels", "[{type: page}]", "channels[1].url: is missing. Write, for example: url:"),
        ("channels", "[{type: page, url: 'http://e.org/', link: x}]", "Did you mean 'links'?"),
        ("channels", "[{type: page, url: 'http://e.org/', links: '('}]", "a regular expression"),
        (
            "channels",
            "[{type: rss, url: 'http://e.org/'}, {type: feed, url: 'http://e.org/'}]",
            "two channels have the same address",
        ),
        ("terms", "none", "terms: should have at least 10 characters"),
        ("expected", "{min: 5, max: 2}", "expected: min (5) must not be above max (2)"),
        ("expected", "{min: 5}", "expected.max: is missing. Write, for example: max: 40"),
        ("rate", "0", "rate: should be greater than 0"),
        ("verified", "yesterday", "verified"),
        ("valid_until", "2020-01-01\nvalid_from: 2021-01-01", "valid_until must not be before"),
        ("robot", "true", "robot: there is no such key. Did you mean 'robots'?"),
    ],
)
def test_a_wrong_value_is_named_with_what_to_write(tmp_path, key, value, told):
    assert told in complaint(good(tmp_path, **{key: value}))


@pytest.mark.parametrize("key", ["id", "publisher", "terms", "expected", "channels", "kind"])
def test_what_must_be_told_is_missed(tmp_path, key):
    lines = [line for line in GOOD.format(id="x").splitlines() if not line.startswith(key)]
    assert f"{key}: is missing. Write, for example: {key}:" in complaint(
        write(tmp_path, "\n".join(lines))
    )


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("id: a\nid: b\n", "line 2, column 1: the key 'id' stands twice"),
        ("id: &a x\ntitle: *a\n", "aliases (*name) are not supported"),
        ("a: [\n", "not valid YAML: line 2"),
        ("- a\n- b\n", "holds no keys"),
        ("", "holds no keys"),
        ("just words", "holds no keys"),
        ("1: x\n", "holds no keys"),
        ("? [a, b]\n: x\n", "a key must be a plain word"),
        ("id: !!python/object/apply:os.system [ls]\n", "not valid YAML"),
        ("id: " + "[" * 3000, "not valid YAML"),
        ("valid_from: 2020-99-99\n", "not valid YAML"),
        ("# " + "x" * 300_000, "a definition has at most"),
    ],
)
def test_text_that_is_no_plain_yaml_is_refused_with_its_place(tmp_path, text, told):
    assert told in complaint(write(tmp_path, text))


def test_bytes_that_are_no_utf_8_are_refused(tmp_path):
    file = write(tmp_path, "")
    file.write_bytes(b"id: \xff")
    assert "byte 4 is not UTF-8" in complaint(file)


def test_a_definition_that_is_not_there_is_a_clear_error(tmp_path):
    assert "cannot be read" in complaint(tmp_path / "source.yml")


def test_the_text_made_of_a_definition_loads_as_the_same(tmp_path):
    source = load_source(good(tmp_path, notes="'a: b # c'", valid_from="2025-01-02"))
    assert load_source(write(tmp_path, source_yaml(source), "again")) == source


def test_a_channel_can_be_made_of_an_address():
    assert channel_of("rss", "https://e.org/f").address == "https://e.org/f"
    assert channel_of("folder", "/inbox").address == "/inbox"
    with pytest.raises(ConfigError, match="not a channel"):
        channel_of("rss", "e.org")
    with pytest.raises(ConfigError, match="not a channel"):
        channel_of("carrier-pigeon", "https://e.org/f")


def test_a_definition_holds_between_its_dates(tmp_path):
    file = good(tmp_path, valid_from="2025-01-01", valid_until="2025-12-31")
    source = load_source(file)
    assert [source.active_on(date(y, m, 1)) for y, m in ((2024, 12), (2025, 6), (2026, 1))] == [
        False,
        True,
        False,
    ]


# --- folders and choice -----------------------------------------------------------------------


def ids(sources: tuple[SourceDefinition, ...]) -> list[str]:
    return [source.id for source in sources]


def test_sources_of_folders_come_sorted_and_later_ones_replace_earlier(tmp_path):
    write(tmp_path / "a", GOOD.format(id="zinc"), "one")
    write(tmp_path / "a", GOOD.format(id="tin"), "two")
    write(tmp_path / "b", GOOD.format(id="tin").replace("Example news", "Mine"), "x")
    found = load_sources(tmp_path / "a", tmp_path / "b", tmp_path / "none", shipped=False)
    assert ids(found) == ["tin", "zinc"]
    assert found[0].title == "Mine"


def test_an_id_used_twice_in_a_folder_is_an_error(tmp_path):
    write(tmp_path, GOOD.format(id="tin"), "one")
    write(tmp_path, GOOD.format(id="tin"), "two")
    with pytest.raises(ConfigError, match=r"already used by .*one"):
        load_sources(tmp_path, shipped=False)


def choose(tmp_path: Path, toml: str) -> list[str]:
    for id_ in ("tin", "zinc"):
        write(tmp_path / "sources", GOOD.format(id=id_), id_)
    other = GOOD.format(id="chips").replace("mining-metals, oil-gas", "ai-semiconductors")
    write(tmp_path / "sources", other, "chips")
    old = GOOD.format(id="old") + "valid_until: 2020-01-01\n"
    write(tmp_path / "sources", old, "old")
    (tmp_path / "desk.toml").write_text(toml)
    return ids(select_sources(load_desk(tmp_path), day=date(2025, 3, 12)))


def test_a_desk_takes_its_own_sources_and_the_shipped_ones(tmp_path):
    assert set(choose(tmp_path, "")) > {"tin", "zinc", "chips", "meti"}
    assert choose(tmp_path, "[sources]\nshipped = false") == ["chips", "tin", "zinc"]


def test_a_desk_takes_only_sources_of_its_topics(tmp_path):
    toml = 'desks = ["mining-metals"]\n[sources]\nshipped = false'
    assert choose(tmp_path, toml) == ["tin", "zinc"]


def test_include_and_exclude_choose_by_id(tmp_path):
    assert choose(tmp_path, '[sources]\ninclude = ["tin", "meti"]') == ["meti", "tin"]
    toml = '[sources]\nshipped = false\nexclude = ["tin"]'
    assert choose(tmp_path, toml) == ["chips", "zinc"]


@pytest.mark.parametrize("key", ["include", "exclude"])
def test_an_unknown_source_in_the_choice_is_an_error(tmp_path, key):
    with pytest.raises(ConfigError, match=f"sources.{key}: there is no source 'tinn'") as caught:
        choose(tmp_path, f'[sources]\n{key} = ["tinn"]')
    assert "lodewire sources list" in caught.value.hint
