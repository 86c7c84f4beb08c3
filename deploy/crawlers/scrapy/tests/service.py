"""A real dross for tests, and a reactor that runs beside them."""

import os
import re
import socket
import subprocess
import tempfile
import threading
import time
import urllib.request

from twisted.internet import defer, reactor, threads

BINARY = os.environ.get("SCRAPY_DROSS_BINARY", "dross")


class Service:
    """A dross process on the loopback interface."""

    def __init__(self, *flags):
        self.log = tempfile.NamedTemporaryFile("r", suffix=".log")
        clean = {k: v for k, v in os.environ.items() if not k.startswith("DROSS_")}
        with open(self.log.name, "w") as log:
            self.process = subprocess.Popen([BINARY, "serve", "--listen=127.0.0.1:0", *flags], stderr=log, env=clean)
        end = time.monotonic() + 30
        while not (ready := re.search(r"msg=ready address=(\S+)", self.text())):
            if self.process.poll() is not None or time.monotonic() > end:
                raise RuntimeError("dross did not start: " + self.text())
            time.sleep(0.05)
        self.address = ready.group(1)
        self.url = "http://" + self.address
        self.hogs = []

    def text(self):
        self.log.seek(0)
        return self.log.read()

    def fill_memory(self, size):
        """Takes all memory for bodies with two requests that never end."""
        self.wait_for_memory(lambda held: held == 0)  # those of the test before may still be ending
        host, port = self.address.rsplit(":", 1)
        for _ in range(2):
            s = socket.create_connection((host, int(port)))
            s.sendall(b"POST /v1/filter HTTP/1.1\r\nHost: t\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n" % size + b"a" * (size - 100))
            self.hogs.append(s)
        self.wait_for_memory(lambda held: held >= 2 * size)

    def wait_for_memory(self, wanted):
        """Waits until what bodies hold is as wanted."""
        end = time.monotonic() + 20
        while True:
            with urllib.request.urlopen(self.url + "/metrics", timeout=10) as answer:
                held = float(re.search(r"^dross_body_memory_bytes (\S+)", answer.read().decode(), re.M).group(1))
            if wanted(held):
                return
            if time.monotonic() > end:
                raise RuntimeError(f"bodies hold {held} bytes")
            time.sleep(0.02)

    def free_memory(self):
        while self.hogs:
            self.hogs.pop().close()

    def stop(self):
        self.free_memory()
        self.process.terminate()
        self.process.wait(10)
        self.log.close()


def start_reactor():
    if not reactor.running:
        threading.Thread(target=reactor.run, kwargs={"installSignalHandlers": False}, daemon=True).start()


def wait(coroutine):
    """Runs a coroutine on the reactor and returns its result."""
    return threads.blockingCallFromThread(reactor, lambda: defer.ensureDeferred(coroutine))


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]
