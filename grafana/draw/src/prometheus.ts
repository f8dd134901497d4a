import { type DataFrame, dateTime, FieldType, rangeUtil, toDataFrame } from '@grafana/data';

import type { PanelModel, Target } from './model';
import { type Chosen, interpolate } from './variables';

/** draw.mjs passes requests below this path on to Prometheus. */
const API = '/prometheus/api/v1';

/** `timeInterval` of the provisioned data source, in seconds. */
const SCRAPE_INTERVAL = 1;

interface Result {
  readonly metric: Record<string, string>;
  readonly values?: [number, string][];
  readonly value?: [number, string];
}

async function ask<T>(path: string, parameters: Record<string, string>): Promise<T> {
  const answer = await fetch(`${API}/${path}?${new URLSearchParams(parameters)}`);
  const body = await answer.json();
  if (body.status !== 'success') {
    throw new Error(`${body.error} (${JSON.stringify(parameters)})`);
  }
  return body.data;
}

export async function labelValues(selector: string, label: string, from: number, to: number): Promise<string[]> {
  const values = await ask<string[]>(`label/${label}/values`, {
    'match[]': selector,
    start: String(from / 1000),
    end: String(to / 1000),
  });
  return values.sort();
}

/** Asks as Grafana does: in steps that fit the panel's width, with the macros replaced. */
export async function query(
  panel: PanelModel,
  target: Target,
  chosen: Chosen,
  from: number,
  to: number,
  width: number,
): Promise<DataFrame[]> {
  const range = { from: dateTime(from), to: dateTime(to), raw: { from: String(from), to: String(to) } };
  const points = panel.maxDataPoints ?? Math.round(width);
  const step = rangeUtil.calculateInterval(range, points, `${SCRAPE_INTERVAL}s`).intervalMs / 1000;
  const expr = interpolate(target.expr, chosen)
    .replaceAll('$__rate_interval', `${Math.max(step + SCRAPE_INTERVAL, 4 * SCRAPE_INTERVAL)}s`)
    .replaceAll('$__range', `${Math.round((to - from) / 1000)}s`);

  const { result } = target.instant
    ? await ask<{ result: Result[] }>('query', { query: expr, time: String(to / 1000) })
    : await ask<{ result: Result[] }>('query_range', {
        query: expr,
        start: String(Math.floor(from / 1000 / step) * step),
        end: String(Math.floor(to / 1000 / step) * step),
        step: String(step),
      });
  return result.map((series) => frame(series, target, step));
}

function frame(series: Result, target: Target, step: number): DataFrame {
  const values = series.values ?? (series.value ? [series.value] : []);
  const name = target.legendFormat.replace(/\{\{\s*(\w+)\s*\}\}/g, (_, label: string) => series.metric[label] ?? '');
  return toDataFrame({
    refId: target.refId,
    fields: [
      {
        name: 'Time',
        type: FieldType.time,
        values: values.map(([time]) => time * 1000),
        config: { interval: step * 1000 },
      },
      {
        name: 'Value',
        type: FieldType.number,
        labels: series.metric,
        values: values.map(([, value]) => number(value)),
        config: { displayNameFromDS: name },
      },
    ],
  });
}

/** JSON has no word for these, so Prometheus writes numbers as texts. */
function number(text: string): number | null {
  return text === 'NaN' ? null : Number(text.replace('Inf', 'Infinity'));
}
