import * as prometheus from '@grafana/grafana-foundation-sdk/prometheus';

/** The provisioned data source; its uid is set in provisioning/datasources/prometheus.yml. */
export const PROMETHEUS = { type: 'prometheus', uid: 'prometheus' };

/** A query over the dashboard's time range. The legend is a text with labels in double braces. */
export function range(expr: string, legend: string): prometheus.DataqueryBuilder {
  return new prometheus.DataqueryBuilder()
    .datasource(PROMETHEUS)
    .editorMode(prometheus.QueryEditorMode.Code)
    .expr(expr)
    .legendFormat(legend)
    .range();
}

/** A query of a histogram's quantile, with a mark for single requests that have a trace: see docs/tracing.md. */
export function quantile(expr: string, legend: string): prometheus.DataqueryBuilder {
  return range(expr, legend).exemplar(true);
}

/** A query for one figure, as of the end of the dashboard's time range. */
export function instant(expr: string, legend: string): prometheus.DataqueryBuilder {
  return range(expr, legend).instant();
}

/** A histogram's buckets, for a heat map. */
export function buckets(expr: string): prometheus.DataqueryBuilder {
  return range(expr, '{{le}}').format(prometheus.PromQueryFormat.Heatmap);
}

/**
 * Events a second by a label, without the values that did not occur in the dashboard's time range: there are eleven ways to fail,
 * and eleven lines at zero would bury the two that matter. When none occurred, there is one line for that.
 */
export function occurring(label: string, selector: string): string {
  return only(
    label,
    `sum by (${label}) (rate(${selector}[$__rate_interval]))`,
    `sum by (${label}) (increase(${selector}[$__range] @ end()))`,
  );
}

/** The same of rates that a rule has recorded. */
export function occurringRates(label: string, selector: string): string {
  return only(
    label,
    `sum by (${label}) (${selector})`,
    `sum by (${label}) (max_over_time(${selector}[$__range] @ end()))`,
  );
}

function only(label: string, rate: string, occurred: string): string {
  return `${rate} and ${occurred} > 0 or on () label_replace(vector(0), "${label}", "none", "", "")`;
}
