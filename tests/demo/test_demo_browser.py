"""The demo shop in a real Chromium: what the banner does, and what the faults do past it."""

import functools
import importlib.util
import json
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from playwright.async_api import async_playwright

from auditor.demo import FAULTS, DemoShop

NECESSARY = {"pf_session", "csrf_token"}
THIRD_PARTIES = ("tracker.localhost", "ads.localhost", "video.localhost")
ROUTE = ("", "category/desk", "product/brass-paper-clips", "blog/how-a-notebook-is-sewn", "privacy", "checkout", "de/")


@functools.cache
def chromium():
    path = Path(__file__).parents[2] / "packaging" / "chromium.py"
    spec = importlib.util.spec_from_file_location("packaging_chromium", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    found = module.find()
    assert found, "no Chromium: run `make setup`"
    return found


@pytest.fixture
def profile(tmp_path):
    """A fresh profile that lets third parties set cookies, as a default Chrome does."""
    preferences = {"profile": {"cookie_controls_mode": 0, "block_third_party_cookies": False}}
    (tmp_path / "Default").mkdir()
    (tmp_path / "Default" / "Preferences").write_text(json.dumps(preferences))
    return str(tmp_path)


@asynccontextmanager
async def browser(profile):
    async with async_playwright() as playwright:
        context = await playwright.chromium.launch_persistent_context(
            profile, executable_path=chromium(), args=["--no-sandbox"]
        )
        yield context, context.pages[0]
        await context.close()


async def cookies(context):
    return {cookie["name"] for cookie in await context.cookies()}


async def stored(page):
    return set(await page.evaluate("Object.keys(localStorage)"))


async def walk(page, shop, route=ROUTE):
    for path in route:
        await page.goto(shop.url + path)


def contacted(shop):
    return {request.host for request in shop.requests} & set(THIRD_PARTIES)


async def answer(page, shop, button):
    await page.goto(shop.url)
    await page.get_by_role("button", name=button, exact=True).click()
    await page.get_by_role("dialog").wait_for(state="detached")


async def test_clean_twin_waits_for_the_answer(profile):
    with DemoShop() as shop:
        async with browser(profile) as (context, page):
            await walk(page, shop)
            assert await page.get_by_role("button", name="Alle ablehnen").is_visible()
            assert await cookies(context) == NECESSARY
            assert await stored(page) == set()
    assert contacted(shop) == set()
    assert "cdn.localhost" in {request.host for request in shop.requests}
    assert shop.state_changes == []


async def test_clean_twin_respects_a_refusal(profile):
    with DemoShop() as shop:
        async with browser(profile) as (context, page):
            await answer(page, shop, "Reject all")
            await walk(page, shop)
            assert await page.get_by_role("dialog").count() == 0
            assert await cookies(context) == NECESSARY | {"cookie_consent"}
            assert await stored(page) == set()
    assert contacted(shop) == set()


async def test_clean_twin_measures_after_consent_and_forgets_after_withdrawal(profile):
    with DemoShop() as shop:
        async with browser(profile) as (context, page):
            await answer(page, shop, "Accept all")
            await walk(page, shop, ("category/desk",))
            found = {cookie["name"]: cookie for cookie in await context.cookies()}
            assert found.keys() == NECESSARY | {"cookie_consent", "_plt_id", "plt_uid"}
            assert found["plt_uid"]["domain"] == "tracker.localhost"
            assert await stored(page) == {"plt.device"}
            await page.goto(shop.url + "privacy")
            policy = await page.inner_text("main")
            assert [name for name in [*found, "plt.device", "pf.layout"] if name not in policy] == []

            await page.get_by_role("button", name="Cookie settings").first.click()
            await page.get_by_role("button", name="Settings", exact=True).click()
            assert await page.get_by_label("Measuring visits").is_checked() is False
            assert await page.get_by_label("Advertising").is_checked() is False
            await page.get_by_role("button", name="Save my choice").click()
            await page.get_by_role("dialog").wait_for(state="detached")
            assert await cookies(context) == NECESSARY | {"cookie_consent", "plt_uid"}
            assert await stored(page) == set()
    assert contacted(shop) == {"tracker.localhost"}


async def test_faults_leak_before_the_answer(profile):
    with DemoShop(FAULTS) as shop:
        async with browser(profile) as (context, page):
            await walk(page, shop)
            dialog = page.get_by_role("dialog")
            assert await dialog.get_by_role("button").all_inner_texts() == ["Accept all"]
            leaked = {"_plt_id", "pf_ref", "pf_campaign", "_adl_uid", "vid_uid"}
            assert await cookies(context) == NECESSARY | leaked
            assert await stored(page) == {"pf.device"}
            await page.goto(shop.url + "gift-guide")
            assert await page.get_by_role("dialog").count() == 0
    assert contacted(shop) == set(THIRD_PARTIES)


async def test_faults_leak_after_a_refusal(profile):
    with DemoShop(FAULTS) as shop:
        async with browser(profile) as (context, page):
            await answer(page, shop, "Reject all")
            before = len(shop.requests)
            await walk(page, shop)
            leaked = {"cookie_consent", "_plt_id", "_adl_uid", "pf_returning"}
            assert await cookies(context) == NECESSARY | leaked
            assert await stored(page) == set()
            after = {request.host for request in shop.requests[before:]}
    assert after & set(THIRD_PARTIES) == {"tracker.localhost", "ads.localhost"}


@pytest.mark.parametrize(
    ("fault", "leaked"),
    [
        ("analytics-before-consent", {"_plt_id"}),
        ("banner-missing", {"_plt_id"}),
        ("video-before-consent", {"vid_uid"}),
        ("tracker-on-deep-product", {"_adl_uid"}),
    ],
)
async def test_one_fault_leaks_one_cookie(profile, fault, leaked):
    with DemoShop([fault]) as shop:
        async with browser(profile) as (context, page):
            await walk(page, shop)
            assert await cookies(context) == NECESSARY | leaked
            assert await stored(page) == set()
            assert await page.get_by_role("dialog").count() == (0 if fault == "banner-missing" else 1)
