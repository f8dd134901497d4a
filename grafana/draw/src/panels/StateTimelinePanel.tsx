import { type DataFrame, FieldType, getFieldDisplayName, type GrafanaTheme2, type ValueMapping } from '@grafana/data';
import { UPlotChart, useTheme2, VizLayout, VizLegend, type VizLegendItem } from '@grafana/ui';
import { useMemo } from 'react';
import type uPlot from 'uplot';

import type { PanelModel } from '../model';
import type { PanelProps } from './PanelContent';
import { chartOfRows, samples } from './rows';

interface Run {
  readonly from: number;
  readonly to: number;
  readonly colour: string;
}

interface Bar {
  readonly name: string;
  readonly runs: readonly Run[];
}

/** Close to Grafana's state timeline, from its parts. */
export function StateTimelinePanel({ panel, frames, from, to, marks, width, height }: PanelProps) {
  const theme = useTheme2();
  const builder = useMemo(() => {
    // The first series is at the top.
    const bars = frames.map((frame) => bar(frame, frames)).reverse();
    const { rowHeight } = panel.options;
    const opacity: number = panel.fieldConfig.defaults.custom?.fillOpacity ?? 70;
    return chartOfRows({
      theme,
      from,
      to,
      marks,
      names: bars.map(({ name }) => name),
      namesAt: 'middle',
      draw: (u) => draw(u, bars, rowHeight, opacity / 100),
    });
  }, [panel, frames, from, to, marks, theme]);

  return (
    <VizLayout width={width} height={height} legend={legend(panel, theme)}>
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

function bar(frame: DataFrame, frames: DataFrame[]): Bar {
  const field = frame.fields.find(({ type }) => type === FieldType.number);
  const { times, values, step } = samples(frame);
  const runs: Run[] = [];
  times.forEach((time, index) => {
    const value = values[index];
    const colour = value === null || value === undefined ? undefined : field?.display?.(value).color;
    if (!colour) {
      return;
    }
    const last = runs.at(-1);
    if (last && last.colour === colour && time - last.to < step) {
      runs[runs.length - 1] = { ...last, to: time + step };
    } else {
      runs.push({ from: time, to: time + step, colour });
    }
  });
  return { name: field ? getFieldDisplayName(field, frame, frames) : '', runs };
}

function draw(u: uPlot, bars: readonly Bar[], share: number, opacity: number): void {
  const { ctx, bbox } = u;
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  ctx.globalAlpha = opacity;
  bars.forEach(({ runs }, row) => {
    const top = Math.round(u.valToPos(row + 0.5 + share / 2, 'y', true));
    const bottom = Math.round(u.valToPos(row + 0.5 - share / 2, 'y', true));
    for (const { from, to, colour } of runs) {
      const left = Math.round(u.valToPos(from, 'x', true));
      ctx.fillStyle = colour;
      ctx.fillRect(left, top, Math.round(u.valToPos(to, 'x', true)) - left, bottom - top);
    }
  });
  ctx.restore();
}

/** What there is to see, not what is there: each state of the panel's mappings. */
function legend(panel: PanelModel, theme: GrafanaTheme2) {
  const items = (panel.fieldConfig.defaults.mappings ?? []).flatMap((mapping: ValueMapping) =>
    Object.values(mapping.options).map(
      (state): VizLegendItem => ({
        label: state.text,
        color: theme.visualization.getColorByName(state.color),
        yAxis: 1,
      }),
    ),
  );
  const { placement, displayMode } = panel.options.legend;
  return (
    <VizLayout.Legend placement={placement}>
      <VizLegend placement={placement} displayMode={displayMode} items={items} />
    </VizLayout.Legend>
  );
}
