"""Articles that several items of one page serve."""

from __future__ import annotations

SELLER = {
    "jp": (
        "Act on Specified Commercial Transactions Art. 11",
        "Ordinance for Enforcement Art. 23",
    )
}
PUBLISHER = {
    "fr": (
        "Loi n° 2004-575 (LCEN) Art. 1-1",
        "Loi n° 2004-575 (LCEN) Art. 19",
    )
}
PRICE = {
    "jp": (
        "Act on Specified Commercial Transactions Art. 11",
        "Act on Specified Commercial Transactions Art. 11, item 1",
    )
}
PAYMENT = {
    "jp": (
        "Act on Specified Commercial Transactions Art. 11",
        "Act on Specified Commercial Transactions Art. 11, item 2",
    )
}
