"""The articles that ask for a true and complete account, by profile."""

from __future__ import annotations

INFORMED = {
    "eu": ("GDPR Art. 13(1)(e)", "GDPR Art. 5(1)(a)", "Directive 2002/58/EC (ePrivacy) Art. 5(3)"),
    "uk": ("UK GDPR Art. 13(1)(e)", "Privacy and Electronic Communications Regulations 2003 reg. 6(2)"),
    "us-ca": ("Cal. Civ. Code § 1798.130(a)(5)",),
    "kr": ("PIPA Art. 30(1)", "PIPA Art. 26"),
    "br": ("LGPD Art. 9",),
}
COOKIES_NAMED = {
    "eu": ("Directive 2002/58/EC (ePrivacy) Art. 5(3)", "GDPR Art. 13", "CJEU C-673/17 (Planet49)"),
    "uk": ("Privacy and Electronic Communications Regulations 2003 reg. 6(2)", "UK GDPR Art. 13"),
    "kr": ("PIPA Art. 30(1)7",),
    "br": ("LGPD Art. 9",),
}
TRUE = {
    "eu": ("GDPR Art. 5(1)(a)", "Directive 2005/29/EC Art. 6(1)"),
    "uk": ("UK GDPR Art. 5(1)(a)", "Digital Markets, Competition and Consumers Act 2024 s. 226"),
    "us-ca": ("FTC Act § 5 (15 U.S.C. § 45)", "Cal. Bus. & Prof. Code § 22576"),
    "kr": ("PIPA Art. 3(5)",),
    "cn": ("PIPL Art. 7",),
    "br": ("LGPD Art. 6, VI",),
}
