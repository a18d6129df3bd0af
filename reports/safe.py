"""Makes text of the shop harmless to look at: it may hold control characters, hidden direction marks, or a megabyte.

What cannot be seen is replaced by something that can, so that nobody is fooled and nothing is silently lost.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit, urlunsplit

# Direction and format controls, invisible spaces, line separators, tags, surrogates, non-characters. The joiners
# U+200C and U+200D stay: Persian, Indic scripts and emoji need them.
_HIDDEN = re.compile(
    "[\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufdd0-\ufdef\ufeff\ufff9-\ufffb\ufffe\uffff"
    "\ud800-\udfff\U000e0000-\U000e007f]"
)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


def cut(text: str, limit: int) -> str:
    """``text`` of at most ``limit`` characters; what was cut off is counted."""
    if len(text) <= limit:
        return text
    return f"{text[:limit]}… ({len(text) - limit:,} more characters)"


def visible(text: str, limit: int = 2_000) -> str:
    """``text`` on one line, cut, with controls as their pictures (␛) and hidden characters as ‹U+202E›."""
    short = re.sub(r"[\t\n\r]+", " ", cut(text, limit))
    return _HIDDEN.sub(_by_number, _CONTROL.sub(_picture, short))


def stripped(text: str, limit: int) -> str:
    """``text`` on one line, cut, without controls and hidden characters: for cells that other programs read."""
    short = re.sub(r"[\t\n\r]+", " ", cut(text, limit))
    return _HIDDEN.sub("", _CONTROL.sub("", short))


def well_formed(text: str, limit: int) -> str:
    """``text`` cut, and without the lone surrogates that UTF-8 cannot express."""
    return cut(text, limit).encode("utf-8", "replace").decode("utf-8")


def address(url: str) -> str:
    """An address without user name and password."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    if "@" not in parts.netloc:
        return url
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))


def _picture(match: re.Match[str]) -> str:
    code = ord(match.group())
    if code < 0x20:
        return chr(0x2400 + code)
    return "␡" if code == 0x7F else _by_number(match)


def _by_number(match: re.Match[str]) -> str:
    return f"‹U+{ord(match.group()):04X}›"
