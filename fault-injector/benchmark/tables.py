"""From the rounds to Markdown tables, and a list of the goals that were not reached."""

import math
from statistics import median

from tools import TOXIPROXY_NAME

TITLES = {"direct": "Direct", "ours": "Ours", "toxiproxy": TOXIPROXY_NAME}
LATENCY_GOALS_MILLIS = {50: 1.0, 99: 3.0}
BANDWIDTH_GOAL_PERCENT = 2.0


class Tables:
    """Collects the lines of all tables. ``names`` are those of the ways that were measured, in the order of the columns."""

    def __init__(self, names):
        self.names = names
        self.lines = []
        self.shortfalls = []

    def head(self, *columns, names=None):
        cells = [*columns, *(TITLES[name] for name in names or self.names)]
        if "toxiproxy" in self.names and not names:
            cells.append("Ours / Toxiproxy")
        self.lines += ["", row(cells), row(["---"] * len(columns) + ["--:"] * (len(cells) - len(columns)))]

    def compare(self, label, what, rounds, digits, higher_is_better=None):
        """
        One line of medians. ``rounds`` has a list of figures for each way, in the order of the rounds. The ratio is the median of each
        round's own ratio, which noise that lasts longer than a round leaves alone; in brackets the smallest and the largest.
        """
        cells = [label, what] + [number(median(rounds[name]), digits) if name in rounds else "" for name in self.names]
        if "toxiproxy" in self.names:
            ratios = [a / b for a, b in zip(rounds["ours"], rounds["toxiproxy"]) if b > 0]
            ratio = median(ratios) if ratios else math.nan
            cells.append(f"{ratio:.2f} ({min(ratios):.2f}–{max(ratios):.2f})" if ratios else "")
            if higher_is_better is not None and (ratio < 1 if higher_is_better else ratio > 1):
                self.shortfalls.append(f"{label}, {what}: {ratio:.2f} times Toxiproxy's")
        self.lines.append(row(cells))

    def http(self, rounds):
        """``rounds[label][way]`` is a list of rounds."""
        self.head("HTTP", "")
        for label, ways in rounds.items():

            def figures(name):
                return {way: [getattr(one, name) for one in list_] for way, list_ in ways.items()}

            self.compare(label, "requests a second", figures("rate"), 0, higher_is_better=True)
            self.compare(label, "p50, ms", figures("p50_millis"), 3, higher_is_better=False)
            self.compare(label, "p99, ms", figures("p99_millis"), 3, higher_is_better=False)
            self.compare(label, "processor time of the proxy for a request, µs", without_direct(figures("cpu_micros")), 1)

    def bulk(self, rounds):
        """``rounds[stream][way]`` is a list of pairs: megabytes a second, and processor seconds for a gigabyte."""
        self.head("Bulk, one connection", "")
        for stream, ways in rounds.items():
            self.compare(stream, "MB a second", {way: [one[0] for one in list_] for way, list_ in ways.items()}, 0, True)
            cpu = without_direct({way: [one[1] for one in list_] for way, list_ in ways.items()})
            self.compare(stream, "processor time of the proxy for a GB, s", cpu, 2)

    def process(self, start_millis, megabytes):
        """``start_millis[way]`` is a list of times until the control API could be reached; ``megabytes[way]`` idle, after load, and at most."""
        self.head("Process", "")
        self.compare("start", "ms until the control API can be reached", start_millis, 0, higher_is_better=False)
        for number, label in enumerate(("just started", "after all of this", "at most")):
            self.compare("memory", f"{label}, MB", {way: [values[number]] for way, values in megabytes.items()}, 0, False)

    def accuracy(self, latency, bandwidth, toxicity, lateness):
        """
        ``latency[millis][way]`` is a list of rounds, each with all errors; ``bandwidth[kilobytes, stream][way]`` a list of errors;
        ``toxicity[way]`` the hits; ``lateness[label]`` a list of rounds, each with all latenesses, of ours: Toxiproxy has no
        schedules.
        """
        names = [name for name in self.names if name != "direct"]
        self.head("What was set", "Figure", "Goal", names=names)
        for millis, ways in latency.items():
            for percent, goal in LATENCY_GOALS_MILLIS.items():
                values = {name: percentile([error for one in ways[name] for error in one], percent) for name in names}
                cells = {name: f"{value:+.2f} ms" for name, value in values.items()}
                self.judge(f"latency of {millis} ms", f"error at p{percent}", f"{goal:.0f} ms", cells, abs(values["ours"]) <= goal)
        for (kilobytes, stream), ways in bandwidth.items():
            values = {name: median(ways[name]) for name in names}
            cells = {name: f"{value:+.2f} %" for name, value in values.items()}
            met = abs(values["ours"]) <= BANDWIDTH_GOAL_PERCENT
            self.judge(f"bandwidth of {kilobytes} KB/s, {stream}", "error of the rate", f"{BANDWIDTH_GOAL_PERCENT:.0f} %", cells, met)
        some = next(iter(toxicity.values()))
        low, high = some.bounds()
        cells = {name: f"{hits.hit}" for name, hits in toxicity.items()}
        what = f"connections hit, of {some.connections}"
        self.judge(f"reset_peer, toxicity {some.toxicity}", what, f"{low} to {high}", cells, toxicity["ours"].within_bounds())
        for label, rounds in lateness.items():
            for percent in (50, 99):
                value = percentile([late for one in rounds for late in one], percent)
                cells = [f"{value:+.2f} ms" if name == "ours" else "has none" for name in names]
                self.lines.append(row([f"schedule, {label}", f"lateness of a change at p{percent}", "none", *cells]))

    def judge(self, toxic, figure, goal, cells, met):
        self.lines.append(row([toxic, figure, goal, *cells.values()]))
        if not met:
            self.shortfalls.append(f"{toxic}, {figure}: {cells['ours']}; the goal is {goal}")

    def text(self):
        if self.shortfalls:
            verdict = ["Goals that were not reached:", "", *(f"- {shortfall}" for shortfall in self.shortfalls)]
        else:
            verdict = ["All goals were reached."]
        return "\n".join([*self.lines, "", *verdict]).strip()


def without_direct(figures):
    return {way: values for way, values in figures.items() if way != "direct"}


def row(cells):
    return f"| {' | '.join(cells)} |"


def number(value, digits):
    return f"{value:,.{digits}f}"


def percentile(values, percent):
    """The smallest value that is not exceeded by that many percent."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(len(ordered) * percent / 100) - 1)]
