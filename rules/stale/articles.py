"""The articles that ask for an account of the present state of things, by profile."""

from __future__ import annotations

ACCURATE = {
    "eu": ("GDPR Art. 5(1)(a)", "GDPR Art. 12(1)", "GDPR Art. 13"),
    "uk": ("UK GDPR Art. 12(1)", "UK GDPR Art. 13"),
    "us-ca": ("Cal. Civ. Code § 1798.130(a)(5)",),
    "kr": ("PIPA Art. 30(1)",),
    "cn": ("PIPL Art. 17(1)",),
    "jp": ("APPI Art. 32(1)",),
    "br": ("LGPD Art. 9",),
    "qc": ("Law 25: P-39.1 s. 8",),
}
LAW = {
    **ACCURATE,
    "eu": ("GDPR Art. 13(1)(c)", "GDPR Art. 13(1)(f)", "GDPR Art. 94", "CJEU C-311/18 (Schrems II)"),
    "de": ("DDG § 5", "TDDDG § 25"),
    "uk": ("UK GDPR Art. 13(1)(c)", "Data Protection Act 2018"),
}
DISPUTES = {
    "eu": ("Regulation (EU) 2024/3228",),
    "de": ("Regulation (EU) 2024/3228", "UWG § 5"),
    "fr": ("Regulation (EU) 2024/3228",),
}
REFUSAL = {
    "eu": ("Directive 2002/58/EC (ePrivacy) Art. 5(3)", "GDPR Art. 12(2)"),
    "uk": ("Privacy and Electronic Communications Regulations 2003 reg. 6",),
    "kr": ("PIPA Art. 30(1)7",),
}
