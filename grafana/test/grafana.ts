// Grafana's own types, under names that none of them has. They are what the files are compared with.
import type * as dashboard from '../node_modules/@grafana/schema/dist/types/raw/dashboard/x/types.gen.js';
import type * as heatmap from '../node_modules/@grafana/schema/dist/types/raw/composable/heatmap/panelcfg/x/types.gen.js';
import type * as stat from '../node_modules/@grafana/schema/dist/types/raw/composable/stat/panelcfg/x/types.gen.js';
import type * as stateTimeline from '../node_modules/@grafana/schema/dist/types/raw/composable/statetimeline/panelcfg/x/types.gen.js';
import type * as timeSeries from '../node_modules/@grafana/schema/dist/types/raw/composable/timeseries/panelcfg/x/types.gen.js';

export type DashboardFile = dashboard.Dashboard;
export type StandardFieldConfig = dashboard.FieldConfig;

export type StatOptions = stat.Options;
export type TimeSeriesOptions = timeSeries.Options;
export type TimeSeriesFieldConfig = timeSeries.FieldConfig;
export type StateTimelineOptions = stateTimeline.Options;
export type StateTimelineFieldConfig = stateTimeline.FieldConfig;
export type HeatmapOptions = heatmap.Options;
export type HeatmapFieldConfig = heatmap.FieldConfig;
