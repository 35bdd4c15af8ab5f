"""Periods of every kind that trade news tells, each put where it lies in the calendar.

All are told on Wednesday 13 August 2025.
"""

from __future__ import annotations

from datetime import date

import pytest

from lodewire.extraction.dates import find_dates

PUBLISHED = date(2025, 8, 13)

TOLD: list[tuple[str, list[str]]] = [
    (
        "Output fell 3% in the nine months to September.",
        ["nine months to September = 2024-01-01..2024-09-30"],
    ),
    ("Profit for the year to June 30 was flat.", ["year to June 30 = 2024-07-01..2025-06-30"]),
    ("In 1H25 sales rose.", ["1H25 = 2025-01-01..2025-06-30"]),
    ("Q3/2024 volumes.", ["Q3/2024 = 2024-07-01..2024-09-30"]),
    (
        "3Q 2024 and 4Q24 volumes",
        ["3Q 2024 = 2024-07-01..2024-09-30", "4Q24 = 2024-10-01..2024-12-31"],
    ),
    (
        "2024Q3 and 2025 H1 and 2024-2H",
        [
            "2024Q3 = 2024-07-01..2024-09-30",
            "2025 H1 = 2025-01-01..2025-06-30",
            "2024-2H = 2024-07-01..2024-12-31",
        ],
    ),
    ("9M25 output", ["9M25 = 2025-01-01..2025-09-30"]),
    ("FY24 (to June) earnings rose", ["FY24 (to June) = 2023-07-01..2024-06-30"]),
    (
        "FY2025 (April 2024-March 2025) earnings",
        ["FY2025 (April 2024-March 2025) = 2024-04-01..2025-03-31"],
    ),
    (
        "fiscal 2025, which ended on June 30, was weak",
        ["fiscal 2025 = 2024-07-01..2025-06-30", "June 30 = 2025-06-30"],
    ),
    ("the 2024-25 financial year", ["2024-25 financial year = open"]),
    ("fiscal third quarter", ["fiscal third quarter = open"]),
    ("the third quarter of fiscal 2025", ["third quarter of fiscal 2025 = open"]),
    ("its fiscal year ended March 2025", ["fiscal year ended March 2025 = 2024-04-01..2025-03-31"]),
    ("the year ended 31 December 2024", ["year ended 31 December 2024 = 2024-01-01..2024-12-31"]),
    (
        "the three months ended March 31, 2025",
        ["three months ended March 31, 2025 = 2025-01-01..2025-03-31"],
    ),
    (
        "the three-month period ended June 30",
        ["three-month period ended June 30 = 2025-04-01..2025-06-30"],
    ),
    ("six months ended 30 June 2025", ["six months ended 30 June 2025 = 2025-01-01..2025-06-30"]),
    ("the half-year to December", ["half-year to December = 2024-07-01..2024-12-31"]),
    ("the 12 months to July", ["12 months to July = 2024-08-01..2025-07-31"]),
    ("the first half ended June 30", ["first half ended June 30 = 2025-01-01..2025-06-30"]),
    (
        "third quarter ended September 30, 2024",
        ["third quarter ended September 30, 2024 = 2024-07-01..2024-09-30"],
    ),
    ("week ended Aug. 8", ["week ended Aug. 8 = 2025-08-02..2025-08-08"]),
    ("in the week to Friday", ["week to Friday = 2025-08-02..2025-08-08"]),
    ("the week ending August 15", ["week ending August 15 = 2025-08-09..2025-08-15"]),
    ("the month to July 15", ["month to July 15 = 2025-06-16..2025-07-15"]),
    ("the fortnight to August 10", ["fortnight to August 10 = 2025-07-28..2025-08-10"]),
    ("stocks in the week of August 4", ["week of August 4 = 2025-08-04..2025-08-10"]),
    ("week beginning August 18", ["week beginning August 18 = 2025-08-18..2025-08-24"]),
    ("the first ten days of August", ["first ten days of August = 2025-08-01..2025-08-10"]),
    ("last two months of 2024", ["last two months of 2024 = 2024-11-01..2024-12-31"]),
    ("first three quarters of 2024", ["first three quarters of 2024 = 2024-01-01..2024-09-30"]),
    ("the first six weeks of this year", ["first six weeks of this year = 2025-01-01..2025-02-11"]),
    ("the second week of May", ["second week of May = 2025-05-08..2025-05-14"]),
    ("the first half of June", ["first half of June = 2025-06-01..2025-06-15"]),
    ("the second half of July 2025", ["second half of July 2025 = 2025-07-16..2025-07-31"]),
    ("the last quarter of 2024", ["last quarter of 2024 = 2024-10-01..2024-12-31"]),
    ("the first half of next year", ["first half of next year = 2026-01-01..2026-06-30"]),
    ("the back half of 2026", ["back half of 2026 = 2026-07-01..2026-12-31"]),
    ("the first half of last year", ["first half of last year = 2024-01-01..2024-06-30"]),
    ("from Monday to Wednesday", ["Monday to Wednesday = 2025-08-18..2025-08-20"]),
    ("between Tuesday and Thursday", ["Tuesday and Thursday = 2025-08-05..2025-08-07"]),
    (
        "from mid-March to the end of June 2025",
        ["mid-March to the end of June 2025 = 2025-03-11..2025-06-30"],
    ),
    ("between early May and late July", ["early May and late July = 2025-05-01..2025-07-31"]),
    ("from 1 July to 30 September", ["1 July to 30 September = 2025-07-01..2025-09-30"]),
    ("Jan-Sept 2024", ["Jan-Sept 2024 = 2024-01-01..2024-09-30"]),
    ("Jan–Jun 2025", ["Jan–Jun 2025 = 2025-01-01..2025-06-30"]),
    ("January-to-June exports", ["January-to-June = 2025-01-01..2025-06-30"]),
    ("Nov 2024-Jan 2025", ["Nov 2024-Jan 2025 = 2024-11-01..2025-01-31"]),
    ("from the end of 2023 to mid-2025", ["end of 2023 to mid-2025 = 2023-12-31..2025-08-31"]),
    ("from Q1 2024 to Q3 2025", ["Q1 2024 to Q3 2025 = 2024-01-01..2025-09-30"]),
    ("between Q1 and Q3", ["Q1 and Q3 = 2025-01-01..2025-09-30"]),
    ("between 2020 and 2024", ["2020 and 2024 = 2020-01-01..2024-12-31"]),
    ("YTD gains and MTD losses", ["YTD = 2025-01-01..2025-08-13", "MTD = 2025-08-01..2025-08-13"]),
    ("Prices are up 12% year-to-date", ["year-to-date = 2025-01-01..2025-08-13"]),
    ("The year to date has been weak", ["The year to date = 2025-01-01..2025-08-13"]),
    ("so far this month it rose", ["so far this month = 2025-08-01..2025-08-13"]),
    ("so far in 2025 it rose", ["so far in 2025 = 2025-01-01..2025-08-13"]),
    ("Overnight, copper rose.", ["Overnight = 2025-08-12..2025-08-13"]),
    ("Copper fell from the previous session.", ["previous session = 2025-08-12"]),
    (
        "Copper closed at $9,500 on Tuesday, up from the previous session.",
        ["Tuesday = 2025-08-12", "previous session = 2025-08-11"],
    ),
    (
        "Copper closed Monday at 9,500, up from the previous session.",
        ["Monday = 2025-08-11", "previous session = 2025-08-08"],
    ),
    (
        "Exports were 12,000 t in July, down from the previous month.",
        ["July = 2025-07-01..2025-07-31", "previous month = 2025-06-01..2025-06-30"],
    ),
    (
        "Exports were 12,000 t in July, down from a month earlier and up 3% from a year earlier.",
        [
            "July = 2025-07-01..2025-07-31",
            "a month earlier = 2025-06-01..2025-06-30",
            "a year earlier = 2024-07-01..2024-07-31",
        ],
    ),
    (
        "Exports rose in the first seven months from the same period last year.",
        [
            "first seven months = 2025-01-01..2025-07-31",
            "the same period last year = 2024-01-01..2024-07-31",
        ],
    ),
    (
        "Output rose in the second quarter from the same quarter of 2024.",
        [
            "second quarter = 2025-04-01..2025-06-30",
            "the same quarter of 2024 = 2024-04-01..2024-06-30",
        ],
    ),
    (
        "sales in Q2 against the year-earlier quarter",
        ["Q2 = 2025-04-01..2025-06-30", "the year-earlier quarter = 2024-04-01..2024-06-30"],
    ),
    (
        "In 2023 it lost money; the following year it made a profit.",
        ["2023 = 2023-01-01..2023-12-31", "following year = 2024-01-01..2024-12-31"],
    ),
    (
        "It opened in March 2024 and closed two months later.",
        ["March 2024 = 2024-03-01..2024-03-31", "two months later = 2024-05-01..2024-05-31"],
    ),
    (
        "The ban took effect on July 1; a day earlier shipments jumped.",
        ["July 1 = 2025-07-01", "a day earlier = 2025-06-30"],
    ),
    ("the day before yesterday", ["the day before yesterday = 2025-08-11"]),
    ("It said late on Tuesday it would close.", ["Tuesday = 2025-08-12"]),
    ("Last night it said", ["Last night = 2025-08-12"]),
    ("over the weekend", ["the weekend = 2025-08-09..2025-08-10"]),
    ("earlier this week", ["earlier this week = 2025-08-11..2025-08-13"]),
    ("later this month", ["later this month = 2025-08-13..2025-08-31"]),
    ("early next week", ["early next week = 2025-08-18..2025-08-19"]),
    ("late last week", ["late last week = 2025-08-08..2025-08-10"]),
    ("mid-to-late June", ["mid-to-late June = 2025-06-11..2025-06-30"]),
    ("early to mid-2026", ["early to mid-2026 = 2026-01-01..2026-08-31"]),
    ("since the end of March", ["since the end of March = 2025-03-31..2025-08-13"]),
    ("since mid-May", ["since mid-May = 2025-05-11..2025-08-13"]),
    ("since late 2023", ["since late 2023 = 2023-09-01..2025-08-13"]),
    ("since Monday", ["since Monday = 2025-08-11..2025-08-13"]),
    ("since last year", ["since last year = 2024-01-01..2025-08-13"]),
    ("since the start of the year", ["since the start of the year = 2025-01-01..2025-08-13"]),
    ("since at least 2019", ["since at least 2019 = 2019-01-01..2025-08-13"]),
    ("since the beginning of July", ["since the beginning of July = 2025-07-01..2025-08-13"]),
    ("by the end of the month", ["end of the month = 2025-08-31"]),
    ("at the end of the quarter", ["end of the quarter = 2025-06-30"]),
    ("by the end of next year", ["end of next year = 2026-12-31"]),
    ("at year-end 2024", ["year-end 2024 = 2024-12-31"]),
    ("stocks at year-end were", ["year-end = 2024-12-31"]),
    ("at the end of last week", ["end of last week = 2025-08-10"]),
    ("the end of the June quarter", ["end of the June quarter = 2025-06-30"]),
    ("December 2024 half", ["December 2024 half = 2024-07-01..2024-12-31"]),
    ("the June 2025 quarter", ["June 2025 quarter = 2025-04-01..2025-06-30"]),
    ("Dec '25 futures", ["Dec '25 = 2025-12-01..2025-12-31"]),
    ("Dec-25 contract", ["Dec-25 = 2025-12-01..2025-12-31"]),
    ("the deal closed on 28/03/24", ["28/03/24 = 2024-03-28"]),
    ("Tuesday (August 12)", ["Tuesday (August 12) = 2025-08-12"]),
    ("Tuesday, August 12th", ["Tuesday, August 12th = 2025-08-12"]),
    ("Wednesday 13th August 2025", ["Wednesday 13th August 2025 = 2025-08-13"]),
    ("on August 12th, 2025", ["August 12th, 2025 = 2025-08-12"]),
    ("the 3rd of March 2025", ["3rd of March 2025 = 2025-03-03"]),
    ("7-9 May", ["7-9 May = 2025-05-07..2025-05-09"]),
    ("May 7 and 8", ["May 7 and 8 = 2025-05-07..2025-05-08"]),
    ("June 30-July 4", ["June 30-July 4 = 2025-06-30..2025-07-04"]),
    ("28 April–3 May", ["28 April–3 May = 2025-04-28..2025-05-03"]),
    ("2025-08-01", ["2025-08-01 = 2025-08-01"]),
    ("2025/8/1", ["2025/8/1 = 2025-08-01"]),
    ("a decade ago", ["a decade ago = 2015-01-01..2015-12-31"]),
    ("ten days ago", ["ten days ago = 2025-08-03"]),
    ("six months ago", ["six months ago = 2025-02-01..2025-02-28"]),
    ("18 months ago", ["18 months ago = 2024-02-01..2024-02-29"]),
    ("three quarters ago", ["three quarters ago = 2024-10-01..2024-12-31"]),
    ("in the past decade", ["past decade = 2015-08-13..2025-08-13"]),
    ("in recent months", ["recent months = open"]),
    ("in coming weeks", ["coming weeks = open"]),
    ("over the next few years", ["the next few years = open"]),
    ("last summer", ["last summer = open"]),
    ("this spring", ["this spring = open"]),
    ("winter 2024/25", ["winter 2024/25 = open"]),
    ("the summer of 2024", ["summer of 2024 = open"]),
    ("next winter", ["next winter = open"]),
    ("several years ago", ["several years ago = open"]),
    ("In October the plant will restart.", ["October = 2025-10-01..2025-10-31"]),
    ("On Friday the ministry will publish the list.", ["Friday = 2025-08-15"]),
    ("The mine reopens in October.", ["October = 2025-10-01..2025-10-31"]),
    ("Talks begin on Thursday.", ["Thursday = 2025-08-14"]),
    ("plans announced in March", ["March = 2025-03-01..2025-03-31"]),
    (
        "The mine, expected to start this year, was closed in May.",
        ["this year = 2025-01-01..2025-12-31", "May = 2025-05-01..2025-05-31"],
    ),
    ("The tariff has applied from 1 July.", ["1 July = 2025-07-01"]),
    ("The tariff will apply from 1 October.", ["1 October = 2025-10-01"]),
    ("It was extended until December 31.", ["December 31 = 2025-12-31"]),
    ("valid until the end of September", ["end of September = 2025-09-30"]),
    ("the rise to begin in September", ["September = 2025-09-01..2025-09-30"]),
    ("last March", ["March = 2025-03-01..2025-03-31"]),
    ("next March", ["March = 2026-03-01..2026-03-31"]),
    ("last December", ["December = 2024-12-01..2024-12-31"]),
    ("next Thursday", ["next Thursday = 2025-08-21"]),
    ("this Friday", ["this Friday = 2025-08-15"]),
    ("last Friday", ["last Friday = 2025-08-08"]),
    ("in the December quarter", ["December quarter = 2024-10-01..2024-12-31"]),
    ("a two-year low, since March 2023", ["since March 2023 = 2023-03-01..2025-08-13"]),
    ("in 1990s and 2030s", ["1990s = 1990-01-01..1999-12-31", "2030s = 2030-01-01..2039-12-31"]),
    ("Q1-Q2 of 2025", ["Q1-Q2 of 2025 = 2025-01-01..2025-06-30"]),
    ("Q4 2024 to Q1 2025", ["Q4 2024 to Q1 2025 = 2024-10-01..2025-03-31"]),
    ("Shares fell 4% on Thursday after the company cut its forecast.", ["Thursday = 2025-08-07"]),
    (
        "The company said on Monday that it expects to restart the mine in September.",
        ["Monday = 2025-08-11", "September = 2025-09-01..2025-09-30"],
    ),
    (
        "The minister told reporters on Tuesday that talks would resume on Thursday.",
        ["Tuesday = 2025-08-12", "Thursday = 2025-08-14"],
    ),
    (
        "LME stocks have fallen 30% since the beginning of April.",
        ["since the beginning of April = 2025-04-01..2025-08-13"],
    ),
    (
        "The plant is scheduled to reopen in the first quarter of next year.",
        ["first quarter of next year = 2026-01-01..2026-03-31"],
    ),
    (
        "It forecast a deficit of 100,000 t in 2026 and 2027.",
        ["2026 and 2027 = 2026-01-01..2027-12-31"],
    ),
    (
        "The agreement runs from January 1, 2026 through December 31, 2030.",
        ["January 1, 2026 through December 31, 2030 = 2026-01-01..2030-12-31"],
    ),
    ("Earlier in July the company cut guidance.", ["Earlier in July = 2025-07-01..2025-07-31"]),
    ("Later in 2025 it will build a plant.", ["Later in 2025 = 2025-08-13..2025-12-31"]),
    (
        "Through the first five months of the year exports fell.",
        ["first five months of the year = 2025-01-01..2025-05-31"],
    ),
    (
        "In January-July imports were 12 Mt, up from January-July 2024.",
        ["January-July = 2025-01-01..2025-07-31", "January-July 2024 = 2024-01-01..2024-07-31"],
    ),
    ("a mine that closed in late 2019", ["late 2019 = 2019-09-01..2019-12-31"]),
    ("the meeting of July 30-31", ["July 30-31 = 2025-07-30..2025-07-31"]),
    ("The first shipment left on the 5th of August.", ["5th of August = 2025-08-05"]),
    (
        "the company reported on Aug 7 for the quarter to end-June",
        ["Aug 7 = 2025-08-07", "quarter to end-June = 2025-04-01..2025-06-30"],
    ),
    (
        "at the end of 2024 and the start of 2025",
        ["end of 2024 = 2024-12-31", "start of 2025 = 2025-01-01"],
    ),
    (
        "Nornickel will publish its results for the first half on August 21.",
        ["first half = 2025-01-01..2025-06-30", "August 21 = 2025-08-21"],
    ),
    ("the price on Friday, 8 August, 2025", ["Friday, 8 August, 2025 = 2025-08-08"]),
    ("The ban expires on 31 December.", ["31 December = 2025-12-31"]),
    ("the four weeks to August 10", ["four weeks to August 10 = 2025-07-14..2025-08-10"]),
    ("the five years to 2024", ["five years to 2024 = 2020-01-01..2024-12-31"]),
    ("in the decade to 2030", ["decade to 2030 = 2021-01-01..2030-12-31"]),
    ("over the last 12 months", ["over the last 12 months = 2024-08-13..2025-08-13"]),
    ("within the next two years", ["within the next two years = 2025-08-13..2027-08-13"]),
    (
        "Inventories rose for a third week, from 12,000 tonnes a week earlier.",
        ["a week earlier = open"],
    ),
    ("A year ago copper traded at 9,000.", ["A year ago = 2024-01-01..2024-12-31"]),
    (
        "Compared with a year earlier, output in the second quarter rose 5%.",
        ["a year earlier = 2024-04-01..2024-06-30", "second quarter = 2025-04-01..2025-06-30"],
    ),
    ("That was up 7% year on year in July.", ["July = 2025-07-01..2025-07-31"]),
    (
        "Prices hit a 13-year high in May 2024, then fell in the months that followed.",
        ["May 2024 = 2024-05-01..2024-05-31"],
    ),
    ("the licence, valid until 2041", ["2041 = 2041-01-01..2041-12-31"]),
    ("2024-2025 budget", ["2024-2025 = 2024-01-01..2025-12-31"]),
    (
        "an agreement reached in 2019 and renewed in 2022",
        ["2019 = 2019-01-01..2019-12-31", "2022 = 2022-01-01..2022-12-31"],
    ),
    ("It has operated since 1997.", ["since 1997 = 1997-01-01..2025-08-13"]),
    ("as of 30 June 2025", ["30 June 2025 = 2025-06-30"]),
    ("As at 31 March", ["31 March = 2025-03-31"]),
    ("dated 5 Aug 2025", ["5 Aug 2025 = 2025-08-05"]),
    ("on 5th August", ["5th August = 2025-08-05"]),
    ("08/05/2025", ["08/05/2025 = open"]),
    ("30.6.2025", ["30.6.2025 = 2025-06-30"]),
    (
        "since the third quarter of 2024",
        ["since the third quarter of 2024 = 2024-07-01..2025-08-13"],
    ),
    ("until at least the end of 2026", ["end of 2026 = 2026-12-31"]),
    ("mid-August", ["mid-August = 2025-08-11..2025-08-20"]),
    ("in the middle of next month", ["middle of next month = 2025-09-11..2025-09-20"]),
    ("on Aug. 4-8", ["Aug. 4-8 = 2025-08-04..2025-08-08"]),
    ("during the week of Aug. 4-8", ["week of Aug. 4-8 = 2025-08-04..2025-08-10"]),
    ("during the first half of August", ["first half of August = 2025-08-01..2025-08-15"]),
    ("for the remainder of 2025", ["remainder of 2025 = 2025-08-13..2025-12-31"]),
    (
        "the final three months of the year",
        ["final three months of the year = 2025-10-01..2025-12-31"],
    ),
    ("by the third quarter", ["third quarter = 2025-07-01..2025-09-30"]),
    ("before the end of the third quarter", ["end of the third quarter = 2025-09-30"]),
    (
        "the 2026 financial year (July 2025 to June 2026)",
        ["2026 financial year (July 2025 to June 2026) = 2025-07-01..2026-06-30"],
    ),
    ("for FY2026", ["FY2026 = open"]),
    ("in FY25/26", ["FY25/26 = open"]),
    ("in the 2025/26 marketing year", ["2025/26 marketing year = open"]),
    ("the previous quarter", ["previous quarter = 2025-04-01..2025-06-30"]),
    ("compared with the prior quarter", ["prior quarter = 2025-04-01..2025-06-30"]),
    ("next quarter", ["next quarter = 2025-10-01..2025-12-31"]),
    (
        "Sales were $5m in the June quarter, up 12% on the previous quarter and 5% on the "
        "previous corresponding period.",
        [
            "June quarter = 2025-04-01..2025-06-30",
            "previous quarter = 2025-01-01..2025-03-31",
            "previous corresponding period = 2024-04-01..2024-06-30",
        ],
    ),
    (
        "Production in the first quarter was 20% lower than in the fourth quarter of 2024.",
        [
            "first quarter = 2025-01-01..2025-03-31",
            "fourth quarter of 2024 = 2024-10-01..2024-12-31",
        ],
    ),
    ("In the month of July", ["July = 2025-07-01..2025-07-31"]),
    ("the month before last", ["the month before last = 2025-06-01..2025-06-30"]),
    ("last Tuesday and next Tuesday", ["last Tuesday = 2025-08-05", "next Tuesday = 2025-08-19"]),
    ("by 2030 or 2035", ["2030 = 2030-01-01..2030-12-31", "2035 = 2035-01-01..2035-12-31"]),
    ("in the next 18 months", ["the next 18 months = 2025-08-13..2027-02-13"]),
    ("in two weeks' time", ["two weeks' time = 2025-08-25..2025-08-31"]),
    ("tomorrow evening", ["tomorrow = 2025-08-14"]),
    ("Monday morning", ["Monday = 2025-08-11"]),
    ("early on Monday", ["Monday = 2025-08-11"]),
    ("later on Wednesday", ["Wednesday = 2025-08-13"]),
    ("later today", ["today = 2025-08-13"]),
    ("from June 2026", ["June 2026 = 2026-06-01..2026-06-30"]),
    ("Effective Sept. 1, duties rise.", ["Sept. 1 = 2025-09-01"]),
    ("As of Aug. 1, stocks were 10 t.", ["Aug. 1 = 2025-08-01"]),
    ("the start of this week", ["start of this week = 2025-08-11"]),
    ("at the same time last year", ["the same time last year = open"]),
    ("on Jan 5th and 6th, 2026", ["Jan 5th and 6th, 2026 = 2026-01-05..2026-01-06"]),
    ("14h00 on 5 June", ["5 June = 2025-06-05"]),
    ("5-June-2025", ["5-June-2025 = 2025-06-05"]),
    ("the 2025 calendar year", ["2025 = 2025-01-01..2025-12-31"]),
    ("calendar 2026", ["2026 = 2026-01-01..2026-12-31"]),
    ("calendar year 2024", ["2024 = 2024-01-01..2024-12-31"]),
    ("CY25", ["CY25 = 2025-01-01..2025-12-31"]),
    ("2025E", ["2025 = 2025-01-01..2025-12-31"]),
    (
        "the 12-month period to 30 June 2025",
        ["12-month period to 30 June 2025 = 2024-07-01..2025-06-30"],
    ),
    (
        'year ended June 30, 2025 ("FY25")',
        ["year ended June 30, 2025 = 2024-07-01..2025-06-30", "FY25 = open"],
    ),
    ("end of trading on Friday", ["Friday = 2025-08-08"]),
    ("within six months", ["within six months = 2025-08-13..2026-02-13"]),
    ("last six months", ["last six months = 2025-02-13..2025-08-13"]),
    ("the January 2026 contract", ["January 2026 = 2026-01-01..2026-01-31"]),
    ("full-year 2025 guidance", ["2025 = 2025-01-01..2025-12-31"]),
    ("in the fourth quarter last year", ["fourth quarter last year = 2024-10-01..2024-12-31"]),
    ("in the same quarter last year", ["the same quarter last year = open"]),
    ("in the prior year", ["prior year = 2024-01-01..2024-12-31"]),
    ("the year prior", ["the year prior = open"]),
    ("in May and June", ["May = 2025-05-01..2025-05-31", "June = 2025-06-01..2025-06-30"]),
    ("in May or June", ["May = 2025-05-01..2025-05-31", "June = 2025-06-01..2025-06-30"]),
    ("between May and June this year", ["May and June this year = 2025-05-01..2025-06-30"]),
    (
        "in June, July and August",
        [
            "June = 2025-06-01..2025-06-30",
            "July = 2025-07-01..2025-07-31",
            "August = 2025-08-01..2025-08-31",
        ],
    ),
    ("Sunday night", ["Sunday = 2025-08-10"]),
    (
        "Output in the period from January to March was flat.",
        ["January to March = 2025-01-01..2025-03-31"],
    ),
    (
        "The company said it had sold 3 Mt in the first quarter ended March 31, 2025.",
        ["first quarter ended March 31, 2025 = 2025-01-01..2025-03-31"],
    ),
    (
        "It will report third-quarter results on October 28.",
        ["third-quarter = 2025-07-01..2025-09-30", "October 28 = 2025-10-28"],
    ),
    (
        "Imports in August fell 12% from July and 20% from August last year.",
        [
            "August = 2025-08-01..2025-08-31",
            "July = 2025-07-01..2025-07-31",
            "August last year = 2024-08-01..2024-08-31",
        ],
    ),
    (
        "Between April and June the mine produced 12 kt.",
        ["April and June = 2025-04-01..2025-06-30"],
    ),
    ("Prices rose for the fourth consecutive session on Monday.", ["Monday = 2025-08-11"]),
    (
        "The committee is due to meet on September 16-17.",
        ["September 16-17 = 2025-09-16..2025-09-17"],
    ),
    (
        "Chile's output rose in the year through July.",
        ["year through July = 2024-08-01..2025-07-31"],
    ),
    (
        "The mine has been shut since last Thursday.",
        ["since last Thursday = 2025-08-07..2025-08-13"],
    ),
    ("By mid-2026 the plant should be running.", ["mid-2026 = 2026-05-01..2026-08-31"]),
    ("The company plans to list by the end of this quarter.", ["end of this quarter = 2025-09-30"]),
    ("It has risen 30% over the past month.", ["past month = 2025-07-13..2025-08-13"]),
    ("It fell in the last week of July.", ["last week of July = 2025-07-25..2025-07-31"]),
    (
        "Exports in the first 20 days of August rose.",
        ["first 20 days of August = 2025-08-01..2025-08-20"],
    ),
    (
        "The deal closed in the second half of last year.",
        ["second half of last year = 2024-07-01..2024-12-31"],
    ),
    ("The tender closes at noon on Friday.", ["Friday = 2025-08-15"]),
    ("Shipments resumed early this month.", ["early this month = 2025-08-01..2025-08-10"]),
    ("Work starts in the spring of 2026.", ["spring of 2026 = open"]),
    ("Last week's auction drew few bids.", ["Last week = 2025-08-04..2025-08-10"]),
    (
        "Yesterday's price was the lowest this year.",
        ["Yesterday = 2025-08-12", "this year = 2025-01-01..2025-12-31"],
    ),
    ("The firm guided for 2025 output of 300 kt.", ["2025 = 2025-01-01..2025-12-31"]),
    ("A decision is expected in the coming weeks.", ["coming weeks = open"]),
    (
        "It was founded in 1998 and listed a decade later.",
        ["1998 = 1998-01-01..1998-12-31", "a decade later = 2008-01-01..2008-12-31"],
    ),
    ("The strike, now in its third week, began on July 28.", ["July 28 = 2025-07-28"]),
    (
        "The quota for 2025 was issued in June, a month later than usual.",
        [
            "2025 = 2025-01-01..2025-12-31",
            "June = 2025-06-01..2025-06-30",
            "a month later = 2025-07-01..2025-07-31",
        ],
    ),
    (
        "First gold is expected in late 2026 or early 2027.",
        ["late 2026 = 2026-09-01..2026-12-31", "early 2027 = 2027-01-01..2027-04-30"],
    ),
    ("In the week through Aug. 8 stocks fell.", ["week through Aug. 8 = 2025-08-02..2025-08-08"]),
    ("The year to end-March 2026", ["year to end-March 2026 = 2025-04-01..2026-03-31"]),
    ("In the six months to end-June", ["six months to end-June = 2025-01-01..2025-06-30"]),
    ("The ban lasted from Feb. 4 until May 12.", ["Feb. 4 until May 12 = 2025-02-04..2025-05-12"]),
    (
        "It fell on Monday to its lowest since April 8.",
        ["Monday = 2025-08-11", "since April 8 = 2025-04-08..2025-08-13"],
    ),
    (
        "output in January and February combined",
        ["January = 2025-01-01..2025-01-31", "February = 2025-02-01..2025-02-28"],
    ),
    ("the January-February period", ["January-February = 2025-01-01..2025-02-28"]),
    ("For the whole of 2024 it made a loss.", ["2024 = 2024-01-01..2024-12-31"]),
    ("in the course of 2025", ["2025 = 2025-01-01..2025-12-31"]),
    (
        "Stocks stood at 12,000 t on August 8, down from 14,000 t a week ago.",
        ["August 8 = 2025-08-08", "a week ago = 2025-08-04..2025-08-10"],
    ),
    ("He took office in January this year.", ["January this year = 2025-01-01..2025-01-31"]),
    ("It rose in July for the third month in a row.", ["July = 2025-07-01..2025-07-31"]),
    ("The 90-day truce expires on Nov. 10.", ["Nov. 10 = 2025-11-10"]),
    ("effective as of July 1", ["July 1 = 2025-07-01"]),
    ("from next year", ["next year = 2026-01-01..2026-12-31"]),
    ("from next month", ["next month = 2025-09-01..2025-09-30"]),
    ("until next spring", ["next spring = open"]),
    (
        "in the fiscal year that began on April 1",
        ["the fiscal year that began on April 1 = 2025-04-01..2026-03-31"],
    ),
    (
        "the fiscal year through March 2026",
        ["the fiscal year through March 2026 = 2025-04-01..2026-03-31"],
    ),
    (
        "in the fiscal first quarter, which ended on June 30,",
        ["fiscal first quarter = 2025-04-01..2025-06-30", "June 30 = 2025-06-30"],
    ),
    ("the April-June quarter", ["April-June = 2025-04-01..2025-06-30"]),
    (
        "the January-March quarter of 2024",
        ["January-March quarter of 2024 = 2024-01-01..2024-03-31"],
    ),
    ("the half year ended 30 June 2025", ["half year ended 30 June 2025 = 2025-01-01..2025-06-30"]),
    ("in the past quarter", ["past quarter = 2025-04-01..2025-06-30"]),
    (
        "The first quarter of 2025 versus the first quarter of 2024",
        [
            "first quarter of 2025 = 2025-01-01..2025-03-31",
            "first quarter of 2024 = 2024-01-01..2024-03-31",
        ],
    ),
    (
        "the January-March quarter of 2024",
        ["January-March quarter of 2024 = 2024-01-01..2024-03-31"],
    ),
    ("January-March output rose", ["January-March = 2025-01-01..2025-03-31"]),
    ("January–May exports", ["January–May = 2025-01-01..2025-05-31"]),
    (
        "in the fiscal year that began on April 1",
        ["the fiscal year that began on April 1 = 2025-04-01..2026-03-31"],
    ),
    ("from January through March", ["January through March = 2025-01-01..2025-03-31"]),
]

ABROAD = [
    (
        "de",
        "im dritten Quartal 2024 und am 3. Okt. 2025",
        ["dritten Quartal 2024 = 2024-07-01..2024-09-30", "3. Okt. 2025 = 2025-10-03"],
    ),
    ("de", "zwischen dem 3. und 5. Mai 2025", ["3. und 5. Mai 2025 = 2025-05-03..2025-05-05"]),
    ("de", "im ersten Halbjahr", ["ersten Halbjahr = 2025-01-01..2025-06-30"]),
    (
        "fr",
        "au premier trimestre 2025 ; T3 2024; 1er semestre 2025 ; du 3 au 5 mai 2025 ; 12 "
        "févr. 2025",
        [
            "premier trimestre 2025 = 2025-01-01..2025-03-31",
            "T3 2024 = 2024-07-01..2024-09-30",
            "1er semestre 2025 = 2025-01-01..2025-06-30",
            "3 au 5 mai 2025 = 2025-05-03..2025-05-05",
            "12 févr. 2025 = 2025-02-12",
        ],
    ),
    (
        "es",
        "en el tercer trimestre de 2024; del 3 al 5 de mayo de 2025; enero-marzo de 2025",
        [
            "tercer trimestre de 2024 = 2024-07-01..2024-09-30",
            "3 al 5 de mayo de 2025 = 2025-05-03..2025-05-05",
            "enero-marzo de 2025 = 2025-01-01..2025-03-31",
        ],
    ),
    (
        "pt",
        "no primeiro trimestre de 2025 e no 3T24; 12 de dez. de 2024; 1º de março de 2025",
        [
            "primeiro trimestre de 2025 = 2025-01-01..2025-03-31",
            "3T24 = 2024-07-01..2024-09-30",
            "12 de dez. de 2024 = 2024-12-12",
            "1º de março de 2025 = 2025-03-01",
        ],
    ),
    (
        "zh",
        "2024年第三季度,上半年,2025年7月,7月15日, 2025年1-6月",
        [
            "2024年第三季度 = 2024-07-01..2024-09-30",
            "上半年 = 2025-01-01..2025-06-30",
            "2025年1-6月 = 2025-01-01..2025-06-30",
        ],
    ),
]


def told(text: str, language: str = "en") -> list[str]:
    """Return "words = first day..last day" of each date; one day alone, "open" for none."""
    found = []
    for mention in find_dates(text, published=PUBLISHED, language=language):
        assert text[mention.span.start : mention.span.end] == mention.text
        days = mention.start or "open"
        if mention.start != mention.end:
            days = f"{mention.start}..{mention.end}"
        found.append(f"{mention.text} = {days}")
    return found


@pytest.mark.parametrize(("text", "expected"), TOLD)
def test_a_period_lies_where_its_words_put_it(text: str, expected: list[str]) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(("language", "text", "expected"), ABROAD)
def test_periods_of_other_languages_lie_where_their_words_put_them(
    language: str, text: str, expected: list[str]
) -> None:
    assert told(text, language) == expected
