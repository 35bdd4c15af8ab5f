"""robots.txt files that are large, odd or hostile."""

from __future__ import annotations

import time

from hypothesis import given
from hypothesis import strategies as st
from protego import Protego

from lodewire.collect.robots import only_ours


def allowed(text: str, url: str = "https://example.org/a/b") -> bool:
    return bool(Protego.parse(only_ours(text)).can_fetch(url, "Lodewire"))


def test_groups_of_other_robots_stay_apart_from_ours():
    rules = "User-agent: GPTBot\nUser-agent: CCBot\nDisallow: /\n\nUser-agent: *\nDisallow: /x"
    assert allowed(rules)
    assert not allowed(rules, "https://example.org/x")


def test_our_name_counts_in_any_case_and_spelling_of_the_line():
    for line in ("user-agent: LODEWIRE", "User-Agent:Lodewire # us", "USER AGENT: lodewire"):
        assert not allowed(f"{line}\nDisallow: /")


def test_a_group_shared_with_others_still_counts_for_us():
    assert not allowed("User-agent: GPTBot\nUser-agent: Lodewire\nDisallow: /a")


def test_thousands_of_robots_and_rules_are_read_at_once():
    agents = "".join(f"User-agent: bot{n}\n" for n in range(15_000))
    rules = "".join(f"Disallow: /{n}\n" for n in range(15_000))
    began = time.monotonic()
    assert allowed(agents + rules + "User-agent: *\nAllow: /")
    assert time.monotonic() - began < 5  # each rule for each robot would take minutes


def test_rules_full_of_stars_are_matched_at_once():
    rules = "User-agent: *\n" + f"Disallow: /{'*a' * 400}b\n" * 100
    began = time.monotonic()
    assert allowed(rules, "https://example.org/" + "a" * 3000)
    assert time.monotonic() - began < 5


@given(st.text(max_size=300))
def test_any_text_can_be_read(text):
    assert allowed(text) in {True, False}
