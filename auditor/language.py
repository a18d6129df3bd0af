"""In which language a text is written."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

SUPPORTED = ("en", "de", "fr", "es", "it", "ko", "zh", "ja")  # languages that text rules may judge
# told apart, so that none is taken for one of the above
OTHERS = (
    "nl",
    "pl",
    "pt",
    "sv",
    "da",
    "no",
    "fi",
    "cs",
    "sk",
    "hu",
    "ro",
    "bg",
    "el",
    "ru",
    "uk",
    "tr",
    "ar",
    "he",
    "th",
    "vi",
    "id",
    "hr",
    "sl",
    "lt",
    "lv",
    "et",
    "ca",
)
SAMPLE = 1200  # characters that are looked at
CERTAIN = 200  # letters from which on the declared language is not asked
HANGUL = re.compile(r"[\uac00-\ud7af]")
KANA = re.compile(r"[\u3041-\u30ff]")
HAN = re.compile(r"[\u4e00-\u9fff]")
LETTER = re.compile(r"[^\W\d_]")


def language_of(text: str, declared: str = "") -> str:
    """ISO 639-1 code of the language of a text; "" when there is too little text to tell.

    ``declared`` (a BCP 47 tag such as ``<html lang>``) decides for short texts and between languages that look alike.
    """
    sample = text[:SAMPLE]
    letters = len(LETTER.findall(sample))
    prior = declared.replace("_", "-").split("-")[0].lower()
    by_script = _by_script(sample, letters, prior)
    if by_script:
        return by_script
    if letters < 3:
        return prior if prior in SUPPORTED or prior in OTHERS else ""
    short = letters < CERTAIN
    ranked = {code: share * (20 if short and code in SUPPORTED else 1) for code, share in _identifier().rank(sample)}
    best = max(ranked, key=lambda code: ranked[code])
    if prior in ranked and best != prior:
        weight = 50 if short else 4
        if ranked[prior] * weight >= ranked[best]:
            return prior
    return best


def _by_script(sample: str, letters: int, prior: str) -> str:
    """Korean, Japanese and Chinese by their script, when a third of the letters is in it."""
    hangul, kana, han = (len(script.findall(sample)) for script in (HANGUL, KANA, HAN))
    if hangul * 3 >= letters and hangul > kana:
        return "ko" if hangul else ""
    if (kana + han) * 3 < letters or not kana + han:
        return ""
    if not kana and letters < CERTAIN and prior in ("ja", "zh"):
        return prior
    return "ja" if kana * 20 > han else "zh"


@cache
def _identifier() -> Any:
    # Loading takes seconds of CPU the first time: only where a text's script does not tell.
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages([*SUPPORTED, *OTHERS])
    return identifier
