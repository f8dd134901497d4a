import type * as dashboard from '@grafana/grafana-foundation-sdk/dashboard';

import { framed } from './frame.js';
import { row, type Section } from './layout.js';
import { figure, heat, lines, stacked, states } from './panels.js';
import { BLUE, BREAKERS, BURN_WINDOWS, ORANGE, OUTCOMES, PAGES, QUANTILES, SERVICES, VERMILLION } from './palette.js';
import { buckets, instant, occurringRates, range } from './queries.js';
import { text } from './text.js';

/** The share of pages that may fail: the objective is that 99.9 % of pages are available. As in the alerts' rules. */
const ERROR_BUDGET = 0.001;
const OBJECTIVE = 0.999;

const owed = 'outcome=~"full|degraded|failed"';

const atAGlance: Section = {
  heading: 'Is the page there?',
  rows: [
    row(
      4,
      figure({
        title: 'This share of pages was available',
        description: text`
          Full and degraded pages, of all that somebody was owed, over the dashboard's time range. Blue meets the
          objective of 99.9 %; orange misses it; red is less than 99 %. A page that was refused (401, 403) is the
          caller's own mistake and does not count.`,
        unit: 'percentunit',
        decimals: 2,
        min: 0,
        max: 1,
        colour: VERMILLION,
        steps: [
          { from: 0.99, colour: ORANGE },
          { from: OBJECTIVE, colour: BLUE },
        ],
        target: instant(
          'sum(increase(homepage_pages_seconds_count{job="homepage", outcome=~"full|degraded"}[$__range]))' +
            ` / sum(increase(homepage_pages_seconds_count{job="homepage", ${owed}}[$__range]))`,
          'available',
        ),
      }),
      figure({
        title: 'This share of pages was degraded',
        description: text`
          Pages that came without recommendations or without popular items, over the dashboard's time range. They
          count as available: they are what graceful degradation saved. Blue is less than one in a hundred.`,
        unit: 'percentunit',
        decimals: 2,
        min: 0,
        max: 1,
        colour: BLUE,
        steps: [{ from: 0.01, colour: ORANGE }],
        target: instant(
          'sum(increase(homepage_pages_seconds_count{job="homepage", outcome="degraded"}[$__range]))' +
            ` / sum(increase(homepage_pages_seconds_count{job="homepage", ${owed}}[$__range]))`,
          'degraded',
        ),
      }),
      figure({
        title: 'The error budget burns this fast',
        description: text`
          Share of failed pages in the last five minutes, divided by the share that may fail (0.1 %). At 1 the budget
          lasts exactly as long as it should; at 14.4 a month's budget is gone in two days, and somebody is called.`,
        unit: 'suffix:×',
        decimals: 1,
        min: 0,
        colour: BLUE,
        steps: [
          { from: 1, colour: ORANGE },
          { from: 14.4, colour: VERMILLION },
        ],
        target: instant(`job:homepage_pages_failed:ratio_rate5m{job="homepage"} / ${ERROR_BUDGET}`, 'burn rate'),
      }),
      figure({
        title: 'This many alerts are firing',
        description: text`
          Alerts of Prometheus that are firing now. Which ones, and since when, is on the Alerts page of Prometheus;
          what to do is in docs/alerts.md.`,
        unit: 'none',
        decimals: 0,
        min: 0,
        colour: BLUE,
        steps: [{ from: 1, colour: VERMILLION }],
        target: instant('sum(ALERTS{alertstate="firing"}) or vector(0)', 'firing'),
      }),
    ),
  ],
};

const pages: Section = {
  heading: 'What users got, and what it took',
  rows: [
    row(
      10,
      stacked({
        title: 'Users got this many pages a second, by what was on them',
        description: text`
          The height is all pages that were answered; its colours say how good they were. In an outage, compare the
          height with the one before: waiting and retries make it fall, an open breaker makes it rise again, since a
          page without recommendations costs one call less.`,
        unit: 'suffix:/s',
        min: 0,
        swatches: PAGES,
        targets: PAGES.map(({ key }) =>
          range(
            `sum by (outcome) (job_outcome:homepage_pages:rate5s{job="homepage", outcome="${key}"})`,
            '{{outcome}}',
          ),
        ),
      }),
      lines({
        title: 'The homepage tried each upstream this often a second',
        description: text`
          Attempts on the wire, retries included. A line that rises above its neighbours while pages fall is a storm
          of retries; a line near zero is an open breaker, and its small steps are probes.`,
        unit: 'suffix:/s',
        min: 0,
        swatches: SERVICES,
        more: 'stability-gateway',
        targets: [
          range('sum by (upstream) (upstream_outcome:api_client_attempts:rate5s{job="homepage"})', '{{upstream}}'),
        ],
      }),
    ),
    row(
      8,
      states({
        title: 'Each circuit breaker was in this state, by instance and upstream',
        description: text`
          Each instance has breakers of its own, which open and close at different times. Blue is closed: all is let
          through. Red is open: nothing is. Yellow is half-open: a probe is on its way. No bar: no breaker, because
          the policy is off.`,
        swatches: BREAKERS,
        // The homepage's first: users see those.
        targets: ['job="homepage"', 'job!="homepage"'].map((job) =>
          range(`instance_upstream:circuit_breaker_state:code{${job}}`, '{{job}} {{instance}} → {{upstream}}'),
        ),
        more: 'stability-gateway',
      }),
    ),
    row(
      9,
      stacked({
        title: 'Attempts on upstreams failed this often a second, by kind',
        description: text`
          What the wire did, upstreams together, as the homepage saw it. While breakers are open only probes fail
          here. The figures beside the names are the greatest values in the time range.`,
        unit: 'suffix:/s',
        min: 0,
        swatches: OUTCOMES,
        legend: 'beside',
        more: 'stability-gateway',
        targets: [
          range(
            occurringRates(
              'outcome',
              'upstream_outcome:api_client_attempts:rate5s{job="homepage", outcome!="success"}',
            ),
            '{{outcome}}',
          ),
        ],
      }),
      stacked({
        title: 'Calls to upstreams failed this often a second, by kind',
        description: text`
          What the page got from the gateway after all retries. "Breaker open" costs no time: the call was not made.
          "Timed out" and "deadline exceeded" cost the most, since a user waited for them.`,
        unit: 'suffix:/s',
        min: 0,
        swatches: OUTCOMES,
        legend: 'beside',
        more: 'stability-gateway',
        targets: [
          range(
            occurringRates('outcome', 'upstream_outcome:api_client_calls:rate5s{job="homepage", outcome!="success"}'),
            '{{outcome}}',
          ),
        ],
      }),
    ),
  ],
};

const time: Section = {
  heading: 'How long users waited',
  rows: [
    row(
      10,
      heat({
        title: 'This many pages took this long, by bucket',
        description: text`
          Each row is a bucket of times, named by its upper end; the brighter, the more pages a second. Two bright
          bands mean two kinds of pages: with a timeout, a second band stands where the timeout is.`,
        unit: 's',
        cellUnit: 'suffix:/s',
        target: buckets(
          'sum by (le) (rate(homepage_pages_seconds_bucket{job="homepage", outcome!="refused"}[$__rate_interval]))',
        ),
      }),
      lines({
        title: 'Half, 95 and 99 of 100 pages took at most this long',
        description: text`
          Quantiles over ten seconds, taken from the buckets on the left, so they are as exact as a bucket is narrow.
          A median that stays low while the 99th percentile is at a timeout means that few users carry the outage.`,
        unit: 's',
        min: 0,
        swatches: QUANTILES,
        more: 'stability-services',
        targets: QUANTILES.map(({ key }) =>
          range(`job_quantile:homepage_pages_seconds:rate10s{job="homepage", quantile="${key}"}`, '{{quantile}}'),
        ),
      }),
    ),
  ],
};

const cost: Section = {
  heading: 'What the outage costs',
  rows: [
    row(
      8,
      lines({
        title: 'One call took this many attempts',
        description: text`
          Attempts divided by calls, over ten seconds. 1 is no retries; 2 is twice the load on an upstream that may be
          struggling already; below 1 an open breaker saves it from most calls.`,
        unit: 'none',
        decimals: 1,
        min: 0,
        atLeastTo: 2,
        swatches: SERVICES,
        targets: [range('upstream:api_client_attempts_per_call:ratio_rate10s{job="homepage"}', '{{upstream}}')],
      }),
      lines({
        title: 'This share of the retry budget was used',
        description: text`
          Retries of the last minute, compared with one for every ten calls, which is what the budget allows. Above
          the dashed line retries are part of the problem, and the alert RetryBudgetExhausted fires.`,
        unit: 'percentunit',
        min: 0,
        atLeastTo: 1.2,
        swatches: SERVICES,
        limits: [{ from: 1, colour: VERMILLION }],
        targets: [range('upstream:api_client_retry_budget_used:ratio_rate1m{job="homepage"}', '{{upstream}}')],
      }),
      lines({
        title: 'The error budget burned this fast, by window',
        description: text`
          Share of failed pages divided by the share that may fail (0.1 %). The alert PageErrorBudgetBurn fires when a
          long window and its short one are both above a limit: 14.4 (dashed red) for an hour and five minutes, 6
          (dashed orange) for six hours and thirty minutes.`,
        unit: 'suffix:×',
        min: 0,
        atLeastTo: 16,
        swatches: BURN_WINDOWS,
        limits: [
          { from: 6, colour: ORANGE },
          { from: 14.4, colour: VERMILLION },
        ],
        // The shortest, which moves first, on top of the others.
        targets: BURN_WINDOWS.toReversed().map(({ key }) =>
          range(`job:homepage_pages_failed:ratio_rate${key}{job="homepage"} / ${ERROR_BUDGET}`, key),
        ),
      }),
    ),
  ],
};

export function availability(): dashboard.Dashboard {
  return framed({
    uid: 'stability-availability',
    title: 'Availability',
    description: text`
      What users get while upstreams break: pages, breakers, errors, times, and what the protection costs. Start here,
      and go to Gateway for one upstream and to Services for one instance.`,
    variables: [],
    sections: [atAGlance, pages, time, cost],
  });
}
