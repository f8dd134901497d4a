import * as common from '@grafana/grafana-foundation-sdk/common';
import * as dashboard from '@grafana/grafana-foundation-sdk/dashboard';
import * as heatmap from '@grafana/grafana-foundation-sdk/heatmap';
import type * as prometheus from '@grafana/grafana-foundation-sdk/prometheus';
import * as stat from '@grafana/grafana-foundation-sdk/stat';
import * as statetimeline from '@grafana/grafana-foundation-sdk/statetimeline';
import * as timeseries from '@grafana/grafana-foundation-sdk/timeseries';

import { linkTo, type Uid } from './links.js';
import { GREY, type Swatch } from './palette.js';
import { PROMETHEUS } from './queries.js';

interface Text {
  /** A sentence that says what one sees. */
  readonly title: string;
  /** How to read it. */
  readonly description: string;
  /** The dashboard that has more of it. */
  readonly more?: Uid;
}

/** Values from here on have this colour, or are compared with a line of it. */
export interface Step {
  readonly from: number;
  readonly colour: string;
}

/** The least and the greatest value that can be are given as far as they are known. */
interface Values {
  readonly unit: string;
  readonly decimals?: number;
  readonly min?: number;
  readonly max?: number;
}

export interface Series extends Text, Values {
  readonly targets: readonly prometheus.DataqueryBuilder[];
  /** Names and colours of the series, found by their legends. What is not among them is grey. */
  readonly swatches: readonly Swatch[];
  /** What a series is found by: all of its legend, or how it begins, where it goes on with an instance. */
  readonly found?: 'by name' | 'by start';
  /** Below the graph, or beside it with the greatest value of each series, the greatest first. */
  readonly legend?: 'below' | 'beside';
  readonly limits?: readonly Step[];
  /** The axis goes up to here, or further where the data do: so that small values look small. */
  readonly atLeastTo?: number;
}

export interface Figure extends Text, Values {
  readonly target: prometheus.DataqueryBuilder;
  /** The colour below the first step. */
  readonly colour: string;
  readonly steps: readonly Step[];
}

export interface States extends Text {
  readonly targets: readonly prometheus.DataqueryBuilder[];
  /** Keyed by the number of the state. */
  readonly swatches: readonly Swatch[];
}

export interface Heat extends Text {
  readonly target: prometheus.DataqueryBuilder;
  /** Of the buckets. */
  readonly unit: string;
  /** Of what is in them. */
  readonly cellUnit: string;
}

/** Lines: for what does not add up. */
export function lines(series: Series): timeseries.PanelBuilder {
  return timeSeries(series).lineWidth(2).fillOpacity(0);
}

/** Areas on top of each other: for parts of a whole. The first query is at the bottom. */
export function stacked(series: Series): timeseries.PanelBuilder {
  return (
    timeSeries(series)
      // Without lines: one at zero would run along the top of those below it, in the wrong colour.
      .lineWidth(0)
      .fillOpacity(80)
      .stacking(new common.StackingConfigBuilder().mode(common.StackingMode.Normal).group('A'))
  );
}

function timeSeries(series: Series): timeseries.PanelBuilder {
  const panel = new timeseries.PanelBuilder()
    .title(series.title)
    .description(series.description)
    .links(linkTo(series.more))
    .datasource(PROMETHEUS)
    .targets(named(series.targets))
    .unit(series.unit)
    .colorScheme(fixed(GREY))
    .drawStyle(common.GraphDrawStyle.Line)
    .lineInterpolation(common.LineInterpolation.Linear)
    .showPoints(common.VisibilityMode.Never)
    .legend(legend(series.legend ?? 'below'))
    .tooltip(tooltip(common.TooltipDisplayMode.Multi).sort(common.SortOrder.Descending));
  for (const swatch of series.swatches) {
    paint(panel, swatch, series.found ?? 'by name');
  }
  if (series.limits !== undefined) {
    panel
      .thresholds(thresholds('transparent', series.limits))
      .thresholdsStyle(new common.GraphThresholdsStyleConfigBuilder().mode(common.GraphThresholdsStyleMode.Dashed));
  }
  if (series.atLeastTo !== undefined) {
    panel.axisSoftMax(series.atLeastTo);
  }
  return declare(panel, series);
}

/** One figure; its colour says whether it is well. */
export function figure(text: Figure): stat.PanelBuilder {
  const panel = new stat.PanelBuilder()
    .title(text.title)
    .description(text.description)
    .links(linkTo(text.more))
    .datasource(PROMETHEUS)
    .targets(named([text.target]))
    .unit(text.unit)
    .colorScheme(new dashboard.FieldColorBuilder().mode(dashboard.FieldColorModeId.Thresholds))
    .thresholds(thresholds(text.colour, text.steps))
    .reduceOptions(new common.ReduceDataOptionsBuilder().calcs(['lastNotNull']).values(false).fields(''))
    .colorMode(common.BigValueColorMode.Value)
    .graphMode(common.BigValueGraphMode.None)
    .textMode(common.BigValueTextMode.Value)
    .justifyMode(common.BigValueJustifyMode.Auto)
    .percentChangeColorMode(common.PercentChangeColorMode.Standard)
    .wideLayout(true)
    .showPercentChange(false)
    .orientation(common.VizOrientation.Auto);
  return declare(panel, text);
}

/** A bar in time for each series, in the colours of its states. */
export function states(text: States): statetimeline.PanelBuilder {
  const numbers = text.swatches.map((swatch) => Number(swatch.key));
  return new statetimeline.PanelBuilder()
    .title(text.title)
    .description(text.description)
    .links(linkTo(text.more))
    .datasource(PROMETHEUS)
    .targets(named(text.targets))
    .unit('none')
    .min(Math.min(...numbers))
    .max(Math.max(...numbers))
    .colorScheme(fixed(GREY))
    .mappings([
      {
        type: dashboard.MappingType.ValueToText,
        options: Object.fromEntries(
          text.swatches.map((swatch, index) => [swatch.key, { text: swatch.name, color: swatch.colour, index }]),
        ),
      },
    ])
    .mergeValues(true)
    .showValue(common.VisibilityMode.Never)
    .rowHeight(0.8)
    .alignValue(common.TimelineValueAlignment.Left)
    .fillOpacity(85)
    .lineWidth(0)
    .legend(legend('below'))
    .tooltip(tooltip(common.TooltipDisplayMode.Single));
}

/** How often each bucket of a histogram was hit; a row for each bucket, whatever its width. */
export function heat(text: Heat): heatmap.PanelBuilder {
  return (
    new heatmap.PanelBuilder()
      .title(text.title)
      .description(text.description)
      .links(linkTo(text.more))
      .datasource(PROMETHEUS)
      .targets(named([text.target]))
      // Wide enough cells: at a scrape a second there would be hundreds beside each other.
      .maxDataPoints(60)
      .calculate(false)
      .color(
        // Cividis can be read by the colour-blind, and in black and white. The exponent shows the few slow ones beside the many.
        new heatmap.HeatmapColorOptionsBuilder()
          .mode(heatmap.HeatmapColorMode.Scheme)
          .scheme('Cividis')
          .fill(GREY)
          .scale(heatmap.HeatmapColorScale.Exponential)
          .exponent(0.5)
          .steps(64)
          .min(0)
          .reverse(false),
      )
      .filterValues(new heatmap.FilterValueRangeBuilder().le(1e-9))
      .rowsFrame(new heatmap.RowsHeatmapOptionsBuilder().layout(common.HeatmapCellLayout.Auto))
      .showValue(common.VisibilityMode.Never)
      .cellGap(1)
      .cellValues(new heatmap.CellValuesBuilder().unit(text.cellUnit))
      .yAxis(new heatmap.YAxisConfigBuilder().unit(text.unit).axisPlacement(common.AxisPlacement.Left))
      .showLegend()
      .exemplarsColor(GREY)
      .tooltip(
        new heatmap.HeatmapTooltipBuilder()
          .mode(common.TooltipDisplayMode.Single)
          .yHistogram(true)
          .showColorScale(true),
      )
  );
}

/** Queries have letters, by which Grafana tells them apart. */
function named(targets: readonly prometheus.DataqueryBuilder[]): prometheus.DataqueryBuilder[] {
  return targets.map((target, index) => target.refId(String.fromCharCode('A'.charCodeAt(0) + index)));
}

function fixed(colour: string): dashboard.FieldColorBuilder {
  return new dashboard.FieldColorBuilder().mode(dashboard.FieldColorModeId.Fixed).fixedColor(colour);
}

function thresholds(base: string, steps: readonly Step[]): dashboard.ThresholdsConfigBuilder {
  return new dashboard.ThresholdsConfigBuilder()
    .mode(dashboard.ThresholdsMode.Absolute)
    .steps([{ value: null, color: base }, ...steps.map((step) => ({ value: step.from, color: step.colour }))]);
}

function legend(place: 'below' | 'beside'): common.VizLegendOptionsBuilder {
  const options = new common.VizLegendOptionsBuilder().showLegend(true);
  return place === 'below'
    ? options.displayMode(common.LegendDisplayMode.List).placement(common.LegendPlacement.Bottom).calcs([])
    : options
        .displayMode(common.LegendDisplayMode.Table)
        .placement(common.LegendPlacement.Right)
        .calcs(['max'])
        .sortBy('Max')
        .sortDesc(true);
}

function tooltip(mode: common.TooltipDisplayMode): common.VizTooltipOptionsBuilder {
  return new common.VizTooltipOptionsBuilder().mode(mode).sort(common.SortOrder.None);
}

function paint(panel: timeseries.PanelBuilder, swatch: Swatch, found: 'by name' | 'by start'): void {
  const colour = { id: 'color', value: { mode: 'fixed', fixedColor: swatch.colour } };
  if (swatch.key.startsWith('/')) {
    panel.overrideByRegexp(swatch.key, [colour]);
  } else if (found === 'by start') {
    panel.overrideByRegexp(`/^${swatch.key}\\b/`, [colour]);
  } else {
    panel.overrideByName(swatch.key, [{ id: 'displayName', value: swatch.name }, colour]);
  }
}

/** Sets what is known of the values, and leaves the rest to the data. */
function declare<P extends timeseries.PanelBuilder | stat.PanelBuilder>(panel: P, values: Values): P {
  if (values.decimals !== undefined) {
    panel.decimals(values.decimals);
  }
  if (values.min !== undefined) {
    panel.min(values.min);
  }
  if (values.max !== undefined) {
    panel.max(values.max);
  }
  return panel;
}
