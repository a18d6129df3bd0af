"""The HTML report: read as text, and opened in a real Chromium that must not ask anybody for anything."""

import re
from itertools import pairwise

import pytest

from auditor.model import Pages, fingerprint
from auditor.shelves import reports

from .conftest import SHOP, finding, png


def written(view, tmp_path):
    format = reports()["html"]
    format.write(view, tmp_path / format.name)
    return tmp_path / "report.html"


pytestmark = pytest.mark.xdist_group("report-browser")  # one browser for all of them


def test_first_screen(fernhill, tmp_path, opened):
    opened.goto(written(fernhill.view(), tmp_path).as_uri())
    assert opened.title() == f"Blocked: privacy audit of {SHOP}"
    for text in (
        "2 new findings block the release.",
        "Exit code 1",
        "2 errors are neither in the baseline nor waived.",
    ):
        box = opened.get_by_text(text, exact=True).bounding_box()
        assert box["y"] + box["height"] < 900
    blocks = opened.get_by_role("region", name="What blocks")
    assert blocks.bounding_box()["y"] < 600
    assert "The advertising cookie _fbp is set before any choice." in blocks.inner_text()
    assert "What cookie-before-consent says. (2)" in blocks.inner_text()
    assert "1,234 pages, e.g. /product/0 · https://ads.test/tag.js, line 1" in blocks.inner_text()
    assert "contact-missing" not in blocks.inner_text()
    counts = opened.get_by_role("list", name="Findings by severity").inner_text().split()
    assert counts == ["2", "Errors", "1", "Warning", "0", "Notices", "2", "Rules", "not", "judged"]
    unjudged = opened.get_by_role("region", name="What could not be judged").inner_text()
    assert "cookie-after-reject: the reject button had no effect" in unjudged
    assert "dummy-text: the rule broke" in unjudged


def test_a_finding_tells_everything(fernhill, tmp_path, opened):
    opened.goto(written(fernhill.view(), tmp_path).as_uri())
    card = opened.get_by_role("article", name="The advertising cookie _fbp is set before any choice.")
    text = card.inner_text()
    assert "Error · new · high confidence · blocks" in text
    assert "1,234 pages, for example" in text and f"{SHOP}product/2" in text and f"{SHOP}product/3" not in text
    card.get_by_text("7 more").click()
    assert f"{SHOP}product/9" in card.inner_text()
    assert "https://ads.test/tag.js, line 1" in text
    assert fingerprint("cookie-before-consent", "_fbp (first party)") in text
    assert "cookie:1, cookie_write:1" in text
    group = opened.get_by_role("region", name="What cookie-before-consent says.").inner_text()
    assert "EU: GDPR Art. 13. KR: PIPA Art. 30" in group
    assert "It matters to the visitor." in group and "Mend the template." in group


def test_quote_is_marked_in_its_context(fernhill, tmp_path, opened):
    opened.goto(written(fernhill.view(), tmp_path).as_uri())
    assert opened.locator("blockquote").inner_text() == "…please send an e-mail to. Then…"
    assert opened.locator("blockquote mark").inner_text() == "send an e-mail to."


def test_every_picture_is_there_once_and_shown(fernhill, tmp_path, opened):
    path = written(fernhill.view(), tmp_path)
    opened.goto(path.as_uri())
    assert opened.locator("img").evaluate_all("all => all.map(i => [i.naturalWidth, i.alt])") == [
        [320, "Screenshot for this finding"]
    ]
    opened.get_by_role("link", name="Screenshot, shown above").click()
    assert opened.evaluate("document.querySelector(location.hash).tagName") == "FIGURE"


def test_pictures_beyond_the_budget_are_told(new_shop, tmp_path, monkeypatch):
    monkeypatch.setattr("auditor.reports.html_report.PICTURE_BUDGET", 100)
    shop = new_shop()
    blob, text = shop.run.put_blob(png(300, 300)), shop.run.put_blob(b"not a picture")
    shop.result("contact-missing", "fail", finding("a", screenshot=blob), finding("b", screenshot=text))
    html = written(shop.view(), tmp_path).read_text(encoding="utf-8")
    assert f"left out to keep this file small; it is blob {blob} of the run" in html
    assert "the screenshot is not a PNG picture" in html


def test_tables(fernhill, tmp_path, opened):
    opened.goto(written(fernhill.view(), tmp_path).as_uri())

    def rows(name):
        table = opened.get_by_role("region", name=name, exact=True).last
        return table.locator("tbody tr").evaluate_all("rows => rows.map(r => [...r.cells].map(c => c.innerText))")

    assert rows("Cookies and storage") == [
        [
            "_fbp",
            "cookie",
            "fernhill-supply.shop",
            "first",
            "Meta",
            "marketing",
            "3 months",
            "present",
            "–",
            "before",
            "–",
        ],
        ["IDE", "cookie", "ads.test", "third", "ads.test", "unclear", "13 months", "–", "–", "after", "–"],
        [
            "_uid",
            "localStorage",
            "www.fernhill-supply.shop",
            "first",
            "the shop itself",
            "unclear",
            "",
            "present",
            "–",
            "–",
            "–",
        ],
    ]
    assert rows("Third parties") == [["ads.test", "ads.test", "2", "1", "–", "1 before", "–"]]
    assert ["privacy", f"{SHOP}privacy", "Privacy policy", "", "404"] in rows("Legal pages")
    rules = {row[0].split("\n")[1]: row[2:] for row in rows("All rules")}
    assert rules["banner-missing"] == ["pass", ""]
    assert rules["cookie-after-reject"] == ["unknown", "the reject button had no effect (1 page, e.g. /)"]
    assert rules["terms-link-missing"] == ["inapplicable", "applies only where one sells to: de"]
    assert rules["contact-missing"] == ["fail", "1 finding"]
    assert rules["dummy-text"][0] == "error"


def test_links_of_the_contents_lead_somewhere(fernhill, tmp_path):
    html = written(fernhill.view(), tmp_path).read_text(encoding="utf-8")
    ids = re.findall(r' id="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]+)"', html)) <= set(ids)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_has_contrast(fernhill, tmp_path, opened, scheme):
    """At least 4.5 to 1 everywhere (WCAG 2.2, 1.4.3)."""
    opened.emulate_media(color_scheme=scheme)
    opened.goto(written(fernhill.view(), tmp_path).as_uri())
    assert opened.evaluate(LOW_CONTRAST) == []


@pytest.mark.parametrize("width", [320, 768, 1280])
def test_nothing_sticks_out(fernhill, tmp_path, opened, width):
    opened.set_viewport_size({"width": width, "height": 800})
    opened.goto(written(fernhill.view(), tmp_path).as_uri())
    assert opened.evaluate("document.documentElement.scrollWidth") <= width


def test_headings_do_not_skip_a_level(fernhill, tmp_path, opened):
    opened.goto(written(fernhill.view(), tmp_path).as_uri())
    levels = opened.locator("h1, h2, h3, h4, h5").evaluate_all("all => all.map(h => +h.tagName[1])")
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_paper_shows_what_is_folded_on_screen(fernhill, tmp_path, opened):
    opened.goto(written(fernhill.view(), tmp_path).as_uri())
    opened.emulate_media(media="print")
    assert opened.get_by_text(f"{SHOP}product/9", exact=True).is_visible()
    assert opened.pdf()[:4] == b"%PDF"


def test_hostile_text_runs_nothing(new_shop, tmp_path, opened):
    shop = new_shop()
    attack = "<img src=x onerror=\"document.title='owned'\"><script>document.title='owned'</script>"
    pages = Pages.of([f"javascript:document.title='owned'//{attack}", f"https://x.test/{attack}"])
    shop.result("contact-missing", "fail", finding(attack, message=attack, quote=attack, cause=attack, pages=pages))
    shop.page("x", title=attack, legal=("privacy",), status=404)
    opened.goto(written(shop.view(1, attack), tmp_path).as_uri())
    assert "owned" not in opened.title().split(":")[0]
    assert opened.locator("script, img").count() == 0
    assert opened.locator("a[href^='javascript']").count() == 0
    assert opened.get_by_role("heading", level=2).first.inner_text() == attack


def test_a_clean_run_says_so(new_shop, tmp_path, opened):
    shop = new_shop()
    shop.page("/")
    for scenario in ("untouched", "rejected", "accepted"):
        shop.visit(scenario)
    shop.result("banner-missing", "pass")
    opened.goto(written(shop.view(0, "Passed."), tmp_path).as_uri())
    assert opened.title().startswith("Passed: ")
    assert opened.get_by_text("What blocks").count() == 0
    assert opened.get_by_role("region", name="What was looked at").inner_text().count("Visits") == 4


def test_many_findings_open_fast(new_shop, tmp_path, opened):
    """500 findings: laid out within a second (issue of the report's readers), measured by the browser itself."""
    shop = new_shop()
    pages = Pages.of(f"{SHOP}{n}" for n in range(20))
    found = [finding(f"subject {n}", quote=f"gap {n}", before="before ", pages=pages) for n in range(500)]
    shop.result("contact-missing", "fail", *found)
    opened.goto(written(shop.view(), tmp_path).as_uri())
    assert opened.evaluate("performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd") < 3000
    assert opened.get_by_role("article").count() == 500


LOW_CONTRAST = """() => {
  const parse = text => text.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => [r, g, b].map(v => v / 255).map(v => v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [.2126, .7152, .0722][i], 0);
  const ground = node => {
    for (; node; node = node.parentElement) {
      const color = parse(getComputedStyle(node).backgroundColor);
      if (color.length < 4 || color[3] > 0) return color;
    }
    return [255, 255, 255];
  };
  const bad = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || !node.checkVisibility()) continue;
    const [a, b] = [light(parse(getComputedStyle(node).color)), light(ground(node))];
    const ratio = (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
    if (ratio < 4.5) bad.push([walker.currentNode.data.trim(), ratio]);
  }
  return bad;
}"""
