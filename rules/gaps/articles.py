"""Articles that several rules of this family serve."""

from __future__ import annotations

# A text that cannot be understood, or not be trusted, informs nobody.
INTELLIGIBLE = {
    "eu": ("GDPR Art. 12(1)",),
    "uk": ("UK GDPR Art. 12(1)",),
    "us-ca": ("CCPA Regulations § 7003(a)",),
    "kr": ("PIPA Art. 30(1)",),
    "cn": ("PIPL Art. 17(1)",),
    "jp": ("APPI Art. 32(1)",),
    "br": ("LGPD Art. 9",),
    "qc": ("Law 25: P-39.1 s. 8",),
}
# A link that leads nowhere keeps people from what the text promises.
ACCESSIBLE = {
    **INTELLIGIBLE,
    "eu": ("GDPR Art. 12(1)-(2)",),
    "uk": ("UK GDPR Art. 12(1)-(2)",),
}
KINDS = ("privacy", "cookies", "terms", "copyright", "imprint", "returns", "do-not-sell")
