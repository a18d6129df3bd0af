"""What is recorded of scripts that read the device, and what tells them from scripts that draw."""

from __future__ import annotations

import pytest
from shopserver import typed

from auditor.model import ApiCall, CollectorFailure

pytestmark = pytest.mark.xdist_group("calls")

FINGERPRINT = """
function canvasPart() {
  const canvas = document.createElement("canvas");
  canvas.width = 240; canvas.height = 60;
  const c = canvas.getContext("2d");
  c.font = "18px Arial"; c.fillText("Quick jackdaws vex 1.5", 2, 15);
  return canvas.toDataURL();
}
function webglPart() {
  const gl = document.createElement("canvas").getContext("webgl");
  if (!gl) return "";
  gl.getExtension("WEBGL_debug_renderer_info");
  return gl.getParameter(37445) + gl.getParameter(37446) + gl.getSupportedExtensions();
}
function fontsPart() {
  const c = document.createElement("canvas").getContext("2d"), span = document.createElement("span");
  span.textContent = "mmmmmmmmmmlli"; document.body.append(span);
  let widths = "";
  for (let i = 0; i < 40; i++) {
    c.font = "72px 'Face " + i + "', serif";
    widths += c.measureText("mmmmmmmmmmlli").width;
    span.style.fontFamily = "'Face " + i + "', serif";
    widths += span.offsetWidth;
  }
  document.fonts.check("12px Arial");
  return widths;
}
async function audioPart() {
  const audio = new OfflineAudioContext(1, 5000, 44100), tone = audio.createOscillator();
  tone.connect(audio.destination); tone.start(0);
  return (await audio.startRendering()).getChannelData(0)[4500];
}
canvasPart(); webglPart(); fontsPart(); audioPart();
navigator.plugins.length; navigator.hardwareConcurrency; navigator.deviceMemory;
navigator.userAgentData && navigator.userAgentData.getHighEntropyValues(["model", "bitness"]);
navigator.permissions.query({ name: "notifications" });
navigator.mediaDevices && navigator.mediaDevices.enumerateDevices();
speechSynthesis.getVoices();
"""


def calls(seen, scenario: str = "untouched") -> dict[str, ApiCall]:
    return {call.action: call for call in seen.all(ApiCall, scenario)}


async def test_a_fingerprinting_script_is_named_with_its_line(visit, shop):
    other = shop({"/fp.js": typed(FINGERPRINT, "text/javascript")})
    server = shop({"/": f'<title>Shop</title><body><script src="{other.at("/fp.js")}"></script>'})
    seen = await visit(server.url)
    found = calls(seen)
    canvas = found["toDataURL"]
    assert (canvas.api, canvas.phase, canvas.count) == ("canvas", "before", 1) and 0 < canvas.at < 30
    assert canvas.data == {"width": "240", "height": "60", "attached": "no", "text": "letters", "letters": "16", "image": "no"}  # fmt: skip
    assert (canvas.cause.url, canvas.cause.line, canvas.cause.function) == (other.at("/fp.js"), 7, "canvasPart")
    assert canvas.url == server.url and not canvas.third_party
    assert found["measureText"].data == {"fonts": "40"} and found["measureText"].count == 40
    assert found["offsetWidth"].data == {"fonts": "40"} and found["check"].data == {"fonts": "1"}
    assert found["startRendering"].data == {"length": "5000"} and found["getChannelData"].cause.line == 31
    assert found["query"].data == {"name": "notifications"} and found["query"].cause.line == 36
    devices = {
        "plugins",
        "hardwareConcurrency",
        "deviceMemory",
        "enumerateDevices",
        "getVoices",
        "getHighEntropyValues",
    }
    assert devices <= set(found) and found["getHighEntropyValues"].data == {"hints": "model bitness"}
    assert {call.cause.url for call in found.values()} == {other.at("/fp.js")}
    assert not seen.all(CollectorFailure, "untouched")


async def test_webgl_where_the_browser_has_it(visit, shop):
    body = "<title>Shop</title><script>var has = document.createElement('canvas').getContext('webgl') ? 1 : 0; document.title += has;\n"
    body += FINGERPRINT.replace("canvasPart(); webglPart(); fontsPart(); audioPart();", "webglPart();") + "</script>"
    seen = await visit(shop({"/": body}).url)
    (home,) = seen.site.visits_in("untouched")
    wanted = {"UNMASKED_VENDOR", "UNMASKED_RENDERER", "getSupportedExtensions"}
    assert set(calls(seen)) & wanted == (wanted if home.title == "Shop1" else set())


async def test_charts_icons_and_photos_are_told_apart_by_the_facts(visit, shop):
    body = """<title>Shop</title><canvas id=chart width=600 height=300></canvas><script>
    const chart = document.getElementById("chart").getContext("2d");
    for (const label of ["January", "February", "March"]) {
      chart.font = "12px sans-serif"; chart.measureText(label); chart.fillText(label, 10, 20);
    }
    document.getElementById("chart").toDataURL();
    const photo = document.createElement("canvas"); photo.width = 800; photo.height = 400;
    photo.getContext("2d").drawImage(document.getElementById("chart"), 0, 0);
    photo.toBlob(() => {});
    const icon = document.createElement("canvas"); icon.width = icon.height = 32;
    icon.getContext("2d").fillText("3", 1, 1);
    icon.getContext("2d").getImageData(0, 0, 32, 32);
    </script>"""
    found = calls(await visit(shop({"/": body}).url))
    assert set(found) == {"measureText", "toDataURL", "toBlob", "getImageData"}
    assert found["measureText"].data == {"fonts": "1"} and found["measureText"].count == 3
    assert found["toDataURL"].data["attached"] == "yes"
    assert (found["toBlob"].data["text"], found["toBlob"].data["image"]) == ("no", "yes")
    assert (found["getImageData"].data["width"], found["getImageData"].data["text"]) == ("32", "symbols")


async def test_an_ordinary_page_says_nothing(visit, shop):
    body = """<title>Shop</title><div id=a style="width:50px">Lamp</div><script>
    for (let i = 0; i < 50; i++) document.getElementById("a").offsetWidth + screen.width;
    </script>"""
    assert calls(await visit(shop({"/": body}).url)) == {}


async def test_frames_of_others_and_of_the_page_are_watched(visit, shop):
    draw = "const c = document.createElement('canvas'); c.getContext('2d').fillText('Lamp', 1, 9); c.toDataURL();"
    other = shop({"/": f"<script>{draw}</script>"})
    body = f"""<title>Shop</title><iframe src="{other.url}"></iframe><iframe id=empty></iframe><script>
    const view = document.getElementById("empty").contentWindow;
    view.navigator.plugins;
    </script>"""
    server = shop({"/": body})
    found = calls(await visit(server.url))
    assert found["toDataURL"].third_party and found["toDataURL"].url == other.url
    assert found["plugins"].cause.url == server.url and found["plugins"].cause.line == 3


async def test_calls_are_counted_in_lots_and_by_script(visit, shop):
    busy = "const c = document.createElement('canvas').getContext('2d');\nfor (let i = 0; i < 5000; i++) c.measureText('x');"
    later = "\nconst d = document.createElement('canvas').getContext('2d');\nfor (let i = 0; i < 64; i++) { d.font = '9px F' + i; d.measureText('x'); }"
    server = shop({"/": "<title>Shop</title><script src=/busy.js></script><script src=/quiet.js></script>",
                   "/busy.js": typed(busy, "text/javascript"), "/quiet.js": typed(later, "text/javascript")})  # fmt: skip
    seen = await visit(server.url)
    by_script = {call.cause.url: call for call in seen.all(ApiCall, "untouched")}
    quiet = by_script[server.at("/quiet.js")]
    # After so many calls only one in sixteen is asked where it comes from.
    assert by_script[server.at("/busy.js")].count >= 5000 and 48 <= quiet.count <= 64 and int(quiet.data["fonts"]) >= 48
    assert by_script[server.at("/busy.js")].cause.line == 2 and quiet.cause.line == 3


async def test_a_page_cannot_see_or_break_it(tab_in_loop, shop):
    tab = tab_in_loop
    body = """<title>Shop</title><script>
    const before = { push: Array.prototype.push };
    Object.defineProperty(Array.prototype, "0", { set() { throw Error("seen"); }, configurable: true });
    Object.defineProperty(Object.prototype, "toJSON", { value() { throw Error("seen"); }, configurable: true });
    Map.prototype.get = Set.prototype.add = WeakMap.prototype.get = queueMicrotask = () => { throw Error("seen"); };
    String.prototype.indexOf = String.prototype.slice = () => { throw Error("seen"); };
    const canvas = document.createElement("canvas"), c = canvas.getContext("2d");
    c.fillText("Lamp", 1, 9);
    const url = canvas.toDataURL();
    let thrown = "";
    try { HTMLCanvasElement.prototype.toDataURL.call({}); } catch (error) { thrown = error.constructor.name + error.message; }
    document.title = [url.length > 100, thrown, HTMLCanvasElement.prototype.toDataURL, HTMLCanvasElement.prototype.toDataURL.length,
      Object.getOwnPropertyDescriptor(Navigator.prototype, "plugins").get,
      Object.getOwnPropertyDescriptor(HTMLElement.prototype, "offsetWidth").get, Object.hasOwn(navigator, "plugins")].join("|");
    </script>"""
    await tab.load(shop({"/": body}).url)
    (document, *_) = await tab.documents()
    looks = (await tab.run(document, "document.title")).split("|")
    assert looks[:2] == ["true", "TypeErrorIllegal invocation"] and looks[3] == "0" and looks[6] == "false"
    assert (
        looks[2] == "function toDataURL() { [native code] }" and looks[4] == "function get plugins() { [native code] }"
    )
    assert looks[5] == "function get offsetWidth() { [native code] }"
    assert [lot.told["action"] for lot in tab.calls.log.lots] == ["toDataURL"]
