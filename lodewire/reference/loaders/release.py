"""What loading a release gives: figures, and what was left out or put right, with reasons."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from lodewire.model.measure import Figure
from lodewire.reference.tables import Key, key_of


@dataclass(frozen=True, slots=True)
class Remark:
    """Something a person should know about a release: where (file, row or column), and what."""

    where: str
    what: str


@dataclass(frozen=True, slots=True)
class Release:
    """The figures of one release. ``left_out`` were not taken, ``put_right`` were corrected."""

    figures: tuple[Figure, ...]
    left_out: tuple[Remark, ...] = ()
    put_right: tuple[Remark, ...] = ()


@dataclass(slots=True)
class Gathering:
    """Figures of one release while its files are read; the first telling of a figure stays."""

    found: dict[Key, Figure] = field(default_factory=dict)
    left_out: dict[Remark, None] = field(default_factory=dict)
    put_right: dict[Remark, None] = field(default_factory=dict)

    def take(self, where: str, figures: Iterable[Figure]) -> None:
        """Add figures; one that is there with another value is left out and told."""
        for figure in figures:
            known = self.found.setdefault(key_of(figure), figure)
            if (known.value, known.state, known.unit) != (figure.value, figure.state, figure.unit):
                self.leave_out(
                    where,
                    f"{figure.country} {figure.year} {figure.measured} is there twice: "
                    f"{told_value(known)} and {told_value(figure)}; the first stays",
                )

    def leave_out(self, where: str, what: str) -> None:
        """Tell that something was not taken."""
        self.left_out.setdefault(Remark(where, what))

    def correct(self, where: str, what: str) -> None:
        """Tell that something was put right."""
        self.put_right.setdefault(Remark(where, what))

    def release(self) -> Release:
        """Return what was gathered."""
        return Release(tuple(self.found.values()), tuple(self.left_out), tuple(self.put_right))


def told_value(figure: Figure) -> str:
    """Return a figure's value with its unit, or its state, as people read it."""
    match figure.state:
        case "reported":
            return f"{figure.value:,} {figure.unit}"
        case "less_than":
            return f"less than {figure.value:,} {figure.unit}"
        case "more_than":
            return f"more than {figure.value:,} {figure.unit}"
        case "interval":
            return f"{figure.low:,} to {figure.high:,} {figure.unit}"
    return figure.state.replace("_", " ")
