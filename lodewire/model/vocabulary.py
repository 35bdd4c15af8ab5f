"""The closed word lists of the domain: every value a typed field may take."""

from __future__ import annotations

from enum import StrEnum


class EventType(StrEnum):
    """The seventeen event types (design §5)."""

    EXPLORATION_AGREEMENT = "exploration_agreement"
    SUPPLY_AGREEMENT = "supply_agreement"
    ACQUISITION = "acquisition"
    JOINT_VENTURE = "joint_venture"
    FINANCING = "financing"
    TARIFF = "tariff"
    EXPORT_RESTRICTION = "export_restriction"
    SANCTION = "sanction"
    POLICY_MEASURE = "policy_measure"
    PERMIT = "permit"
    PROJECT_MILESTONE = "project_milestone"
    DISRUPTION = "disruption"
    PRODUCTION_REPORT = "production_report"
    RESOURCE_ESTIMATE = "resource_estimate"
    PRICE_LEVEL = "price_level"
    PRICE_CHANGE = "price_change"
    FORECAST = "forecast"


PRICES = frozenset((EventType.PRICE_LEVEL, EventType.PRICE_CHANGE))
#: Properties of how an event is told; the others are its roles.
HOW_TOLD = frozenset(("type", "status", "modality", "not_disclosed", "attribution"))
"""The types that tell of a price: where it stands, and how it moved."""


class Status(StrEnum):
    """How far a happening has come, as the text tells it."""

    RUMOURED = "rumoured"
    PROPOSED = "proposed"
    AGREED = "agreed"
    IN_FORCE = "in_force"
    COMPLETED = "completed"
    SUSPENDED = "suspended"
    TERMINATED = "terminated"
    REPORTED = "reported"


class Modality(StrEnum):
    """How the text commits itself to the happening."""

    ASSERTED = "asserted"
    FORECAST = "forecast"
    HYPOTHETICAL = "hypothetical"
    DENIED = "denied"


class Desk(StrEnum):
    """The nine desks (topics) of the brief."""

    OIL_GAS = "oil-gas"
    RARE_EARTHS_COMMODITIES = "rare-earths-commodities"
    MINING_METALS = "mining-metals"
    EVS_BATTERIES = "evs-batteries"
    ESG_RENEWABLES = "esg-renewables"
    AI_SEMICONDUCTORS = "ai-semiconductors"
    AEROSPACE_DEFENSE = "aerospace-defense"
    SANCTIONS_REGULATION = "sanctions-regulation"
    BUSINESS_POLITICS = "business-politics"


class DocumentRole(StrEnum):
    """What a document is on its page."""

    ARTICLE = "article"
    TEASER = "teaser"


class MentionType(StrEnum):
    """What a name in the text stands for."""

    COUNTRY = "country"
    ORGANISATION = "organisation"
    SITE = "site"
    COMMODITY = "commodity"
    PRODUCT = "product"
    PERSON = "person"
    PLACE = "place"
    BENCHMARK = "benchmark"


class Alignment(StrEnum):
    """How a quote was found in its document; a quote not found is refused, never stored."""

    EXACT = "exact"
    FUZZY = "fuzzy"


class Qualifier(StrEnum):
    """How the text hedges a number."""

    EXACT = "exact"
    ABOUT = "about"
    NEARLY = "nearly"
    MORE_THAN = "more_than"
    LESS_THAN = "less_than"
    AT_LEAST = "at_least"
    UP_TO = "up_to"


class ValueBasis(StrEnum):
    """Which value of a deal a sum is, where the words beside it say so."""

    ENTERPRISE = "enterprise value"
    EQUITY = "equity value"
    CLOSING = "at closing"
    TOTAL = "total consideration"
    UPFRONT = "upfront"
    CONTINGENT = "contingent"


class QuantityKind(StrEnum):
    """The physical or monetary nature of a quantity."""

    MONEY = "money"
    PRICE = "price"
    MASS = "mass"
    MASS_RATE = "mass_rate"
    VOLUME = "volume"
    VOLUME_RATE = "volume_rate"
    ENERGY = "energy"
    ENERGY_RATE = "energy_rate"
    POWER = "power"
    PERCENT = "percent"
    PERCENT_POINT = "percent_point"
    GRADE = "grade"
    LENGTH = "length"
    AREA = "area"
    DURATION = "duration"
    COUNT = "count"
    FACTOR = "factor"
    OTHER = "other"


class CheckKind(StrEnum):
    """What a check recomputes (design §6)."""

    UNIT_EQUIVALENCE = "unit_equivalence"
    ARITHMETIC = "arithmetic"
    MAGNITUDE = "magnitude"
    MATERIAL_USE = "material_use"
    STAGE = "stage"
    CONFLICT = "conflict"


class Verdict(StrEnum):
    """What a check found."""

    CONSISTENT = "consistent"
    ROUNDING = "rounding"
    MISMATCH = "mismatch"
    QUERY = "query"
    UNCHECKABLE = "uncheckable"


class SourceKind(StrEnum):
    """Who speaks on a source."""

    WIRE = "wire"
    TRADE_PRESS = "trade_press"
    NEWSPAPER = "newspaper"
    COMPANY = "company"
    GOVERNMENT = "government"
    AGENCY = "agency"
    EXCHANGE = "exchange"
    RESEARCH = "research"


class Opinion(StrEnum):
    """The outcome of a judgement about two records."""

    SAME = "same"
    DIFFERENT = "different"
    UNSURE = "unsure"


class Action(StrEnum):
    """What an editor decides; UNDO ends an earlier decision."""

    ACCEPT = "accept"
    REJECT = "reject"
    EDIT = "edit"
    RETRACT = "retract"
    CHOOSE = "choose"
    MERGE = "merge"
    SPLIT = "split"
    UNDO = "undo"
