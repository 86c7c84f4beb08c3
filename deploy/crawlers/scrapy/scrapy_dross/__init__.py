"""Scrapy downloader middleware for dross.

    DOWNLOADER_MIDDLEWARES = {"scrapy_dross.DrossMiddleware": 545}

The place 545 is inside of RetryMiddleware (550), RedirectMiddleware (600) and
HttpCompressionMiddleware (590): dross sees final pages, decompressed, and the
HTTP cache keeps originals, so that newer lists work on cached pages too.
"""

from .client import Answer, DrossClient, DrossError
from .middleware import DrossMiddleware, DrossRejected, DrossUnavailable

__all__ = ["Answer", "DrossClient", "DrossError", "DrossMiddleware", "DrossRejected", "DrossUnavailable"]
