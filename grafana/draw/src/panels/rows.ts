import { type DataFrame, FieldType, type GrafanaTheme2 } from '@grafana/data';
import { AxisPlacement, GraphDrawStyle, ScaleDirection, ScaleOrientation } from '@grafana/schema';
import { measureText, UPLOT_AXIS_FONT_SIZE, UPlotConfigBuilder } from '@grafana/ui';
import type uPlot from 'uplot';

import { drawMarks, type Mark } from '../annotations';

export interface Rows {
  readonly theme: GrafanaTheme2;
  readonly from: number;
  readonly to: number;
  /** From the lowest to the highest. */
  readonly names: readonly string[];
  /** Whether a name stands at the upper end of its row, or in the middle. */
  readonly namesAt: 'end' | 'middle';
  readonly marks: readonly Mark[];
  /** Draws everything. A row begins at its number and is 1 high. */
  readonly draw: (u: uPlot) => void;
}

/**
 * A chart of rows over time. Grafana's state timeline and heat map are such charts, but are not among the components that it
 * publishes: this has their axes from Grafana's parts, and what is in the rows is drawn here.
 */
export function chartOfRows({ theme, from, to, names, namesAt, marks, draw }: Rows): UPlotConfigBuilder {
  const builder = new UPlotConfigBuilder('utc');
  const height = names.length;
  const shift = namesAt === 'end' ? 1 : 0.5;
  builder.addScale({
    scaleKey: 'x',
    isTime: true,
    orientation: ScaleOrientation.Horizontal,
    direction: ScaleDirection.Right,
    range: () => [from, to],
  });
  builder.addScale({
    scaleKey: 'y',
    orientation: ScaleOrientation.Vertical,
    direction: ScaleDirection.Up,
    range: () => [0, height],
  });
  builder.addAxis({
    scaleKey: 'x',
    isTime: true,
    placement: AxisPlacement.Bottom,
    timeZone: 'utc',
    theme,
    grid: { show: false },
  });
  builder.addAxis({
    scaleKey: 'y',
    placement: AxisPlacement.Left,
    theme,
    size: Math.max(...names.map((name) => measureText(name, UPLOT_AXIS_FONT_SIZE).width)) + 12,
    grid: { show: false },
    ticks: { show: false },
    splits: () => names.map((_, index) => index + shift),
    values: () => [...names],
  });
  builder.addSeries({
    scaleKey: 'y',
    theme,
    drawStyle: GraphDrawStyle.Points,
    pathBuilder: () => null,
    pointsBuilder: () => false,
  });
  builder.addHook('drawSeries', draw);
  drawMarks(builder, marks, theme);
  return builder;
}

/** The times and values of a series, and how far they are apart, in milliseconds. */
export function samples(frame: DataFrame): { times: number[]; values: (number | null)[]; step: number } {
  const time = frame.fields.find(({ type }) => type === FieldType.time);
  const value = frame.fields.find(({ type }) => type === FieldType.number);
  if (!time || !value) {
    throw new Error(
      `A series without times or without values: ${JSON.stringify(frame.fields.map(({ name }) => name))}`,
    );
  }
  return { times: time.values, values: value.values, step: time.config.interval ?? 0 };
}
