"""Makes docs/report.png: audits the demo shop and takes a picture of the first screen of its HTML report.

Run it as ``.venv/bin/python docs/screenshot.py`` after a change to the report.
"""

import asyncio
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.async_api import async_playwright

from auditor.spiders.browser import find

PICTURE = Path(__file__).with_name("report.png")
SIZE = {"width": 1100, "height": 1150}


async def picture(report: Path) -> None:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=await find(playwright), args=["--no-sandbox"])
        page = await browser.new_page(viewport=SIZE)
        await page.goto(report.as_uri())
        await page.screenshot(path=PICTURE)
        await browser.close()


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        run = Path(folder) / "run"
        subprocess.run([Path(sys.executable).parent / "auditor", "demo", "--out", run], check=True)
        asyncio.run(picture(run / "report.html"))


if __name__ == "__main__":
    main()
