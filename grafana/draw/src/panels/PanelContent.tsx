import type { DataFrame } from '@grafana/data';

import type { Mark } from '../annotations';
import type { PanelModel } from '../model';
import { HeatmapPanel } from './HeatmapPanel';
import { StateTimelinePanel } from './StateTimelinePanel';
import { StatPanel } from './StatPanel';
import { TimeSeriesPanel } from './TimeSeriesPanel';

export interface PanelProps {
  readonly panel: PanelModel;
  /** What the queries found, with the panel's field configuration applied. */
  readonly frames: DataFrame[];
  readonly from: number;
  readonly to: number;
  readonly marks: readonly Mark[];
  readonly width: number;
  readonly height: number;
}

export function PanelContent(props: PanelProps) {
  switch (props.panel.type) {
    case 'timeseries':
      return <TimeSeriesPanel {...props} />;
    case 'stat':
      return <StatPanel {...props} />;
    case 'state-timeline':
      return <StateTimelinePanel {...props} />;
    case 'heatmap':
      return <HeatmapPanel {...props} />;
    default:
      throw new Error(`Nobody draws panels of the type ${props.panel.type}`);
  }
}
