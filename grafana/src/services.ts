import type * as dashboard from '@grafana/grafana-foundation-sdk/dashboard';

import { choice, framed } from './frame.js';
import { row, type Section } from './layout.js';
import { lines, stacked, states } from './panels.js';
import { CONNECTIONS, PRESENCE, REJECTIONS, SERVICES, STATUSES } from './palette.js';
import { quantile, range } from './queries.js';
import { text } from './text.js';

const chosen = 'job=~"$job", instance=~"$instance"';
/** Without what Prometheus, health checks and people at the console ask. */
const requests = `${chosen}, uri!~"/actuator.*"`;
const instance = '{{job}} {{instance}}';

const variables = [
  choice({
    name: 'job',
    label: 'Service',
    description: 'One of the four services.',
    values: 'label_values(capacity_requests_active, job)',
  }),
  choice({
    name: 'instance',
    label: 'Instance',
    description: 'An instance of the service, by its address.',
    values: 'label_values(capacity_requests_active{job=~"$job"}, instance)',
  }),
];

const work: Section = {
  heading: 'Work',
  rows: [
    row(
      7,
      states({
        title: 'Each instance was there, or gone',
        description: text`
          Whether it answered Prometheus, once a second. A gap in all other graphs and red here: it crashed, hung or
          was paused. No bar: nobody expected it.`,
        swatches: PRESENCE,
        targets: [range(`up{${chosen}}`, instance)],
      }),
    ),
    row(
      9,
      stacked({
        title: 'Services answered this many requests a second, by status',
        description: text`
          Chosen services together, without requests to the actuator. Blue was answered, sky blue was the caller's
          mistake, red was an error, purple (504) was too late for its deadline.`,
        unit: 'suffix:/s',
        min: 0,
        swatches: STATUSES,
        targets: [
          range(
            `sum by (status) (rate(http_server_requests_seconds_count{${requests}}[$__rate_interval]))`,
            '{{status}}',
          ),
        ],
      }),
      lines({
        title: '95 of 100 requests took each service at most this long',
        description: text`
          As the service itself measures it: waiting for its turn included, the way through the network not. A service
          that waits for a slow upstream is slow, too: the lowest slow one is where to look.`,
        unit: 's',
        min: 0,
        swatches: SERVICES,
        targets: [
          quantile(
            `histogram_quantile(0.95, sum by (job, le) (rate(http_server_requests_seconds_bucket{${requests}}[$__rate_interval])))`,
            '{{job}}',
          ),
        ],
      }),
    ),
  ],
};

const capacity: Section = {
  heading: 'Capacity',
  rows: [
    row(
      9,
      lines({
        title: 'This many requests were worked on at a time',
        description: text`
          A line for each instance. A flat top is the limit of the service: what comes beyond waits, and is on the
          right.`,
        unit: 'none',
        min: 0,
        swatches: SERVICES,
        found: 'by start',
        targets: [range(`capacity_requests_active{${chosen}}`, instance)],
      }),
      lines({
        title: 'This many requests waited for their turn',
        description: text`
          A line for each instance. What waits here is time that a user waits; a long queue makes answers late for
          their deadlines.`,
        unit: 'none',
        min: 0,
        atLeastTo: 10,
        swatches: SERVICES,
        found: 'by start',
        targets: [range(`capacity_requests_queued{${chosen}}`, instance)],
      }),
      stacked({
        title: 'This many requests a second were turned away, by reason',
        description: text`
          Chosen services together. Turned away at once, before any work: because the queue was full, or because the
          caller would not have waited long enough.`,
        unit: 'suffix:/s',
        min: 0,
        swatches: REJECTIONS,
        targets: [
          range(`sum by (reason) (rate(capacity_requests_rejected_total{${chosen}}[$__rate_interval]))`, '{{reason}}'),
        ],
      }),
    ),
  ],
};

const machine: Section = {
  heading: 'Java',
  rows: [
    row(
      9,
      lines({
        title: "Each instance used this share of the machine's processors",
        description: text`
          All processors together are 100 %, of the container if it has a limit. Near 100 %, latency is about the
          processor and not about upstreams.`,
        unit: 'percentunit',
        min: 0,
        max: 1,
        swatches: SERVICES,
        found: 'by start',
        targets: [range(`process_cpu_usage{${chosen}}`, instance)],
      }),
      lines({
        title: 'Garbage collection paused each instance this much of its time',
        description: text`
          Over a minute. Above a few per cent users feel it; much more, together with a full heap, means too little
          memory. An instance that has not collected yet is at zero.`,
        unit: 'percentunit',
        min: 0,
        atLeastTo: 0.05,
        swatches: SERVICES,
        found: 'by start',
        targets: [
          range(
            `sum by (job, instance) (rate(jvm_gc_pause_seconds_sum{${chosen}}[1m])) or 0 * up{${chosen}}`,
            instance,
          ),
        ],
      }),
      lines({
        title: 'Each instance had this many platform threads',
        description: text`
          Without virtual threads, which requests run on from Java 21. Before, a line that climbs with latency means
          threads that wait for an upstream.`,
        unit: 'none',
        min: 0,
        swatches: SERVICES,
        found: 'by start',
        targets: [range(`jvm_threads_live_threads{${chosen}}`, instance)],
      }),
    ),
    row(
      9,
      lines({
        title: 'Each instance filled this share of its heap',
        description: text`
          A saw: it rises with work and falls with each collection. Its low points are what is really needed; when
          those climb, memory leaks or requests pile up.`,
        unit: 'percentunit',
        min: 0,
        max: 1,
        swatches: SERVICES,
        found: 'by start',
        targets: [
          range(
            `sum by (job, instance) (jvm_memory_used_bytes{${chosen}, area="heap"}) / sum by (job, instance) (jvm_memory_max_bytes{${chosen}, area="heap"} > 0)`,
            instance,
          ),
        ],
      }),
      lines({
        title: 'Each instance used this much memory',
        description: text`
          Heap, classes and compiled code; thread stacks and network buffers come on top. Compare with the memory
          limit of the container.`,
        unit: 'bytes',
        min: 0,
        swatches: SERVICES,
        found: 'by start',
        targets: [range(`sum by (job, instance) (jvm_memory_used_bytes{${chosen}})`, instance)],
      }),
      stacked({
        title: 'Services had this many connections to their upstreams',
        description: text`
          Chosen services together. By upstream, and with what they are used for: see the dashboard Gateway.`,
        unit: 'none',
        min: 0,
        swatches: CONNECTIONS,
        targets: CONNECTIONS.map(({ key }) =>
          range(`sum by (state) (api_client_connections{${chosen}, state="${key}"})`, '{{state}}'),
        ),
      }),
    ),
  ],
};

export function services(): dashboard.Dashboard {
  return framed({
    uid: 'stability-services',
    title: 'Services',
    description: text`
      The four services from the inside: their work, their capacity, and Java below them. Colours are services; an
      instance is a line. Choose services and instances at the top.`,
    variables,
    sections: [work, capacity, machine],
  });
}
