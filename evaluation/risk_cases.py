"""Published numbers of others recomputed, each beside what comes out, and what wrong methods give.

Every case of the table beside the project (``data/risk_cases.csv``) that names public inputs is
computed by the package's own functions: EU supply risk, USGS reliance, concentration with bounds,
GeoPolRisk, units, landed cost. A case counts as reproduced when the number agrees within the
tolerance it states ("within"), or when inputs that print as the given ones yield it ("rounding").
A case whose inputs are not all public is "bounded" at best, or "not computed", and never passes.
Wrong variants of each method run over the same cases: what they fail shows that the cases
discriminate. ``python -m evaluation risk_cases`` prints all of it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from evaluation.report import EvaluationReport
from evaluation.risk import concentration, costs, reliance, weights
from evaluation.risk.case import REPRODUCED, Check, RiskCase, Verdict, load_cases

Compute = Callable[..., Iterator[Check]]

COMPUTE: dict[str, Compute] = {
    "apparent_consumption": reliance.consumption,
    "net_import_reliance": reliance.reliance,
    "eu_sr_2017": reliance.eu_risk,
    "eu_hhi_wgi": weights.weighted,
    "hhi_eu2023": concentration.eu_index,
    "hhi_band": concentration.band,
    "hhi_wmd2024": concentration.published_top,
    "iea_concentration": concentration.published_top,
    "usgs_total": concentration.usgs_total,
    "usgs_hhi": concentration.usgs_index,
    "concentration": concentration.mean_of_top,
    "scenario": concentration.scenario,
    "geopolrisk": weights.geopolrisk,
    "governance": weights.governance,
    "bilateral": weights.bilateral,
    "interval_claim": weights.claim,
    "units": costs.units,
    "price_value": costs.prices,
    "landed_cost": costs.landed,
}

WRONG: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("IR for IR/2", ("eu_sr_2017",)),
    ("mixes swapped", ("eu_sr_2017",)),
    ("no recycling", ("eu_sr_2017",)),
    ("no substitution", ("eu_sr_2017",)),
    ("stage mixed", ("usgs_hhi", "usgs_total", "hhi_eu2023")),
    ("other as one", ("usgs_hhi",)),
    ("by the printed total", ("usgs_hhi",)),
    ("renormalised", ("hhi_eu2023",)),
    ("whole of the four named", ("iea_concentration", "hhi_wmd2024")),
    ("bands of 2010", ("hhi_band",)),
    ("zero for missing governance", ("governance", "eu_hhi_wgi")),
    ("not cut to 0..1", ("governance",)),
    ("no domestic production", ("geopolrisk",)),
    ("no concentration", ("geopolrisk",)),
    ("stock draw reversed", ("apparent_consumption", "net_import_reliance")),
    ("no exports", ("apparent_consumption", "net_import_reliance")),
    ("no secondary", ("apparent_consumption", "net_import_reliance")),
    ("newcomer not squared", ("scenario",)),
    ("sum for mean", ("concentration",)),
    ("against the later", ("price_value",)),
    ("numbers taken as exact", ("interval_claim",)),
    ("bases swapped", ("bilateral",)),
    ("short ton for tonne", ("units", "price_value")),
    ("oxide taken as metal", ("units",)),
    ("duty on the price alone", ("landed_cost",)),
    ("rates multiplied", ("landed_cost",)),
    ("inland freight taxed", ("landed_cost",)),
)
"""Wrong variants and the categories that they are tried on."""

FLOORS: dict[str, float] = {
    "cases": 123,
    "reproduced": 113,
    "reproduced, share of computed": 1,
    "no check missed": 1,
    "wrong variants that fail": 27,
    "cases failed by wrong variants": 155,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class WrongVariant:
    """How a wrong variant of a method fares: cases it is tried on, and those it fails."""

    name: str
    tried: int
    failed: tuple[str, ...]


def check(cases: Iterable[RiskCase], twist: str = "") -> Iterator[Check]:
    """Yield the checks of cases, by the package's methods or by one wrong variant of them."""
    for case in cases:
        yield from COMPUTE[case.category](case, twist)


def wrong_variants(cases: Iterable[RiskCase]) -> Iterator[WrongVariant]:
    """Yield what each wrong variant does to the cases that the right method reproduces.

    A case is failed when a check that the right method passes is missed; what cannot be computed
    (a stage without a table) is not tried.
    """
    known = tuple(cases)
    for name, categories in WRONG:
        tried, failed = 0, []
        for case in (c for c in known if c.category in categories):
            right = {c.what: c for c in check([case])}
            passed = {w for w, c in right.items() if c.verdict in _PASSING}
            if not passed:
                continue
            wrong = [c for c in check([case], name) if c.what in passed or len(right) == 1]
            computed = [c for c in wrong if c.verdict is not Verdict.NOT_COMPUTED]
            tried += bool(computed)
            if any(c.verdict is Verdict.MISSED for c in computed):
                failed.append(case.id)
        yield WrongVariant(name=name, tried=tried, failed=tuple(failed))


_PASSING = (*REPRODUCED, Verdict.BOUNDED)


def table(checks: Iterable[Check]) -> Iterator[str]:
    """Yield the lines: case, what, published, computed, what inputs leave open, difference."""
    head = ("case", "category", "what", "published", "computed", "inputs allow", "off by", "")
    yield _line(head)
    for c in checks:
        span = (
            ""
            if c.bounds is None or c.bounds.exact
            else f"{_short(c.bounds.low)}..{_short(c.bounds.high)}"
        )
        off = "" if c.difference is None else f"{c.difference:+.4g}"
        verdict = c.verdict.value + (f": {c.why}" if c.why else "")
        yield _line(
            (c.case.id, c.case.category, c.what, c.expected, c.computed, span, off, verdict)
        )


def wrong_table(variants: Iterable[WrongVariant]) -> Iterator[str]:
    """Yield the lines of wrong variants: how many of the cases tried each one fails."""
    for v in variants:
        shown = ", ".join(v.failed[:8]) + (", …" if len(v.failed) > 8 else "")
        yield f"{v.name:28} fails {len(v.failed):3} of {v.tried:3}  {shown}".rstrip()


def evaluate() -> EvaluationReport:
    """Return counts with their floors, and both tables; a note where the cases are not at hand."""
    cases = load_cases()
    if not cases:
        return EvaluationReport(notes=("the published cases are not beside the project",))
    checks = list(check(cases))
    variants = list(wrong_variants(cases))
    report = EvaluationReport.of(figures_of(checks, variants), FLOORS)
    lines = (*table(checks), "", "wrong variants of the methods", *wrong_table(variants))
    return EvaluationReport(figures=report.figures, notes=report.notes, lines=lines)


def figures_of(checks: Iterable[Check], variants: Iterable[WrongVariant]) -> dict[str, float]:
    """Return what is pinned: cases by verdict, checks missed, the least that a variant fails."""
    known = list(checks)
    main = Counter(c.verdict for c in known if c.main)
    tried = [v for v in variants if v.tried]
    return {
        "cases": float(sum(main.values())),
        "reproduced": float(sum(main[v] for v in REPRODUCED)),
        "reproduced, share of computed": _share(main),
        "bounded": float(main[Verdict.BOUNDED]),
        "not computed": float(main[Verdict.NOT_COMPUTED]),
        "no check missed": float(all(c.verdict is not Verdict.MISSED for c in known)),
        "wrong variants that fail": float(sum(1 for v in tried if v.failed)),
        "wrong variants": float(len(tried)),
        "cases failed by wrong variants": float(sum(len(v.failed) for v in tried)),
    }


def _share(main: Counter[Verdict]) -> float:
    computed = sum(main[v] for v in (*REPRODUCED, Verdict.MISSED))
    return sum(main[v] for v in REPRODUCED) / computed if computed else 0.0


def _short(value: Decimal) -> str:
    return f"{value:.5g}"


def _line(cells: Iterable[str]) -> str:
    widths = (5, 19, 17, 13, 13, 23, 10, 0)
    return " ".join(c.ljust(w) for c, w in zip(cells, widths, strict=True)).rstrip()
