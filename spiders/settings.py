"""Scrapy's settings: what holds for every crawl here, and what the configuration adds."""

from __future__ import annotations

from typing import Any

from auditor.config import Config

BOT_NAME = "storefront-auditor"
SPIDER_MODULES = ["auditor.spiders.shop"]

# The frontier and the evidence are in the run: the scheduler takes addresses from it, the spider writes pages to it.
SCHEDULER = "auditor.spiders.scheduler.RunScheduler"
DUPEFILTER_CLASS = "scrapy.dupefilters.BaseDupeFilter"

# Redirects, retries, robots.txt, cookies and headers are our own: each address is one page of evidence.
DOWNLOADER_MIDDLEWARES = {
    "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    "scrapy.downloadermiddlewares.httpauth.HttpAuthMiddleware": None,
    "scrapy.downloadermiddlewares.downloadtimeout.DownloadTimeoutMiddleware": None,
    "scrapy.downloadermiddlewares.defaultheaders.DefaultHeadersMiddleware": None,
    "scrapy.downloadermiddlewares.useragent.UserAgentMiddleware": None,
    "scrapy.downloadermiddlewares.retry.RetryMiddleware": None,
    "scrapy.downloadermiddlewares.redirect.MetaRefreshMiddleware": None,
    "scrapy.downloadermiddlewares.redirect.RedirectMiddleware": None,
    "scrapy.downloadermiddlewares.cookies.CookiesMiddleware": None,
    "scrapy.downloadermiddlewares.stats.DownloaderStats": None,
    "scrapy.downloadermiddlewares.httpcache.HttpCacheMiddleware": None,
    "auditor.spiders.politeness.Politeness": 100,
}
SPIDER_MIDDLEWARES = {
    "scrapy.spidermiddlewares.start.StartSpiderMiddleware": None,
    "scrapy.spidermiddlewares.httperror.HttpErrorMiddleware": None,
    "scrapy.spidermiddlewares.referer.RefererMiddleware": None,
    "scrapy.spidermiddlewares.urllength.UrlLengthMiddleware": None,
    "scrapy.spidermiddlewares.depth.DepthMiddleware": None,
    "scrapy.spidermiddlewares.metacopy.MetaCopyDetectionMiddleware": None,
}
EXTENSIONS = {
    "scrapy.extensions.corestats.CoreStats": None,
    "scrapy.extensions.logcount.LogCount": None,
    "scrapy.extensions.telnet.TelnetConsole": None,
    "scrapy.extensions.memusage.MemoryUsage": None,
    "scrapy.extensions.memdebug.MemoryDebugger": None,
    "scrapy.extensions.closespider.CloseSpider": None,
    "scrapy.extensions.feedexport.FeedExporter": None,
    "scrapy.extensions.logstats.LogStats": None,
    "scrapy.extensions.spiderstate.SpiderState": None,
    "scrapy.extensions.remote_control.RemoteControl": None,
}
TELNETCONSOLE_ENABLED = False
REMOTE_CONTROL_ENABLED = False  # on by default, and it runs Python that it is sent
STATS_DUMP = False

CONCURRENT_ITEMS = 1  # the spider yields none, and Scrapy makes so many tasks for each answer

# A "least delay" that is varied at random would be no least delay.
DOWNLOAD_DELAY_JITTER = 0
# A page whose connection was cut short is judged by what came.
DOWNLOAD_FAIL_ON_DATALOSS = False
DOWNLOAD_WARNSIZE = 0
AUTOTHROTTLE_START_DELAY = 0
MAX_DELAY = 10.0  # seconds that AutoThrottle may put between two requests


def for_run(config: Config) -> dict[str, Any]:
    """All of the above, and what the configuration says."""
    crawl = config.crawl
    settings = {name: value for name, value in globals().items() if name.isupper()}
    settings |= {
        "CONCURRENT_REQUESTS": crawl.concurrency,
        "CONCURRENT_REQUESTS_PER_DOMAIN": crawl.concurrency,
        "DOWNLOAD_DELAY": crawl.delay,
        "DOWNLOAD_MAXSIZE": crawl.max_size,
        "DOWNLOAD_VERIFY_CERTIFICATES": config.tls_verify,
        "AUTOTHROTTLE_ENABLED": crawl.autothrottle,
        "AUTOTHROTTLE_MAX_DELAY": max(MAX_DELAY, crawl.delay),  # it would shorten a longer delay
        "AUTOTHROTTLE_TARGET_CONCURRENCY": float(crawl.concurrency),
    }
    if config.ca_file and config.tls_verify:
        handler = "auditor.spiders.tls.ExtraAuthorityHandler"
        settings |= {"DOWNLOAD_HANDLERS": {"https": handler}, "AUDITOR_CA_FILE": config.ca_file}
    return settings
