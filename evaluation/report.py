"""What an evaluation hands to the runner: figures, each with the floor it must not fall under."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluationFigure:
    """One measured figure; ``floor`` is None where nothing is pinned."""

    name: str
    value: float
    floor: float | None = None

    @property
    def ok(self) -> bool:
        """Tell whether the figure holds its floor."""
        return self.floor is None or self.value >= self.floor


@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluationReport:
    """The figures of one evaluation; ``notes`` say what was skipped and why, ``lines`` a table."""

    figures: tuple[EvaluationFigure, ...] = ()
    notes: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()

    @property
    def ok(self) -> bool:
        """Tell whether every figure holds its floor."""
        return all(figure.ok for figure in self.figures)

    @classmethod
    def of(cls, values: Mapping[str, float], floors: Mapping[str, float]) -> EvaluationReport:
        """Take over named values, with the floors that are pinned for some of them.

        A floor without a value fails: a figure that is no longer measured must not pass unseen.
        """
        names = dict.fromkeys((*values, *floors))
        return cls(
            figures=tuple(
                EvaluationFigure(
                    name=name, value=values.get(name, float("-inf")), floor=floors.get(name)
                )
                for name in names
            )
        )
