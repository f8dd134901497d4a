"""The three ways to an upstream: direct, through our fault injector, through Toxiproxy."""

import json
import time
import urllib.error
import urllib.request

from processes import BenchmarkError, cpu_seconds, end, free_port, resident_megabytes


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
        self.processes = processes
        self.command = command
        self.ports = {}
        self.process, self.control, _ = self.started()
        self.idle_megabytes, _ = resident_megabytes(self.process)

    def started(self):
        """Another process of it: the process, the port of its control API, and the milliseconds until that was open."""
        port = free_port()
        began = time.perf_counter()
        process = self.processes.start(self.name, [str(part).replace("{port}", str(port)) for part in self.command])
        self.processes.await_port(self.name, process, port)
        return process, port, (time.perf_counter() - began) * 1000

    def start_millis(self):
        """How long one more process takes until its control API can be reached; the process is ended then."""
        process, _, millis = self.started()
        end(process)
        return millis

    def megabytes(self):
        """Memory: when it had just started, now, and the most so far."""
        return (self.idle_megabytes, *resident_megabytes(self.process))

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
