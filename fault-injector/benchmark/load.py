"""Load without toxics: small answers over HTTP with wrk, bulk with iperf3, and nginx as the upstream for HTTP."""

import json
import os
import time
from dataclasses import dataclass
from pathlib import Path

from processes import BenchmarkError, free_port, output

HERE = Path(__file__).parent


@dataclass(frozen=True)
class HttpRound:
    """One round of small requests; ``cpu_micros`` is the proxy's processor time for a request."""

    rate: float
    p50_millis: float
    p99_millis: float
    cpu_micros: float
    errors: int


def start_nginx(processes):
    """Answers every request with a few bytes. Returns its port."""
    port = free_port()
    folder = processes.folder / "nginx"
    folder.mkdir()
    config = (HERE / "nginx.conf").read_text().replace("FOLDER", str(folder)).replace("PORT", str(port))
    (folder / "nginx.conf").write_text(config)
    process = processes.start("nginx", ["nginx", "-p", folder, "-c", folder / "nginx.conf", "-e", folder / "error.log"])
    processes.await_port("nginx", process, port)
    return port


def http_round(way, nginx_port, connections, seconds, churn=False):
    """
    Requests over that many connections, each with one request under way at a time. They are kept alive, or with ``churn`` used for one
    request each.
    """
    url = f"http://127.0.0.1:{way.port_to(nginx_port)}/"
    threads = min(connections, os.cpu_count() or 1)
    cpu = way.cpu_seconds()
    report = output(
        ["wrk", "-t", threads, "-c", connections, "-d", f"{seconds}s", "-s", HERE / "report.lua"]
        + (["-H", "Connection: close"] if churn else [])
        + [url],
    )
    cpu = way.cpu_seconds() - cpu
    values = json.loads(report.rpartition("REPORT ")[2])
    requests = max(1, values["requests"])
    return HttpRound(
        rate=requests / values["seconds"],
        p50_millis=values["p50_micros"] / 1000,
        p99_millis=values["p99_micros"] / 1000,
        cpu_micros=cpu / requests * 1e6,
        errors=values["errors"],
    )


def delayed_round(way, nginx_port, connections, seconds, millis):
    """The same with a latency on every response; requests a second then are at most connections / latency."""
    way.add_toxic(nginx_port, type="latency", attributes={"latency": millis})
    try:
        return http_round(way, nginx_port, connections, seconds)
    finally:
        way.reset()


def start_iperf(processes):
    """Receives and sends bulk. Returns its port."""
    port = free_port()
    process = processes.start("iperf3", ["iperf3", "-s", "-B", "127.0.0.1", "-p", port])
    processes.await_port("iperf3", process, port)
    return port


def bulk_round(way, iperf_port, downstream, seconds):
    """Megabytes (10^6) a second of one stream, and the proxy's processor time for a gigabyte in seconds."""
    command = ["iperf3", "-c", "127.0.0.1", "-p", way.port_to(iperf_port), "-t", seconds, "-J"]
    cpu = way.cpu_seconds()
    received = patiently(command + (["-R"] if downstream else []))["end"]["sum_received"]
    cpu = way.cpu_seconds() - cpu
    return received["bits_per_second"] / 8e6, cpu / max(1, received["bytes"]) * 1e9


def patiently(command):
    """Runs iperf3. Its server takes one test at a time, and may need a moment to see that the last one is over."""
    for _ in range(20):
        report = json.loads(output(command))
        if "error" not in report:
            return report
        time.sleep(0.1)
    raise BenchmarkError(f"iperf3 failed: {report['error']}")
