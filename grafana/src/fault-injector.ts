import type * as dashboard from '@grafana/grafana-foundation-sdk/dashboard';

import { choice, framed } from './frame.js';
import { row, type Section } from './layout.js';
import { figure, heat, lines, stacked, states } from './panels.js';
import {
  BLUE,
  EFFECT,
  HTTP_TOXICS,
  LISTENING,
  LOSSES,
  MEMORY,
  ORANGE,
  PRESENCE,
  QUANTILES,
  SERVICES,
  TOXICS,
  VERMILLION,
} from './palette.js';
import { buckets, instant, occurring, range } from './queries.js';
import { text } from './text.js';

const injector = 'job="fault-injector"';
const chosen = `${injector}, proxy=~"$proxy"`;
const inEffect = `fault_injector_toxics_in_effect{${chosen}}`;

const variables = [
  choice({
    name: 'proxy',
    label: 'Proxy',
    description: 'A proxy of the fault injector. It has the name of the service behind it.',
    values: `label_values(fault_injector_proxy_enabled{${injector}}, proxy)`,
  }),
];

const now: Section = {
  heading: 'What is broken?',
  rows: [
    row(
      4,
      figure({
        title: 'This many proxies refuse connections',
        description: text`
          Proxies that are disabled now. To their callers the service behind it is gone: whoever connects is refused
          at once.`,
        unit: 'none',
        decimals: 0,
        min: 0,
        colour: BLUE,
        steps: [{ from: 1, colour: VERMILLION }],
        target: instant(`sum(1 - fault_injector_proxy_enabled{${chosen}})`, 'refusing'),
      }),
      figure({
        title: 'This many toxics are in effect',
        description: text`
          Toxics that have begun, of all kinds. One whose delay is not over is not among them. With a toxicity below 1
          a toxic is in effect, and yet spares some connections.`,
        unit: 'none',
        decimals: 0,
        min: 0,
        colour: BLUE,
        steps: [{ from: 1, colour: ORANGE }],
        target: instant(`sum(${inEffect})`, 'in effect'),
      }),
      figure({
        title: 'This many scheduled events are still to come',
        description: text`
          Of the schedule that was posted to the injector last: it will go on breaking and mending things by itself.
          DELETE /schedule cancels it.`,
        unit: 'none',
        decimals: 0,
        min: 0,
        colour: BLUE,
        steps: [{ from: 1, colour: ORANGE }],
        target: instant(`sum(fault_injector_schedule_events{${injector}, state="pending"})`, 'to come'),
      }),
      figure({
        title: 'This many connections are open now',
        description: text`
          Connections of clients through the chosen proxies. Without any, callers have given up, or nobody calls.`,
        unit: 'none',
        decimals: 0,
        min: 0,
        colour: BLUE,
        steps: [],
        target: instant(`sum(fault_injector_connections_open{${chosen}})`, 'open'),
      }),
    ),
    row(
      8,
      states({
        title: 'Each proxy let connections in, or refused them',
        description: text`
          Red is a proxy that is disabled. That is how the lab's fault "down" is made. Compare with the breakers of the
          callers, on the dashboard Gateway, to see how soon they found out.`,
        swatches: LISTENING,
        more: 'stability-gateway',
        targets: [range(`fault_injector_proxy_enabled{${chosen}}`, '{{proxy}}')],
      }),
      states({
        title: 'Each toxic was in effect at these times',
        description: text`
          A bar for each kind of toxic on each proxy, if there was one in the dashboard's time range. "downstream" acts
          on answers, "upstream" on requests.`,
        swatches: EFFECT,
        more: 'stability-gateway',
        targets: [
          range(
            `(${inEffect} > bool 0) and (max_over_time(${inEffect}[$__range] @ end()) > 0)` +
              ' or on () label_replace(vector(0), "proxy", "no toxic", "", "")',
            '{{proxy}} {{type}} {{stream}}',
          ),
        ],
      }),
    ),
  ],
};

const hits: Section = {
  heading: 'What it did to connections and requests',
  rows: [
    row(
      9,
      stacked({
        title: 'Toxics took hold of this many connections a second, by type',
        description: text`
          A toxic takes hold of a connection once: of those that are open when it begins, and of each new one. So a
          peak and then silence is a toxic on connections that are kept, and a plateau is callers that connect again
          and again.`,
        unit: 'suffix:/s',
        min: 0,
        swatches: TOXICS,
        targets: [
          range(occurring('type', `fault_injector_connections_hit_total{${chosen}, type!~"http_.*"}`), '{{type}}'),
        ],
      }),
      stacked({
        title: 'Toxics hit this many requests a second, by type',
        description: text`
          Toxics that understand HTTP hit single requests. Compare with the attempts on the dashboard Gateway to see
          which share of them was hit.`,
        unit: 'suffix:/s',
        min: 0,
        swatches: HTTP_TOXICS,
        more: 'stability-gateway',
        targets: [
          range(occurring('type', `fault_injector_requests_hit_total{${chosen}, type=~"http_.*"}`), '{{type}}'),
        ],
      }),
      stacked({
        title: 'This many connections a second were lost, by cause',
        description: text`
          Connections that the injector had let in. Those that a disabled proxy refuses never reach it, and nobody
          counts them here: callers do, as "connection failed" on the dashboard Gateway. An upstream out of reach is no
          fault of the injector's: the service itself is down, and callers see "connection lost".`,
        unit: 'suffix:/s',
        min: 0,
        swatches: LOSSES,
        more: 'stability-gateway',
        targets: [
          range(`sum(rate(fault_injector_connections_cut_total{${chosen}}[$__rate_interval]))`, 'cut'),
          range(`sum(rate(fault_injector_connections_failed_total{${chosen}}[$__rate_interval]))`, 'no upstream'),
        ],
      }),
    ),
    row(
      9,
      heat({
        title: 'Toxics held this many chunks of bytes back, by how long',
        description: text`
          Each row is a bucket of times, named by its upper end; the brighter, the more chunks a second. A request or a
          short answer is one chunk or two. A chunk counts when it is passed on: one whose caller has given up before
          that is not here. Empty: nothing was held back.`,
        unit: 's',
        cellUnit: 'suffix:/s',
        target: buckets(`sum by (le) (rate(fault_injector_added_latency_seconds_bucket{${chosen}}[$__rate_interval]))`),
      }),
      lines({
        title: 'Half, 95 and 99 of 100 chunks were held at most this long',
        description: text`
          Of those that a toxic held back, taken from the buckets on the left, so as exact as a bucket is narrow. No
          line: nothing was held back.`,
        unit: 's',
        min: 0,
        swatches: QUANTILES,
        targets: QUANTILES.map(({ key }) =>
          range(
            `histogram_quantile(${key}, sum by (le) (rate(fault_injector_added_latency_seconds_bucket{${chosen}}[$__rate_interval])))`,
            key,
          ),
        ),
      }),
    ),
  ],
};

const traffic: Section = {
  heading: 'What passed through',
  rows: [
    row(
      8,
      lines({
        title: 'This many connections were open, by proxy',
        description: text`
          A line that climbs is callers that wait for a slow upstream, each on a connection of its own. A line that
          drops to zero is a proxy that was disabled.`,
        unit: 'none',
        min: 0,
        swatches: SERVICES,
        targets: [range(`fault_injector_connections_open{${chosen}}`, '{{proxy}}')],
      }),
      lines({
        title: 'Callers made this many connections a second, by proxy',
        description: text`
          Callers keep connections and use them again, so this is near zero while all is well. In an outage each
          attempt may need a new one, and a timeout costs one.`,
        unit: 'suffix:/s',
        min: 0,
        swatches: SERVICES,
        targets: [
          range(
            `sum by (proxy) (rate(fault_injector_connections_accepted_total{${chosen}}[$__rate_interval]))`,
            '{{proxy}}',
          ),
        ],
      }),
    ),
    row(
      8,
      lines({
        title: 'Requests made this many bytes a second, by proxy',
        description: text`
          Bytes that were passed on to the upstream. A line at zero is an upstream that nobody asks: because its proxy
          is disabled, or because breakers are open.`,
        unit: 'Bps',
        min: 0,
        swatches: SERVICES,
        targets: [
          range(
            `sum by (proxy) (rate(toxiproxy_proxy_sent_bytes_total{${chosen}, direction="upstream"}[$__rate_interval]))`,
            '{{proxy}}',
          ),
        ],
      }),
      lines({
        title: 'Answers made this many bytes a second, by proxy',
        description: text`
          Bytes that were passed on to clients. Requests on the left without answers here are an upstream that is slow,
          or a black hole.`,
        unit: 'Bps',
        min: 0,
        swatches: SERVICES,
        targets: [
          range(
            `sum by (proxy) (rate(toxiproxy_proxy_sent_bytes_total{${chosen}, direction="downstream"}[$__rate_interval]))`,
            '{{proxy}}',
          ),
        ],
      }),
      lines({
        title: 'This many bytes a second went in and not out, by proxy',
        description: text`
          Bytes that were read from one side and not passed on to the other: a toxic drops them, holds them back, or
          answers in their stead. Latency shows here while it holds its first bytes, a black hole for as long as bytes
          come.`,
        unit: 'Bps',
        min: 0,
        swatches: SERVICES,
        targets: [
          range(
            `sum by (proxy) (clamp_min(rate(toxiproxy_proxy_received_bytes_total{${chosen}}[$__rate_interval]) - rate(toxiproxy_proxy_sent_bytes_total{${chosen}}[$__rate_interval]), 0))`,
            '{{proxy}}',
          ),
        ],
      }),
    ),
  ],
};

const itself: Section = {
  heading: 'The injector itself',
  rows: [
    row(
      8,
      states({
        title: 'The injector was there, or gone',
        description: text`
          Whether it answered Prometheus, once a second. While it is gone everything behind it is gone for its callers,
          and all other graphs here have a gap.`,
        swatches: PRESENCE,
        targets: [range(`up{${injector}}`, '{{instance}}')],
      }),
      lines({
        title: 'It kept this many processors busy',
        description: text`
          1 is one processor all of the time. Near the number of processors that it may use, it delays what it passes
          on, and what one measures is the injector.`,
        unit: 'none',
        min: 0,
        atLeastTo: 1,
        swatches: [],
        targets: [range(`rate(process_cpu_seconds_total{${injector}}[$__rate_interval])`, '{{instance}}')],
      }),
      stacked({
        title: 'It used this much memory, by what for',
        description: text`
          Buffers grow when toxics hold bytes back, or when a reader is slower than its sender; they are kept for the
          next bytes. Thread stacks come on top.`,
        unit: 'bytes',
        min: 0,
        swatches: MEMORY,
        targets: [
          range(`sum by (area) (jvm_memory_used_bytes{${injector}, area="nonheap"})`, '{{area}}'),
          range(`sum by (area) (jvm_memory_used_bytes{${injector}, area="heap"})`, '{{area}}'),
          range(`sum(fault_injector_buffers_bytes{${injector}, area="direct"})`, 'buffers'),
        ],
      }),
    ),
  ],
};

export function faultInjector(): dashboard.Dashboard {
  return framed({
    uid: 'stability-fault-injector',
    title: 'Fault injector',
    description: text`
      What is broken on purpose, now and in the last minutes: disabled proxies, toxics, what they did to connections,
      requests and bytes. Choose proxies at the top.`,
    variables,
    sections: [now, hits, traffic, itself],
  });
}
