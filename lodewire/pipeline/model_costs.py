"""What the model reader may spend and has spent: tokens and money, by run and by day.

Before a question is asked its dearest outcome is reserved, so that a cap is kept even when several
are asked at once. The log is the memory of the day: several processes share it.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from lodewire.config.model import ModelChoice
from lodewire.errors import CapReached
from lodewire.pipeline.model_files import LineLog

_MILLION = Decimal(1_000_000)
_BYTES_A_TOKEN = 3  # an estimate on the safe side: English has four
_CENT = Decimal("0.000001")


def utc_now() -> datetime:
    """Return this instant, in UTC."""
    return datetime.now(UTC)


@dataclass(slots=True)
class Spent:
    """Tokens, in and out together, and money in the currency of the desk."""

    tokens: int = 0
    cost: Decimal = Decimal(0)

    def add(self, other: Spent, *, times: int = 1) -> None:
        """Add ``other``; with ``times=-1`` take it away."""
        self.tokens += times * other.tokens
        self.cost += times * other.cost


class CostLog:
    """Counts and bounds what is spent. ``file`` holds one JSON line for every question asked."""

    def __init__(
        self, file: Path, choice: ModelChoice, *, clock: Callable[[], datetime] = utc_now
    ) -> None:
        self._log = LineLog(file)
        self._choice = choice
        self._clock = clock
        self._lock = threading.Lock()
        self._read_to = 0
        self._days: dict[str, Spent] = {}
        self._reserved = Spent()
        self.run = Spent()
        self.asked = 0
        self.currency = choice.currency

    def reserve(self, characters: bytes) -> Spent:
        """Set aside what a question may cost at most; raises CapReached when it is too much."""
        tokens_in = estimate_tokens(characters)
        most = Spent(
            tokens_in + self._choice.max_output_tokens,
            self._cost(tokens_in, self._choice.max_output_tokens) or Decimal(0),
        )
        with self._lock:
            self._catch_up()
            day = self._days.get(self._clock().date().isoformat(), Spent())
            self._check("run", self.run, most)
            self._check("day", day, most)
            self._reserved.add(most)
        return most

    def release(self, reserved: Spent) -> None:
        """Give back what was set aside for a question that is over."""
        with self._lock:
            self._reserved.add(reserved, times=-1)

    def note(
        self,
        about: str,
        *,
        tokens_in: int | None,
        tokens_out: int | None,
        sent: bytes,
        came: bytes,
        seconds: float,
        outcome: str,
    ) -> None:
        """Write what a question took; counts that the server does not give are estimated."""
        estimated = tokens_in is None or tokens_out is None
        tokens_in = estimate_tokens(sent) if tokens_in is None else tokens_in
        tokens_out = estimate_tokens(came) if tokens_out is None else tokens_out
        cost = self._cost(tokens_in, tokens_out)
        document, _, part = about.partition(" ")
        line = {
            "time": self._clock().isoformat(timespec="seconds"),
            "document": document,
            "part": part,
            "model": self._choice.name,
            "tokens_in": tokens_in,
            "tokens_out": tokens_out,
            "estimated": estimated,
            "cost": None if cost is None else f"{cost.quantize(_CENT):f}",
            "currency": self._choice.currency,
            "seconds": round(seconds, 2),
            "outcome": outcome,
        }
        with self._lock:
            self.run.add(Spent(tokens_in + tokens_out, cost or Decimal(0)))
            self.asked += 1
        self._log.add(line)

    def _check(self, what: str, spent: Spent, most: Spent) -> None:
        """Raise CapReached when ``most`` more than is spent and set aside passes a cap."""
        choice = self._choice
        tokens = choice.max_tokens_run if what == "run" else choice.max_tokens_day
        money = choice.max_cost_run if what == "run" else choice.max_cost_day
        if spent.tokens + self._reserved.tokens + most.tokens > tokens:
            told, key = f"{tokens:,} tokens a {what}", f"max_tokens_{what}"
        elif money is not None and spent.cost + self._reserved.cost + most.cost > money:
            told, key = f"{money} {choice.currency} a {what}", f"max_cost_{what}"
        else:
            return
        raise CapReached(
            f"the model's cap of {told} is reached",
            hint=f"Raise {key} under [model] in desk.toml if more may be spent.",
        )

    def _cost(self, tokens_in: int, tokens_out: int) -> Decimal | None:
        """Return the price of some tokens, None where the desk tells no prices."""
        if self._choice.price_in is None or self._choice.price_out is None:
            return None
        told = tokens_in * self._choice.price_in + tokens_out * self._choice.price_out
        return told / _MILLION

    def _catch_up(self) -> None:
        """Read what this process and others have written since we last looked."""
        lines, self._read_to = self._log.lines_from(self._read_to)
        for line in lines:
            day = str(line.get("time", ""))[:10]
            self._days.setdefault(day, Spent()).add(_spent_of(line))


def estimate_tokens(sent: bytes) -> int:
    """Return how many tokens some bytes are, rather too many than too few."""
    return -(-len(sent) // _BYTES_A_TOKEN)


def _spent_of(line: dict[str, Any]) -> Spent:
    counts = [line.get("tokens_in"), line.get("tokens_out")]
    tokens = sum(c for c in counts if isinstance(c, int) and c > 0)
    try:
        cost = Decimal(str(line.get("cost") or 0))
    except InvalidOperation:
        cost = Decimal(0)
    return Spent(tokens, cost if cost.is_finite() else Decimal(0))
