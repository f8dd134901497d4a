import { dateTime } from '@grafana/data';
import { TimeSeries, type UPlotConfigBuilder, useTheme2 } from '@grafana/ui';
import { useLayoutEffect } from 'react';

import { drawMarks, type Mark } from '../annotations';
import type { PanelProps } from './PanelContent';

/** Grafana's own component of that name. */
export function TimeSeriesPanel({ panel, frames, from, to, marks, width, height }: PanelProps) {
  const range = { from: dateTime(from), to: dateTime(to) };
  return (
    <TimeSeries
      frames={frames}
      timeRange={{ ...range, raw: range }}
      timeZone="utc"
      width={width}
      height={height}
      legend={panel.options.legend}
      options={panel.options}
    >
      {(builder) => <Marks builder={builder} marks={marks} />}
    </TimeSeries>
  );
}

function Marks({ builder, marks }: { builder: UPlotConfigBuilder; marks: readonly Mark[] }) {
  const theme = useTheme2();
  // Before the chart is made from the builder, which happens in an effect of the parent.
  useLayoutEffect(() => drawMarks(builder, marks, theme), [builder, marks, theme]);
  return null;
}
