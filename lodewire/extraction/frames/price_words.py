"""Words of prices, and the priced thing that they make of a noun phrase."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lodewire.extraction.grammar.chunks import Chunk
from lodewire.extraction.grammar.sieve import sought
from lodewire.model.entity import Mention
from lodewire.model.evidence import Span

PRICE_NOUNS = frozenset(
    "price prices premium premiums futures quotation quotations quote quotes assessment "
    "assessments tc tcs tc/rc tc/rcs surcharge surcharges".split()
)


# Words that are a price only where the rest of the sentence says so.
OF_A_THING = frozenset(("price", "prices", "quotation", "quotations"))


WEAK_NOUNS = frozenset(
    "contract contracts index benchmark benchmarks fixing spread backwardation contango rate rates "
    "charge charges discount discounts indicator indicators indices earnings market payables payable baseload".split()
)


FORMS = frozenset(
    "metal metals material ingot ingots concentrate concentrates cathode cathodes oxide carbonate "
    "hydroxide sulphate sulfate alloy powder fines lump sponge scrap crude fe basis grade cash spot "
    "three-month physical equivalent allowances permits cargoes swap swaps bullion gas power electricity oil coal".split()
)


NOT_A_PRICE = frozenset(
    "share shares stock ticket interest exchange growth inflation tax utilisation utilization "
    "operating recovery consumer producer consumption house retail unemployment tariff duty freight-rate "
    "bond home property transfer purchase target job labour labor supply service equity sale "
    "mortgage insurance currency dollar rouble foreign-exchange success participation run".split()
)


ANAPHORS = frozenset("metal contract fuel price prices commodity bullion".split())


MOVE_NOUNS = frozenset(
    "rise rises fall falls drop drops increase increases decline declines gain gains jump surge "
    "slump slide rally plunge collapse spike rebound recovery dip correction crash uptick climb "
    "downturn upturn uptrend trend".split()
)


TAKING = frozenset(
    "assess set put quote fix price leave keep hold peg bring take send drive push lift raise lower "
    "cut reduce hike increase boost drag weigh trim nudge pull slash calculate value peg offer "
    "agree settle pay double carry propel".split()
)


# Codes of data terminals stand after the name: "copper CMCU3", "antimony ANT-LON".
TERMINAL_CODE = re.compile(r"[A-Z]{2,}[A-Za-z]*\d(?:-\d)?|[A-Z]{2,}(?:-[A-Z0-9]+)+")


FORECAST_AFTER = re.compile(
    r"\s(?:\([A-Z]+\)\s)?(?:forecasts?|projections?|estimates?|targets?|outlook|assumptions?|deck|"
    r"expectations?|volatility|rally|index|cap|caps|ceiling|floor)\b"
)


PRICE_NAME = re.compile(r"\bprices?$", re.IGNORECASE)


PLAIN = frozenset(
    "the a an spot average benchmark weekly daily monthly quarterly annual export import domestic "
    "official long-term term short-term current market cash contract selling list reference base "
    "physical forward front-month new last key main this that its their world global international "
    "local regional both most more higher lower high low record rising falling recent latest paid "
    "realised realized free floor basis fixed actual overall such these those no any all raw "
    "commodity commodities metal metals mineral minerals energy futures most-traded most-active "
    "active second third first nearby treatment refining processing tolling buyers buyer producers "
    "european asian african american atlantic pacific nordic baltic gulf middle eastern western "
    "duty-paid duty-unpaid delivered charter vessel vessels freight sea and / list see".split()
)


LINKS = frozenset(("of", "for", "on", "in", "from"))


QUOTED = re.compile(
    r"\b(?:LME|SHFE|ShFE|COMEX|Comex|CME|GFEX|GFE|INE|ICE|SGX|DCE|NYMEX|Nymex|TTF|JKM|NBP|London|"
    r"Shanghai|Guangzhou|Dalian|Singapore|Exchange|[Pp]remiums?|[Bb]enchmarks?|contracts?|futures|"
    r"[Ss]pot|index|Midwest|Rotterdam|CIF|FOB|c\.?i\.?f|f\.?o\.?b|[Cc]harges?|TCs?|[Cc]ash|"
    r"[Rr]eference|[Ll]ist|[Ss]elling|[Dd]iscounts?|[Ll]ong-term|[Tt]erm|rates?|[Ii]ndicator|"
    r"[Rr]eali[sz]ed|[Tt]hree-month|[Aa]uction|[Ww]holesale|[Pp]ayables?|[Cc]onversion|enrichment|"
    r"day-ahead|[Bb]aseload|[Aa]llowances|contract price)\b"
)


# What hires and indices of freight are told of: no list of goods names them.
FREIGHT = re.compile(
    r"\b(?:freight|capesizes?|panamax(?:es)?|supramax(?:es)?|handysizes?|charter|tankers?|vlccs?|"
    r"aframax|suezmax|container|shipping|baltic|dry index|dry[- ]bulk|bulkers?|time-?charter)\b",
    re.IGNORECASE,
)


EXCHANGE = sought(
    r"\b(?:LME|London Metal Exchange|SHFE|ShFE|Shanghai Futures Exchange|COMEX|Comex|CME|NYMEX|"
    r"Guangzhou Futures Exchange|GFEX|GFE|Dalian Commodity Exchange|DCE|Singapore Exchange|SGX|ICE|"
    r"London|Shanghai|Rotterdam|Dalian)\b"
)


@dataclass(slots=True)
class Priced:
    """A priced thing. ``named`` tells that its own words say that it is a price.

    ``start`` is where the reading of figures begins; ``moved`` a movement that stands before the
    thing ("a fall in copper prices", "TradeTech lowered its indicator").
    """

    chunk: Chunk
    span: Span
    start: int
    commodities: list[Mention]
    benchmark: Span | Mention | None
    named: bool
    weak: bool = False
    what: Span | None = None
    moved: Span | None = None
