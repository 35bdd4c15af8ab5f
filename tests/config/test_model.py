"""The [model] part of desk.toml: what loads, and what is said of what does not."""

from __future__ import annotations

from decimal import Decimal

import pytest

from lodewire.config.desk import DeskConfig, load_desk
from lodewire.errors import ConfigError

LOCAL = 'endpoint = "http://127.0.0.1:8080/v1"\nname = "small"\nallow_private_addresses = true\n'


def load(tmp_path, text: str) -> DeskConfig:
    (tmp_path / "desk.toml").write_text(text, encoding="utf-8")
    return load_desk(tmp_path)


def test_the_frames_read_unless_the_desk_says_otherwise(tmp_path):
    assert load(tmp_path, "").reader == "frames"
    assert load(tmp_path, 'reader = "llm"').reader == "llm"
    with pytest.raises(ConfigError, match="reader"):
        load(tmp_path, 'reader = "oracle"')


def test_a_local_model_needs_no_key(tmp_path):
    desk = load(tmp_path, "[model]\n" + LOCAL)
    desk.model.check()
    assert desk.model.key() is None
    assert desk.model_path == tmp_path / "model"


def test_prices_are_kept_to_the_last_digit(tmp_path):
    told = "price_in = 0.15\nprice_out = 0.6\nmax_cost_day = 1.1\n"
    model = load(tmp_path, "[model]\n" + told).model
    assert (model.price_in, model.max_cost_day) == (Decimal("0.15"), Decimal("1.1"))
    assert model.max_cost_run is None, "a cap that is not told is none"


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ('endpoint = "127.0.0.1:8080"', "start with https://"),
        ('endpoint = "https://user:pw@example.org/v1"', "the key has a variable"),
        ('endpoint = "https://example.org/v1?key=abc"', "the key has a variable"),
        ('endpoint = "http://example.org/v1"', "allow_private_addresses = true"),
        ('key_env = "sk-abc-def"', "never the key itself"),
        ('name = "two words"', "a model's name"),
        ("max_cost_run = 1", "need price_in and price_out"),
        ("api_key = 'x'", "there is no such key"),
    ],
)
def test_what_is_wrong_is_told_with_what_to_write(tmp_path, line, told):
    with pytest.raises(ConfigError) as caught:
        load(tmp_path, f"[model]\n{line}\n")
    assert told in caught.value.message


def test_the_whole_address_of_the_service_is_understood(tmp_path):
    told = 'endpoint = "https://example.org/v1/chat/completions"'
    assert load(tmp_path, f"[model]\n{told}\n").model.endpoint == "https://example.org/v1"


def test_the_key_comes_from_the_environment_alone(tmp_path, monkeypatch):
    model = load(tmp_path, '[model]\nkey_env = "A_KEY"\n').model
    monkeypatch.delenv("A_KEY", raising=False)
    with pytest.raises(ConfigError, match="A_KEY holds no key"):
        model.key()
    monkeypatch.setenv("A_KEY", "sk-1\nX-Injected: yes")
    with pytest.raises(ConfigError, match="A_KEY holds no key"):
        model.key()
    monkeypatch.setenv("A_KEY", " sk-1 ")
    assert model.key() == "sk-1"
    assert "sk-1" not in repr(model)


@pytest.mark.parametrize("missing", ["endpoint", "name"])
def test_what_is_missing_is_named(tmp_path, missing):
    rest = "".join(row for row in LOCAL.splitlines(True) if not row.startswith(missing))
    with pytest.raises(ConfigError, match=f"no {missing}") as caught:
        load(tmp_path, "[model]\n" + rest).model.check()
    assert "[model]" in (caught.value.hint or "")
