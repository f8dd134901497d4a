"""How exactly toxics and schedules do what was set: latency, bandwidth, toxicity, and when a change is in effect."""

import math
import socket
import threading
import time
from dataclasses import dataclass

REQUEST = b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
ANSWER_END = b"\r\n\r\nok\n"
CHUNK = bytes(64 * 1024)
PATIENCE_SECONDS = 30

# From the start of a schedule to its first event.
LEAD_MILLIS = 200

# Of a normal distribution, 99 % is within that many standard deviations.
SIGMAS_99_PERCENT = 2.576


def latency_round(way, nginx_port, millis, requests):
    """
    Milliseconds by which answers were later than they were to be: the time of each request with the toxic, less the median without it
    and what was set.
    """
    base = sorted(request_millis(way, nginx_port, 100))[50]
    way.add_toxic(nginx_port, type="latency", attributes={"latency": millis})
    try:
        return [time_taken - base - millis for time_taken in request_millis(way, nginx_port, requests)]
    finally:
        way.reset()


def request_millis(way, nginx_port, requests):
    """How long each request took, one after the other on one connection. The first one, which connects, does not count."""
    times = []
    with connect(way.port_to(nginx_port)) as connection:
        for _ in range(requests + 1):
            began = time.perf_counter()
            exchange(connection)
            times.append((time.perf_counter() - began) * 1000)
    return times[1:]


def exchange(connection):
    connection.sendall(REQUEST)
    answer = b""
    while not answer.endswith(ANSWER_END):
        received = connection.recv(65536)
        if not received:
            raise ConnectionResetError("closed before the answer was complete")
        answer += received


def connect(port):
    connection = socket.create_connection(("127.0.0.1", port), PATIENCE_SECONDS)
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return connection


class BulkUpstream:
    """
    An upstream for one connection at a time: who says b"send N\\n" is sent N bytes, and from who says b"take N\\n" N bytes are taken, which
    is confirmed with one byte.
    """

    def __init__(self):
        self.server = socket.create_server(("127.0.0.1", 0))
        self.port = self.server.getsockname()[1]

    def __enter__(self):
        threading.Thread(target=self.serve, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.server.close()

    def serve(self):
        while True:
            try:
                connection, _ = self.server.accept()
            except OSError:
                return
            with connection:
                try:
                    self.obey(connection)
                except OSError:
                    continue

    @staticmethod
    def obey(connection):
        command = b""
        while not command.endswith(b"\n"):
            byte = connection.recv(1)
            if not byte:
                return
            command += byte
        verb, size = command.split()
        if verb == b"send":
            send(connection, int(size))
        else:
            take(connection, int(size))
            connection.sendall(b"!")
        connection.recv(1)


def send(connection, size):
    while size > 0:
        size -= connection.send(CHUNK[:size])


def take(connection, size):
    while size > 0:
        received = len(connection.recv(min(size, 1 << 20)))
        if received == 0:
            raise ConnectionResetError(f"closed with {size} bytes missing")
        size -= received


def bandwidth_round(way, bulk, stream, kilobytes_per_second, seconds):
    """By how many percent the rate of a transfer of that length was too high, or too low (negative)."""
    size = kilobytes_per_second * 1000 * seconds
    way.add_toxic(bulk.port, type="bandwidth", stream=stream, attributes={"rate": kilobytes_per_second})
    try:
        with connect(way.port_to(bulk.port)) as connection:
            began = time.perf_counter()
            if stream == "downstream":
                connection.sendall(b"send %d\n" % size)
                take(connection, size)
            else:
                connection.sendall(b"take %d\n" % size)
                send(connection, size)
                take(connection, 1)
            took = time.perf_counter() - began
    finally:
        way.reset()
    return (size / took / (kilobytes_per_second * 1000) - 1) * 100


@dataclass(frozen=True)
class Hits:
    """Connections that were hit, of all, and how many had to be hit."""

    hit: int
    connections: int
    toxicity: float

    def bounds(self):
        """Between which the hits are in 99 of 100 such rounds, when each connection draws independently."""
        middle = self.connections * self.toxicity
        reach = SIGMAS_99_PERCENT * math.sqrt(middle * (1 - self.toxicity))
        return math.ceil(middle - reach), math.floor(middle + reach)

    def within_bounds(self):
        low, high = self.bounds()
        return low <= self.hit <= high


def toxicity_round(way, nginx_port, toxicity, connections):
    """Opens connections one after the other, and counts those that are reset instead of answered."""
    way.add_toxic(nginx_port, type="reset_peer", toxicity=toxicity, attributes={"timeout": 0})
    try:
        hit = sum(is_reset(way.port_to(nginx_port)) for _ in range(connections))
    finally:
        way.reset()
    return Hits(hit, connections, toxicity)


def on_and_off(toxic, proxy, events, gap_millis):
    """A timeline that adds a toxic and removes it in turn."""
    changes = [{"toxic": toxic}, {"remove": toxic["name"]}]
    return [{"at": LEAD_MILLIS + number * gap_millis, "proxy": proxy, **changes[number % 2]} for number in range(events)]


def schedule_round(way, nginx_port, connections, events, gap_millis):
    """
    By how many milliseconds the changes of a schedule were late, until they were in effect on all open connections; as the fault
    injector says. They add a toxic and take it off in turn.
    """
    port = way.port_to(nginx_port)
    held = [connect(port) for _ in range(connections)]
    try:
        for connection in held:
            exchange(connection)
        timeline = on_and_off({"name": "late", "type": "latency"}, way.proxy(nginx_port), events, gap_millis)
        way.call("PUT", "/schedule", {"events": timeline})
        time.sleep((LEAD_MILLIS + events * gap_millis) / 1000)
        while (schedule := way.call("GET", "/schedule"))["state"] == "running":
            time.sleep(0.1)
        return [event["lateness"] for event in schedule["events"]]
    finally:
        way.reset()
        for connection in held:
            connection.close()


def seen_schedule_round(way, nginx_port, events, gap_millis):
    """
    The same as a client sees it: how long after it was due a change was seen in a response, on one connection with one request after the
    other. When the schedule began is known from the control API, which is asked once; how long that takes is counted as lateness.
    """
    fault = {"name": "busy", "type": "http_status", "attributes": {"status": 503, "body": "ok\n"}}
    timeline = on_and_off(fault, way.proxy(nginx_port), events, gap_millis)
    late = []
    with connect(way.port_to(nginx_port)) as connection:
        exchange(connection)
        way.call("PUT", "/schedule", {"events": timeline})
        try:
            asked = time.perf_counter()
            began = asked - way.call("GET", "/schedule")["elapsed"] / 1000
            while len(late) < events:
                connection.sendall(REQUEST)
                answer = connection.recv(65536)
                now = (time.perf_counter() - began) * 1000
                if answer.startswith(b"HTTP/1.1 503") == (len(late) % 2 == 0):
                    late.append(now - LEAD_MILLIS - len(late) * gap_millis)
                if now > LEAD_MILLIS + events * gap_millis + PATIENCE_SECONDS * 1000:
                    raise TimeoutError(f"only {len(late)} of {events} changes were seen")
        finally:
            way.reset()
    return late


def is_reset(port):
    try:
        with connect(port) as connection:
            exchange(connection)
    except (ConnectionResetError, BrokenPipeError):
        return True
    return False
