"""The articles that clauses about data, purposes, recipients and rights fall foul of, by profile."""

from __future__ import annotations

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
