"""The downloader middleware."""

import logging

from scrapy import signals
from scrapy.exceptions import IgnoreRequest, NotConfigured

from .client import DrossClient, DrossError

logger = logging.getLogger(__name__)

FAIL_OPEN, FAIL_CLOSED = "fail_open", "fail_closed"
PAGE_TYPES = (b"text/html", b"application/xhtml+xml", b"text/plain", b"text/markdown")


class DrossRejected(IgnoreRequest):
    """The page is wholly spam; the request's errback gets this."""


class DrossUnavailable(IgnoreRequest):
    """The page could not be filtered and DROSS_ON_FAILURE is fail_closed."""


class DrossMiddleware:
    """Replaces the body of pages by what dross leaves of it.

    Settings:

    DROSS_URL          where dross listens (http://127.0.0.1:8866)
    DROSS_ON_FAILURE   "fail_closed" (the default): a page that could not be
                       filtered is not handed on; "fail_open": it is handed on as
                       it came, with the flag "dross-unfiltered"
    DROSS_TIMEOUT      seconds for one attempt (10)
    DROSS_RETRIES      attempts after the first, while dross is away or busy (3)
    DROSS_ENABLED      False switches the middleware off (True)

    Request.meta["dross_skip"] leaves one page alone. Stripped pages carry the flag
    "dross-stripped". Counts are in the stats under dross/.
    """

    def __init__(self, client, on_failure, stats):
        self.client, self.on_failure, self.stats = client, on_failure, stats

    @classmethod
    def from_crawler(cls, crawler):
        s = crawler.settings
        if not s.getbool("DROSS_ENABLED", True):
            raise NotConfigured("DROSS_ENABLED is False")
        on_failure = s.get("DROSS_ON_FAILURE", FAIL_CLOSED)
        if on_failure not in (FAIL_OPEN, FAIL_CLOSED):
            raise ValueError(f"DROSS_ON_FAILURE is {on_failure!r}, not {FAIL_OPEN} or {FAIL_CLOSED}")
        client = DrossClient(s.get("DROSS_URL", "http://127.0.0.1:8866"), s.getfloat("DROSS_TIMEOUT", 10), s.getint("DROSS_RETRIES", 3))
        mw = cls(client, on_failure, crawler.stats)
        crawler.signals.connect(client.close, signal=signals.spider_closed)
        return mw

    async def process_response(self, request, response, spider):
        """Part of Scrapy's interface for middlewares."""
        content_type = response.headers.get(b"Content-Type", b"")
        if request.meta.get("dross_skip") or not response.body or not _is_page(content_type):
            return response
        try:
            answer = await self.client.filter(response.body, content_type)
        except DrossError as e:
            return self._failed(response, e)
        self.stats.inc_value(f"dross/{answer.verdict}")
        self.stats.inc_value("dross/removed_bytes", answer.removed_bytes)
        if answer.verdict == "rejected":
            raise DrossRejected(f"wholly spam ({answer.categories})")
        if answer.body is None:
            return response
        return response.replace(body=answer.body, flags=response.flags + ["dross-stripped"])

    def _failed(self, response, error):
        self.stats.inc_value("dross/failed")
        if self.on_failure == FAIL_CLOSED:
            raise DrossUnavailable(str(error)) from error
        logger.warning("not filtered: %s: %s", response.url, error)
        return response.replace(flags=response.flags + ["dross-unfiltered"])


def _is_page(content_type):
    """Reports whether dross judges the type; without one it finds out itself."""
    return not content_type or content_type.split(b";")[0].strip().lower() in PAGE_TYPES
