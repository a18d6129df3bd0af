"""Decodes the strings that say what a visitor consented to: IAB TCF (TC string), IAB GPP, US Privacy; and Google's gcs and gcd.

Our own decoder, for the one on PyPI (iab-tcf) has had no release since 2022 and knows neither TCF 2.3 nor GPP. Sources: IAB Tech Lab,
"Transparency and Consent String with Global Vendor & CMP List Formats" (2.0 to 2.3), "Global Privacy Platform: Consent String
Specification" and "GPP Section Information", "US Privacy String"; Google's consent mode is told from its tags.

Identifiers (purposes, vendors) are kept as text, ``"1,3-5"``, in rising order; ``members`` and ``how_many`` read it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Literal

from auditor.model import record

LONGEST = 50_000  # characters
PURPOSES_WITHOUT_INTEREST = (1, 3, 4, 5, 6)  # purpose 1 never, 3 to 6 since TCF 2.2 (policy version 4)
POLICY_2_2 = 4
POLICY_2_3 = 5  # of which the disclosed vendors are a mandatory part
RESTRICTIONS = ("not allowed", "consent", "legitimate interest")
_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
_BITS = {character: format(value, "06b") for value, character in enumerate(_ALPHABET)}


class Undecodable(ValueError):
    """The string is none of its kind; the message is a sentence for people."""


@record
class TcString:
    """What a TC string says (TCF 2.0 to 2.3). Times are Unix time in seconds."""

    version: int
    created: float
    updated: float
    cmp: int
    cmp_version: int
    screen: int
    language: str
    list_version: int  # of the Global Vendor List
    policy_version: int  # 2: TCF 2.0 and 2.1 · 4: 2.2 · 5: 2.3
    service_specific: bool
    special_features: str
    purposes: str  # consent
    interests: str  # purposes with legitimate interest
    purpose_one_treatment: bool
    country: str  # of the publisher
    vendors: str  # consent
    vendor_interests: str
    restrictions: tuple[tuple[int, str, str], ...] = ()  # purpose, one of RESTRICTIONS, vendors
    disclosed: str | None = None  # vendors; None: the segment is not there
    allowed: str | None = None
    publisher_purposes: str = ""
    publisher_interests: str = ""

    def data(self) -> dict[str, Any]:
        """As it goes into a ConsentSignal."""
        names = self.__dataclass_fields__
        return {name: getattr(self, name) for name in names if name != "restrictions"} | {
            "restrictions": [list(restriction) for restriction in self.restrictions]
        }


@record
class GppString:
    """What a GPP string says: the numbers of its sections, and of the American ones the choices, by section."""

    sections: tuple[int, ...]
    opt_outs: Mapping[str, Mapping[str, str]]  # "usnat" -> {"sale": "opted-out", "gpc": "yes"}
    tcf: TcString | None = None
    usp: str = ""


# --- reading bits ------------------------------------------------------------------------------------------------


class _Reader:
    """Numbers of so many bits out of a string in base64url without padding, six bits a character."""

    def __init__(self, text: str) -> None:
        try:
            self.bits = "".join(_BITS[character] for character in text.rstrip("="))
        except KeyError as error:
            raise Undecodable(f"it has the character {error.args[0]!r}, which is none of base64url") from None
        self.at = 0

    def take(self, bits: int) -> str:
        found = self.bits[self.at : self.at + bits]
        if len(found) < bits:
            raise Undecodable("it ends too early")
        self.at += bits
        return found

    def number(self, bits: int) -> int:
        return int(self.take(bits), 2) if bits else 0

    def flag(self) -> bool:
        return self.take(1) == "1"

    def letters(self) -> str:
        return "".join(chr(ord("A") + min(self.number(6), 25)) for _ in range(2))

    def time(self) -> float:
        return self.number(36) / 10

    def field(self, bits: int) -> str:
        """The numbers, from 1, of the bits that are set."""
        return _joined((found.start() + 1, found.end()) for found in re.finditer("1+", self.take(bits)))

    def ranges(self) -> Iterator[tuple[int, int]]:
        for _ in range(self.number(12)):
            several = self.flag()
            first = self.number(16)
            yield first, self.number(16) if several else first

    def vendors(self) -> str:
        highest = self.number(16)
        return _joined(self.ranges()) if self.flag() else self.field(highest)

    def fibonacci(self) -> int:
        """A number in Fibonacci coding: it ends with two bits that are set."""
        total, one, two, before = 0, 1, 2, False
        while True:
            bit = self.flag()
            if bit and before:
                return total
            total += one if bit else 0
            one, two, before = two, one + two, bit


def _joined(ranges: Iterable[tuple[int, int]]) -> str:
    merged: list[list[int]] = []
    for first, last in sorted(ranges):
        if first < 1 or last < first:
            raise Undecodable("it has a range of numbers that ends before it begins")
        if merged and first <= merged[-1][1] + 1:
            merged[-1][1] = max(last, merged[-1][1])
        else:
            merged.append([first, last])
    return ",".join(str(first) if first == last else f"{first}-{last}" for first, last in merged)


def _ranges(numbers: str) -> Iterator[tuple[int, int]]:
    for part in filter(None, numbers.split(",")):
        first, _, last = part.partition("-")
        yield int(first), int(last or first)


def how_many(numbers: str) -> int:
    """How many there are in ``"1,3-5"``."""
    return sum(last - first + 1 for first, last in _ranges(numbers))


def members(numbers: str, wanted: Iterable[int]) -> list[int]:
    """Those of ``wanted`` that are in ``"1,3-5"``."""
    ranges = list(_ranges(numbers))
    return [number for number in wanted if any(first <= number <= last for first, last in ranges)]


# --- TCF ---------------------------------------------------------------------------------------------------------


def tc_string(text: str) -> TcString:
    """What a TC string says. Raises Undecodable."""
    if len(text) > LONGEST:
        raise Undecodable("it is too long to be one")
    core, *segments = text.strip().split(".")
    fields = _core(_Reader(core))
    for segment in segments:
        fields |= _segment(_Reader(segment))
    return TcString(**fields)


def _core(bits: _Reader) -> dict[str, Any]:
    version = bits.number(6)
    if version != 2:
        raise Undecodable(f"its version is {version}, not 2")
    return {
        "version": version,
        "created": bits.time(),
        "updated": bits.time(),
        "cmp": bits.number(12),
        "cmp_version": bits.number(12),
        "screen": bits.number(6),
        "language": bits.letters(),
        "list_version": bits.number(12),
        "policy_version": bits.number(6),
        "service_specific": bits.flag(),
        **_choices(bits),
        "restrictions": tuple(_restrictions(bits)),
    }


def _choices(bits: _Reader) -> dict[str, Any]:
    bits.flag()  # whether the texts are the publisher's own
    return {
        "special_features": bits.field(12),
        "purposes": bits.field(24),
        "interests": bits.field(24),
        "purpose_one_treatment": bits.flag(),
        "country": bits.letters(),
        "vendors": bits.vendors(),
        "vendor_interests": bits.vendors(),
    }


def _restrictions(bits: _Reader) -> Iterator[tuple[int, str, str]]:
    for _ in range(bits.number(12)):
        purpose, kind = bits.number(6), bits.number(2)
        vendors = _joined(bits.ranges())
        if kind < len(RESTRICTIONS):
            yield purpose, RESTRICTIONS[kind], vendors


def _segment(bits: _Reader) -> dict[str, Any]:
    kind = bits.number(3)
    if kind in (1, 2):
        return {"disclosed" if kind == 1 else "allowed": bits.vendors()}
    if kind == 3:
        return {"publisher_purposes": bits.field(24), "publisher_interests": bits.field(24)}
    return {}


# --- GPP and US Privacy ------------------------------------------------------------------------------------------

TCF_SECTION, USP_SECTION = 2, 6
# Section -> its name, and what its two-bit fields after the version (6 bits) are; "" = a field that does not matter here.
_AMERICAN = {
    7: ("usnat", ("", "", "", "", "", "", "sale", "sharing", "targeted-advertising")),
    8: ("usca", ("", "", "", "sale", "sharing")),
}
_OPT_OUT = ("not-applicable", "opted-out", "not-opted-out", "undefined")


def gpp_string(text: str) -> GppString:
    """What a GPP string says. Raises Undecodable."""
    if len(text) > LONGEST:
        raise Undecodable("it is too long to be one")
    header, *sections = text.strip().split("~")
    numbers = _header(_Reader(header))
    if len(sections) < len(numbers):
        raise Undecodable("it names more sections than it has")
    found = dict(zip(numbers, sections, strict=False))
    return GppString(
        sections=numbers,
        opt_outs={_AMERICAN[number][0]: _american(number, found[number]) for number in numbers if number in _AMERICAN},
        tcf=tc_string(found[TCF_SECTION]) if TCF_SECTION in found else None,
        usp=usp_string(found[USP_SECTION]) if USP_SECTION in found else "",
    )


def _header(bits: _Reader) -> tuple[int, ...]:
    if bits.number(6) != 3:
        raise Undecodable("it has no GPP header")
    bits.number(6)  # version
    numbers: list[int] = []
    for _ in range(bits.number(12)):
        several, last = bits.flag(), numbers[-1] if numbers else 0
        first = last + bits.fibonacci()
        end = first + bits.fibonacci() if several else first
        if end > 200:
            raise Undecodable("it names a section that there is not")
        numbers += range(first, end + 1)
    return tuple(numbers)


def _american(number: int, section: str) -> dict[str, str]:
    core, *more = section.split(".")
    bits = _Reader(core)
    bits.number(6)
    choices = [(name, _OPT_OUT[bits.number(2)]) for name in _AMERICAN[number][1]]
    found = {name: choice for name, choice in choices if name}
    for segment in map(_Reader, more):
        if segment.number(2) == 1:
            found["gpc"] = "yes" if segment.flag() else "no"
    return found


def usp_string(text: str) -> str:
    """A US Privacy string in upper case: version 1, then Y, N or - for notice, opt-out of sale, LSPA. Raises Undecodable."""
    found = text.strip().upper()
    if not re.fullmatch(r"1[YN-]{3}", found):
        raise Undecodable("it is no US Privacy string")
    return found


# --- Google's consent mode on the wire ---------------------------------------------------------------------------

State = Literal["granted", "denied"]
_GCS = re.compile(r"G1([01-])([01-])")
_GCD = re.compile(r"1\d([a-z])\d([a-z])\d([a-z])\d([a-z])\d(?:[a-z]\d){0,2}")
GCD_SIGNALS = ("ad_storage", "analytics_storage", "ad_user_data", "ad_personalization")
# Letter of gcd -> the default, and what an update said; "" = nothing was said.
_LETTERS: Mapping[str, tuple[str, str]] = {
    "l": ("", ""),
    "m": ("", "denied"),
    "n": ("", "granted"),
    "p": ("denied", ""),
    "q": ("denied", "denied"),
    "r": ("denied", "granted"),
    "t": ("granted", ""),
    "u": ("granted", "denied"),
    "v": ("granted", "granted"),
}


def gcs(value: str) -> dict[str, State]:
    """What ``gcs=G111`` says of ad_storage and analytics_storage; empty when it says nothing."""
    found = _GCS.fullmatch(value)
    names = ("ad_storage", "analytics_storage")
    states: Mapping[str, State] = {"1": "granted", "0": "denied"}
    return (
        {name: states[said] for name, said in zip(names, found.groups(), strict=True) if said in states}
        if found
        else {}
    )


def gcd(value: str) -> dict[str, tuple[str, str]]:
    """What ``gcd=13p3p3p2p5`` says: signal -> default and update, each "granted", "denied" or "" (nothing was said)."""
    found = _GCD.fullmatch(value)
    return (
        {name: _LETTERS.get(letter, ("", "")) for name, letter in zip(GCD_SIGNALS, found.groups(), strict=True)}
        if found
        else {}
    )
