"""The articles that clauses of this family offend against, by profile."""

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
LIABILITY_FOR_PROCESSORS = {
    "eu": ("GDPR Art. 28", "GDPR Art. 82(4)"),
    "uk": ("UK GDPR Art. 28", "UK GDPR Art. 82(4)"),
    "kr": ("PIPA Art. 26(7)", "PIPA Art. 39"),
    "cn": ("PIPL Art. 20(2)", "PIPL Art. 69"),
    "jp": ("APPI Art. 25", "Consumer Contract Act Art. 8"),
    "br": ("LGPD Art. 42",),
}
PASSWORDS = {
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
TRANSPARENT = {
    "eu": ("GDPR Art. 5(1)(a)", "GDPR Art. 12(1)"),
    "uk": ("UK GDPR Art. 5(1)(a)",),
    "us-ca": ("Cal. Civ. Code § 1798.100(a)(1)",),
    "kr": ("PIPA Art. 15(2)", "PIPA Art. 30(1)"),
    "cn": ("PIPL Art. 17(1)",),
    "br": ("LGPD Art. 9",),
}
LITTLE = {
    "eu": ("GDPR Art. 5(1)(c)", "GDPR Art. 25(2)"),
    "uk": ("UK GDPR Art. 5(1)(c)",),
    "us-ca": ("Cal. Civ. Code § 1798.100(c)",),
    "kr": ("PIPA Art. 16",),
    "cn": ("PIPL Art. 6", "PIPL Art. 19"),
    "br": ("LGPD Art. 6, III",),
}
IDENTITY = {
    "eu": ("GDPR Art. 87", "GDPR Art. 5(1)(c)"),
    "uk": ("UK GDPR Art. 5(1)(c)",),
    "us-ca": ("Cal. Civ. Code § 1798.100(c)",),
    "kr": ("PIPA Art. 24-2",),
    "cn": ("PIPL Art. 28", "PIPL Art. 29"),
    "jp": ("My Number Act Art. 15", "My Number Act Art. 20"),
    "br": ("LGPD Art. 6, III",),
}
PURPOSE = {
    "eu": ("GDPR Art. 5(1)(b)", "GDPR Art. 6(4)"),
    "uk": ("UK GDPR Art. 5(1)(b)",),
    "us-ca": ("Cal. Code Regs. tit. 11, § 7002",),
    "kr": ("PIPA Art. 3(1)", "PIPA Art. 18(2)"),
    "cn": ("PIPL Art. 6",),
    "jp": ("APPI Art. 17(1)", "APPI Art. 18"),
    "br": ("LGPD Art. 6, I",),
}
AUTOMATED = {
    "eu": ("GDPR Art. 22", "GDPR Art. 13(2)(f)"),
    "uk": ("UK GDPR Art. 13(2)(f)",),
    "kr": ("PIPA Art. 37-2",),
    "cn": ("PIPL Art. 24",),
    "br": ("LGPD Art. 20",),
}
CREDIT = {
    "eu": ("GDPR Art. 5(1)(b)", "GDPR Art. 5(1)(c)", "GDPR Art. 22"),
    "uk": ("UK GDPR Art. 5(1)(b)",),
    "kr": ("PIPA Art. 15(1)", "Credit Information Use and Protection Act Art. 32"),
    "cn": ("PIPL Art. 6",),
    "br": ("LGPD Art. 6, III",),
}
RECIPIENTS = {
    "eu": ("GDPR Art. 6(1)", "GDPR Art. 13(1)(e)"),
    "uk": ("UK GDPR Art. 6(1)", "UK GDPR Art. 13(1)(e)"),
    "us-ca": ("Cal. Civ. Code § 1798.130(a)(5)",),
    "kr": ("PIPA Art. 17", "PIPA Art. 18"),
    "cn": ("PIPL Art. 23",),
    "jp": ("APPI Art. 27(1)",),
    "br": ("LGPD Art. 9, V",),
}
PROCESSORS = {
    "eu": ("GDPR Art. 13(1)(e)", "GDPR Art. 28"),
    "uk": ("UK GDPR Art. 13(1)(e)",),
    "kr": ("PIPA Art. 26(2)", "PIPA Art. 30(1)"),
    "cn": ("PIPL Art. 21",),
}
TRANSFER = {
    "eu": ("GDPR Art. 13(1)(e)", "GDPR Art. 13(1)(f)"),
    "uk": ("UK GDPR Art. 13(1)(f)",),
    "kr": ("PIPA Art. 26", "PIPA Art. 28-8"),
    "cn": ("PIPL Art. 39",),
    "jp": ("APPI Art. 28",),
    "br": ("LGPD Art. 33",),
}
AUTHORITIES = {
    "eu": ("GDPR Art. 6(1)(c)", "GDPR Art. 48"),
    "uk": ("UK GDPR Art. 6(1)(c)",),
    "kr": ("PIPA Art. 18(2)",),
    "cn": ("PIPL Art. 13", "PIPL Art. 41"),
    "jp": ("APPI Art. 27(1)",),
    "br": ("LGPD Art. 7, II",),
}
MARKETING = {
    "eu": ("ePrivacy Directive Art. 13", "GDPR Art. 6(1)(a)", "GDPR Art. 21(2)"),
    "uk": ("PECR reg. 22", "UK GDPR Art. 21(2)"),
    "kr": ("PIPA Art. 22(1)", "Network Act Art. 50"),
    "cn": ("Advertising Law Art. 43",),
    "jp": ("Act on Regulation of Transmission of Specified Electronic Mail Art. 3",),
}
IDENTIFIABLE = {
    "eu": ("GDPR Art. 4(1)", "GDPR recital 30", "CJEU C-582/14 (Breyer)"),
    "uk": ("UK GDPR Art. 4(1)",),
    "us-ca": ("Cal. Civ. Code § 1798.140(v)",),
    "kr": ("PIPA Art. 2",),
    "cn": ("PIPL Art. 4",),
}
MINORS = {
    "eu": ("GDPR Art. 8",),
    "uk": ("UK GDPR Art. 8",),
    "kr": ("PIPA Art. 22-2",),
    "cn": ("PIPL Art. 31",),
    "us-ca": ("COPPA Rule 16 CFR § 312.5",),
    "br": ("LGPD Art. 14",),
}
INDIRECT = {
    "eu": ("GDPR Art. 14",),
    "uk": ("UK GDPR Art. 14",),
    "kr": ("PIPA Art. 20",),
    "cn": ("PIPL Art. 17",),
}
MANDATORY = {
    "eu": ("GDPR Art. 7(4)", "GDPR Art. 13(2)(e)"),
    "uk": ("UK GDPR Art. 13(2)(e)",),
    "kr": ("PIPA Art. 16(2)", "PIPA Art. 22"),
    "cn": ("PIPL Art. 16",),
}
SECURITY = {
    "eu": ("GDPR Art. 32(1)", "GDPR Art. 5(1)(f)"),
    "uk": ("UK GDPR Art. 32(1)",),
    "us-ca": ("Cal. Civ. Code § 1798.100(e)",),
    "kr": ("PIPA Art. 29",),
    "cn": ("PIPL Art. 51",),
    "jp": ("APPI Art. 23",),
    "br": ("LGPD Art. 46",),
}
RIGHTS = {
    "eu": ("GDPR Art. 12(2)", "GDPR Art. 12(5)"),
    "uk": ("UK GDPR Art. 12(2)", "UK GDPR Art. 12(5)"),
    "us-ca": ("Cal. Code Regs. tit. 11, § 7026", "Cal. Code Regs. tit. 11, § 7060"),
    "kr": ("PIPA Art. 38(4)",),
    "cn": ("PIPL Art. 50",),
    "jp": ("APPI Art. 37",),
    "br": ("LGPD Art. 18, § 5",),
}
PRESSURE = {
    "eu": ("Directive 2005/29/EC Art. 5", "Directive 2005/29/EC Annex I no. 7"),
    "uk": ("Digital Markets, Competition and Consumers Act 2024 s. 225",),
    "kr": ("E-Commerce Act Art. 21-2",),
}
SALE = {
    "us-ca": ("Cal. Civ. Code § 1798.130(a)(5)", "Cal. Civ. Code § 1798.140(ad)"),
    "eu": ("GDPR Art. 5(1)(a)", "Directive 2005/29/EC Art. 6"),
    "uk": ("UK GDPR Art. 5(1)(a)",),
}
