"""The articles that ask for consent before anything is kept or read on a visitor's device, by profile."""

from __future__ import annotations

OPT_IN = {
    "eu": ("Directive 2002/58/EC (ePrivacy) Art. 5(3)", "GDPR Art. 4(11)", "GDPR Art. 6(1)(a)"),
    "de": ("TDDDG § 25(1)",),
    "fr": ("Loi n° 78-17 (Informatique et Libertés) Art. 82",),
    "uk": ("Privacy and Electronic Communications Regulations 2003 reg. 6", "UK GDPR Art. 4(11)"),
    "br": ("LGPD Art. 7, I", "LGPD Art. 8"),
    "qc": ("Act respecting the protection of personal information in the private sector, s. 8.1",),
}
# What tracks must be off until it is switched on, but Québec knows no general rule for cookies.
SEVERITIES = {"qc": "warning"}

REFUSAL = {
    "eu": ("Directive 2002/58/EC (ePrivacy) Art. 5(3)", "GDPR Art. 4(11)", "GDPR Art. 7(3)"),
    "de": ("TDDDG § 25(1)",),
    "fr": ("Loi n° 78-17 (Informatique et Libertés) Art. 82",),
    "uk": ("Privacy and Electronic Communications Regulations 2003 reg. 6", "UK GDPR Art. 7(3)"),
    "br": ("LGPD Art. 7, I", "LGPD Art. 8, § 5"),
    "qc": ("Act respecting the protection of personal information in the private sector, s. 8.1",),
}
WITHDRAWAL = {
    "eu": ("GDPR Art. 7(3)", "Directive 2002/58/EC (ePrivacy) Art. 5(3)"),
    "de": ("TDDDG § 25(1)",),
    "fr": ("Loi n° 78-17 (Informatique et Libertés) Art. 82", "CNIL guidelines on cookies (2020-091)"),
    "uk": ("Privacy and Electronic Communications Regulations 2003 reg. 6", "UK GDPR Art. 7(3)"),
    "br": ("LGPD Art. 8, § 5", "LGPD Art. 18, IX"),
}
CLEAR_ACT = {
    "eu": ("GDPR Art. 4(11)", "GDPR recital 32", "EDPB guidelines 05/2020, paragraph 86"),
    "de": ("TDDDG § 25(1)",),
    "fr": ("Loi n° 78-17 (Informatique et Libertés) Art. 82", "CNIL guidelines on cookies (2020-091)"),
    "uk": ("UK GDPR Art. 4(11)", "Privacy and Electronic Communications Regulations 2003 reg. 6"),
    "br": ("LGPD Art. 5, XII", "LGPD Art. 8"),
}
FREE_CHOICE = {
    "eu": ("GDPR Art. 4(11)", "GDPR Art. 7(4)", "EDPB Cookie Banner Taskforce report (January 2023), type A"),
    "de": ("TDDDG § 25(1)", "VG Hannover, 19 March 2025, 10 A 5385/22"),
    "fr": ("Loi n° 78-17 (Informatique et Libertés) Art. 82", "CNIL guidelines on cookies (2020-091)"),
    "uk": ("Privacy and Electronic Communications Regulations 2003 reg. 6", "UK GDPR Art. 4(11)"),
}
