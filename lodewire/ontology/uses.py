"""Which product holds which commodity: rules for the material-and-use check.

Tables: ``data/use_products.csv`` (products as texts name them) and ``data/uses.csv`` (rules with
component, chemistry, exceptions and source). A rule queries the editor; it never rewrites.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources.abc import Traversable
from types import MappingProxyType

from lodewire.errors import OntologyError
from lodewire.ontology.commodities import ancestors_of, read_commodities
from lodewire.ontology.tables import (
    Alias,
    is_slug,
    load_sources,
    parse_aliases,
    read_table,
    split_list,
)

PRODUCT_TABLE = "use_products.csv"
RULE_TABLE = "uses.csv"
SOURCES = "uses_sources.toml"
PRODUCT_COLUMNS = ("id", "name", "aliases", "parent")
RULE_COLUMNS = (
    "id",
    "product",
    "relation",
    "commodity",
    "component",
    "chemistry",
    "note",
    "exceptions",
    "source",
)


class Relation(StrEnum):
    """How a product stands to a commodity: it must, may or never can contain it."""

    MUST = "must"
    MAY = "may"
    NEVER = "never"


@dataclass(frozen=True, slots=True, kw_only=True)
class UseProduct:
    """A product of the rules; what holds for ``parent`` holds for it, unless a rule says more."""

    id: str
    name: str
    aliases: tuple[Alias, ...]
    parent: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class UseRule:
    """One rule. Words of ``exceptions`` near the place lift it ("nickel-metal hydride")."""

    id: str
    product: str
    relation: Relation
    commodity: str
    component: str | None
    chemistry: str | None
    note: str
    exceptions: tuple[str, ...]
    sources: tuple[str, ...]


@cache
def load_use_products() -> Mapping[str, UseProduct]:
    """Return id -> product, in the order of the table; raises OntologyError."""
    return read_use_products()


@cache
def load_uses() -> tuple[UseRule, ...]:
    """Return the rules in the order of the table; raises OntologyError."""
    return read_uses()


@cache
def rules_for(product: str, commodity: str) -> tuple[UseRule, ...]:
    """Return the rules on a product and a commodity, the most particular first.

    A rule holds for the members of its commodity (rare-earths: neodymium) and for the products
    below its product (li-ion-battery: ev-battery). Where two differ, the first one counts. Raises
    OntologyError when product or commodity is unknown.
    """
    products = load_use_products()
    if product not in products:
        raise OntologyError(f"unknown product {product!r} of the use rules")
    line = _line_of(product, products)
    kin = (commodity, *ancestors_of(commodity))
    found = [r for r in load_uses() if r.product in line and r.commodity in kin]
    return tuple(sorted(found, key=lambda r: (line.index(r.product), kin.index(r.commodity))))


def read_use_products(folder: Traversable | None = None) -> Mapping[str, UseProduct]:
    """Read and check the products in ``folder`` (default: the package's own)."""
    found: dict[str, UseProduct] = {}
    places: dict[str, str] = {}
    taken: dict[str, str] = {}
    for where, row in read_table(PRODUCT_TABLE, PRODUCT_COLUMNS, folder):
        product = UseProduct(
            id=row["id"],
            name=row["name"],
            aliases=parse_aliases(row["aliases"]),
            parent=row["parent"] or None,
        )
        if not is_slug(product.id) or product.id in found or not product.name:
            raise OntologyError(f"{where}: id {product.id!r} must be a slug, once, with a name")
        for alias in product.aliases:
            owner = taken.setdefault(alias.text.casefold(), product.id)
            if owner != product.id:
                raise OntologyError(f"{where}: {alias.text!r} stands for {owner} and {product.id}")
        found[product.id] = product
        places[product.id] = where
    for product in found.values():
        _check_line(places[product.id], product, found)
    return MappingProxyType(found)


def read_uses(folder: Traversable | None = None) -> tuple[UseRule, ...]:
    """Read and check the rules in ``folder``, against products, commodities and sources there."""
    products = read_use_products(folder)
    commodities = read_commodities(folder)
    sources = load_sources(SOURCES, folder)
    found: dict[str, UseRule] = {}
    for where, row in read_table(RULE_TABLE, RULE_COLUMNS, folder):
        rule = _parse_rule(where, row)
        if rule.id in found:
            raise OntologyError(f"{where}: rule {rule.id!r} is there twice")
        if rule.product not in products:
            raise OntologyError(f"{where}: product {rule.product!r} is not in {PRODUCT_TABLE}")
        if rule.commodity not in commodities:
            raise OntologyError(f"{where}: commodity {rule.commodity!r} is not in commodities.csv")
        if not rule.sources or any(key not in sources for key in rule.sources):
            raise OntologyError(f"{where}: source {row['source']!r} is not in {SOURCES}")
        found[rule.id] = rule
    return tuple(found.values())


def _parse_rule(where: str, row: dict[str, str]) -> UseRule:
    if not is_slug(row["id"]):
        raise OntologyError(f"{where}: id {row['id']!r} is not lower-case kebab-case")
    try:
        relation = Relation(row["relation"])
    except ValueError:
        allowed = ", ".join(Relation)
        raise OntologyError(
            f"{where}: relation {row['relation']!r} is not one of {allowed}"
        ) from None
    return UseRule(
        id=row["id"],
        product=row["product"],
        relation=relation,
        commodity=row["commodity"],
        component=row["component"] or None,
        chemistry=row["chemistry"] or None,
        note=row["note"],
        exceptions=split_list(row["exceptions"]),
        sources=split_list(row["source"]),
    )


def _line_of(product: str, products: Mapping[str, UseProduct]) -> tuple[str, ...]:
    line: list[str] = []
    at: str | None = product
    while at is not None:
        line.append(at)
        at = products[at].parent
    return tuple(line)


def _check_line(where: str, product: UseProduct, found: Mapping[str, UseProduct]) -> None:
    seen = {product.id}
    at = product.parent
    while at is not None:
        if at not in found:
            raise OntologyError(f"{where}: parent {at!r} is not in the table")
        if at in seen:
            raise OntologyError(f"{where}: {product.id} is its own ancestor")
        seen.add(at)
        at = found[at].parent
