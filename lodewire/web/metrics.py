"""Counts and times of answers, in Prometheus' text format."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime

from lodewire.ledger.store import Ledger
from lodewire.model.schedule import Job

_BOUNDS = (0.005, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0)


class Metrics:
    """What was answered since the start. Labels are few and fixed: no path becomes one."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._answers: Counter[int] = Counter()
        self._within: Counter[float] = Counter()
        self._seconds = 0.0
        self._kept: Counter[str] = Counter()

    def answered(self, status: int, seconds: float) -> None:
        """Count one answer and its time."""
        with self._lock:
            self._answers[status] += 1
            self._seconds += seconds
            for bound in _BOUNDS:
                self._within[bound] += seconds <= bound

    def made(self, *, kept: bool) -> None:
        """Count a page that was made, or was there from before."""
        with self._lock:
            self._kept["kept" if kept else "made"] += 1

    def text(self, gauges: dict[str, int]) -> str:
        """Return all of it, with ``gauges`` by name (documents, events, …) from the ledger."""
        with self._lock:
            answers, within = dict(self._answers), dict(self._within)
            kept, seconds = dict(self._kept), self._seconds
        total = sum(answers.values())
        lines = [
            "# HELP lodewire_http_responses_total Answers by status.",
            "# TYPE lodewire_http_responses_total counter",
        ]
        lines += [
            f'lodewire_http_responses_total{{status="{s}"}} {n}' for s, n in sorted(answers.items())
        ]
        name = "lodewire_http_response_seconds"
        lines += [f"# HELP {name} Time to answer.", f"# TYPE {name} histogram"]
        lines += [f'{name}_bucket{{le="{b:g}"}} {within.get(b, 0)}' for b in _BOUNDS]
        lines += [f'{name}_bucket{{le="+Inf"}} {total}', f"{name}_sum {seconds:.6f}"]
        lines.append(f"{name}_count {total}")
        lines += [
            "# HELP lodewire_pages_total Pages, made anew or kept from before.",
            "# TYPE lodewire_pages_total counter",
        ]
        lines += [f'lodewire_pages_total{{from="{k}"}} {n}' for k, n in sorted(kept.items())]
        lines += [
            "# HELP lodewire_ledger_rows What the ledger holds.",
            "# TYPE lodewire_ledger_rows gauge",
        ]
        lines += [f'lodewire_ledger_rows{{of="{k}"}} {n}' for k, n in sorted(gauges.items())]
        return "\n".join(lines) + "\n"


def letters_text(ledger: Ledger) -> str:
    """Return what became of the newsletter's copies, readers and links, over all campaigns."""
    groups = (
        (
            "lodewire_campaign_copies",
            "Copies of campaigns by what became of them.",
            {
                f'kind="{kind.value}",state="{state.value}"': n
                for (kind, state), n in ledger.campaigns.counts_by_kind().items()
            },
        ),
        (
            "lodewire_campaign_feedback",
            "What came back of copies.",
            {f'kind="{k.value}"': n for k, n in ledger.letters.feedback_counts().items()},
        ),
        (
            "lodewire_subscribers",
            "Subscribers by state.",
            {f'state="{s.value}"': n for s, n in ledger.subscribers.counts().items()},
        ),
        (
            "lodewire_link_openings",
            "Openings of links, of readers who agreed.",
            {"": ledger.opens.total()},
        ),
    )
    return _gauges(groups)


def schedule_text(ledger: Ledger, now: datetime) -> str:
    """Return how each job of the schedule did, of those that were ever due."""
    succeeded: dict[str, int] = {}
    codes: dict[str, int] = {}
    running: dict[str, int] = {}
    now_running = Counter(o.job for o in ledger.schedule.running(now))
    for job in Job:
        last, success = ledger.schedule.last(job), ledger.schedule.last_success(job)
        label = f'job="{job.value}"'
        if last is None:
            continue
        running[label] = now_running[job]
        if last.code is not None:
            codes[label] = last.code
        if success is not None and success.ended is not None:
            succeeded[label] = int(success.ended.timestamp())
    return _gauges(
        (
            (
                "lodewire_schedule_last_success_timestamp_seconds",
                "When a job last ended well.",
                succeeded,
            ),
            ("lodewire_schedule_last_exit_code", "How a job ended last; 0 is well.", codes),
            ("lodewire_schedule_running", "How many of a job run now.", running),
        )
    )


def _gauges(groups: Iterable[tuple[str, str, Mapping[str, int]]]) -> str:
    lines = []
    for name, told, numbers in groups:
        lines += [f"# HELP {name} {told}", f"# TYPE {name} gauge"]
        lines += [f"{name}{{{k}}} {n}" if k else f"{name} {n}" for k, n in numbers.items()]
    return "\n".join(lines) + "\n"
