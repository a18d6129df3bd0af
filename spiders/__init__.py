"""Everything that touches the shop: the crawl, the visits in Chromium, the consent driver, the collectors."""
