"""Names in sentences: which thing each stands for.

"text = entity" for each mention in order; "~Name" is a name that no table lists, a star marks an
anaphor ("the company") that was resolved.
"""

# ruff: noqa: E501 - a sentence reads better whole than cut
from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodewire.extraction.naming.mentions import find_mentions
from lodewire.model.entity import Mention
from lodewire.model.vocabulary import MentionType
from lodewire.text.sentences import split_sentences

CASES = [
    ("Vale said nickel output rose 11% in the first quarter.", ["Vale = vale", "nickel = nickel"]),
    ("The trail runs through the vale of Kashmir past a tin roof.", []),
    ("Lead prices fell 2% in London while zinc rose.", ["Lead = lead", "zinc = zinc"]),
    ("The talks could lead to a deal on copper by May.", ["copper = copper"]),
    (
        "Rio Tinto will take the lead in the copper project.",
        ["Rio Tinto = rio-tinto", "copper = copper"],
    ),
    ("Toho relit its Wakamatsu furnaces.", ["Toho = ~Toho", "Wakamatsu = ~Wakamatsu"]),
    ("Runs at Onahama will be cut.", ["Onahama = ~Onahama"]),
    ("Zinc and lead stocks rose, LME data showed.", ["Zinc = zinc", "lead = lead", "LME = lme"]),
    (
        "A lead smelter in Port Pirie makes lead and zinc.",
        ["lead = lead", "Port Pirie = port-pirie", "lead = lead", "zinc = zinc"],
    ),
    (
        "Tin for three-month delivery jumped to $36,000 a tonne.",
        ["Tin for three-month delivery = lme-tin-3m"],
    ),
    ("He kept coffee in a tin box.", []),
    ("Indonesia's tin exports fell to 4,000 tonnes.", ["Indonesia = ID", "tin = tin"]),
    ("Turkey exports chrome to China.", ["Turkey = TR", "China = CN"]),
    ("Roast turkey was served at the copper dinner.", ["copper = copper"]),
    (
        "Georgia and Armenia ship copper concentrate through Poti.",
        ["Georgia = GE", "Armenia = AM", "copper concentrate = copper"],
    ),
    (
        "Michael Jordan bought shares in the copper miner.",
        ["Michael Jordan = ~Michael Jordan", "copper = copper"],
    ),
    ("Jordan signed a phosphate deal with India.", ["Jordan = JO", "India = IN"]),
    (
        "Sentinel, the copper mine of First Quantum in Zambia, made 231,000 tonnes.",
        ["Sentinel = sentinel", "copper = copper", "First Quantum = first-quantum", "Zambia = ZM"],
    ),
    ("The Sentinel newspaper reported a fire.", []),
    ("Gold Coast residents complained of noise.", ["Gold Coast = ~Gold Coast"]),
    (
        "China's Ministry of Commerce said it would license exports of gallium.",
        ["China's Ministry of Commerce = mofcom", "gallium = gallium"],
    ),
    ("The Chinese Ministry of Commerce said so.", ["Chinese Ministry of Commerce = mofcom"]),
    ("Beijing moves to curb exports of antimony.", ["Beijing = CN", "antimony = antimony"]),
    ("Washington doubled the tariff on steel.", ["Washington = US", "steel = steel"]),
    (
        "The factory in Washington state makes silicon anodes.",
        ["Washington state = US:Washington state", "silicon anodes = anode-materials"],
    ),
    (
        "Brussels proposed duties on Chinese electric cars.",
        ["Brussels = EU", "Chinese = CN", "electric cars = electric-vehicles"],
    ),
    (
        "Japan Organization for Metals and Energy Security (JOGMEC) signed the pact. JOGMEC will pay half.",
        [
            "Japan Organization for Metals and Energy Security = jogmec",
            "JOGMEC = jogmec",
            "JOGMEC = jogmec",
        ],
    ),
    (
        "Namibia's Epangelo Mining Company and JOGMEC will explore together.",
        ["Namibia = NA", "Epangelo Mining Company = epangelo", "JOGMEC = jogmec"],
    ),
    (
        "Hastings Technology Metals Ltd said it had sold Yangibana. Hastings will keep 40%.",
        [
            "Hastings Technology Metals Ltd = hastings",
            "Yangibana = yangibana",
            "Hastings = hastings",
        ],
    ),
    (
        "Perth-based Trek Metals said drilling began at Kroda. Trek rose 5%.",
        [
            "Perth = AU:Perth",
            "Trek Metals = trek-metals",
            "Kroda = ~Kroda",
            "Trek = trek-metals",
        ],
    ),
    (
        "Alphamin Resources halted its Bisie tin mine. The company evacuated the site.",
        [
            "Alphamin Resources = alphamin",
            "Bisie = bisie",
            "tin = tin",
            "The company* = alphamin",
            "the site* = bisie",
        ],
    ),
    (
        "MMG's Las Bambas mine was blocked. The miner said stocks would last a week.",
        ["MMG = mmg", "Las Bambas = las-bambas", "The miner* = mmg"],
    ),
    (
        "The Federal Reserve and the London Metal Exchange were closed.",
        ["Federal Reserve = fed", "London Metal Exchange = lme"],
    ),
    (
        "Australia's Lynas said its Kalgoorlie plant had lost power. The country has few other refineries.",
        ["Australia = AU", "Lynas = lynas", "Kalgoorlie = AU:Kalgoorlie", "The country* = AU"],
    ),
    (
        "ASX-listed Novonix signed an offtake deal with Panasonic.",
        ["Novonix = novonix", "Panasonic = panasonic"],
    ),
    (
        "Toronto-based Ivanhoe Mines said Kamoa-Kakula made 400,000 tonnes.",
        ["Toronto = CA:Toronto", "Ivanhoe Mines = ivanhoe-mines", "Kamoa-Kakula = kamoa-kakula"],
    ),
    ("A spokesman for Gécamines declined to comment.", ["Gécamines = gecamines"]),
    (
        "Chief executive Jakob Stausholm said Rio Tinto would invest.",
        ["Jakob Stausholm = ~Jakob Stausholm", "Rio Tinto = rio-tinto"],
    ),
    (
        "Lisa Murkowski, a senator from Alaska, backed the mine. Murkowski said jobs mattered.",
        ["Lisa Murkowski = ~Lisa Murkowski", "Alaska = US:Alaska", "Murkowski = ~Lisa Murkowski"],
    ),
    (
        "Mt Marion and Wodgina in Western Australia will cut output.",
        [
            "Mt Marion = mount-marion",
            "Wodgina = wodgina",
            "Western Australia = AU:Western Australia",
        ],
    ),
    ("The Grasberg Block Cave resumed mining.", ["Grasberg = grasberg"]),
    (
        "Northvolt's plant in Skelleftea will be sold to Lyten.",
        ["Northvolt = northvolt", "Skelleftea = SE:Skellefteå", "Lyten = lyten"],
    ),
    (
        "CATL, BYD and LG Energy Solution lost market share.",
        ["CATL = catl", "BYD = byd", "LG Energy Solution = lg-energy-solution"],
    ),
    (
        "The Democratic Republic of Congo and Congo-Brazzaville differ on cobalt.",
        ["Democratic Republic of Congo = CD", "Congo-Brazzaville = CG", "cobalt = cobalt"],
    ),
    (
        "South Korea's Korea Zinc rejected MBK Partners' bid.",
        ["South Korea = KR", "Korea Zinc = korea-zinc", "MBK Partners = mbk-partners"],
    ),
    (
        "Russian nickel and palladium are not sanctioned.",
        ["Russian = RU", "nickel = nickel", "palladium = palladium"],
    ),
    (
        "An Indian refinery bought Venezuelan crude.",
        ["Indian = IN", "Venezuelan = VE", "crude = crude-oil"],
    ),
    (
        "Iron ore fell to $100; iron-ore futures in Dalian and Singapore slid.",
        ["Iron ore = iron-ore", "iron-ore = iron-ore", "Dalian = CN:Dalian", "Singapore = SG"],
    ),
    (
        "Lithium hydroxide and spodumene concentrate prices slipped, Fastmarkets said.",
        [
            "Lithium hydroxide = lithium",
            "spodumene concentrate = spodumene",
            "Fastmarkets = fastmarkets",
        ],
    ),
    (
        "Rare earths such as neodymium, praseodymium, dysprosium and terbium were named.",
        [
            "Rare earths = rare-earths",
            "neodymium = neodymium",
            "praseodymium = praseodymium",
            "dysprosium = dysprosium",
            "terbium = terbium",
        ],
    ),
    (
        "NdPr oxide and NdFeB magnets need neodymium.",
        ["NdPr oxide = ndpr", "NdFeB magnets = ndfeb-magnets", "neodymium = neodymium"],
    ),
    (
        "Aluminium, aluminum, alumina and bauxite are four words.",
        ["Aluminium = aluminium", "aluminum = aluminium", "alumina = alumina", "bauxite = bauxite"],
    ),
    (
        "The Midwest premium rose to 40 cents a pound.",
        ["Midwest premium = us-midwest-aluminium-premium"],
    ),
    (
        "The LME three-month copper contract and Comex copper parted ways.",
        ["LME three-month copper = lme-copper-3m", "Comex copper = comex-copper"],
    ),
    ("Brent crude and WTI fell.", ["Brent crude = brent", "WTI = wti"]),
    (
        "PT Vale Indonesia Tbk and PT Aneka Tambang Tbk will build a smelter at Pomalaa.",
        [
            "PT Vale Indonesia Tbk = vale-indonesia",
            "PT Aneka Tambang Tbk = antam",
            "Pomalaa = pomalaa",
        ],
    ),
    (
        "Nippon Steel's bid for U.S. Steel was approved by President Trump.",
        ["Nippon Steel = nippon-steel", "U.S. Steel = us-steel", "Trump = ~Trump"],
    ),
    ("U.S. Steel Corp shares rose.", ["U.S. Steel = us-steel"]),
    (
        "Boeing and Airbus buy titanium from VSMPO-Avisma.",
        [
            "Boeing = boeing",
            "Airbus = airbus",
            "titanium = titanium",
            "VSMPO-Avisma = vsmpo-avisma",
        ],
    ),
    (
        "The Pentagon bought a stake in MP Materials.",
        ["Pentagon = dod", "MP Materials = mp-materials"],
    ),
    (
        "The Bureau of Industry and Security added 80 entities to the list.",
        ["Bureau of Industry and Security = bis-us"],
    ),
    (
        "The Zambia Environmental Management Agency (ZEMA) fined the mine. The agency said it would sue.",
        ["Zambia Environmental Management Agency = zema", "ZEMA = zema", "The agency* = zema"],
    ),
    (
        "The European Union and Namibia signed a partnership.",
        ["European Union = EU", "Namibia = NA"],
    ),
    ("Mali's government and Barrick Gold settled.", ["Mali = ML", "Barrick Gold = barrick"]),
    (
        "Norilsk Nickel, also known as Nornickel, and Rusal were named.",
        ["Norilsk Nickel = nornickel", "Nornickel = nornickel", "Rusal = rusal"],
    ),
    (
        "Critical Metals Corp said Tanbreez holds rare earths.",
        [
            "Critical Metals Corp = critical-metals-corp",
            "Tanbreez = tanbreez-project",
            "rare earths = rare-earths",
        ],
    ),
    (
        "First Quantum Minerals' Cobre Panama stays shut.",
        ["First Quantum Minerals = first-quantum", "Cobre Panama = cobre-panama"],
    ),
    (
        "The Metals Company applied for a deep-sea permit. The company is known as TMC.",
        ["The Metals Company = tmc", "The company* = tmc", "TMC = tmc"],
    ),
    (
        "Lion Copper & Gold Corp. and Gold Fields Ltd. met.",
        ["Lion Copper & Gold Corp. = ~Lion Copper & Gold Corp.", "Gold Fields Ltd = gold-fields"],
    ),
    (
        "JSW Steel and Posco plan a mill in Odisha.",
        ["JSW Steel = jsw-steel", "Posco = posco", "Odisha = IN:Odisha"],
    ),
    ("The government said lead prices higher would help tin miners.", ["lead = lead"]),
    ("LME tin stocks fell and tin ingots were scarce.", ["LME tin = lme-tin", "tin ingots = tin"]),
    ("Lead ingot imports rose.", ["Lead ingot = lead"]),
    ("The firm could lead exports of gold.", ["gold = gold"]),
    ("BHP will lead mining in the region.", ["BHP = bhp"]),
    ("Refined lead output rose while zinc fell.", ["Refined lead = lead", "zinc = zinc"]),
    (
        "Jordan Peterson spoke in Jordan on phosphate.",
        ["Jordan Peterson = ~Jordan Peterson", "Jordan = JO"],
    ),
    (
        "Guinea banned exports of bauxite; Papua New Guinea did not.",
        ["Guinea = GN", "bauxite = bauxite", "Papua New Guinea = PG"],
    ),
    ("Congo suspended cobalt exports.", ["Congo = CD", "cobalt = cobalt"]),
    ("Victoria Gold lost its mine in Victoria.", ["Victoria Gold = ~Victoria Gold"]),
    (
        "Niger took over the uranium mine from Orano.",
        ["Niger = NE", "uranium = uranium", "Orano = orano"],
    ),
    (
        "Mongolia's Oyu Tolgoi mine is run by Rio Tinto. The mine makes copper. The country takes 34%.",
        [
            "Mongolia = MN",
            "Oyu Tolgoi = oyu-tolgoi",
            "Rio Tinto = rio-tinto",
            "The mine* = oyu-tolgoi",
            "copper = copper",
            "The country* = MN",
        ],
    ),
    (
        "Albemarle cut its Kemerton plant. The US lithium producer said so. The company will cut jobs.",
        [
            "Albemarle = albemarle",
            "Kemerton = kemerton",
            "The US lithium producer* = albemarle",
            "The company* = albemarle",
        ],
    ),
    ("Shares of Teck rose; Teck's board met.", ["Teck = teck-resources", "Teck = teck-resources"]),
    (
        "Sumitomo Metal Mining Co Ltd (5713.T) said it would close a smelter. Sumitomo Metal made nickel.",
        [
            "Sumitomo Metal Mining Co Ltd = sumitomo-metal-mining",
            "Sumitomo Metal = sumitomo-metal-mining",
            "nickel = nickel",
        ],
    ),
    (
        "U.S. President Donald Trump and Secretary of State Marco Rubio met Volodymyr Zelensky. Zelensky left.",
        [
            "U.S. = US",
            "Donald Trump = ~Donald Trump",
            "Marco Rubio = ~Marco Rubio",
            "Volodymyr Zelensky = ~Volodymyr Zelensky",
            "Zelensky = ~Volodymyr Zelensky",
        ],
    ),
    (
        '"We are ready," said Robert Friedland, founder of Ivanhoe Mines.',
        ["Robert Friedland = ~Robert Friedland", "Ivanhoe Mines = ivanhoe-mines"],
    ),
    (
        "Canada-based Dundee and London-listed Adriatic agreed a deal.",
        ["Canada = CA", "Dundee = ~Dundee", "Adriatic = ~Adriatic"],
    ),
    (
        "Sweden's Boliden AB and Finland's Terrafame Oy make nickel.",
        [
            "Sweden = SE",
            "Boliden AB = boliden",
            "Finland = FI",
            "Terrafame = terrafame",
            "nickel = nickel",
        ],
    ),
    (
        "Kazatomprom, the world's largest uranium producer, cut guidance. The state-owned company blamed acid.",
        [
            "Kazatomprom = kazatomprom",
            "uranium = uranium",
            "The state-owned company* = kazatomprom",
        ],
    ),
    (
        "Saudi Arabian Mining Company (Ma'aden) will buy Alcoa's stake. Ma'aden said it was keen.",
        [
            "Saudi Arabian Mining Company = maaden",
            "Ma'aden = maaden",
            "Alcoa = alcoa",
            "Ma'aden = maaden",
        ],
    ),
]


def _find(text: str) -> tuple[Mention, ...]:
    return find_mentions(text, split_sentences(text, "en")).mentions


def _told(mention: Mention) -> str:
    listed = not mention.entity.startswith("ent_")
    star = "*" if mention.generic else ""
    return f"{mention.text}{star} = {mention.entity if listed else '~' + mention.name}"


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[t[:40] for t, _ in CASES])
def test_names_stand_for_what_they_stand_for(text: str, expected: list[str]) -> None:
    """Listed, unlisted, ambiguous, short, in other words."""
    assert [_told(m) for m in _find(text)] == expected


@pytest.mark.parametrize(
    ("text", "name", "type_"),
    [
        ("Miner Foo Resources Ltd said so.", "Foo Resources Ltd", MentionType.ORGANISATION),
        ("Bar Lithium (ASX: BRL) rose 5%.", "Bar Lithium", MentionType.ORGANISATION),
        ("The Quux copper mine closed.", "Quux", MentionType.SITE),
        ("Mr. Ola Nordmann, the minister, spoke.", "Ola Nordmann", MentionType.PERSON),
        ("Trucks waited in Zzyzx province.", "Zzyzx", MentionType.PLACE),
    ],
)
def test_names_nobody_has_listed_are_told_by_their_neighbours(
    text: str, name: str, type_: MentionType
) -> None:
    """Firms by form and ticker, sites by what they are, people by office, places by kind."""
    found = [m for m in _find(text) if m.text == name]
    assert [m.type for m in found] == [type_]
    assert not found[0].known


def test_a_name_keeps_its_id_from_text_to_text() -> None:
    """The id of an unlisted name derives from the name without its legal form."""
    first, second = (
        next(m for m in _find(t) if m.type is MentionType.ORGANISATION)
        for t in ("Foo Resources Ltd said so.", "Miner Foo Resources Limited rose.")
    )
    assert first.entity == second.entity


@given(
    st.lists(
        st.sampled_from(
            "Vale Glencore said the company mine in Georgia lead tin Ltd, Co. and of (JOGMEC) China's "
            "Ministry Commerce Perth-based Silver Lake Jordan Mr. Doe – “ ” The Chinese miner 25% \n . ,".split(
                " "
            )
        ),
        max_size=40,
    ).map(" ".join)
)
def test_mentions_quote_the_text_and_do_not_overlap(text: str) -> None:
    """Whatever the text: spans in order, each the words it says, inside one sentence."""
    sentences = split_sentences(text, "en")
    at = 0
    for mention in find_mentions(text, sentences).mentions:
        assert mention.span.start >= at
        assert mention.span.of(text) == mention.text
        assert any(s.covers(mention.span) for s in sentences)
        assert mention.name
        at = mention.span.end


@given(st.text(max_size=300))
def test_any_text_gives_mentions_without_error(text: str) -> None:
    """Signs, scripts, half characters."""
    for mention in _find(text):
        assert mention.span.of(text) == mention.text


def test_the_text_of_capitals_is_read_too() -> None:
    """Headlines of some wires."""
    found = _find("GLENCORE TO CUT COPPER OUTPUT AT ALTONORTE IN CHILE\nIt said so.")
    assert {m.entity for m in found} >= {"glencore", "copper", "altonorte", "CL"}
