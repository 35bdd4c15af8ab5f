"""Size, use and stage query the editor; they know their exceptions and never rewrite."""

from __future__ import annotations

import pytest

from lodewire.model.event import Argument, EventMention
from lodewire.model.evidence import Evidence, Span
from lodewire.model.vocabulary import CheckKind, EventType, Modality, Status
from tests.extraction.checks.scenes import checks_of, document_of, named, told, verdicts

ODD_SIZES = [
    ("The aluminium premium was $0.411 cents per pound.", {"aluminium": "aluminium"}),
    ("Copper fell 0.6% to $9,838 per kilogram.", {"Copper": "copper"}),
    ("Copper traded at $95,000 a tonne.", {"Copper": "copper"}),
    ("Copper traded at $950 a tonne.", {"Copper": "copper"}),
    ("Gold was at $33 an ounce.", {"Gold": "gold"}),
    ("Cobalt was quoted at $2,000/lb.", {"Cobalt": "cobalt"}),
    ("Nickel stood at $15.6 per tonne.", {"Nickel": "nickel"}),
    ("The price of gallium reached $580 per gram.", {"gallium": "gallium"}),
    ("Tin was at $28,620 a pound.", {"Tin": "tin"}),
    ("The aluminium premium rose to $9,000 a tonne.", {"aluminium": "aluminium"}),
    ("The hole in the gold deposit averaged 1,200 g/t Au.", {}),
    ("The copper deposit has an ore grade of 45% Cu.", {}),
]
FAIR_SIZES = [
    ("Copper rose to $9,838 per tonne.", {"Copper": "copper"}),
    ("Copper traded at $4.50 a pound.", {"Copper": "copper"}),
    ("Copper fell $50 a tonne.", {"Copper": "copper"}),
    ("Copper rose by $12 a tonne.", {"Copper": "copper"}),
    ("Copper closed $12 a tonne lower.", {"Copper": "copper"}),
    ("The treatment charge for copper was $20 a tonne.", {"copper": "copper"}),
    ("The cash cost of copper was $900 a tonne.", {"copper": "copper"}),
    ("A copper tax of $100 a tonne was set.", {"copper": "copper"}),
    ("The aluminium premium was $900 a tonne.", {"aluminium": "aluminium"}),
    (
        "Gold was at $3,300 an ounce, copper at $9,500 a tonne.",
        {"Gold": "gold", "copper": "copper"},
    ),
    ("The hole in the gold deposit averaged 12 g/t Au.", {}),
    ("The copper concentrate holds 45% Cu.", {}),
    ("It pays $900 a tonne for freight.", {}),
]


@pytest.mark.parametrize(("text", "names"), ODD_SIZES)
def test_a_size_that_its_commodity_never_has_is_queried(text: str, names: dict[str, str]) -> None:
    assert verdicts(text, CheckKind.MAGNITUDE, **names) == ["query"]


@pytest.mark.parametrize(("text", "names"), FAIR_SIZES)
def test_a_fair_size_a_change_or_a_cost_is_not(text: str, names: dict[str, str]) -> None:
    assert verdicts(text, CheckKind.MAGNITUDE, **names) == []


def test_the_detail_of_a_size_tells_the_range() -> None:
    text = "Copper fell 0.6% to $9,838 per kilogram."
    (line,) = told(text, CheckKind.MAGNITUDE, Copper="copper")
    assert "9,838 USD/kg = 9,838,000 USD/t" in line
    assert "copper price" in line


WRONG_USES = [
    ("Rare earths are needed for electric car batteries.", {"Rare earths": "rare-earths"}),
    ("Neodymium is used in lithium-ion batteries.", {"Neodymium": "neodymium"}),
    ("Lithium-ion batteries contain dysprosium and more.", {"dysprosium": "dysprosium"}),
    ("Rare earths, vital for EV batteries, are scarce.", {"Rare earths": "rare-earths"}),
    ("The mine's terbium goes into lithium batteries.", {"terbium": "terbium"}),
    ("LFP batteries require cobalt from Congo.", {"cobalt": "cobalt"}),
    ("Nickel is an ingredient of LFP batteries.", {"Nickel": "nickel"}),
    ("Sodium-ion batteries use lithium salts.", {"lithium": "lithium"}),
    ("Induction motors contain neodymium.", {"neodymium": "neodymium"}),
    ("Platinum is a key component of lithium-ion batteries.", {"Platinum": "platinum"}),
    ("Neodymium is needed for samarium-cobalt magnets.", {"Neodymium": "neodymium"}),
    ("Ferrite magnets are made with dysprosium.", {"dysprosium": "dysprosium"}),
]
FAIR_USES = [
    ("Rare earths go into magnets, not into Li-ion batteries.", {"Rare earths": "rare-earths"}),
    ("Lanthanum is used in nickel-metal hydride batteries.", {"Lanthanum": "lanthanum"}),
    ("Neodymium is needed for the motors of electric cars.", {"Neodymium": "neodymium"}),
    ("Lithium is used in lithium-ion batteries.", {"Lithium": "lithium"}),
    ("LFP batteries contain no cobalt.", {"cobalt": "cobalt"}),
    ("LFP batteries replaced those that use cobalt.", {"cobalt": "cobalt"}),
    ("It mines rare earths and sells EV batteries.", {"rare earths": "rare-earths"}),
    ("Cobalt is used in NMC batteries.", {"Cobalt": "cobalt"}),
    ("Rare earths are needed for magnets in the motors beside EV batteries.",
     {"Rare earths": "rare-earths"}),
    ("Unlike cobalt cells, LFP batteries use iron.", {"cobalt": "cobalt"}),
    ("Dysprosium is needed for NdFeB magnets.", {"Dysprosium": "dysprosium"}),
    ("Batteries need many metals.", {}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "names"), WRONG_USES)
def test_a_product_that_never_holds_the_commodity_is_queried(
    text: str, names: dict[str, str]
) -> None:
    mentions = [named(text, words, entity) for words, entity in names.items()]
    found = checks_of(text, mentions, kind=CheckKind.MATERIAL_USE)
    assert [c.verdict.value for c in found] == ["query"]
    assert "source:" in found[0].detail


@pytest.mark.parametrize(("text", "names"), FAIR_USES)
def test_true_uses_exceptions_and_denials_pass(text: str, names: dict[str, str]) -> None:
    mentions = [named(text, words, entity) for words, entity in names.items()]
    assert checks_of(text, mentions, kind=CheckKind.MATERIAL_USE) == []


MIXED_STAGES = [
    "It has inferred reserves of 12 million tonnes.",
    "Indicated and inferred reserves grew by a third.",
    "Measured mineral reserves stand at 4 Mt.",
    "It holds probable resources of 3 Mt.",
    "Proven and probable mineral resources doubled.",
    "The deposit holds 53 million tonnes TREO.",
]
FAIR_STAGES = [
    "It has inferred resources of 12 million tonnes.",
    "Proven and probable reserves stand at 4 Mt.",
    "Measured, indicated and inferred resources grew.",
    "The deposit holds 0.5 million tonnes TREO.",
    "World reserves are 110 million tonnes REO.",
    "The deposit holds 53 million tonnes grading 0.17% TREO.",
]


@pytest.mark.parametrize("text", MIXED_STAGES)
def test_words_that_mix_stages_are_queried(text: str) -> None:
    assert verdicts(text, CheckKind.STAGE) == ["query"]


@pytest.mark.parametrize("text", FAIR_STAGES)
def test_stages_in_their_place_pass(text: str) -> None:
    assert verdicts(text, CheckKind.STAGE) == []


def _event(text: str, type_: EventType, trigger: str, role: str, words: str) -> EventMention:
    def place(piece: str) -> Span:
        return Span(text.index(piece), text.index(piece) + len(piece))

    document = document_of(text)
    return EventMention(
        document_id=document.id,
        type=type_,
        status=Status.REPORTED,
        modality=Modality.ASSERTED,
        trigger=place(trigger),
        arguments=(Argument(role=role, span=place(words), text=words, value=words),),
        evidence=(Evidence.take(document.id, text, Span(0, len(text))),),
    )


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("The production quota for antimony was 105,000 tonnes.", 1),
        ("The output cap was 90,400 tonnes for smelting.", 1),
        ("China produced 105,000 tonnes of antimony.", 0),
        ("Filling its quota, China produced 105,000 tonnes.", 0),
        ("Under the quota it produced 90,400 tonnes.", 0),
    ],
)
def test_a_quota_told_as_output_is_queried(text: str, count: int) -> None:
    volume = "105,000 tonnes" if "105,000" in text else "90,400 tonnes"
    event = _event(text, EventType.PRODUCTION_REPORT, volume, "volume", volume)
    found = checks_of(text, events=[event], kind=CheckKind.STAGE)
    assert [c.rule for c in found] == ["quota_called_output"] * count


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Japan and Namibia signed an agreement to explore for rare earths.", 1),
        ("They agreed to prospect for cobalt together.", 1),
        ("They agreed to explore, and Acme will supply cobalt.", 0),
        ("They signed an offtake for cobalt from the exploration project.", 0),
    ],
)
def test_exploration_told_as_supply_is_queried(text: str, count: int) -> None:
    trigger = "agreement" if "agreement" in text else ("signed" if "signed" in text else "agreed")
    commodity = "rare earths" if "rare earths" in text else "cobalt"
    event = _event(text, EventType.SUPPLY_AGREEMENT, trigger, "commodity", commodity)
    found = checks_of(text, events=[event], kind=CheckKind.STAGE)
    assert [c.rule for c in found] == ["exploration_called_supply"] * count
