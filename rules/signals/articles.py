"""The articles that a wrong signal of consent breaks, by profile."""

from __future__ import annotations

NOT_GIVEN = {
    "eu": ("GDPR Art. 4(11)", "GDPR Art. 25(2)", "Directive 2002/58/EC (ePrivacy) Art. 5(3)"),
    "de": ("TDDDG § 25(1)",),
    "fr": ("Loi n° 78-17 (Informatique et Libertés) Art. 82",),
    "uk": ("Privacy and Electronic Communications Regulations 2003 reg. 6", "UK GDPR Art. 4(11)"),
    "br": ("LGPD Art. 8", "LGPD Art. 46, § 2"),
}
NOT_PASSED_ON = {
    "eu": ("GDPR Art. 7(1)", "GDPR Art. 7(3)", "Directive 2002/58/EC (ePrivacy) Art. 5(3)"),
    "de": ("TDDDG § 25(1)",),
    "fr": ("Loi n° 78-17 (Informatique et Libertés) Art. 82",),
    "uk": ("Privacy and Electronic Communications Regulations 2003 reg. 6", "UK GDPR Art. 7(3)"),
    "br": ("LGPD Art. 8, § 5",),
}
# TCF is for the European Economic Area and the United Kingdom.
TCF_NOT_GIVEN = {profile: NOT_GIVEN[profile] for profile in ("eu", "de", "fr", "uk")}
TCF_WRONG = {
    profile: (*NOT_PASSED_ON[profile], "IAB Europe TCF Policies and Technical Specification 2.3")
    for profile in ("eu", "de", "fr", "uk")
}
OPT_OUT_SIGNAL = {
    "us-ca": (
        "California Civil Code § 1798.135(b) and (e)",
        "California Code of Regulations, title 11, § 7025(b) and (c)",
    )
}
