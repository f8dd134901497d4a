import type * as dashboard from '@grafana/grafana-foundation-sdk/dashboard';

import { choice, framed } from './frame.js';
import { each, type Section } from './layout.js';
import { lines, stacked, states } from './panels.js';
import { BREAKERS, CONNECTIONS, OUTCOMES, PLACES, QUANTILES, SERVICES, WINDOW } from './palette.js';
import { occurring, quantile, range } from './queries.js';
import { text } from './text.js';

const caller = 'job=~"$job", instance=~"$instance"';
const called = `${caller}, upstream=~"$upstream"`;
/** Resilience4j calls the upstream of a breaker or a bulkhead its name. */
const resilience = `${caller}, name=~"$upstream"`;

const variables = [
  choice({
    name: 'job',
    label: 'Caller',
    description: 'The service that calls.',
    values: 'label_values(api_client_calls_seconds_count, job)',
  }),
  choice({
    name: 'instance',
    label: 'Instance',
    description: 'An instance of the caller, by its address.',
    values: 'label_values(api_client_calls_seconds_count{job=~"$job"}, instance)',
  }),
  choice({
    name: 'upstream',
    label: 'Upstream',
    description: 'The service that is called. Each has a column of its own.',
    values: 'label_values(api_client_calls_seconds_count{job=~"$job"}, upstream)',
  }),
];

const calls: Section = {
  heading: 'Calls: what callers of the gateway got',
  rows: [
    each(
      'upstream',
      8,
      stacked({
        title: 'Calls to $upstream ended like this',
        description: text`
          One call is one question of the caller, with all its retries. The height is how often was asked, whatever
          came of it.`,
        unit: 'suffix:/s',
        min: 0,
        swatches: OUTCOMES,
        targets: [
          range(
            `sum by (outcome) (rate(api_client_calls_seconds_count{${called}, outcome="success"}[$__rate_interval]))`,
            '{{outcome}}',
          ),
          range(occurring('outcome', `api_client_calls_seconds_count{${called}, outcome!="success"}`), '{{outcome}}'),
        ],
      }),
    ),
    each(
      'upstream',
      8,
      lines({
        title: 'Calls to $upstream took at most this long',
        description: text`
          Half, 95 and 99 of 100 of them, retries and the waits between them included: it is what the caller waited.
          Calls that an open breaker turned away take no time and pull all lines down.`,
        unit: 's',
        min: 0,
        swatches: QUANTILES,
        targets: QUANTILES.map(({ key }) =>
          quantile(
            `histogram_quantile(${key}, sum by (le) (rate(api_client_calls_seconds_bucket{${called}}[$__rate_interval])))`,
            key,
          ),
        ),
      }),
    ),
    each(
      'upstream',
      7,
      stacked({
        title: 'A fallback stood in for $upstream, by cause',
        description: text`
          Each of these was a failure that the user did not see as one: the page came without this part. An upstream
          without a fallback (auth) stays at zero.`,
        unit: 'suffix:/s',
        min: 0,
        swatches: OUTCOMES,
        targets: [range(occurring('cause', `api_client_fallbacks_total{${called}}`), '{{cause}}')],
      }),
    ),
    each(
      'upstream',
      7,
      stacked({
        title: 'A stale answer stood in for $upstream, by cause',
        description: text`
          Each of these calls failed and got an earlier answer of $upstream instead. Zero where stale-if-error is off,
          which is the default.`,
        unit: 'suffix:/s',
        min: 0,
        swatches: OUTCOMES,
        targets: [range(occurring('cause', `api_client_stale_answers_total{${called}}`), '{{cause}}')],
      }),
    ),
  ],
};

const attempts: Section = {
  heading: 'Attempts and retries: what went over the wire',
  rows: [
    each(
      'upstream',
      8,
      stacked({
        title: 'Attempts on $upstream ended like this',
        description: text`
          Each attempt is one request on the wire. Higher than the calls above means retries; lower means that the
          breaker kept calls away. "Bulkhead full" means that no connection came free, and nothing was sent.`,
        unit: 'suffix:/s',
        min: 0,
        swatches: OUTCOMES,
        targets: [
          range(
            `sum by (outcome) (rate(api_client_attempts_seconds_count{${called}, outcome="success"}[$__rate_interval]))`,
            '{{outcome}}',
          ),
          range(
            occurring('outcome', `api_client_attempts_seconds_count{${called}, outcome!="success"}`),
            '{{outcome}}',
          ),
        ],
      }),
    ),
    each(
      'upstream',
      7,
      stacked({
        title: 'Retries were sent to $upstream, by cause',
        description: text`
          A retry is named by the failure before it. Retries that find the breaker open are not sent and not counted.`,
        unit: 'suffix:/s',
        min: 0,
        swatches: OUTCOMES,
        targets: [range(occurring('cause', `api_client_retries_total{${called}}`), '{{cause}}')],
      }),
    ),
    each(
      'upstream',
      7,
      lines({
        title: 'The budget refused this many retries to $upstream',
        description: text`
          The call ended with the failure that it had, and $upstream was spared another attempt. Zero where retry
          budgets are off, which they are unless somebody switches them on.`,
        unit: 'suffix:/s',
        min: 0,
        swatches: SERVICES,
        targets: [
          range(`sum by (job) (rate(api_client_retries_refused_total{${called}}[$__rate_interval]))`, '{{job}}'),
        ],
      }),
    ),
  ],
};

const breakers: Section = {
  heading: 'Circuit breakers',
  rows: [
    each(
      'upstream',
      6,
      states({
        title: 'The breaker for $upstream was in this state',
        description: text`
          A bar for each instance that calls. Blue is closed, red is open, yellow is half-open: one probe may go
          through, and decides. No bar: no breaker, because the policy is off.`,
        swatches: BREAKERS,
        targets: [range(`instance_upstream:circuit_breaker_state:code{${called}}`, '{{job}} {{instance}}')],
      }),
    ),
    each(
      'upstream',
      7,
      lines({
        title: 'The breaker for $upstream saw this share go wrong',
        description: text`
          Of the calls in its window; the worst of the chosen instances. The breaker opens when a share reaches its
          threshold, 50 % for failures unless it is set otherwise. No line: too few calls in the window to judge.`,
        unit: 'percent',
        min: 0,
        max: 100,
        swatches: WINDOW,
        targets: [
          range(`max(resilience4j_circuitbreaker_failure_rate{${resilience}} >= 0)`, 'failures'),
          range(`max(resilience4j_circuitbreaker_slow_call_rate{${resilience}} >= 0)`, 'slow calls'),
        ],
      }),
    ),
    each(
      'upstream',
      7,
      stacked({
        title: 'Breakers kept this many calls a second from $upstream',
        description: text`
          What open breakers did not let through, by caller. With the breaker inside the retry each attempt counts, so
          a call may count more than once.`,
        unit: 'suffix:/s',
        min: 0,
        swatches: SERVICES,
        targets: [
          range(
            `sum by (job) (rate(resilience4j_circuitbreaker_not_permitted_calls_total{${resilience}}[$__rate_interval]))`,
            '{{job}}',
          ),
        ],
      }),
    ),
  ],
};

const room: Section = {
  heading: 'Bulkheads and connections',
  rows: [
    each(
      'upstream',
      7,
      lines({
        title: 'This many of the places for $upstream were taken',
        description: text`
          Places in the bulkhead, all chosen instances together: calls under way. When all places are taken further
          calls fail at once as "bulkhead full", so that one slow upstream cannot hold every thread. No lines: no
          bulkhead, because the policy is off.`,
        unit: 'none',
        min: 0,
        swatches: PLACES,
        targets: [
          range(
            `sum(resilience4j_bulkhead_max_allowed_concurrent_calls{${resilience}}) - sum(resilience4j_bulkhead_available_concurrent_calls{${resilience}})`,
            'taken',
          ),
          range(`sum(resilience4j_bulkhead_max_allowed_concurrent_calls{${resilience}})`, 'all'),
        ],
      }),
    ),
    each(
      'upstream',
      7,
      stacked({
        title: 'This many connections to $upstream were there',
        description: text`
          In use, idle (kept for the next attempt) or waited for, all chosen instances together. Connections that are
          waited for mean that there are fewer than there are calls; many in use with few calls mean that the upstream
          is slow.`,
        unit: 'none',
        min: 0,
        swatches: CONNECTIONS,
        targets: CONNECTIONS.map(({ key }) =>
          range(`sum by (state) (api_client_connections{${called}, state="${key}"})`, '{{state}}'),
        ),
      }),
    ),
  ],
};

export function gateway(): dashboard.Dashboard {
  return framed({
    uid: 'stability-gateway',
    title: 'Gateway',
    description: text`
      Each upstream in a column, each policy in a row: what was asked, what went over the wire, what was kept away.
      Choose callers, instances and upstreams at the top.`,
    variables,
    sections: [calls, attempts, breakers, room],
  });
}
