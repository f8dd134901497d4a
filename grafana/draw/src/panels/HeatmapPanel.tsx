import { type DataFrame, FieldType, formattedValueToString, getValueFormat } from '@grafana/data';
import { UPlotChart, useTheme2, VizLayout } from '@grafana/ui';
import * as schemes from 'd3-scale-chromatic';
import { useMemo } from 'react';
import type uPlot from 'uplot';

import type { PanelProps } from './PanelContent';
import { chartOfRows, samples } from './rows';

interface Cell {
  readonly time: number;
  readonly row: number;
  readonly value: number;
}

interface Cells {
  /** Upper ends of the buckets, from the lowest. */
  readonly ends: readonly number[];
  readonly cells: readonly Cell[];
  readonly step: number;
  readonly greatest: number;
}

/** Close to Grafana's heat map, from its parts. */
export function HeatmapPanel({ panel, frames, from, to, marks, width, height }: PanelProps) {
  const theme = useTheme2();
  const { color, cellGap, cellValues, filterValues, yAxis } = panel.options;
  const found = useMemo(() => cells(frames, filterValues?.le ?? -Infinity), [frames, filterValues]);
  const colours = useMemo(() => steps(color.scheme, color.steps), [color]);
  const builder = useMemo(() => {
    const format = getValueFormat(yAxis.unit);
    const least: number = color.min ?? 0;
    const greatest: number = color.max ?? found.greatest;
    return chartOfRows({
      theme,
      from,
      to,
      marks,
      names: found.ends.map((end) => (end === Infinity ? '+Inf' : formattedValueToString(format(end)))),
      namesAt: 'end',
      draw: (u) =>
        draw(u, found, cellGap, (value) => {
          const share = Math.max(0, (value - least) / (greatest - least)) ** color.exponent;
          return colours[Math.min(colours.length - 1, Math.floor(share * colours.length))] ?? '';
        }),
    });
  }, [found, colours, color, yAxis, cellGap, from, to, marks, theme]);

  const format = getValueFormat(cellValues?.unit);
  return (
    <VizLayout
      width={width}
      height={height}
      legend={
        <VizLayout.Legend placement="bottom">
          <div style={{ display: 'flex', gap: 8, alignItems: 'center', padding: '0 8px', fontSize: 12 }}>
            {formattedValueToString(format(color.min ?? 0, 0))}
            <div style={{ width: 160, height: 8, background: `linear-gradient(to right, ${colours.join(', ')})` }} />
            {formattedValueToString(format(found.greatest, 1))}
          </div>
        </VizLayout.Legend>
      }
    >
      {(chartWidth, chartHeight) => (
        <UPlotChart
          config={builder}
          data={[
            [from, to],
            [0, 0],
          ]}
          width={chartWidth}
          height={chartHeight}
        />
      )}
    </VizLayout>
  );
}

/** Prometheus' buckets hold all that is below their ends, as Grafana's cells do not: each loses what is in the one before. */
function cells(frames: readonly DataFrame[], nothing: number): Cells {
  const rows = frames
    .map((frame) => {
      const le = frame.fields.find(({ type }) => type === FieldType.number)?.labels?.['le'] ?? '';
      return { end: Number(le.replace('Inf', 'Infinity')), ...samples(frame) };
    })
    .sort((a, b) => a.end - b.end);
  const found = rows.flatMap(({ times, values }, row): Cell[] => {
    const below = rows[row - 1];
    return times.map((time, index) => {
      const under = below ? (below.values[below.times.indexOf(time)] ?? 0) : 0;
      return { time, row, value: (values[index] ?? 0) - under };
    });
  });
  return {
    ends: rows.map(({ end }) => end),
    cells: found.filter(({ value }) => value > nothing),
    step: rows[0]?.step ?? 0,
    greatest: Math.max(...found.map(({ value }) => value)),
  };
}

/** The scheme's colours, as Grafana has them from the same library. */
function steps(scheme: string, count: number): string[] {
  const interpolate = (schemes as unknown as Record<string, (share: number) => string>)[`interpolate${scheme}`];
  if (!interpolate) {
    throw new Error(`There are no colours ${scheme}`);
  }
  return Array.from({ length: count }, (_, index) => interpolate(index / (count - 1)));
}

function draw(u: uPlot, { cells: found, step }: Cells, gap: number, colourOf: (value: number) => string): void {
  const { ctx, bbox } = u;
  const space = Math.round(gap * devicePixelRatio);
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  for (const { time, row, value } of found) {
    const left = Math.round(u.valToPos(time, 'x', true));
    const right = Math.round(u.valToPos(time + step, 'x', true));
    const top = Math.round(u.valToPos(row + 1, 'y', true));
    const bottom = Math.round(u.valToPos(row, 'y', true));
    ctx.fillStyle = colourOf(value);
    ctx.fillRect(left, top, Math.max(1, right - left - space), Math.max(1, bottom - top - space));
  }
  ctx.restore();
}
