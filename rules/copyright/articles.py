"""The articles on copyright notices, by profile. No country demands a notice any more; a wrong one has no use."""

from __future__ import annotations

UCC = "Universal Copyright Convention Art. III(1)"
BERNE = "Berne Convention Art. 15(1)"

NOTICE = {
    "eu": (UCC,),
    "uk": (UCC,),
    "us-ca": ("17 U.S.C. § 401(b)",),
    "kr": (UCC,),
    "cn": (UCC,),
    "jp": (UCC,),
    "br": (UCC,),
    "qc": (UCC,),
}
HOLDER = {profile: (BERNE, *texts) for profile, texts in NOTICE.items()}
