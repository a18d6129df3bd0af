"""The rule ``copyright-year-impossible``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime

from auditor.model import Finding, Inapplicable, Unknown
from auditor.rules.copyright.articles import NOTICE
from auditor.rules.copyright.notices import day_of, shown, subject_of
from auditor.shelves import rule
from auditor.site import Site

OLDEST = 1990  # the first page of the World Wide Web
SIGN = r"(?:©|ⓒ|Ⓒ|\(c\)|copyright|저작권|版权所有|版權所有|著作権)"
RANGE = re.compile(
    r"(?<![\d.-])((?:19|20)\d\d)\s?(?:년|年)?\s?(?:[-–—~～]|\b(?:to|bis|à|al|a)\b)\s?((?:19|20)\d\d)(?![\d-])"
)
PHONE = re.compile(
    r"(?:tel|fax|phone|t[ée]l|call|전화|팩스|電話|电话|热线)[\w.]{0,8}[\s:：.+()\d-]{0,14}\Z", re.IGNORECASE
)
# A year right beside the sign; numbers further away may belong to a name
YEAR = re.compile(
    rf"{SIGN}[\W_]{{0,4}}((?:19|20|2[1-9])\d\d)(?![\d-])|(?<![\d.-])((?:19|20|2[1-9])\d\d)\s?{SIGN}", re.IGNORECASE
)


@rule(severity="notice", articles=NOTICE)
def copyright_year_impossible(site: Site) -> Iterator[Finding | Inapplicable | Unknown]:
    """The copyright notice gives a year that cannot be: in the future, before the web, or an end before the beginning.

    Why: the year is that of the publication. Mostly a clock is wrong (1970), the two years were confused, or a script adds a year.

    Fix: write the year of the first publication and, if you like, the current one: “© 2019–2026”.
    """
    found = list(shown(site))
    if not any(item.notice.end for item in found):
        yield Inapplicable(reason="no page shows a copyright notice with a year")
        return
    today = day_of(site)
    if today is None:
        yield Unknown(reason="the run does not say when it started")
        return
    for item in found:
        if fault := wrong_year(item.notice.text, today):
            yield Finding(
                message=f"The copyright notice “{item.notice.text}” {fault}.",
                subject=subject_of(item.notice),
                evidence=item.tally.evidence,
                pages=item.tally.pages,
                quote=item.notice.text,
            )


def wrong_year(text: str, today: datetime) -> str:
    """What is wrong with a notice's years; "" when nothing is. In December the next year's notice may be out already."""
    latest = today.year + (1 if today.month == 12 else 0)
    found = (match for match in RANGE.finditer(text) if not PHONE.search(text, 0, match.start()))
    ranges = [(int(match[1]), int(match[2])) for match in found]
    for first, last in ranges:
        if first > last:
            return f"ends in {last}, before it begins in {first}"
        if last > latest:
            return f"ends in {last}, which is in the future"
    for match in YEAR.finditer(text) if not ranges else ():
        year = int(match[1] or match[2])
        if year > latest:
            return f"gives the year {year}, which is in the future"
        # A company's first year is no fault where a range goes on; alone it is what a clock that was never set shows.
        if year < OLDEST and len(re.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)", text)) == 1:
            return f"gives the year {year}: there was no web to publish on"
    return ""
