"""A small client of POST /v1/filter on Twisted, which Scrapy runs on."""

import dataclasses
import io

from scrapy.utils.defer import maybe_deferred_to_future
from twisted.internet import task
from twisted.web.client import Agent, FileBodyProducer, HTTPConnectionPool, readBody
from twisted.web.http_headers import Headers

BUSY = (429, 503)


class DrossError(Exception):
    """The page could not be filtered: dross is down, busy, or refuses it."""


@dataclasses.dataclass(frozen=True)
class Answer:
    """What dross says of a page. Body is None where nothing was removed."""

    verdict: str
    removed_bytes: int
    categories: str
    body: "bytes | None"


class DrossClient:
    """Sends pages to one dross. Connections are kept open and shared."""

    def __init__(self, url, timeout=10.0, retries=3, longest_wait=10.0):
        from twisted.internet import reactor  # Scrapy chooses it, so not at import

        self.reactor = reactor
        self.url = url.rstrip("/").encode() + b"/v1/filter"
        self.timeout, self.retries, self.longest_wait = timeout, retries, longest_wait
        self.pool = HTTPConnectionPool(reactor)
        self.pool.maxPersistentPerHost = 16
        self.agent = Agent(reactor, connectTimeout=timeout, pool=self.pool)

    async def filter(self, body, content_type):
        """Returns the Answer for a page; tries again while dross is busy or away."""
        for attempt in range(self.retries + 1):
            wait = min(0.2 * 2**attempt, self.longest_wait)
            try:
                status, headers, answer = await self._post(body, content_type)
            except Exception as e:  # Twisted has no common parent for what goes wrong on the way
                failure = DrossError(f"dross is not reached: {e!r}")
            else:
                if status in (200, 204):
                    return self._answer(status, headers, answer)
                failure = DrossError(f"dross answers {status}")
                if status not in BUSY:
                    raise failure
                wait = min(_seconds(headers, wait), self.longest_wait)
            if attempt < self.retries:
                await maybe_deferred_to_future(task.deferLater(self.reactor, wait))
        raise failure

    async def _post(self, body, content_type):
        headers = Headers({b"Prefer": [b"return=minimal"]})
        if content_type:
            headers.addRawHeader(b"Content-Type", content_type)
        request = self.agent.request(b"POST", self.url, headers, FileBodyProducer(io.BytesIO(body)))
        response = await maybe_deferred_to_future(request.addTimeout(self.timeout, self.reactor))
        answer = await maybe_deferred_to_future(readBody(response).addTimeout(self.timeout, self.reactor))
        return response.code, response.headers, answer

    @staticmethod
    def _answer(status, headers, body):
        def text(name):
            return headers.getRawHeaders(name, [b""])[0].decode("ascii")

        clean = status == 204 or text(b"Dross-Verdict") == "clean"
        return Answer(text(b"Dross-Verdict"), int(text(b"Dross-Removed-Bytes") or 0), text(b"Dross-Categories"), None if clean else body)

    def close(self):
        """Closes idle connections; returns a Deferred."""
        return self.pool.closeCachedConnections()


def _seconds(headers, otherwise):
    try:
        return max(0.0, float(headers.getRawHeaders(b"Retry-After", [b""])[0]))
    except ValueError:
        return otherwise
