"""The rule ``copyright-notice-misspelled``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from auditor.legal_names import fold
from auditor.model import Finding, Inapplicable
from auditor.rules.copyright.articles import NOTICE
from auditor.rules.copyright.notices import shown
from auditor.rules.copyright.words import lexicon
from auditor.shelves import rule
from auditor.site import Site

WORD = re.compile(r"[^\W\d_]+")
FURTHEST = 2  # letters by which a word may differ from the right one
PHRASE_FURTHEST = 3  # and all words of a phrase together


@rule(severity="notice", articles=NOTICE)
def copyright_notice_misspelled(site: Site) -> Iterator[Finding | Inapplicable]:
    """The copyright notice is misspelled.

    Why: the line stands on every page; a mistake in it looks as if nobody had read the shop's texts, the legal ones included.

    Fix: correct the template: “Copyright”, “All rights reserved”.
    """
    found = list(shown(site))
    if not found:
        yield Inapplicable(reason="no page shows a copyright notice")
    for item in found:
        for wrong, right in misspelled(item.notice.text):
            if fold(wrong) in site.domain:  # a company of such a name
                continue
            yield Finding(
                message=f"The copyright notice says “{wrong}” for “{right}”.",
                subject=f"“{fold(wrong)}”",
                evidence=item.tally.evidence,
                pages=item.tally.pages,
                quote=wrong,
                before=item.notice.text.partition(wrong)[0][-120:],
                after=item.notice.text.partition(wrong)[2][:120],
            )
            break


def misspelled(text: str) -> Iterator[tuple[str, str]]:
    """Words of a notice that are nearly the usual ones, with what was meant."""
    words = [(match.start(), match.end(), fold(match.group())) for match in WORD.finditer(text)]
    right = lexicon()["words"]
    for start, end, word in words:
        if (
            word not in right
            and word[:1] == "c"
            and 7 <= len(word) <= 12
            and 0 < distance(word, "copyright") <= FURTHEST
        ):
            yield text[start:end], "copyright"
    meant = {phrase: fold(phrase).split() for phrase in lexicon()["phrases"]}
    phrases = list(meant.values())
    for spelled, phrase in meant.items():
        for at in range(len(words) - len(phrase) + 1):
            said = words[at : at + len(phrase)]
            if _is_nearly([word for *_, word in said], phrase, phrases) and _joined(text, said):
                yield text[said[0][0] : said[-1][1]], spelled


def _is_nearly(said: list[str], phrase: list[str], phrases: list[list[str]]) -> bool:
    """Whether a phrase is meant and not said. Its first letter and most of its last word have to be there."""
    if said in phrases or said[0][0] != phrase[0][0] or said[-1][:3] != phrase[-1][:3]:
        return False
    apart = [distance(one, other) for one, other in zip(said, phrase, strict=True)]
    return 0 < sum(apart) <= PHRASE_FURTHEST and max(apart) <= FURTHEST and apart[0] <= 1


def _joined(text: str, said: list[tuple[int, int, str]]) -> bool:
    """Whether only blanks part the words."""
    return all(text[one[1] : other[0]].isspace() for one, other in pairwise(said))


def distance(one: str, other: str) -> int:
    """Letters to add, drop, change or swap with their neighbour (restricted Damerau-Levenshtein distance)."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        before, above, row = row, before, [i]
        for j, b in enumerate(other, 1):
            least = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                least = min(least, above[j - 2] + 1)
            row.append(least)
    return row[-1]
