"""The middleware against a real dross: python3 -m unittest, with SCRAPY_DROSS_BINARY."""

import threading
import unittest

from scrapy.http import HtmlResponse, Request, Response
from scrapy.utils.test import get_crawler

from scrapy_dross import DrossMiddleware, DrossRejected, DrossUnavailable

from . import service

LINE = "online casino, casino bonus, no deposit bonus, real money casino, mobile casino, crypto casino, bitcoin casino, sweepstakes casino"
TEXT = "".join(
    f"<p>{s}</p>\n"
    for s in (
        "The council has signed a contract for the roof of the library, which has leaked since last winter.",
        "Work starts on the fourth of the month and should take six weeks, during which the reading room moves.",
        "Residents who would like to see the drawings can find them at the front desk on any weekday.",
    )
)
PAGE = "<html><body>\n%s\n<h1>Roof repairs</h1>\n" + TEXT + "</body></html>\n"
HTML = "text/html; charset=utf-8"
MEMORY = 64 << 10


def middleware(url, **settings):
    mw = DrossMiddleware.from_crawler(get_crawler(settings_dict={"DROSS_URL": url, "DROSS_RETRIES": 0, **settings}))
    return mw


def run(mw, body, content_type=HTML, meta=None, kind=HtmlResponse):
    response = kind("http://site.test/a", body=body, headers={"Content-Type": content_type})
    request = Request("http://site.test/a", meta=meta or {})
    return response, service.wait(mw.process_response(request, response, None))


class WithService(unittest.TestCase):
    flags = ()

    @classmethod
    def setUpClass(cls):
        service.start_reactor()
        cls.dross = service.Service(*cls.flags)

    @classmethod
    def tearDownClass(cls):
        cls.dross.stop()


class Pages(WithService):
    def setUp(self):
        self.mw = middleware(self.dross.url)

    def test_block_is_cut(self):
        _, got = run(self.mw, (PAGE % f"<p>{LINE}</p>").encode())
        self.assertEqual(got.body, (PAGE % "").encode())
        self.assertEqual(got.flags, ["dross-stripped"])
        self.assertIsInstance(got, HtmlResponse)
        self.assertEqual(self.mw.stats.get_value("dross/stripped"), 1)
        self.assertEqual(self.mw.stats.get_value("dross/removed_bytes"), len(LINE) + 7)

    def test_clean_page_is_the_same(self):
        came, got = run(self.mw, (PAGE % "").encode())
        self.assertIs(got, came)
        self.assertEqual(self.mw.stats.get_value("dross/clean"), 1)

    def test_charset_stays(self):
        page = "<html><body>\n%s<p>本月十二日，公司第三条阀门生产线在新厂区正式投产，首批订单为四百台高压闸阀。</p>\n" + TEXT + "</body></html>"
        _, got = run(self.mw, (page % f"<p>{LINE}</p>").encode("gbk"), "text/html; charset=gbk")
        self.assertEqual(got.body, (page % "").encode("gbk"))
        self.assertIn("阀门", got.text)

    def test_wholly_spam_is_dropped(self):
        with self.assertRaises(DrossRejected):
            run(self.mw, f"<html><body><p>{LINE}</p></body></html>".encode())

    def test_other_types_pass(self):
        came, got = run(self.mw, b"\x89PNG", "image/png", kind=Response)
        self.assertIs(got, came)

    def test_skip(self):
        came, got = run(self.mw, (PAGE % f"<p>{LINE}</p>").encode(), meta={"dross_skip": True})
        self.assertIs(got, came)

    def test_refused_page_follows_the_choice(self):
        bad = "text/html; charset=nonsense"
        with self.assertRaises(DrossUnavailable):
            run(self.mw, (PAGE % "").encode(), bad)
        came, got = run(middleware(self.dross.url, DROSS_ON_FAILURE="fail_open"), (PAGE % "").encode(), bad)
        self.assertEqual((got.body, got.flags), (came.body, ["dross-unfiltered"]))


class Down(unittest.TestCase):
    def setUp(self):
        service.start_reactor()
        self.url = f"http://127.0.0.1:{service.free_port()}"

    def test_fail_closed(self):
        mw = middleware(self.url, DROSS_RETRIES=1)
        with self.assertRaises(DrossUnavailable):
            run(mw, (PAGE % "").encode())
        self.assertEqual(mw.stats.get_value("dross/failed"), 1)

    def test_fail_open(self):
        came, got = run(middleware(self.url, DROSS_ON_FAILURE="fail_open"), (PAGE % LINE).encode())
        self.assertEqual((got.body, got.flags), (came.body, ["dross-unfiltered"]))


class Busy(WithService):
    flags = (f"--limit.page-size={MEMORY}B", f"--limit.body-memory={2 * MEMORY}B", "--limit.request-timeout=2m")

    def setUp(self):
        self.dross.fill_memory(MEMORY)
        self.addCleanup(self.dross.free_memory)

    def test_fail_closed(self):
        with self.assertRaisesRegex(DrossUnavailable, "503"):
            run(middleware(self.dross.url), (PAGE % "").encode())

    def test_fail_open(self):
        came, got = run(middleware(self.dross.url, DROSS_ON_FAILURE="fail_open"), (PAGE % LINE).encode())
        self.assertEqual((got.body, got.flags), (came.body, ["dross-unfiltered"]))

    def test_tries_again(self):
        threading.Timer(0.3, self.dross.free_memory).start()
        _, got = run(middleware(self.dross.url, DROSS_RETRIES=3), (PAGE % f"<p>{LINE}</p>").encode())
        self.assertEqual(got.body, (PAGE % "").encode())


class Configuration(unittest.TestCase):
    def test_unknown_choice(self):
        with self.assertRaisesRegex(ValueError, "DROSS_ON_FAILURE"):
            middleware("http://127.0.0.1:1", DROSS_ON_FAILURE="fail_ajar")

    def test_switched_off(self):
        from scrapy.exceptions import NotConfigured

        with self.assertRaises(NotConfigured):
            middleware("http://127.0.0.1:1", DROSS_ENABLED=False)
