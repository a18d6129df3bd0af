"""The built-in demo shop: a small storefront on loopback whose faults can be switched on one by one.

>>> with DemoShop(faults=FAULTS) as shop:
...     audit(shop.url)

``DemoShop()`` is the clean twin. The shop, its brand, its company and its people are invented.
"""

from auditor.demo.faults import FAULTS, VARIANTS, Expected, expected_findings
from auditor.demo.server import DemoShop, serve_forever

__all__ = ["FAULTS", "VARIANTS", "DemoShop", "Expected", "expected_findings", "serve_forever"]
