"""The hosts beside the shop: measurement, advertising, video, and the content delivery network."""

from __future__ import annotations

import base64
import secrets

from auditor.demo.faults import FILES
from auditor.demo.messages import HTML, Answer, Ask, Hosts, set_cookie
from auditor.demo.pictures import payment, scene

JAVASCRIPT = "text/javascript; charset=utf-8"
SVG = "image/svg+xml"
YEAR = 365 * 24 * 3600
_PIXEL = base64.b64decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7")
_NO_STORE = ("Cache-Control", "no-store")
_LASTING = ("Cache-Control", "public, max-age=86400")
_NOT_FOUND = Answer(b"Not found.\n", 404, "text/plain; charset=utf-8")
_SCRIPTS = {("tracker", "/t.js"): "t.js", ("tracker", "/m.js"): "m.js", ("ads", "/adl.js"): "adl.js"}
_PIXELS = {("tracker", "/collect"), ("tracker", "/px.gif"), ("ads", "/adl.gif"), ("video", "/played")}
_PLAYER = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Reelbarn player</title>
<style>body{margin:0;background:#20242c;color:#fff;font:16px/1.4 sans-serif;display:grid;place-items:center;height:100vh}
</style></head><body><p>&#9654; Edda at the sewing frame (4:02)</p>
<script>new Image().src = "/played?" + new URLSearchParams({ film: "sewing", viewer: "VIEWER" });</script>
</body></html>"""


def asset(name: str) -> bytes:
    """A file of the folder ``assets``."""
    return FILES.joinpath("assets", name).read_bytes()


def answer(ask: Ask, hosts: Hosts) -> Answer | None:
    """What a third party answers; None when the host is none of them."""
    roles = {hosts.tracker: "tracker", hosts.ads: "ads", hosts.video: "video", hosts.cdn: "cdn"}
    role = roles.get(ask.host)
    if role is None:
        return None
    if role == "cdn":
        return _delivered(ask.path)
    if script := _SCRIPTS.get((role, ask.path)):
        return Answer(asset(script), content_type=JAVASCRIPT, headers=(_NO_STORE,))
    if (role, ask.path) in _PIXELS:
        return _pixel(ask)
    if role == "video" and ask.path.startswith("/embed/"):
        return _player(ask)
    return _NOT_FOUND


def _pixel(ask: Ask) -> Answer:
    pixel = Answer(_PIXEL, content_type="image/gif", headers=(_NO_STORE,))
    if ask.path == "/px.gif" and "plt_uid" not in ask.cookies:
        return pixel.plus(_identifier("plt_uid", secrets.token_hex(16)))
    return pixel


def _player(ask: Ask) -> Answer:
    viewer = ask.cookies.get("vid_uid", "")
    if not viewer.isalnum():
        viewer = secrets.token_hex(16)
    page = _PLAYER.replace("VIEWER", viewer).encode()
    return Answer(page, content_type=HTML, headers=(_NO_STORE, _identifier("vid_uid", viewer)))


def _identifier(name: str, value: str) -> tuple[str, str]:
    # Chromium keeps a third party's cookie only as SameSite=None with Secure; it takes Secure over plain http from
    # names under .localhost, which it trusts.
    return set_cookie(name, value, max_age=YEAR, same_site="None", secure=True)


def _delivered(path: str) -> Answer:
    folder, _, name = path.removeprefix("/").partition("/")
    name = name.removesuffix(".svg")
    picture = {"pictures": scene, "pay": payment}.get(folder, lambda _: None)(name)
    return Answer(picture.encode(), content_type=SVG, headers=(_LASTING,)) if picture else _NOT_FOUND
