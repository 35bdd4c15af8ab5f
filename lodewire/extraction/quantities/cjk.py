"""Japanese and Chinese amounts: 5万3000トン, 1億2000万円, 年产120万吨, 每吨2.5万元, 2～3％.

Written without blanks, with powers of ten thousand; what an amount is per stands before it
(1トン当たり, 每吨) or after a slash. Full-width digits are read at their own positions.
"""

from __future__ import annotations

import re
from decimal import Decimal

from lodewire.extraction.quantities.amounts import Tongue
from lodewire.extraction.quantities.drafts import Draft, plain
from lodewire.extraction.quantities.names import names_for
from lodewire.model.vocabulary import Qualifier

LANGUAGES = frozenset({"ja", "zh"})

_FULL_WIDTH = str.maketrans("０１２３４５６７８９．，％／＄－", "0123456789.,%/$-")
_SCALES = {
    "百": 10**2, "千": 10**3, "万": 10**4, "萬": 10**4, "億": 10**8, "亿": 10**8, "兆": 10**12,
}  # fmt: skip
_NUMBER = r"[0-9]{1,15}(?:,[0-9]{3}){0,5}(?:\.[0-9]{1,8})?"
_AMOUNT = re.compile(rf"(?:{_NUMBER}(?:[百千万萬億亿兆](?!瓦))*){{1,4}}")
_PART = re.compile(rf"({_NUMBER})([百千万萬億亿兆]*)")
_UNITS = dict(
    pair.split("=")
    for pair in (
        "トン=t 吨=t 公吨=t 噸=t キログラム=kg キロ=kg 公斤=kg 千克=kg グラム=g 克=g "
        "ポンド=lb 磅=lb オンス=oz 盎司=oz カラット=ct 克拉=ct バレル=bbl 桶=bbl リットル=l "
        "立方メートル=m3 立方米=m3 円=JPY 日元=JPY ドル=$ 米ドル=USD 美元=USD 豪ドル=AUD "
        "澳元=AUD 加元=CAD カナダドル=CAD 香港ドル=HKD 港元=HKD ユーロ=EUR 欧元=EUR "
        "英ポンド=GBP 英镑=GBP 人民元=CNY 元=CNY 人民币=CNY ウォン=KRW 韩元=KRW ルピー=INR "
        "卢比=INR ルーブル=RUB 卢布=RUB セント=c 美分=USc %=% パーセント=% 个百分点=%pt "
        "百分点=%pt %ポイント=%pt ポイント=%pt キロメートル=km 公里=km メートル=m 米=m "
        "ヘクタール=ha 公顷=ha 平方キロメートル=km2 平方キロ=km2 平方公里=km2 メガワット=MW "
        "ギガワット=GW キロワット=kW 兆瓦=MW 吉瓦=GW 千瓦=kW キロワット時=kWh "
        "メガワット時=MWh ギガワット時=GWh 千瓦时=kWh 兆瓦时=MWh 吉瓦时=GWh 年間=yr 年间=yr "
        "カ月=month か月=month ヶ月=month ヵ月=month 个月=month 週間=week 周=week 日間=d 天=d "
        "時間=h 小时=h 倍=x "
    ).split()
)
_BY_LENGTH = "|".join(sorted(map(re.escape, _UNITS), key=len, reverse=True))
_UNIT = re.compile(rf"[ ]?(?:{_BY_LENGTH})")
_PER_AFTER = re.compile(rf"/(?P<unit>{_BY_LENGTH}|年|月|日|天|t|kg|lb|oz)")
_PER_BEFORE = re.compile(
    rf"(?:1|一|每)?(?P<unit>{_BY_LENGTH})(?:当たり|あたり|につき|当り)の?$|每(?P<zh>{_BY_LENGTH})(?:价格|约|为|涨至|跌至|"
    rf"报)?$"
)
_YEARLY = re.compile(r"(?:年産|年産能力|年間|年间|年产|年产能|年产量|年产能达|年)(?:で|の)?$")
_DAILY = re.compile(r"(?:日量|日产)$")
_TIMES = {"年": "yr", "月": "month", "日": "d", "天": "d"}
_JOIN = re.compile(r"[ ]?(?:[-~～〜–—]|から|至|到)[ ]?(?=[0-9])")
_SIGN = re.compile(r"(?:US\$|A\$|C\$|\$|€|£|¥|￥)[ ]?$")
_SIGNS = {"US$": "USD", "A$": "AUD", "C$": "CAD", "$": "$", "€": "EUR", "£": "GBP"}
_BEFORE = re.compile(
    r"(?:(?P<about>約|およそ|约|大约|大概|预计约)|(?P<nearly>ほぼ|近|将近|接近)|(?P<more_than>超过|超過|逾|超|高于)"
    r"|(?P<less_than>不到|低于|不足)|(?P<at_least>少なくとも|最低|至少|不低于)|(?P<up_to>最大|最多|高达|不超过|最大で))$"
)
_AFTER = re.compile(
    r"(?P<at_least>以上)|(?P<up_to>以下|以内)|(?P<more_than>超(?!え)|強)|(?P<less_than>未満)|(?P<nearly>弱)"
    r"|(?P<about>程度|前後|左右|ほど)"
)
_LATIN = re.compile(r"[ ]?([A-Za-z][A-Za-z0-9/]{0,9})")
_EACH = re.compile(r"(?:当たり|あたり|につき|当り)")


def read_cjk(text: str, tongue: Tongue) -> list[Draft]:
    """Return the drafts of a Japanese or Chinese text, in order."""
    source = text.translate(_FULL_WIDTH)
    found: list[Draft] = []
    floor = at = 0
    while (match := _AMOUNT.search(source, at)) is not None:
        at = match.end()
        if match.start() and (
            source[match.start() - 1].isascii() and source[match.start() - 1].isalnum()
        ):
            continue
        draft = _read_one(source, match, floor, tongue)
        if draft is not None:
            found.append(draft)
            floor = at = draft.end
    return found


def _read_one(source: str, match: re.Match[str], floor: int, tongue: Tongue) -> Draft | None:
    start, end = match.span()
    low: Decimal | None = None
    value, digits = _value(match.group())
    unit, unit_end = _unit_at(source, end, tongue)
    join = _JOIN.match(source, unit_end if unit is not None else end)
    if join is not None:
        second = _AMOUNT.match(source, join.end())
        other, other_end = _unit_at(source, second.end(), tongue) if second else (None, 0)
        if second is not None and other is not None and unit in {None, other}:
            low, (value, _) = _scaled_low(match.group(), second.group()), _value(second.group())
            unit, end, unit_end = other, second.end(), other_end
    sign = _SIGN.search(source[max(floor, start - 4) : start])
    if sign is not None and (unit is None or unit not in {"%", "%pt"}):
        unit, unit_end = _currency(sign.group().strip(), tongue), unit_end if unit else end
        start -= len(sign.group())
    if unit is None or _EACH.match(source, unit_end):
        return None  # "1トン当たり" tells what the next amount is per
    return _finish(source, start, unit_end, floor, (low, value, digits), unit, tongue)


def _currency(sign: str, tongue: Tongue) -> str:
    if sign in {"¥", "￥"}:
        return "CNY" if tongue.language == "zh" else "JPY"
    return _SIGNS[sign]


def _value(written: str) -> tuple[Decimal, int]:
    """Return the value of "1億2000万" and its significant digits."""
    total, digits = Decimal(0), ""
    for number, scales in _PART.findall(written):
        factor = 1
        for scale in scales:
            factor *= _SCALES[scale]
        total += Decimal(number.replace(",", "")) * factor
        digits += number.replace(",", "")
    bare = digits.replace(".", "").lstrip("0")
    return plain(total), len(bare if "." in digits else bare.rstrip("0")) or 1


def _scaled_low(first: str, second: str) -> Decimal:
    """Return the low end; it shares the scale of the high end where it has none: 10-12万."""
    value, _ = _value(first)
    tail = _PART.findall(second)[-1][1]
    if not _PART.findall(first)[-1][1] and tail:
        value *= _value(f"1{tail}")[0]
    return plain(value)


def _unit_at(source: str, at: int, tongue: Tongue) -> tuple[str | None, int]:
    match = _UNIT.match(source, at)
    if match is not None:
        return _UNITS[match.group().strip()], match.end()
    latin = _LATIN.match(source, at)
    if latin is None:
        return None, at
    # Read apart from the text, because の or 的 may follow without a blank.
    hit = names_for("en").after_number.find(latin.group(1), 0)
    if hit is None or hit.multiplier != 1 or hit.end != len(latin.group(1)):
        return None, at
    return hit.unit, latin.end()


def _finish(
    source: str,
    start: int,
    end: int,
    floor: int,
    numbers: tuple[Decimal | None, Decimal, int],
    unit: str,
    tongue: Tongue,
) -> Draft:
    low, value, digits = numbers
    unit = {"$": tongue.dollar, "c": tongue.cent}.get(unit, unit)
    unit, _, per = unit.partition("/")
    after = _PER_AFTER.match(source, end)
    if after is not None:
        name = after.group("unit")
        per, end = _TIMES.get(name) or _UNITS.get(name) or name, after.end()
    begin, qualifier = start, Qualifier.EXACT
    hedge = _BEFORE.search(source[max(floor, start - 5) : start])
    if hedge is not None and hedge.lastgroup is not None:
        begin, qualifier = start - len(hedge.group()), Qualifier(hedge.lastgroup)
    tail = _AFTER.match(source, end)
    whole_end = end
    if tail is not None and tail.lastgroup is not None:
        whole_end, qualifier = tail.end(), Qualifier(tail.lastgroup)
    return Draft(
        start=begin,
        end=whole_end,
        core_start=start,
        core_end=end,
        unit=unit,
        per=per or _per_before(source, floor, begin, unit),
        value=None if low is not None else value,
        low=low,
        high=value if low is not None else None,
        qualifier=qualifier,
        digits=digits,
    )


def _per_before(source: str, floor: int, begin: int, unit: str) -> str | None:
    before = source[max(floor, begin - 14) : begin]
    found = _PER_BEFORE.search(before)
    if found is not None:
        name = _UNITS[found.group("unit") or found.group("zh")]
        return name if name != unit and name not in {"%", "x"} else None
    if unit in {"t", "kg", "oz", "lb", "GWh", "m3", "bbl"}:
        if _YEARLY.search(before):
            return "yr"
        if _DAILY.search(before):
            return "d"
    return None
