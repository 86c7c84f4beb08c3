"""Follows every link of a site and stores its pages as dross leaves them.

    scrapy runspider example/spider.py -a start=http://localhost:8000/ -a out=pages \
        -s DROSS_URL=http://127.0.0.1:8866 -s DROSS_ON_FAILURE=fail_closed
"""

import pathlib
import urllib.parse

import scrapy


class StoreSpider(scrapy.Spider):
    """Stores the bytes of each page under its path."""

    name = "store"
    custom_settings = {"DOWNLOADER_MIDDLEWARES": {"scrapy_dross.DrossMiddleware": 545}}

    def __init__(self, start, out, **kwargs):
        super().__init__(**kwargs)
        self.start_urls = [start]
        self.allowed_domains = [urllib.parse.urlsplit(start).hostname]
        self.out = pathlib.Path(out)

    def parse(self, response):
        file = self.out / urllib.parse.urlsplit(response.url).path.lstrip("/")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(response.body)
        yield from response.follow_all(css="a")
