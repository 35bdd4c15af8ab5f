"""For each service, small made-up answers in the form of its protocol, as a server gives them."""

from __future__ import annotations

import io
import json
import string
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from xml.sax.saxutils import escape

from tests.collect.official.local import Answering, Asked, json_answer
from tests.collect.server import respond

KEY = "k3y/with+signs="


def zipped(files: Mapping[str, bytes]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in files.items():
            archive.writestr(name, body)
    return content.getvalue()


# --- FRED -------------------------------------------------------------------------------------

FRED_VALUES = {"2025-01-01": "2512.5", "2025-02-01": ".", "2025-03-01": "2601.25"}


def fred(asked: Asked) -> bytes:
    if asked.query.get("api_key") != KEY:
        told = {"error_code": 400, "error_message": "Bad Request. api_key is not registered."}
        return json_answer(told, status=400)
    if asked.path == "/fred/series":
        about = {
            "id": asked.query["series_id"],
            "title": "A price of a metal",
            "frequency_short": "M",
            "units": "U.S. Dollars per Metric Ton",
            "last_updated": "2025-04-11 11:03:02-05",
        }
        return json_answer({"realtime_start": "2026-11-23", "seriess": [about]})
    since = asked.query.get("observation_start", "")
    offset, limit = int(asked.query["offset"]), int(asked.query["limit"])
    rows = [{"date": d, "value": v} for d, v in FRED_VALUES.items() if d >= since]
    page = rows[offset : offset + min(limit, 2)]  # pages of two, whatever is asked
    told = {"units": "lin", "count": len(rows), "offset": offset, "observations": page}
    return json_answer(told)


# --- ECB --------------------------------------------------------------------------------------

ECB_HEAD = (
    "KEY,FREQ,CURRENCY,CURRENCY_DENOM,EXR_TYPE,EXR_SUFFIX,TIME_PERIOD,OBS_VALUE,OBS_STATUS,"
    "UNIT_MULT,TITLE"
)


def ecb_row(currency: str, month: str, value: str) -> str:
    key = f"EXR.M.{currency}.EUR.SP00.A"
    return f'{key},M,{currency},EUR,SP00,A,{month},{value},A,0,"{currency}/Euro, average"'


def ecb(asked: Asked) -> bytes:
    rows = [
        ecb_row("JPY", "2025-01", "161.93"),
        ecb_row("USD", "2025-01", "1.0354"),
        ecb_row("USD", "2025-02", "1.0413"),
        ecb_row("RUB", "2025-02", "NaN"),
    ]
    body = "\r\n".join([ECB_HEAD, *rows]) + "\r\n"
    return respond(200, body.encode(), "Content-Type: application/vnd.sdmx.data+csv")


ECB_XML = """<?xml version="1.0" encoding="UTF-8"?>
<gesmes:Envelope xmlns:gesmes="http://www.gesmes.org/xml/2002-08-01"
 xmlns="http://www.ecb.int/vocabulary/2002-08-01/eurofxref">
<gesmes:subject>Reference rates</gesmes:subject>
<gesmes:Sender><gesmes:name>A bank</gesmes:name></gesmes:Sender>
<Cube><Cube time="2026-11-20"><Cube currency="USD" rate="1.0881"/>
<Cube currency="JPY" rate="162.4"/></Cube>
<Cube time="2026-11-19"><Cube currency="USD" rate="1.0874"/></Cube></Cube>
</gesmes:Envelope>"""


def ecb_daily(asked: Asked) -> bytes:
    return respond(200, ECB_XML.encode(), "Content-Type: text/xml")


# --- World Bank -------------------------------------------------------------------------------


def wgi_row(indicator: str, country: str, year: int, value: float | None) -> dict[str, object]:
    return {
        "indicator": {"id": f"GOV_WGI_{indicator}.EST", "value": "A score"},
        "country": {"id": country, "value": country},
        "countryiso3code": "",
        "date": str(year),
        "value": value,
        "unit": "",
        "obs_status": "",
        "decimal": 1,
    }


def wgi(asked: Asked) -> bytes:
    name = asked.path.rpartition("GOV_WGI_")[2].removesuffix(".EST")
    rows = [
        wgi_row(name, "AU", 2023, 1.5012345),
        wgi_row(name, "CD", 2023, -1.71),
        wgi_row(name, "ZH", 2023, -0.2),  # a region of the World Bank's own
        wgi_row(name, "AU", 1997, None),
    ]
    page = int(asked.query["page"])
    part = rows[(page - 1) * 3 : page * 3]
    head = {"page": page, "pages": 2, "per_page": "3", "total": 4, "lastupdated": "2025-09-30"}
    return json_answer([head, part])


PINK_NAMES = ["Crude oil, Brent", "Aluminum", "Gold **", "Iron ore, cfr spot"]
PINK_UNITS = ["($/bbl)", "($/mt)", "($/troy oz)", "($/dmtu)"]
PINK_ROWS = [
    ["1960M01", 1.63, 511.47, 35.27, "…"],
    ["1960M02", 1.63, 511.47, None, 11.42],
    ["2025M01", 79.21, 2569.26, 2709.69, 104.0],
]


_XLSX = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def sheet(rows: Iterable[Sequence[object]]) -> bytes:
    """The XML of a sheet: numbers as numbers, words as inline strings, None as no cell."""
    told = []
    for number, row in enumerate(rows, 1):
        cells = []
        for letter, value in zip(string.ascii_uppercase, row, strict=False):
            place = f'r="{letter}{number}"'
            if isinstance(value, str):
                cells.append(f'<c {place} t="inlineStr"><is><t>{escape(value)}</t></is></c>')
            elif value is not None:
                cells.append(f"<c {place}><v>{value}</v></c>")
        told.append(f'<row r="{number}">{"".join(cells)}</row>')
    return f'<worksheet xmlns="{_XLSX}"><sheetData>{"".join(told)}</sheetData></worksheet>'.encode()


def workbook(
    names=PINK_NAMES, units=PINK_UNITS, rows=PINK_ROWS, title="Monthly Prices", above=4
) -> bytes:
    """A workbook in the form of the Pink Sheet; ``above`` lines of title."""
    lines = [["A bank's prices"], ["monthly prices in nominal dollars"]]
    lines += [["(monthly series only)"]] * (above - 3)
    lines += [["Updated on February 04, 2025"], [None, *names], [None, *units], *rows]
    return zipped(
        {
            "xl/workbook.xml": f'<workbook xmlns="{_XLSX}" xmlns:r="{_LINKS}"><sheets>'
            f'<sheet name="{title}" sheetId="1" r:id="rId1"/></sheets></workbook>'.encode(),
            "xl/_rels/workbook.xml.rels": b'<Relationships><Relationship Id="rId1" '
            b'Target="worksheets/sheet1.xml"/></Relationships>',
            "xl/worksheets/sheet1.xml": sheet(lines),
        }
    )


@cache
def _workbook() -> bytes:
    return workbook()


PINK_PATH = "/doc/0f1e-0050012025/related/CMO-Historical-Data-Monthly.xlsx"


def pink_sheet(asked: Asked) -> bytes:
    if asked.path == PINK_PATH:
        return respond(200, _workbook(), "Content-Type: application/octet-stream")
    page = (
        "<!DOCTYPE html><html><body><a href='/x.pdf'>x</a>"
        "<a href='http://elsewhere.example/CMO-Historical-Data-Monthly.xlsx'>no</a>"
        f"<a href='{PINK_PATH}'>Monthly prices</a></body></html>"
    )
    return respond(200, page.encode(), "Content-Type: text/html")


def sdn(*entries: str, count: int | None = None, day: str = "03/10/2025") -> bytes:
    head = f"<Publish_Date>{day}</Publish_Date>"
    head += f"<Record_Count>{len(entries) if count is None else count}</Record_Count>"
    space = "https://service.example/exports/XML"
    body = (
        f'<?xml version="1.0" standalone="yes"?><sdnList xmlns="{space}">'
        f"<publshInformation>{head}</publshInformation>{''.join(entries)}</sdnList>"
    )
    return body.encode()


SDN_FIRM = """<sdnEntry><uid>101</uid><lastName>EXAMPLE TRADING L.L.C.</lastName>
<sdnType>Entity</sdnType><remarks>A firm.</remarks>
<programList><program>IRAN</program><program>SDGT</program></programList>
<akaList><aka><uid>1</uid><type>a.k.a.</type><category>strong</category>
<lastName>ÉXAMPLE COMMODITIES</lastName></aka>
<aka><uid>2</uid><type>a.k.a.</type><category>weak</category><lastName>ET</lastName></aka></akaList>
<addressList><address><uid>3</uid><city>Dubai</city><country>United Arab Emirates</country>
</address><address><uid>4</uid><country>Farland</country></address></addressList></sdnEntry>"""

SDN_PERSON = """<sdnEntry><uid>102</uid><firstName>Jan</firstName><lastName>EXAMPLE</lastName>
<sdnType>Individual</sdnType><programList><program>CYBER2</program></programList>
<nationalityList><nationality><uid>5</uid><country>Chile</country></nationality></nationalityList>
</sdnEntry>"""

SDN_SHIP = """<sdnEntry><uid>103</uid><lastName>EXAMPLE STAR</lastName><sdnType>Vessel</sdnType>
<programList/></sdnEntry>"""


def ofac(asked: Asked) -> bytes:
    if asked.path.endswith("/exports/SDN.XML"):
        return respond(302, b"", "Location: /bucket/SDN.XML?signature=x")
    return respond(200, sdn(SDN_FIRM, SDN_PERSON, SDN_SHIP), "Content-Type: text/xml")


def eu_list(*entities: str, day: str = "2025-03-10") -> bytes:
    space = "http://eu.europa.ec/fpi/fsd/export"
    body = (
        f'<?xml version="1.0" encoding="UTF-8"?><export xmlns="{space}" '
        f'generationDate="{day}T17:10:43.222+01:00" globalFileId="1">{"".join(entities)}</export>'
    )
    return body.encode()


EU_FIRM = """<sanctionEntity designationDate="2022-03-15" euReferenceNumber="EU.9001.1"
 logicalId="1">
<remark>A firm.</remark><regulation programme="RUS" numberTitle="2022/428 (OJ L87)"
 publicationDate="2022-03-15"><publicationUrl>http://x.example</publicationUrl></regulation>
<subjectType code="enterprise" classificationCode="E"/>
<nameAlias wholeName="Example Mining JSC" strong="true"/>
<nameAlias wholeName="Пример" strong="true"/><nameAlias wholeName="EM" strong="false"/>
<address countryIso2Code="RU" countryDescription="RUSSIA"/><address countryIso2Code="00"/>
</sanctionEntity>"""

EU_PERSON = """<sanctionEntity euReferenceNumber="EU.9002.1" logicalId="2">
<regulation programme="BLR" numberTitle="2020/1387" publicationDate="2020-10-02"/>
<subjectType code="person" classificationCode="P"/>
<nameAlias firstName="Anna" lastName="Example" wholeName="" strong="true"/>
<citizenship countryIso2Code="BY"/></sanctionEntity>"""


def eu_sanctions(asked: Asked) -> bytes:
    if asked.query.get("token") != KEY:
        return respond(403, b"<html><body>Access denied</body></html>")
    return respond(200, eu_list(EU_FIRM, EU_PERSON), "Content-Type: application/xml")


# --- Comext -----------------------------------------------------------------------------------

COMEXT_HEAD = (
    "DATAFLOW,LAST UPDATE,freq,reporter,partner,product,flow,indicators,TIME_PERIOD,OBS_VALUE"
)


def comext_row(partner: str, indicator: str, value: str, *, product="283691", year="2024") -> str:
    flow = "ESTAT:DS-045409(1.0),15/09/26 11:00:00,A,EU27_2020"
    return f"{flow},{partner},{product},1,{indicator},{year},{value}"


def comext(asked: Asked) -> bytes:
    product = asked.path.split(".")[-3].rpartition(".")[2]
    value, weight = "VALUE_IN_EUROS", "QUANTITY_IN_100KG"
    rows = [
        comext_row("CL", value, "119500", product=product),
        comext_row("CL", weight, "123.45", product=product),
        comext_row("EXT_EU27_2020", value, "200000", product=product),
        comext_row("QW", value, "10", product=product),
        comext_row("QX", value, "5", product=product),
        comext_row("CN", value, "", product=product),
        comext_row("EU28", value, "7", product=product),
    ]
    body = "\r\n".join([COMEXT_HEAD, *rows]) + "\r\n"
    return respond(200, body.encode(), "Content-Type: application/vnd.sdmx.data+csv")


# --- BGS --------------------------------------------------------------------------------------


def bgs_feature(iso2: str, name: str, when: int, amount: float | None, **told: object) -> dict:
    return {
        "type": "Feature",
        "geometry": None,
        "id": 1,
        "properties": {
            "bgs_commodity_trans": "lithium minerals",
            "bgs_sub_commodity_trans": "Spodumene",
            "bgs_statistic_type_trans": "Production",
            "country_trans": name,
            "country_iso2_code": iso2,
            "country_iso3_code": "",
            "year": f"{when}-01-01T00:00:00",
            "quantity": amount,
            "units": "Tonnes (metric)",
            "concat_figure_notes_text": None,
            **told,
        },
    }


BGS_FEATURES = [
    bgs_feature("AU", "Australia", 2022, 2730000.5),
    bgs_feature("CL", "Chile", 2022, None),
    bgs_feature("DE", "German Federal Republic", 1975, 12),
]


def bgs_page(features: list, total: int, following: str | None) -> dict[str, object]:
    links = [{"rel": "self", "href": "x"}]
    if following is not None:
        links.append({"rel": "next", "href": following})
    return {
        "type": "FeatureCollection",
        "features": features,
        "numberMatched": total,
        "numberReturned": len(features),
        "links": links,
    }


def bgs(asked: Asked) -> bytes:
    offset = int(asked.query.get("offset", "0"))
    following = f"http://{asked.headers['host']}{asked.path}?f=json&offset=2"
    page = BGS_FEATURES[offset : offset + 2]
    return json_answer(bgs_page(page, 3, following if offset == 0 else None))


# --- Global Trade Alert -----------------------------------------------------------------------


def gta_row(id_: object = 138295, **told: object) -> dict[str, object]:
    return {
        "intervention_id": id_,
        "state_act_id": 87754,
        "state_act_title": "A land: Controls on exports of a metal",
        "intervention_url": f"https://gta.example/intervention/{id_}",
        "gta_evaluation": "Red",
        "implementing_jurisdictions": [{"id": 156, "name": "China", "iso": "CHN"}],
        "affected_jurisdictions": [
            {"id": 392, "name": "Japan", "iso": "JPN"},
            {"id": 9999, "name": "Farland", "iso": "XXX"},
        ],
        "intervention_type": "Export licensing requirement",
        "affected_products": [283691, 10121],
        "date_announced": "2023-07-03",
        "date_published": "2023-07-08",
        "date_implemented": "2023-08-01",
        "date_removed": None,
        "is_in_force": 1,
        **told,
    }


def gta(asked: Asked) -> bytes:
    if asked.headers.get("authorization") != f"APIKey {KEY}":
        return json_answer({"detail": "Invalid API key."}, status=403)
    offset = json.loads(asked.body)["offset"]
    return json_answer([gta_row(), gta_row(2, date_removed="2024-01-31")] if offset == 0 else [])


# --- USGS -------------------------------------------------------------------------------------

MCS_HEAD = "Source,Country,Type,Prod_t_2024,Prod_t_est_2025,Prod_notes,Reserves_t,Reserves_notes"
MCS_TYPE = '"Mine production, tungsten content"'
MCS_ROWS = (
    f"MCS2026,China,{MCS_TYPE},66000,67000,,2300000,",
    f"MCS2026,Spain,{MCS_TYPE},1000,W,,NA,",
    f"MCS2026,World total (rounded),{MCS_TYPE},67000,68000,,2300000,",
)


def mcs_table(*rows: str) -> bytes:
    return ("\n".join((MCS_HEAD, *(rows or MCS_ROWS))) + "\n").encode()


@cache
def _mcs_zip() -> bytes:
    return zipped({"world/mcs2026-tungs_world.csv": mcs_table()})


def mcs_items(base: str) -> list[dict[str, object]]:
    def one(name: str) -> dict[str, str]:
        return {"name": name, "downloadUri": f"{base}/catalog/file/get/1?f=__disk__{name}"}

    return [
        {
            "title": "Mineral Commodity Summaries 2026 Data Release - World",
            "files": [one("world.zip"), one("world.xml"), {"name": "x.csv", "url": "http://x.y/"}],
        },
        {"title": "Mineral Commodity Summaries 2025 Data Release", "files": [one("world25.zip")]},
        {"title": "Another release of 2026", "files": [one("other.csv")]},
        {"title": "Mineral Commodity Summaries 2026 without files"},
    ]


def usgs_mcs(asked: Asked) -> bytes:
    if asked.path == "/catalog/items":
        base = f"http://{asked.headers['host']}"
        return json_answer({"total": 4, "items": mcs_items(base)})
    return respond(200, _mcs_zip(), "Content-Type: application/zip")


# --- a price API of one's own -----------------------------------------------------------------


def quote(period: str, value: object, **told: object) -> dict[str, object]:
    return {
        "series": "midwest-premium",
        "period": period,
        "value": value,
        "unit": "USc/lb",
        "commodity": "aluminium",
        "kind": "premium",
        "basis": "US Midwest, delivered",
        "source": "own subscription",
        **told,
    }


def own_prices(asked: Asked) -> bytes:
    if asked.query.get("page") == "2":
        return json_answer({"prices": [quote("2025-02", 71.5)]})
    following = f"http://{asked.headers['host']}{asked.path}?page=2"
    return json_answer({"prices": [quote("2025-03", "88.10")], "next": following})


GOOD: Mapping[str, Callable[[Asked], bytes]] = {
    "fred": fred,
    "ecb": ecb,
    "ecb-daily": ecb_daily,
    "wgi": wgi,
    "pink-sheet": pink_sheet,
    "usgs-mcs": usgs_mcs,
    "ofac": ofac,
    "eu-sanctions": eu_sanctions,
    "comext": comext,
    "bgs": bgs,
    "gta": gta,
    "own-prices": own_prices,
}

NEEDS_KEY = {
    "fred": "FRED_API_KEY",
    "eu-sanctions": "EU_SANCTIONS_TOKEN",
    "gta": "GTA_API_KEY",
}

NARROW: Mapping[str, dict[str, object]] = {
    "fred": {"series": ["PALUMUSDM"]},
    "comext": {"products": ["283691"]},
    "bgs": {"series": ["lithium minerals"]},
    "gta": {"products": ["283691"]},
}
"""What a desk asks of a service in tests, where all would be much."""

__all__ = ["GOOD", "KEY", "NARROW", "NEEDS_KEY", "Answering"]
