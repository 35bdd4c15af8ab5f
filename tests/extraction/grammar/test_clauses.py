"""Who does what to whom: sentences of trade prose, clause by clause.

Each clause is told as "subject | verb | objects | marks"; "under X" names the verb that governs an
infinitive or a that-clause.
"""

# ruff: noqa: E501 - a sentence reads better whole than cut
from __future__ import annotations

import pytest

from tests.extraction.grammar.parse import clauses, parse, words_of

CASES = [
    (
        "Glencore bought the mine from Vale for $2 billion.",
        [
            "Glencore | buy | the mine",
        ],
    ),
    (
        "The mine was sold by Vale to a fund.",
        [
            "The mine | sell |  | passive",
        ],
    ),
    (
        "Codelco has agreed to buy a 50% stake in the project.",
        [
            "Codelco | agree",
            "Codelco | buy | a 50% stake | under agree",
        ],
    ),
    (
        "Rio Tinto said it will invest $900 million in the lithium project.",
        [
            "Rio Tinto | say",
            "it | invest | $900 million | future",
        ],
    ),
    (
        "Chile's Codelco and Australia's BHP signed a supply agreement with Aurubis.",
        [
            "Chile 's Codelco & Australia 's BHP | sign | a supply agreement",
        ],
    ),
    (
        "Indonesia will ban exports of nickel ore from January.",
        [
            "Indonesia | ban | exports | future",
        ],
    ),
    (
        "The ministry suspended the licence of the operator after a protest.",
        [
            "The ministry | suspend | the licence",
        ],
    ),
    (
        "MMG, which owns the Kinsevere mine, plans to restart the plant.",
        [
            "MMG | own | the Kinsevere mine | relative",
            "MMG | plan",
            "MMG | restart | the plant | under plan",
        ],
    ),
    (
        "Output at Escondida, the world's largest copper mine, fell 5% in March.",
        [
            "Output | fall | 5%",
        ],
    ),
    (
        "Copper prices rose 2% on Friday as stocks fell.",
        [
            "Copper prices | rise | 2%",
            "stocks | fall",
        ],
    ),
    (
        "The government is expected to lift the ban on bauxite exports.",
        [
            "The government | expect |  | passive",
            "The government | lift | the ban | under expect",
        ],
    ),
    (
        "Workers at the smelter went on strike on Monday.",
        [
            "Workers | go",
        ],
    ),
    (
        "Under the deal, Trafigura will supply 50,000 tonnes of zinc concentrate to Boliden.",
        [
            "Trafigura | supply | 50,000 tonnes | future",
        ],
    ),
    (
        "The company did not disclose the value of the deal.",
        [
            "The company | disclose | the value | not",
        ],
    ),
    (
        "Beijing is considering limiting exports of antimony, people familiar with the matter said.",
        [
            "Beijing | consider",
            "Beijing | limit | exports | under consider",
            "people familiar | say",
        ],
    ),
    (
        "If the deal goes through, BHP would own 60% of the venture.",
        [
            "the deal | go",
            "BHP | own | 60% | future",
        ],
    ),
    (
        "Barrick halted operations at Loulo-Gounkoto in January after the government seized gold.",
        [
            "Barrick | halt | operations",
            "the government | seize | gold",
        ],
    ),
    (
        "The plant, built in 2019 by Tianqi, produces 24,000 tonnes a year.",
        [
            "- | build",
            "The plant | produce | 24,000 tonnes a year",
        ],
    ),
    (
        "The European Commission proposed to extend the duty on Chinese aluminium foil.",
        [
            "The European Commission | propose",
            "The European Commission | extend | the duty | under propose",
        ],
    ),
    (
        "The bank lent Sigma $50 million to expand its mine.",
        [
            "The bank | lend | Sigma $50 million",
            "The bank | expand | its mine | under lend",
        ],
    ),
    (
        "Prices could climb to $10,000, Goldman Sachs said in a note.",
        [
            "Prices | climb",
            "Goldman Sachs | say",
        ],
    ),
    (
        "Exports of cobalt hydroxide from Congo were halted for four months.",
        [
            "Exports | halt |  | passive",
        ],
    ),
    (
        "The mine produced 42,000 tonnes and is expected to produce 60,000 tonnes in 2026.",
        [
            "The mine | produce | 42,000 tonnes",
            "The mine | expect |  | passive",
            "The mine | produce | 60,000 tonnes | under expect",
        ],
    ),
    (
        "Having completed the study, the company will seek a partner.",
        [
            "the company | complete | the study",
            "the company | seek | a partner | future",
        ],
    ),
    (
        "Namibia banned the export of unprocessed lithium in June 2023.",
        [
            "Namibia | ban | the export",
        ],
    ),
    (
        "Freeport hopes to get permission to export concentrate until June.",
        [
            "Freeport | hope",
            "Freeport | get | permission | under hope",
            "permission | export | concentrate | under get",
        ],
    ),
    (
        "The court ordered the miner to stop work at the pit.",
        [
            "The court | order | the miner",
            "the miner | stop | work | under order",
        ],
    ),
    (
        "Zijin urged shareholders to accept the offer.",
        [
            "Zijin | urge | shareholders",
            "shareholders | accept | the offer | under urge",
        ],
    ),
    (
        '"We will close the furnace," Alcoa chief executive William Oplinger said.',
        [
            "We | close | the furnace | future",
            "Alcoa chief executive William Oplinger | say",
        ],
    ),
    (
        "The tariffs, which take effect on April 2, will hit imports of cars and car parts.",
        [
            "The tariffs | take | effect | relative",
            "The tariffs | hit | imports | future",
        ],
    ),
    (
        "China, the top buyer of iron ore, imported 94 million tons in February.",
        [
            "China | import | 94 million tons",
        ],
    ),
    (
        "Talks between Rio and the government failed.",
        [
            "Talks | fail",
        ],
    ),
    (
        "The company expects to begin production in the second half of 2026.",
        [
            "The company | expect",
            "The company | begin | production | under expect",
        ],
    ),
    (
        "Analysts polled by Reuters expect a deficit of 100,000 tonnes.",
        [
            "Analysts | poll |  | passive",
            "Analysts | expect | a deficit",
        ],
    ),
    (
        "Mines in Peru that use the road will be able to ship ore again.",
        [
            "Mines | use | the road | relative",
            "Mines | ship | ore | under be",
        ],
    ),
    (
        "Lundin Mining is selling its Neves-Corvo and Zinkgruvan mines to Boliden for $1.52 billion.",
        [
            "Lundin Mining | sell | its Neves-Corvo & Zinkgruvan mines",
        ],
    ),
    (
        "Steel output has been cut at several plants in Hebei.",
        [
            "Steel output | cut |  | passive",
        ],
    ),
    (
        "Vale's Onca Puma mine resumed output after a court lifted the suspension.",
        [
            "Vale 's Onca Puma mine | resume | output",
            "a court | lift | the suspension",
        ],
    ),
    (
        "Zambia plans to triple copper output to 3 million tonnes by 2031.",
        [
            "Zambia | plan",
            "Zambia | triple | copper output | under plan",
        ],
    ),
    (
        "Premiums for aluminium in Europe slipped to $230 a ton, traders said on Thursday.",
        [
            "Premiums | slip",
            "traders | say",
        ],
    ),
    (
        "The EU and Namibia agreed to develop the value chain for raw materials.",
        [
            "The EU & Namibia | agree",
            "The EU & Namibia | develop | the value chain | under agree",
        ],
    ),
    (
        "The project, a joint venture between Jogmec and Namibia Critical Metals, holds dysprosium and terbium.",
        [
            "The project | hold | dysprosium & terbium",
        ],
    ),
    (
        "Nornickel, sanctioned by nobody, ships nickel to Europe via Rotterdam.",
        [
            "Nornickel | sanction |  | passive",
            "Nornickel | ship | nickel",
        ],
    ),
    (
        "Rio Tinto eyes $2 billion lithium deal in Argentina",
        [
            "Rio Tinto | eye | $2 billion lithium deal",
        ],
    ),
    (
        "China's antimony exports plunge after curbs take hold",
        [
            "China 's antimony exports | plunge",
        ],
    ),
    (
        "Glencore, Merafe halt Boshoek smelter",
        [
            "Glencore & Merafe | halt | Boshoek smelter",
        ],
    ),
    (
        "BHP to sell Brazil copper assets to CoreX for $465 million",
        [
            "BHP | sell | Brazil copper assets",
        ],
    ),
    (
        "Trump slaps 25% tariff on steel and aluminium imports",
        [
            "Trump | slap | 25% tariff",
        ],
    ),
    (
        "Indonesia's Freeport gets nod to export copper concentrate",
        [
            "Indonesia 's Freeport | get | nod",
            "nod | export | copper concentrate | under get",
        ],
    ),
    (
        "Tariff threat sends copper premium to record",
        [
            "Tariff threat | send | copper premium",
        ],
    ),
    (
        "Kazatomprom cuts 2025 output guidance by 17% on acid shortage",
        [
            "Kazatomprom | cut | 2025 output guidance",
        ],
    ),
    (
        "Sigma Lithium says output rose 22% in first quarter",
        [
            "Sigma Lithium | say",
            "output | rise | 22%",
        ],
    ),
    (
        "Congo's cobalt ban extended by three months",
        [
            "Congo 's cobalt ban | extend",
        ],
    ),
    (
        "Aluminium rises as Hydro shuts pots",
        [
            "Aluminium | rise",
            "Hydro | shut | pots",
        ],
    ),
    (
        "In a statement, the company said that it had not received any offer.",
        [
            "the company | say",
            "it | receive | any offer | not, under say",
        ],
    ),
    (
        "Asked about the report, a spokesman for Vale declined to comment.",
        [
            "a spokesman | ask",
            "a spokesman | decline",
            "a spokesman | comment |  | under decline",
        ],
    ),
    (
        "The mine, in which Newmont holds 40%, was flooded.",
        [
            "Newmont | hold | 40% | relative",
            "The mine | flood |  | passive",
        ],
    ),
    (
        "It is the first time that Chile has fined the company.",
        [
            "Chile | fine | the company | under be",
        ],
    ),
    (
        "The miner said it was forced to cut 300 jobs because of low prices.",
        [
            "The miner | say",
            "it | force |  | passive",
            "it | cut | 300 jobs | under force",
        ],
    ),
    (
        "The deal, worth A$2.1 billion, has been approved by shareholders and will close in June.",
        [
            "The deal | approve |  | passive",
            "The deal | close |  | future",
        ],
    ),
    (
        "According to the agreement, Ganfeng will provide technology, and Leo Lithium will operate the mine.",
        [
            "Ganfeng | provide | technology | future",
            "Leo Lithium | operate | the mine | future",
        ],
    ),
    (
        "Tesla gets its graphite from Syrah, whose plant in Louisiana has been idled.",
        [
            "Tesla | get | its graphite",
            "plant | idle |  | passive, relative",
        ],
    ),
    (
        "The United States, which imports all of its gallium, has asked Canada and Japan to increase supply.",
        [
            "The United States | import | all | relative",
            "The United States | ask | Canada & Japan",
            "Canada & Japan | increase | supply | under ask",
        ],
    ),
    (
        "Shipments to Japan fell to 1,200 tonnes from 1,500 tonnes in the same month of last year.",
        [
            "Shipments | fall",
        ],
    ),
    (
        "No licences have been issued since the ban took effect.",
        [
            "No licences | issue |  | passive",
            "the ban | take | effect",
        ],
    ),
    (
        "The operator has been told to stop pumping until the dam is safe.",
        [
            "The operator | tell |  | passive",
            "The operator | stop |  | under tell",
            "The operator | pump |  | under stop",
        ],
    ),
    (
        "Sales rose 3% and costs fell, helped by a weaker peso.",
        [
            "Sales | rise | 3%",
            "costs | fall",
            "costs | help |  | passive",
        ],
    ),
    (
        "The company plans to mine 2 million tonnes a year and ship it to China.",
        [
            "The company | plan",
            "The company | mine | 2 million tonnes a year | under plan",
            "The company | ship | it | under plan",
        ],
    ),
    (
        "The fund agreed to lend up to $200 million to Lifezone, which is developing the Kabanga nickel project.",
        [
            "The fund | agree",
            "The fund | lend | up to $200 million | under agree",
            "Lifezone | develop | the Kabanga nickel project | relative",
        ],
    ),
    (
        "Exports, which had been halted in April, resumed on Monday.",
        [
            "Exports | halt |  | passive, relative",
            "Exports | resume",
        ],
    ),
    (
        "Production is seen falling to 1.2 million tonnes this year.",
        [
            "Production | see |  | passive",
            "Production | fall |  | under see",
        ],
    ),
    (
        "Analysts see the market in surplus.",
        [
            "Analysts | see | the market",
        ],
    ),
    (
        "The ministry will not renew the permits that expire in June, it said.",
        [
            "The ministry | renew | the permits | not, future",
            "the permits | expire |  | relative",
            "it | say",
        ],
    ),
    (
        "Workers who had blocked the road left on Tuesday after a deal was reached.",
        [
            "Workers | block | the road | relative",
            "Workers | leave",
            "a deal | reach |  | passive",
        ],
    ),
    (
        "The company's board has rejected a bid by Gold Fields valued at $3.3 billion.",
        [
            "The company 's board | reject | a bid",
            "a bid | value |  | passive",
        ],
    ),
    (
        "Peru's copper output, the second largest in the world, likely fell 4% in April.",
        [
            "Peru 's copper output | fall | 4%",
        ],
    ),
    (
        "Since taking over the mine in 2019, the firm has doubled capacity.",
        [
            "the firm | take",
            "the firm | double | capacity",
        ],
    ),
    (
        "Plans to build a smelter in Oman failed.",
        [
            "Plans | build | a smelter",
            "Plans | fail",
        ],
    ),
    (
        "Permission to export ore to China was denied on Monday.",
        [
            "Permission | export | ore",
            "Permission | deny |  | passive",
        ],
    ),
    (
        "The decision to close the Kwinana refinery and two mines was taken in March.",
        [
            "The decision | close | the Kwinana refinery & two mines",
            "The decision | take |  | passive",
        ],
    ),
    (
        "The government said plans to ban exports will be dropped.",
        [
            "The government | say",
            "The government | ban | exports | under say",
            "plans | drop |  | passive, future",
        ],
    ),
    (
        "A licence to mine copper and gold at Panguna has been granted to Bougainville Copper.",
        [
            "A licence | mine | copper & gold",
            "A licence | grant |  | passive",
        ],
    ),
]


@pytest.mark.parametrize(("sentence", "expected"), CASES, ids=[s[:40] for s, _ in CASES])
def test_clauses_tell_who_does_what(sentence: str, expected: list[str]) -> None:
    """Subjects over asides, relative clauses and lists; objects; passives; governors."""
    assert clauses(sentence) == expected


@pytest.mark.parametrize(
    ("sentence", "lemma", "phrases"),
    [
        ("Glencore bought it from Vale for $2 billion.", "buy", ["from Vale", "for $2 billion"]),
        ("The mine was sold by Vale to a fund.", "sell", ["by Vale", "to a fund"]),
        ("Exports fell in May because of flooding.", "fall", ["in May"]),
        ("Output was cut at several plants in Hebei.", "cut", ["at several plants", "in Hebei"]),
        ("The deal goes through, BHP said.", "go", []),
        (
            "Supply comes on top of stocks in Antwerp.",
            "come",
            ["on top", "of stocks", "in Antwerp"],
        ),
    ],
)
def test_phrases_hang_on_their_verb(sentence: str, lemma: str, phrases: list[str]) -> None:
    """With the preposition that opens each; a particle at the end opens none."""
    clause = next(c for c in parse(sentence).clauses if c.lemma == lemma)
    assert [f"{p.prep} {words_of(p)}".strip() for p in clause.phrases] == phrases


@pytest.mark.parametrize(
    ("sentence", "agent", "patient"),
    [
        ("The mine was sold by Vale to a fund.", "Vale", "The mine"),
        ("Vale sold the mine.", "Vale", "the mine"),
        ("The ban has been lifted.", "-", "The ban"),
        ("Metal bought by traders was stored in Busan.", "traders", "Metal"),
    ],
)
def test_agent_and_patient_are_the_same_in_active_and_passive(
    sentence: str, agent: str, patient: str
) -> None:
    """What the frames ask for."""
    clause = parse(sentence).clauses[0]
    assert (words_of(clause.agent), words_of(clause.patient)) == (agent, patient)


def test_governors_are_named_from_the_nearest_up() -> None:
    """ "is expected to agree to buy": agree, then expect."""
    clause = parse("Rio is expected to agree to buy the mine.").clauses[-1]
    assert [g.lemma for g in clause.governors()] == ["agree", "expect"]


def test_a_pronoun_stands_for_the_subject_before_it() -> None:
    """In the same sentence."""
    sentence = parse("MMG said it will buy the mine.")
    buying = next(c for c in sentence.clauses if c.lemma == "buy")
    party = sentence.head_party(buying.subject)
    assert party is not None
    assert party.entity == "mmg"
