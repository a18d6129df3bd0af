"""The articles on collecting data by forms, by profile."""

from __future__ import annotations

NOTICE = {
    "eu": ("GDPR Art. 13(1)", "GDPR Art. 12(1)"),
    "uk": ("UK GDPR Art. 13(1)",),
    "us-ca": ("Cal. Civ. Code § 1798.100(a)", "Cal. Code Regs. tit. 11, § 7012"),
    "kr": ("PIPA Art. 15(2)", "PIPA Art. 22"),
    "cn": ("PIPL Art. 17",),
    "jp": ("APPI Art. 21(2)",),
    "br": ("LGPD Art. 9",),
}
CONSENT = {
    "eu": ("GDPR Art. 4(11)", "GDPR Art. 7(2)", "GDPR recital 32", "CJEU C-673/17 (Planet49)"),
    "uk": ("UK GDPR Art. 4(11)", "UK GDPR Art. 7(2)"),
    "us-ca": ("Cal. Code Regs. tit. 11, § 7004",),
    "kr": ("PIPA Art. 22(1)",),
    "cn": ("PIPL Art. 14",),
    "br": ("LGPD Art. 8",),
    "qc": ("Act respecting the protection of personal information in the private sector, s. 14",),
}
SAFE = {
    "eu": ("GDPR Art. 32(1)(a)", "GDPR Art. 5(1)(f)"),
    "uk": ("UK GDPR Art. 32(1)(a)",),
    "us-ca": ("Cal. Civ. Code § 1798.100(e)",),
    "kr": ("PIPA Art. 29",),
    "cn": ("PIPL Art. 51",),
    "jp": ("APPI Art. 23",),
    "br": ("LGPD Art. 46",),
}
LITTLE = {
    "eu": ("GDPR Art. 5(1)(c)", "GDPR Art. 25(2)"),
    "uk": ("UK GDPR Art. 5(1)(c)",),
    "us-ca": ("Cal. Civ. Code § 1798.100(c)",),
    "kr": ("PIPA Art. 16",),
    "cn": ("PIPL Art. 6",),
    "br": ("LGPD Art. 6, III",),
}
