"""The articles that a consent request has to meet, by profile."""

from __future__ import annotations

FREE = {
    "eu": ("GDPR Art. 4(11)", "GDPR Art. 7(4)", "EDPB Cookie Banner Taskforce report (January 2023)"),
    "de": ("TDDDG § 25(1)",),
    "fr": ("Loi n° 78-17 (Informatique et Libertés) Art. 82", "CNIL recommendation on cookies (2020-092)"),
    "uk": ("UK GDPR Art. 4(11)", "Privacy and Electronic Communications Regulations 2003 reg. 6"),
    "br": ("LGPD Art. 8", "LGPD Art. 9, § 3"),
}
ACTIVE = {
    "eu": ("GDPR Art. 4(11)", "GDPR recital 32", "CJEU, 1 October 2019, C-673/17 (Planet49)"),
    "de": ("TDDDG § 25(1)", "BGH, 28 May 2020, I ZR 7/16"),
    "fr": ("Loi n° 78-17 (Informatique et Libertés) Art. 82",),
    "uk": ("UK GDPR Art. 4(11)", "Privacy and Electronic Communications Regulations 2003 reg. 6"),
    "br": ("LGPD Art. 5, XII", "LGPD Art. 8"),
}
INFORMED = {
    "eu": ("GDPR Art. 4(11)", "GDPR Art. 7(2)", "GDPR Art. 13", "Directive 2002/58/EC (ePrivacy) Art. 5(3)"),
    "de": ("TDDDG § 25(1)",),
    "fr": ("Loi n° 78-17 (Informatique et Libertés) Art. 82", "CNIL guidelines on cookies (2020-091)"),
    "uk": ("UK GDPR Art. 7(2)", "UK GDPR Art. 13", "Privacy and Electronic Communications Regulations 2003 reg. 6(2)"),
    "br": ("LGPD Art. 8, § 4", "LGPD Art. 9"),
}
ACCESSIBLE = {
    "eu": (
        "Directive (EU) 2019/882 (European Accessibility Act), Annex I",
        "EN 301 549, 9.2.1.1 and 9.4.1.2",
        "GDPR Art. 7(2)",
    ),
    "de": ("BFSG § 3", "BFSGV § 12"),
    "fr": ("RGAA 4.1, criteria 7.1 and 7.3",),
    "uk": ("Equality Act 2010, s. 20", "WCAG 2.2, 2.1.1 and 4.1.2"),
}
