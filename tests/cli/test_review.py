"""``lodewire review`` and ``lodewire corrections`` on the sample desk."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path
from typing import Any

import pytest

from tests.cli.command import NOW, Outcome, lodewire

DAY = "2025-03-28"
LATER = "2025-04-02T09:00:00+00:00"


def act(desk: Path, *arguments: str, now: str = LATER) -> Outcome:
    return lodewire("review", *arguments, "--author", "Ana", "--now", now, "-d", desk).fine()


def queue(desk: Path, *arguments: str) -> list[dict[str, Any]]:
    told = lodewire("review", "list", "--format", "json", "-n", "500", *arguments, "-d", desk)
    return list(told.fine().json)


def view(desk: Path, reference: str) -> dict[str, Any]:
    told = lodewire("review", "show", reference, "--format", "json", "-d", desk).fine().json
    assert isinstance(told, dict)
    return told


def brief(desk: Path, *arguments: str, form: str = "json") -> Outcome:
    return lodewire(
        "brief", "--day", DAY, "--format", form, "--now", LATER, *arguments, "-d", desk
    ).fine()


def entries(told: Any) -> list[dict[str, Any]]:
    return [e for d in told["desks"] for e in d["entries"]]


def printed_value(desk: Path) -> tuple[dict[str, Any], str, str]:
    """An entry of the kept brief, and a sum of money that its sentence prints."""
    for entry in entries(brief(desk, "--kept").json):
        quotes = {q["statement"]: q for q in entry["quotes"]}
        for segment in entry["sentences"][0]["segments"]:
            for id_ in segment["statements"]:
                if quotes[id_]["role"] == "value":
                    return entry, id_, segment["text"]
    raise AssertionError("no brief of the sample names a sum")


def statements_in(receipt: Path) -> list[dict[str, Any]]:
    """The statements of a receipt, wherever its form keeps them."""
    found: list[dict[str, Any]] = []

    def walk(part: Any) -> None:
        if isinstance(part, dict) and "subject" in part and "quote" in part:
            found.append(part)
        for inner in part.values() if isinstance(part, dict) else part:
            if isinstance(inner, dict | list):
                walk(inner)

    walk(json.loads(receipt.read_text("utf-8")))
    return found


def text_of(entry: dict[str, Any]) -> str:
    return " ".join(s["text"] for s in entry["sentences"])


class TestQueue:
    """``review list`` and ``show``."""

    def test_the_queue_says_why_and_is_in_order_with_one_entry_an_event(self, built: Path) -> None:
        told = queue(built)
        assert len(told) > 20
        assert [(-e["importance"], e["event"]) for e in told] == sorted(
            (-e["importance"], e["event"]) for e in told
        )
        assert len({e["event"] for e in told}) == len(told)
        assert all(e["why"] for e in told)
        doubts = {w["doubt"] for e in told for w in e["why"]}
        assert doubts >= {"confidence", "pair", "conflict", "source"}
        assert queue(built) == told

    def test_filters_narrow_it(self, built: Path) -> None:
        only = queue(built, "--why", "conflict", "--why", "pair")
        assert only
        assert {w["doubt"] for e in only for w in e["why"]} <= {"conflict", "pair"}
        assert {e["type"] for e in queue(built, "--type", "tariff")} == {"tariff"}
        assert queue(built, "--since", "2001-01-01", "--until", "2001-01-02") == []
        none = lodewire("review", "list", "--until", "2001-01-02", "-d", built).fine().out
        assert "Nothing waits" in none

    def test_the_table_names_the_reference_and_the_reason(self, built: Path) -> None:
        out = lodewire("review", "list", "-n", "3", "-d", built).fine().out
        first = queue(built)[0]
        assert first["ref"] in out
        assert first["why"][0]["doubt"] in out

    def test_show_marks_the_words_in_the_sentence(self, built: Path) -> None:
        entry = next(e for e in queue(built) if "pair" in {w["doubt"] for w in e["why"]})
        told = view(built, entry["ref"])
        assert told["event"] == entry["event"]
        assert told["nearest"], "the other of the pair"
        for mention in told["mentions"]:
            roles = [p["role"] for s in mention["passages"] for p in s if p["role"]]
            assert "trigger" in roles
            role = next(r for r in roles if r != "trigger")
            for statement in mention["statements"]:
                if statement["property"] not in ("type", "status", "modality"):
                    assert statement["original"]
        out = lodewire("review", "show", entry["ref"], "-d", built).fine().out
        assert told["mentions"][0]["statements"][0]["ref"] in out
        assert f"|{role}]" in out

    def test_an_empty_ledger_says_what_to_do(self, new_desk: Path) -> None:
        assert "lodewire run" in lodewire("review", "list", "-d", new_desk).fine().out
        assert "Nobody has decided" in lodewire("review", "log", "-d", new_desk).fine().out
        assert "review list" in lodewire("review", "stats", "-d", new_desk).fine().out
        assert "No brief was corrected" in lodewire("corrections", "-d", new_desk).fine().out

    @pytest.mark.parametrize("reference", ["ev_zzzzzzzz", "nonsense", "ev_", "ev_%%%%", "7"])
    def test_a_wrong_reference_is_told(self, built: Path, reference: str) -> None:
        lodewire("review", "show", reference, "-d", built).refused()


class TestDecisions:
    """Accept, reject, edit, choose, merge, split, undo."""

    def test_what_was_accepted_is_not_asked_again(self, desk: Path) -> None:
        entry = next(e for e in queue(desk) if {w["doubt"] for w in e["why"]} == {"source"})
        said = act(desk, "accept", entry["ref"]).out
        assert "by Ana" in said
        assert entry["event"] not in {e["event"] for e in queue(desk)}
        act(desk, "undo", entry["ref"], now="2025-04-02T10:00:00+00:00")
        assert entry in queue(desk)

    def test_a_rejected_event_is_gone_from_the_brief_and_the_kept_one_says_so(
        self, desk: Path
    ) -> None:
        entry = entries(brief(desk, "--kept").json)[0]
        out = act(desk, "reject", entry["event"], "--reason", "a comment").out
        assert DAY in out
        the_kept_one = brief(desk, "--kept").json
        now = brief(desk).json
        assert entry["event"] not in {e["event"] for e in entries(now)}
        (note,) = now["corrections"]
        assert note["said"] == text_of(entry)
        assert note["right"] is None
        kept = next(e for e in entries(the_kept_one) if e["event"] == entry["event"])
        assert [c["reason"] for c in kept["corrections"]] == ["a comment"]
        assert text_of(kept) == text_of(entry), "what was composed stays as it was"
        assert "rejected" in lodewire("show", entry["event"], "-d", desk).refused()
        assert view(desk, entry["event"])["rejected"]

    def test_an_edit_is_shown_as_edited_and_earlier_briefs_are_corrected(self, desk: Path) -> None:
        entry, statement, said = printed_value(desk)
        act(desk, "edit", statement, "US$7.77 billion", "--reason", "see filing", "--same")
        forms = ("html", "markdown", "terminal")
        kept = [brief(desk, "--kept", form=form).out for form in forms]
        now = next(e for e in entries(brief(desk).json) if e["event"] == entry["event"])
        assert "US$7.77 billion" in text_of(now)
        edit = now["edits"][0]
        assert (edit["read"], edit["value"]) == (said, "US$7.77 billion")
        assert (edit["author"], edit["reason"]) == ("Ana", "see filing")
        (note, *_) = now["corrections"]
        assert (note["said"], note["right"]) == (said, "US$7.77 billion")
        quote = next(q for q in now["quotes"] if q["statement"] == statement)
        assert quote["quote"] == next(
            q["quote"] for q in entry["quotes"] if q["statement"] == statement
        )
        for form, was in zip(forms, kept, strict=True):
            told, before = (" ".join(t.split()) for t in (brief(desk, form=form).out, was))
            assert "Correction, 2 April 2025" in told, form
            assert "Correction, 2 April 2025" in before, form
            assert "Edited by Ana" in told, form
            assert "Edited by Ana" not in before, "a brief is not rewritten"
        (log, *_) = lodewire("corrections", "--format", "json", "-d", desk).fine().json
        assert log["said"] == said
        assert log["right"] == "US$7.77 billion"
        assert {b["day"] for b in log["briefs"]} == {DAY}
        out = lodewire("corrections", "--day", DAY, "-d", desk).fine().out
        assert "US$7.77 billion" in out

    def test_the_notice_stands_in_the_mail_in_both_its_parts(self, desk: Path) -> None:
        import email
        from email.policy import default

        entry, statement, _ = printed_value(desk)
        act(desk, "edit", statement, "US$7.77 billion", "--reason", "see <b>filing</b>", "--same")
        message = email.message_from_string(brief(desk, form="eml").out, policy=default)
        for kind in ("plain", "html"):
            body = message.get_body((kind,))
            assert body is not None
            told = body.get_content()
            assert "Correction, 2 April 2025" in told
            assert ("<b>filing" in told) == (kind == "plain"), "nothing of it is markup"
        assert entry

    def test_receipts_hold_for_what_was_edited_and_for_the_brief_before_it(
        self, desk: Path
    ) -> None:
        entry, statement, said = printed_value(desk)
        act(desk, "edit", statement, "US$7.77 billion", "--reason", "see filing", "--same")
        event, day = desk / "event.json", desk / "day.json"
        lodewire("receipt", entry["event"], "-o", event, "-d", desk).fine()
        lodewire("receipt", DAY, "-o", day, "-d", desk).fine()
        for file in (event, day):
            lodewire("verify", file).fine()
        (edited,) = (s for s in statements_in(event) if s["id"] == statement)
        assert (edited["ruling"]["action"], edited["ruling"]["author"]) == ("edit", "Ana")
        assert edited["value"] == "7770000000"
        (then,) = (s for s in statements_in(day) if s["id"] == statement)
        assert then["ruling"] is None
        assert (then["value"], then["unit"]) == (
            edited["ruling"]["read_value"],
            edited["ruling"]["read_unit"],
        )
        event.write_text(event.read_text("utf-8").replace("see filing", "seen by me"), "utf-8")
        assert lodewire("verify", event).code == 1, "who decided, and why, is under the signature"
        assert said

    def test_an_undone_edit_stays_in_the_log_and_the_brief_between_is_corrected(
        self, desk: Path
    ) -> None:
        entry, statement, said = printed_value(desk)
        act(desk, "edit", statement, "US$7.77 billion", "--reason", "see filing", "--same")
        brief(desk)
        assert "US$7.77 billion" in brief(desk, "--kept").out
        act(desk, "undo", statement, now="2025-04-03T09:00:00+00:00")
        log = lodewire("corrections", "--format", "json", "-d", desk).fine().json
        assert {(c["action"], c["said"], c["right"]) for c in log} == {
            ("edit", said, "US$7.77 billion"),
            ("undo", "US$7.77 billion", said),
        }
        assert [bool(c["until"]) for c in log if c["action"] == "edit"] == [True]
        again = lodewire(
            "brief", "--day", DAY, "--format", "json", "--now", "2025-04-04T09:00:00Z", "-d", desk
        ).json
        now = next(e for e in entries(again) if e["event"] == entry["event"])
        assert text_of(now) == text_of(entry)
        assert [c["right"] for c in now["corrections"]] == [said]

    def test_a_choice_settles_a_conflict_and_both_values_stay(self, desk: Path) -> None:
        entry = queue(desk, "--why", "conflict")[0]
        by_role: dict[str, dict[str, str]] = {}
        for mention in view(desk, entry["event"])["mentions"]:
            for s in mention["statements"]:
                by_role.setdefault(s["property"], {})[s["printed"]] = s["ref"]
        role = next(r for r in by_role if f"differ on {r}" in entry["why"][0]["detail"])
        value, reference = sorted(by_role[role].items())[-1]
        act(desk, "choose", reference, "--reason", "the company says so")
        assert entry["event"] not in {e["event"] for e in queue(desk, "--why", "conflict")}
        told = lodewire("show", entry["event"], "--json", "-d", desk).fine().json
        values = [s["value"] for s in told["statements"] if s["property"] == role]
        assert values[0] == value
        assert set(values) == set(by_role[role])

    def test_merge_split_and_undo(self, desk: Path) -> None:
        entry = queue(desk, "--why", "pair")[0]
        other = entry["why"][0]["other"]
        members = {
            e: {m["mention"] for m in view(desk, e)["mentions"]} for e in (entry["event"], other)
        }
        before = lodewire("export", "-d", desk).fine().out
        act(desk, "merge", entry["event"], other)
        both = {m["mention"] for m in view(desk, entry["event"])["mentions"]}
        assert both == members[entry["event"]] | members[other]
        assert view(desk, other)["event"] == view(desk, entry["event"])["event"]
        act(desk, "undo", entry["event"])
        after = lodewire("export", "-d", desk).fine().out.splitlines()
        assert [x for x in after if '"kind":"decision"' not in x] == before.splitlines()
        act(desk, "split", entry["event"], other, "--reason", "two happenings")
        for id_, was in members.items():
            assert {m["mention"] for m in view(desk, id_)["mentions"]} == was
        reasons = [w for e in queue(desk) if e["event"] == entry["event"] for w in e["why"]]
        assert other not in [w["other"] for w in reasons]

    def test_statistics_count_what_editors_agreed_to(self, desk: Path) -> None:
        first, second = [e for e in queue(desk) if e["type"] == "tariff"][:2]
        act(desk, "accept", first["ref"])
        act(desk, "reject", second["ref"], "--reason", "a comment")
        found = lodewire("review", "stats", "--format", "json", "-d", desk).fine().json
        tariffs = [s for s in found if s["type"] == "tariff"]
        accepted = sum(len(view(desk, e["ref"])["mentions"]) for e in (first,))
        assert sum(s["accepted"] for s in tariffs) == accepted
        assert sum(s["rejected"] for s in tariffs) > 0
        judged = next(s for s in tariffs if s["precision"] is not None)
        assert judged["precision"] == round(
            judged["accepted"] / (judged["accepted"] + judged["rejected"]), 4
        )
        assert judged["proposed"] >= judged["accepted"] + judged["rejected"]
        assert "precision" in lodewire("review", "stats", "-d", desk).fine().out

    def test_a_clock_that_went_back_does_not_hide_a_decision(self, desk: Path) -> None:
        _, statement, _ = printed_value(desk)
        act(desk, "edit", statement, "US$7.77 billion", "--reason", "first")
        act(desk, "edit", statement, "US$8.88 billion", "--reason", "second", now=NOW)
        told = [
            s
            for m in view(desk, statement)["mentions"]
            for s in m["statements"]
            if s["statement"] == statement
        ]
        assert told[0]["printed"] == "US$8.88 billion"
        log = lodewire("review", "log", "--format", "json", "-d", desk).fine().json
        assert [d["version"] for d in log] == [2, 1]

    def test_the_desk_decides_where_nobody_is_named(self, desk: Path) -> None:
        reference = queue(desk)[0]["ref"]
        assert "by Sample desk" in lodewire("review", "accept", reference, "-d", desk).fine().out
        told = lodewire("review", "log", "-d", desk).fine().out
        assert "accept" in told
        assert "orphaned" in lodewire("review", "log", "--orphaned", "-d", desk).fine().out

    @pytest.mark.parametrize(
        ("value", "said"),
        [
            ("many", "cannot be read as one quantity"),
            ("", "empty"),
            ("5 t and 6 t", "one quantity"),
        ],
    )
    def test_a_value_that_does_not_fit_its_role_is_refused(
        self, desk: Path, value: str, said: str
    ) -> None:
        _, statement, _ = printed_value(desk)
        outcome = lodewire("review", "edit", statement, value, "-r", "x", "-d", desk)
        assert said in outcome.refused()
        assert json.loads(lodewire("review", "log", "--format", "json", "-d", desk).out) == []

    def test_acts_that_make_no_sense_are_refused(self, desk: Path) -> None:
        entry, statement, said = printed_value(desk)
        status = next(
            s["ref"]
            for m in view(desk, entry["event"])["mentions"]
            for s in m["statements"]
            if s["property"] == "status"
        )
        for arguments in (
            ["reject", status, "-r", "x"],
            ["edit", status, "tomorrow", "-r", "x"],
            ["edit", statement, said, "-r", "x"],
            ["edit", statement, "5 t", "-r", " "],
            ["merge", entry["event"], entry["event"]],
            ["merge", entry["event"], statement],
            ["split", entry["event"], entry["event"]],
            ["split", entry["event"], statement],
            ["undo", entry["event"]],
            ["accept", statement, "--author", "resolve/1"],
        ):
            lodewire("review", *arguments, "-d", desk).refused()
        log = lodewire("review", "log", "--format", "json", "-d", desk).fine().json
        assert log == []


GUIDE = Path(__file__).parents[2] / "docs" / "guides" / "review.md"


def shown_calls() -> list[list[str]]:
    """The commands that the guide shows, as they stand there."""
    blocks = re.findall(r"```sh\n(.*?)```", GUIDE.read_text("utf-8"), flags=re.DOTALL)
    return [shlex.split(line) for block in blocks for line in block.splitlines() if line]


@pytest.mark.parametrize("call", shown_calls(), ids=" ".join)
def test_the_commands_of_the_guide_are_called_as_it_shows_them(
    call: list[str], built: Path
) -> None:
    """References there are made up: they are looked for, and nothing else is wrong."""
    outcome = lodewire(*call[1:], "-d", built)
    if any(re.match(r"(ev|evm|st|dc)_", word) for word in call):
        assert "nothing in this ledger begins with" in outcome.refused()
    else:
        outcome.fine()


class TestAudit:
    """``lodewire audit``."""

    def test_every_decision_has_a_line_that_names_who_what_and_why(self, desk: Path) -> None:
        entry, statement, _ = printed_value(desk)
        act(desk, "accept", entry["event"])
        act(desk, "edit", statement, "US$1 million", "--reason", "the filing says so")
        told = lodewire("audit", "--act", "review", "--format", "json", "-d", desk).fine().json
        assert [(t["who"], t["action"]) for t in told] == [
            ("command line", "review edit"),
            ("command line", "review accept"),
        ]
        assert told[0]["subject"].startswith("dc_")
        assert told[0]["detail"] == "1 statement; the filing says so"
        one = lodewire("audit", "--of", told[0]["subject"][:12], "-d", desk).fine()
        assert "review edit" in one.out
        assert "review accept" not in one.out
        none = lodewire("audit", "--since", "2031-01-01", "-d", desk).fine()
        assert none.out.strip() == "Nothing was done yet."

    def test_an_act_that_is_refused_leaves_no_line(self, desk: Path) -> None:
        lodewire("review", "edit", "st_aaaa", "1", "--reason", "x", "-d", desk).refused()
        assert lodewire("audit", "-d", desk).fine().out.strip() == "Nothing was done yet."


def test_a_desk_that_publishes_by_an_editor_shows_drafts_until_it_is_told(desk: Path) -> None:
    file = desk / "desk.toml"
    told = file.read_text("utf-8")
    file.write_text(told + '\n[brief]\npublishing = "editor"\n', encoding="utf-8")
    asked = ("brief", "2025-03-27", "--now", LATER, "-d", desk)
    draft = lodewire(*asked).fine()
    assert "This is a draft" in draft.out
    assert "no brief was composed" in lodewire(*asked, "--kept").refused()
    run = lodewire("run", "--offline", "--day", "2025-03-27", "--now", LATER, "-d", desk).fine()
    assert "This is a draft" in run.out
    assert "Wrote" not in run.out, "a folder of briefs may be served as it is"
    published = lodewire(*asked, "--publish", "--author", "Ana").fine()
    assert "This is a draft" not in published.out
    kept = lodewire(*asked, "--kept", "--format", "json").fine().json
    again = lodewire(*asked, "--format", "json").fine().json
    assert [e["sentences"] for e in entries(kept)] == [e["sentences"] for e in entries(again)]
    assert "brief publish" in lodewire("audit", "-d", desk).fine().out
