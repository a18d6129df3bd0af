"""How long cookies are asked to live, in every way of writing it; the browser itself is the witness."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

import pytest
from shopserver import Answer

from auditor.model import Cookie, CookieWrite
from auditor.spiders.setcookie import date, read_line

pytestmark = pytest.mark.xdist_group("evidence")

DAY = 86_400
FORMATS = {
    "plain": "%a, %d %b %Y %H:%M:%S GMT",
    "dashes": "%A, %d-%b-%y %H:%M:%S GMT",  # RFC 850, two-digit year
    "asctime": "%a %b %d %H:%M:%S %Y",
    "nozone": "%d %b %Y %H:%M:%S",
    "offset": "%a %b %d %Y %H:%M:%S GMT+0100 (CET)",  # String(date): browsers take it for UTC
    "numbers": "%Y-%b-%d %H:%M:%S",
    "long": "%d %B %Y, %H:%M:%S",
    "short": "%a, %d-%b-%Y %H:%M:%S",
}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Wed, 09-Nov-99 23:12:40 GMT", datetime(1999, 11, 9, 23, 12, 40)),
        ("Sun, 06 Nov 1994 08:49:37", datetime(1994, 11, 6, 8, 49, 37)),
        ("Nov 6 69 8:9:7", datetime(2069, 11, 6, 8, 9, 7)),
        ("Fri Jan 01 2038 00:00:00 GMT-0800 (PST)", datetime(2038, 1, 1)),
        ("30 Feb 2030 00:00:00", None),
        ("Thu, 01 Jan 1600 00:00:00 GMT", None),
        ("1 Jan 2030 24:00:00", None),
        ("1 Jan 2030", None),
        ("2030-01-01T00:00:00Z", None),
        ("soon", None),
        ("", None),
    ],
)
def test_dates(text, expected):
    assert date(text) == (expected.replace(tzinfo=UTC).timestamp() if expected else None)


@pytest.mark.parametrize(
    ("line", "lifetime"),
    [
        ("a=1; Max-Age=60; Expires=Thu, 01 Jan 1970 00:00:00 GMT", 60),
        ("a=1; max-age=-1", -1),
        ("a=1; max-age=60; max-age=90", 90),
        ("a=1; max-age=+60", None),
        ("a=1; max-age=1e3", None),
        ("a=1; max-age=²", None),
        ("a=1; max-age=--5", None),
        ("a=1; max-age=9999999999999999999", 999_999_999_999),
        ("a=1; max-age", None),
    ],
)
def test_max_age(line, lifetime):
    assert read_line(line, time.time()).lifetime == lifetime


def lines(days: int) -> dict[str, str]:
    moment = datetime.now(UTC) + timedelta(days=days)
    return {name: f"{name}=1; Path=/; Expires={moment.strftime(text)}" for name, text in FORMATS.items()} | {
        "age": f"age=1; Path=/; Max-Age={days * DAY}"
    }


@pytest.mark.parametrize("by", ["header", "script"])
async def test_lifetimes_asked_for_are_those_that_the_browser_understands(visit, shop, by):
    asked = lines(100)
    headers = tuple(("Set-Cookie", line) for line in asked.values()) if by == "header" else ()
    script = "" if by == "header" else "".join(f"document.cookie = {line!r};" for line in asked.values())
    page = Answer(f"<title>Shop</title><script>{script}</script>", 200, (("Content-Type", "text/html"), *headers))
    seen = await visit(shop({"/": page}).url)
    kept = {cookie.name: cookie.lifetime for cookie in seen.all(Cookie, "untouched")}
    written = {write.name: write.lifetime for write in seen.all(CookieWrite, "untouched")}
    assert set(kept) == set(written) == set(asked)
    for name in asked:
        assert kept[name] == pytest.approx(100 * DAY, abs=30) and written[name] == pytest.approx(100 * DAY, abs=30), (
            name
        )


async def test_what_was_asked_for_stays_though_the_browser_keeps_less(visit, shop):
    years = 10 * 365
    asked = lines(years)
    script = "".join(f"document.cookie = {line!r};" for line in asked.values())
    script += f"cookieStore.set({{name: 'stored', value: '1', expires: Date.now() + {years * DAY * 1000}}});"
    script += f"cookieStore.set({{name: 'dated', value: '1', expires: new Date(Date.now() + {years * DAY * 1000})}});"
    script += "cookieStore.set('session', '1');"
    seen = await visit(shop({"/": f"<title>Shop</title><script>{script}</script>"}).url)
    written = {write.name: write.lifetime for write in seen.all(CookieWrite, "untouched")}
    assert written.pop("session") is None
    assert set(written) == {*asked, "stored", "dated"}
    assert all(lifetime == pytest.approx(years * DAY, abs=30) for lifetime in written.values())
    kept = {cookie.name: cookie.lifetime for cookie in seen.all(Cookie, "untouched")}
    assert {round(kept[name] / DAY) for name in written} == {400} and kept["session"] is None
