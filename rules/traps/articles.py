"""The articles that clauses of the first half of this folder offend against, by profile."""

from __future__ import annotations

CONSENT = {
    "eu": ("GDPR Art. 4(11)", "GDPR Art. 7", "GDPR Recital 32", "CJEU C-673/17 (Planet49)"),
    "uk": ("UK GDPR Art. 4(11)", "UK GDPR Art. 7"),
    "us-ca": ("Cal. Civ. Code § 1798.140(h)",),
    "kr": ("PIPA Art. 15(1)1", "PIPA Art. 22(1)"),
    "cn": ("PIPL Art. 14", "PIPL Art. 23"),
    "br": ("LGPD Art. 8",),
    "qc": ("Law 25: P-39.1 s. 14",),
}
FAIR_TERMS = {
    "eu": ("Directive 93/13/EEC Art. 3", "Directive 93/13/EEC Art. 5"),
    "uk": ("Consumer Rights Act 2015 s. 62", "Consumer Rights Act 2015 s. 69"),
    "kr": (
        "Act on the Regulation of Terms and Conditions Art. 5",
        "Act on the Regulation of Terms and Conditions Art. 6",
    ),
    "cn": ("Civil Code Art. 496", "Civil Code Art. 498"),
    "jp": ("Consumer Contract Act Art. 3(1)", "Consumer Contract Act Art. 10"),
    "br": ("Consumer Defence Code Art. 47", "Consumer Defence Code Art. 51"),
    "qc": ("Civil Code of Québec Art. 1432",),
}
CHANGES = {
    "eu": ("GDPR Art. 5(1)(a)", "GDPR Art. 13(3)", "Directive 93/13/EEC Annex no. 1(j)"),
    "uk": ("UK GDPR Art. 13(3)", "Consumer Rights Act 2015 Sch. 2 para. 11"),
    "us-ca": ("Cal. Bus. & Prof. Code § 22575(b)(3)",),
    "kr": ("PIPA Art. 30(2)", "Act on the Regulation of Terms and Conditions Art. 10"),
    "cn": ("PIPL Art. 17(2)",),
    "br": ("LGPD Art. 8(6)", "LGPD Art. 9(2)"),
}
LIABILITY = {
    "eu": ("GDPR Art. 82(3)", "GDPR Art. 32", "Directive 93/13/EEC Annex no. 1(b)"),
    "de": ("BGB § 309 no. 7",),
    "fr": ("Code de la consommation Art. R. 212-1",),
    "uk": ("UK GDPR Art. 82(3)", "Consumer Rights Act 2015 s. 62"),
    "kr": ("PIPA Art. 39", "Act on the Regulation of Terms and Conditions Art. 7"),
    "cn": ("PIPL Art. 69", "Civil Code Art. 497"),
    "jp": ("Consumer Contract Act Art. 8",),
    "br": ("LGPD Art. 42", "Consumer Defence Code Art. 51"),
}
PROCESSORS = {
    "eu": ("GDPR Art. 28", "GDPR Art. 82(4)"),
    "uk": ("UK GDPR Art. 28", "UK GDPR Art. 82(4)"),
    "kr": ("PIPA Art. 26(7)", "PIPA Art. 39"),
    "cn": ("PIPL Art. 20(2)", "PIPL Art. 69"),
    "jp": ("APPI Art. 25", "Consumer Contract Act Art. 8"),
    "br": ("LGPD Art. 42",),
}
SECURITY = {
    "eu": ("GDPR Art. 32(1)", "GDPR Art. 5(1)(f)"),
    "uk": ("UK GDPR Art. 32(1)",),
    "us-ca": ("Cal. Civ. Code § 1798.100(e)",),
    "kr": ("PIPA Art. 29", "Standards for Personal Information Safety Measures Art. 7(1)"),
    "cn": ("PIPL Art. 51",),
    "jp": ("APPI Art. 23",),
    "br": ("LGPD Art. 46",),
}
STORAGE = {
    "eu": ("GDPR Art. 5(1)(e)", "GDPR Art. 13(2)(a)"),
    "uk": ("UK GDPR Art. 5(1)(e)",),
    "us-ca": ("Cal. Civ. Code § 1798.100(a)(3)",),
    "kr": ("PIPA Art. 21(1)",),
    "cn": ("PIPL Art. 19",),
    "jp": ("APPI Art. 22",),
    "br": ("LGPD Art. 15", "LGPD Art. 16"),
    "qc": ("Law 25: P-39.1 s. 23",),
}
COOKIES = {
    "eu": ("Directive 2002/58/EC (ePrivacy) Art. 5(3)", "GDPR Art. 7"),
    "de": ("TDDDG § 25",),
    "fr": ("Loi Informatique et Libertés Art. 82",),
    "uk": ("Privacy and Electronic Communications Regulations 2003 reg. 6",),
    "kr": ("PIPA Art. 30(1)7",),
}
PROPORTION = {
    "eu": ("GDPR Art. 5(1)(c)", "GDPR Art. 22", "Directive 2002/58/EC (ePrivacy) Art. 5(3)"),
    "uk": ("UK GDPR Art. 5(1)(c)", "Privacy and Electronic Communications Regulations 2003 reg. 6"),
    "us-ca": ("Cal. Civ. Code § 1798.100(c)",),
    "kr": ("PIPA Art. 16(1)", "PIPA Art. 30(1)7"),
    "cn": ("PIPL Art. 6", "PIPL Art. 28"),
    "br": ("LGPD Art. 6, III",),
}
ACCOUNTS = {
    "eu": ("GDPR Art. 5(1)(d)", "GDPR Art. 16", "Directive 93/13/EEC Annex no. 1(f)"),
    "uk": ("UK GDPR Art. 5(1)(d)", "Consumer Rights Act 2015 Sch. 2 para. 7"),
    "kr": ("Act on the Regulation of Terms and Conditions Art. 9",),
    "cn": ("PIPL Art. 46", "Civil Code Art. 497"),
    "br": ("Consumer Defence Code Art. 51",),
}
PAYMENT = {
    "eu": ("Directive (EU) 2015/2366 (PSD2) Art. 64", "Directive 93/13/EEC Art. 3"),
    "uk": ("Payment Services Regulations 2017 reg. 67",),
    "us-ca": ("Electronic Fund Transfer Act, 15 U.S.C. § 1693e",),
    "kr": ("E-Commerce Act Art. 8",),
    "cn": ("E-Commerce Law Art. 53",),
}
TRUE = {
    "eu": ("GDPR Art. 5(1)(a)", "GDPR Art. 12(1)"),
    "uk": ("UK GDPR Art. 5(1)(a)", "UK GDPR Art. 12(1)"),
    "us-ca": ("FTC Act § 5 (15 U.S.C. § 45)",),
    "kr": ("PIPA Art. 3(5)", "PIPA Art. 30(3)"),
    "cn": ("PIPL Art. 7",),
    "br": ("LGPD Art. 6, VI",),
}
LANGUAGE = {
    "eu": ("Directive 93/13/EEC Art. 5", "GDPR Art. 12(1)"),
    "uk": ("Consumer Rights Act 2015 s. 68",),
    "kr": ("PIPA Art. 30(3)", "Act on the Regulation of Terms and Conditions Art. 5(2)"),
    "cn": ("Civil Code Art. 498",),
    "br": ("Consumer Defence Code Art. 47",),
    "qc": ("Charter of the French Language s. 55",),
}
