"""The three ways to an upstream: direct, through our fault injector, through Toxiproxy."""

import json
import urllib.error
import urllib.request

from processes import BenchmarkError, cpu_seconds, free_port


class Direct:
    """No proxy at all."""

    name = "direct"

    def port_to(self, upstream_port):
        return upstream_port

    def cpu_seconds(self):
        return 0.0


class Injector:
    """A running fault injector that speaks Toxiproxy's API."""

    def __init__(self, name, processes, command):
        """Starts it; ``command`` gets the control API's port in place of ``{port}``."""
        self.name = name
        self.control = free_port()
        self.ports = {}
        self.process = processes.start(name, [str(part).replace("{port}", str(self.control)) for part in command])
        processes.await_port(name, self.process, self.control)

    def port_to(self, upstream_port):
        """The port of a proxy in front of that upstream, which is added when there is none yet."""
        if upstream_port not in self.ports:
            upstream = {"name": self.proxy(upstream_port), "listen": "127.0.0.1:0", "upstream": f"127.0.0.1:{upstream_port}"}
            shown = self.call("POST", "/proxies", upstream)
            self.ports[upstream_port] = int(shown["listen"].rpartition(":")[2])
        return self.ports[upstream_port]

    def add_toxic(self, upstream_port, **toxic):
        self.port_to(upstream_port)
        self.call("POST", f"/proxies/{self.proxy(upstream_port)}/toxics", toxic)

    def reset(self):
        """Takes all toxics off."""
        self.call("POST", "/reset", {})

    @staticmethod
    def proxy(upstream_port):
        """The name of the proxy in front of that upstream."""
        return f"upstream-{upstream_port}"

    def call(self, method, path, body=None):
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.control}{path}",
            data=None if body is None else json.dumps(body).encode(),
            method=method,
            headers={"Content-Type": "application/json", "User-Agent": "benchmark"},
        )
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:
                text = answer.read()
        except urllib.error.HTTPError as refusal:
            raise BenchmarkError(f"{self.name} refused {method} {path}: {refusal.read().decode()}") from refusal
        return json.loads(text) if text else None

    def cpu_seconds(self):
        return cpu_seconds(self.process)


def ours(processes, java, jar):
    return Injector("ours", processes, [java, "-jar", jar, "--port", "{port}", "--stop-when-orphaned"])


def toxiproxy(processes, server):
    return Injector("toxiproxy", processes, [server, "-port", "{port}"])
