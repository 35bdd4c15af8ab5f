"""desk.toml: what loads, and what is said of what does not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodewire.config.desk import DeskConfig, default_desk_toml, load_desk, with_database
from lodewire.errors import ConfigError
from lodewire.model.vocabulary import Desk


def load(tmp_path, text: str | bytes) -> DeskConfig:
    raw = text.encode() if isinstance(text, str) else text
    (tmp_path / "desk.toml").write_bytes(raw)
    return load_desk(tmp_path)


def complaint(tmp_path, text: str | bytes) -> ConfigError:
    with pytest.raises(ConfigError) as caught:
        load(tmp_path, text)
    assert str(tmp_path / "desk.toml") in caught.value.message
    assert caught.value.hint
    return caught.value


def test_an_empty_file_is_a_desk_with_all_defaults(tmp_path):
    desk = load(tmp_path, "")
    assert desk.desks == tuple(Desk)
    assert desk.database_path == tmp_path / "desk.db"
    assert desk.output_path == tmp_path / "briefs"
    assert desk.source_folders == (tmp_path / "sources",)
    assert not desk.sample


def test_the_template_loads_and_shows_the_true_defaults(tmp_path):
    desk = load(tmp_path, default_desk_toml("Metals desk"))
    assert desk == load(tmp_path, 'name = "Metals desk"')


@given(st.text(alphabet=st.characters(blacklist_categories=["Cs"]), min_size=1, max_size=80))
def test_any_name_survives_the_template(name):
    import tomllib

    assert tomllib.loads(default_desk_toml(name))["name"] == name


def test_the_file_itself_may_be_named(tmp_path):
    load(tmp_path, 'name = "X"')
    assert load_desk(tmp_path / "desk.toml").name == "X"


def test_a_config_cannot_be_changed(tmp_path):
    desk = load(tmp_path, "")
    with pytest.raises(Exception, match="frozen"):
        desk.name = "other"


def test_an_unknown_key_names_the_one_that_was_meant(tmp_path):
    assert complaint(tmp_path, 'langauge = "en"').message.endswith(
        "langauge: there is no such key. Did you mean 'language'?"
    )
    assert "Known here: gate" in complaint(tmp_path, "[relevance]\nxyz = 1").message


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("name = 3", 'name: should be a valid string, got 3. Write, for example: name = "Metals'),
        ('name = ""', "name: should have at least 1 character"),
        ('language = "english"', "language: must be a two-letter ISO 639-1 code"),
        ('timezone = "Mars/Olympus"', "timezone: must be a name of the IANA time zone database"),
        ('timezone = "../etc/passwd"', "timezone: must be a name"),
        ('contact = "me"', "contact: must be empty, an e-mail address or a web address"),
        ('contact = "a@b.org\\r\\nX: y"', "contact: must be"),
        ('desks = ["oil"]', "desks[1]: should be 'oil-gas'"),
        ("desks = []", "desks: must name at least one desk"),
        ("[collect]\nconcurrency = 0", "collect.concurrency: should be greater than or equal to 1"),
        ('[collect]\nretries = "many"', "Write, for example: retries = 2"),
        ('[brief]\nbase_url = "desk.example.org"', "brief.base_url: must be empty or start with"),
        ("[relevance]\ngate = 2", "relevance.gate: should be less than or equal to 1"),
        ('root = "/"', "root: there is no such key"),
        ("name = ", "not valid TOML"),
        (b'name = "\xff"', "byte 8 is not UTF-8"),
    ],
)
def test_a_wrong_value_is_named_with_what_to_write(tmp_path, text, told):
    assert told in complaint(tmp_path, text).message


def test_all_problems_are_told_at_once(tmp_path):
    message = complaint(tmp_path, 'name = 1\nsample = "x"\n[brief]\nentries_a_desk = 0').message
    assert "3 problems" in message
    assert len(message.splitlines()) == 4


def test_a_missing_desk_says_how_to_make_one(tmp_path):
    for path in (tmp_path, tmp_path / "desk.toml", tmp_path / "no" / "where"):
        with pytest.raises(ConfigError) as caught:
            load_desk(path)
        assert "lodewire init" in caught.value.hint


def test_a_byte_order_mark_does_no_harm(tmp_path):
    assert load(tmp_path, b'\xef\xbb\xbfname = "X"').name == "X"


def test_a_web_address_loses_its_last_slash(tmp_path):
    assert load(tmp_path, '[brief]\nbase_url = "https://e.org/"').brief.base_url == "https://e.org"


@pytest.mark.parametrize(
    "url", ["postgresql://me@db.example/desk", "postgres:///desk", "postgresql+psycopg://db/desk"]
)
def test_the_ledger_may_be_a_database(tmp_path, url):
    assert load(tmp_path, f'database = "{url}"').ledger_place == url


def test_a_ledger_in_a_file_lies_beside_the_desk(tmp_path):
    assert load(tmp_path, 'database = "a/b.db"').ledger_place == str(tmp_path / "a" / "b.db")


def test_another_engine_is_refused_and_its_password_not_repeated(tmp_path):
    told = complaint(tmp_path, 'database = "mysql://me:s3cr3t@db.example/desk"')
    assert "postgresql://" in told.message
    assert "s3cr3t" not in told.message


@pytest.mark.parametrize(
    "text",
    [
        "",
        'name = "X"\n',
        'database = "desk.db"\n',
        'database = \'desk.db\'   # here\nname = "X"\n[brief]\ntitle = "database = no"\n',
        '# database = "old.db"\n[sources]\nshipped = false\n',
        default_desk_toml("Metals desk"),
    ],
)
def test_the_place_of_the_ledger_is_written_and_nothing_else_changes(tmp_path, text):
    url = "postgresql://me@db/desk"
    before, written = load(tmp_path, text), with_database(text, url)
    assert load(tmp_path, written) == before.model_copy(update={"database": url})
    assert load(tmp_path, with_database(written, "y.db")).database == "y.db", "and again"
    kept = [line for line in text.splitlines() if not line.startswith("database")]
    assert all(line in written.splitlines() for line in kept)
    assert text.count("# here") == written.count("# here")
