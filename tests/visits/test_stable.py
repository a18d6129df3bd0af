"""One shop, audited again and again, is told the same faults each time."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from banners import bar, buttons, page, second_layer
from shopserver import typed

AUDITOR = Path(sys.executable).parent / "auditor"
RUNS = 5
# What comes early and late, before and after the choice, from the shop and from others: whatever could be told in one run
# and missed in the next.
TRACKING = """<script>
const id = "GA1.1." + Math.floor(1e9 + Math.random() * 1e9) + "." + Math.floor(Date.now() / 1000);
if (!/_ga=/.test(document.cookie)) document.cookie = "_ga=" + id + "; max-age=63072000; path=/";
localStorage.visitor_id = localStorage.visitor_id || crypto.randomUUID();
setTimeout(() => { document.cookie = "_late=" + crypto.randomUUID() + "; max-age=9999999; path=/"; }, 150);
setTimeout(() => new Image().src = "THIRD/collect?cid=" + localStorage.visitor_id, 100);
const timer = setInterval(() => { if (/consent=/.test(document.cookie)) {
  clearInterval(timer); document.cookie = "_fbp=fb.1." + Date.now() + ".1234567890; max-age=7776000; path=/"; } }, 30);
addEventListener("scroll", () => new Image().src = "THIRD/scrolled.gif", { once: true });
</script>"""
LATE_BANNER = "<script>setTimeout(() => document.body.append(document.getElementById('box')), 120)</script>"


def shop_pages(third: str) -> dict[str, object]:
    head = TRACKING.replace("THIRD", third)
    asks = bar(buttons(settings=True)) + second_layer(ticked=True) + LATE_BANNER
    links = '<nav><a href="/shoes">Shoes</a> <a href="/privacy">Privacy policy</a></nav>'
    policy = page(asks + links + f'<iframe src="{third}/map"></iframe>', head=head).replace("Paper", "Privacy policy")
    return {"/": page(asks + links, head=head), "/shoes": page(asks + links, head=head), "/privacy": policy}  # fmt: skip


def fingerprints(url: str, out: Path) -> dict[str, str]:
    """Fingerprint -> rule and subject, and "unknown" -> rules that could not be judged, of a whole audit."""
    command = [
        AUDITOR,
        "run",
        url,
        "--out",
        out,
        "--scenario",
        "untouched,rejected,withdrawn",
        "--visit-quiet",
        "0.3",
        "--quiet",
    ]
    told = subprocess.run(command, capture_output=True, text=True, timeout=120, cwd=out.parent)
    assert told.returncode in (1, 2), told.stdout + told.stderr
    results = json.loads((out / "results.json").read_text("utf-8"))["results"]
    found = {f["fingerprint"]: f"{r['rule']}: {f['subject']}" for r in results for f in r["findings"]}
    return found | {f"unknown {r['rule']}": r["rule"] for r in results if r["outcome"] in ("unknown", "error")}


@pytest.mark.xdist_group("stable")
def test_every_run_gives_the_same_fingerprints(tmp_path, shop):
    third = shop({}, otherwise=typed("ok", "text/plain"))
    server = shop(shop_pages(third.url.rstrip("/")))
    runs = [fingerprints(server.url, tmp_path / f"run-{number}") for number in range(RUNS)]
    counted = Counter(item for run in runs for item in run.items())
    assert {item: times for item, times in counted.items() if times != RUNS} == {}
    rules = {told.partition(":")[0] for told in runs[0].values()}
    assert rules >= {"cookie-before-consent", "storage-before-consent", "tracker-before-consent", "cookie-after-reject"}
