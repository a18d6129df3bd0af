"""Reads copyright notices: who holds the copyright, and until which year."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime

from auditor.legal import kinds_of
from auditor.model import record
from auditor.rules.carrying import Tally, is_for_visitors, seen_by_page
from auditor.site import Site

MAX_NOTICES = 1_000  # different ones; a shop has a handful

# A group of digits in a telephone or registration number is no year.
_YEAR = re.compile(r"(?<![\d-])(?:19|20)\d\d(?!\d|-\d{3})")
_RANGE = re.compile(
    r"(?<![\d-])((?:19|20)\d\d)\s*(?:年|년)?\s*(?:[-–—―~～,/&至]|\b(?:to|bis|à|a|al|et|und|and|until|e|y)\b)\s*"
    r"((?:19|20)\d\d|\d\d)(?![\d-])"
)
_ONGOING = re.compile(
    r"(?:19|20)\d\d\s*(?:年|년)?\s*(?:(?:[-–—―~～,/]|\b(?:to|bis|à|a|al|until|till)\b)\s*(?:the )?"
    r"(?:present|today|now|current|heute|jetzt|aujourd.hui|présent|actualidad|hoy|presente|oggi|hoje|heden|현재|现在|現在)|至今)|"
    r"\b(?:since|seit|depuis|desde|dal|sinds)\s*(?:19|20)\d\d",
    re.IGNORECASE,
)
_FOUNDED = re.compile(
    r"\b(?:est\.?|established|founded|gegründet|fondée?|fundada|fondata)\s*(?:in |im |en |nel )?(?:19|20)\d\d|"
    r"(?:創業|创立|成立于|창립)\s*(?:19|20)\d\d",
    re.IGNORECASE,
)
_SIGNS = re.compile(
    r"&copy;|©|ⓒ|℗|®|™|\(\s*[cC]\s*\)|\bcopy(?:right|rights|rite)(?:ed)?\b|\burheberrecht\w*|\bdroits? d.auteur|\bderechos de autor\b|"
    r"\bdiritt[oi] d.autore\b|저작권(?:자|법)?|版权|版權|著作権|著作權",
    re.IGNORECASE,
)
# "All rights reserved" and what else stands in a notice without naming anybody.
_FORMULAS = re.compile(
    r"all rights?(?: are)? rese?rve?r?d?|rights reserved|no part .* reproduced.*|alle rechte(?: sind)? vorbehalten|"
    r"tous (?:les )?droits (?:sont )?r[ée]serv[ée]s|(?:todos los |todos os )?(?:derechos|direitos) reservados|"
    r"tutti i diritti (?:sono )?riservati|alle rechten voorbehouden|wszelkie prawa zastrzeżone|"
    r"모든\s*권리\s*(?:를\s*)?(?:보유|소유)\S*|무단\s*(?:전재|복제|배포)\S*(?:[\s및·,/]*(?:재배포|복제|배포)\S*)*(?:\s*금지)?|"
    r"版[权權]所有|保留所有[权權]利|[侵翻][权權版]必究|不得[转轉][载載]|(?:all\s*)?無断(?:転載|複製|使用)\S*|禁無断\S*|すべての権利\S*|"
    r"(?:site |website |shop )?(?:powered|designe?d?|developed|created|made|built|theme|hosted|realis[ée]|propulsé|desarrollado|"
    r"diseñado|realizzato|erstellt|umgesetzt|betrieben|realisiert|reali[sz]ed)(?: and \w+)?(?: with love)? (?:by|with|von|mit|par|por|da|con)\b[^.|·]*|theme:[^.|·]*|"
    r"(?:e-?commerce|shop|store|online)?[ -]?(?:software|platform|solution|shopsystem|logiciel)(?: e-?commerce)? (?:by|von|par|di|de)\b[^.|·]*|"
    r"技术支持[^|·]*|powered\s*by[^|·]*|[\u4e00-\u9fff]?ICP[备備证證].*|.公网安备.*|"
    r"\b(?:version|v)\s?\d[\d.]*",
    re.IGNORECASE,
)
_SMALL = re.compile(
    r"\b(?:by|von|par|por|di|da|from|until|bis|the|and|und|et|y|e|inc|ltd|gmbh|llc|our|site|website)\b", re.IGNORECASE
)
# A name that nobody has filled in names nobody.
_BLANKS = re.compile(
    r"\{\{.*?\}\}|\{%.*?%\}|\$?\{[^}]*\}|<%.*?%>|\[[^\]]*\]|\{[^}]*\}|«[^»]*»|%[A-Za-z_]+%|_{2,}|\bX{3,}\b|"
    r"\b(?:your|my) (?:company|store|shop|website|site|brand|business|name|organi[sz]ation)(?: name| here)?\b|"
    r"\b(?:company|store|shop|site|brand|business) name\b|\bsite title\b|\b(?:demo|sample) (?:store|shop)\b|\bcompany,? inc\b|\b(?:ihre? |mein )(?:firma|unternehmen|shop|name)\b|\bfirmenname\b|"
    r"\bvotre (?:société|entreprise|boutique|nom|site)\b|\bnom de (?:la société|l.entreprise|la boutique)\b|"
    r"\b(?:tu|su) (?:empresa|tienda|nombre)\b|\bnombre de (?:la empresa|la tienda)\b|\b(?:la tua|nome) (?:azienda|società|negozio)\b|"
    r"\bnome (?:dell.azienda|della società|del negozio)\b|회사명|상호명|쇼핑몰\s?(?:명|이름)|公司名称|您的公司|网站名称|店铺名称|公司名稱|会社名|店舗名|ショップ名|サイト名",
    re.IGNORECASE,
)
_MARKS = " .,;:!–—-_|/\\()[]'\"“”„·•*+&~～"
_CUT = "\0"
_PARTS = re.compile(r"\s*[|·•|]\s*|\s{2,}")


@record
class Notice:
    """A notice taken apart. ``end`` is its last year, 0 when it has none."""

    text: str
    holder: str
    end: int
    single: bool  # no range of years: it may be the year of the first publication
    ongoing: bool  # "2019–present"


@record
class Shown:
    """A notice and the pages that show it."""

    notice: Notice
    tally: Tally


def parse(text: str) -> Notice:
    """Take a notice apart."""
    part = _FOUNDED.sub(" ", _around_sign(text))
    ranges = [_end_of(match[1], match[2]) for match in _RANGE.finditer(part)]
    years = [int(year) for year in _YEAR.findall(part)]
    return Notice(
        text=text,
        holder=_holder(text),
        end=max([*years, *ranges], default=0),
        single=not ranges,
        ongoing=_ONGOING.search(part) is not None,
    )


def _around_sign(text: str) -> str:
    """The part of a long line whose years are those of the notice."""
    sign = _SIGNS.search(text)
    return text[max(sign.start() - 25, 0) : sign.end() + 120] if sign else text


def _end_of(start: str, end: str) -> int:
    """The last year of a range, also of "2019-24"; "2019-07" is no range."""
    return max(int(start), int(end if len(end) == 4 else start[:2] + end))


def _holder(text: str) -> str:
    """What names somebody in the notice; "" when nothing does."""
    rest = " ".join(part for part in _PARTS.split(text) if not kinds_of(part))
    for pattern in (_BLANKS, _FORMULAS, _SIGNS, _ONGOING, _RANGE, _YEAR):
        rest = pattern.sub(_CUT, rest)
    names = (" ".join(piece.split()).strip(_MARKS) for piece in rest.split(_CUT))
    return next((name for name in names if sum(map(str.isalpha, _SMALL.sub(" ", name))) >= 2), "")


def shown(site: Site) -> Iterator[Shown]:
    """The different notices of the shop's pages, most pages first, as a visitor sees them.

    Where the browser showed another notice than the HTML holds (a script wrote the year), it stands for all pages whose HTML holds
    the same.
    """
    visits = seen_by_page(site)
    rendered: Mapping[str, str] = {
        page.copyright: visit.copyright
        for url, seen in visits.items()
        for visit in seen
        if visit.copyright and (page := site.page(url)) and page.copyright
    }
    tallies: dict[str, Tally] = {}
    for page in site.pages():
        if not is_for_visitors(page):
            continue
        own = next((visit.copyright for visit in visits.get(page.url, ()) if visit.copyright), "")
        text = own or rendered.get(page.copyright, page.copyright)
        if text and (text in tallies or len(tallies) < MAX_NOTICES):
            tallies.setdefault(text, Tally()).add(page)
    for text, tally in sorted(tallies.items(), key=lambda item: (-item[1].count, item[0])):
        yield Shown(notice=parse(text), tally=tally)


def subject_of(notice: Notice) -> str:
    """What findings on a notice are called by: its holder, for the text changes with the year."""
    return f"notice of {notice.holder[:80]}" if notice.holder else "footer notice"


def day_of(site: Site) -> datetime | None:
    """When the run started, in UTC: rules have no other clock. None when the run does not say."""
    started = site.run.noted("started")
    return datetime.fromisoformat(started).astimezone(UTC) if started else None
