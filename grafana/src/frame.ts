import type { Builder, Dataquery } from '@grafana/grafana-foundation-sdk/cog';
import * as dashboard from '@grafana/grafana-foundation-sdk/dashboard';

import { place, type Section } from './layout.js';
import type { Uid } from './links.js';
import { EVENTS, type Swatch } from './palette.js';
import { PROMETHEUS } from './queries.js';

/** Common to all dashboards: by it they link to each other, and it marks the lab's annotations. */
const TAG = 'stability-lab';

/** Grafana itself as a data source, which keeps annotations. */
const GRAFANA = { type: 'grafana', uid: '-- Grafana --' };

export interface Content {
  readonly uid: Uid;
  readonly title: string;
  readonly description: string;
  readonly variables: readonly dashboard.QueryVariableBuilder[];
  readonly sections: readonly Section[];
}

/** A dashboard with all that they have in common. */
export function framed(content: Content): dashboard.Dashboard {
  const builder = new dashboard.DashboardBuilder(content.title)
    .uid(content.uid)
    .description(content.description)
    .tags([TAG])
    .editable()
    .tooltip(dashboard.DashboardCursorSync.Tooltip)
    .timezone('browser')
    .time({ from: 'now-5m', to: 'now' })
    .refresh('2s')
    .timepicker(new dashboard.TimePickerBuilder().refreshIntervals(['1s', '2s', '5s', '10s', '30s', '1m']))
    .links([otherDashboards()])
    .annotations(EVENTS.map(events))
    .variables([...content.variables]);
  place(builder, content.sections);
  const built = builder.build();
  // The SDK gives every variable what only variables of the type interval have.
  for (const variable of built.templating.list ?? []) {
    delete variable.auto;
    delete variable.auto_min;
    delete variable.auto_count;
  }
  // The SDK would put the links and the switches of the annotations into a menu; here they stand at the top.
  const ofPanels = (built.panels ?? []).flatMap((panel) => ('links' in panel ? (panel.links ?? []) : []));
  for (const control of [...(built.links ?? []), ...ofPanels, ...(built.annotations.list ?? [])]) {
    delete control.placement;
  }
  return built;
}

function otherDashboards(): dashboard.DashboardLinkBuilder {
  return (
    new dashboard.DashboardLinkBuilder('Dashboards')
      .type(dashboard.DashboardLinkType.Dashboards)
      .tags([TAG])
      .asDropdown(false)
      // Not the variables: a service that calls nobody is no caller of the gateway.
      .includeVars(false)
      .keepTime(true)
      .targetBlank(false)
      .tooltip('The other dashboards, with the same time range')
  );
}

function events(kind: Swatch): dashboard.AnnotationQueryBuilder {
  return new dashboard.AnnotationQueryBuilder()
    .name(kind.name)
    .datasource(GRAFANA)
    .enable(true)
    .iconColor(kind.colour)
    .target(tagged(kind.key));
}

/** Annotations with the lab's tag and this one. The SDK asks for a query of a data source, but it is Grafana itself that answers. */
function tagged(tag: string): Builder<Dataquery> {
  const target = new dashboard.AnnotationTargetBuilder().type('tags').tags([TAG, tag]).matchAny(false).limit(200);
  return target as Builder<unknown> as Builder<Dataquery>;
}

export interface Choice {
  readonly name: string;
  readonly label: string;
  readonly description: string;
  /** Which label's values there are to choose from, of which metric. */
  readonly values: string;
}

/** Several values of a label, or all of them, which is chosen at first. */
export function choice(variable: Choice): dashboard.QueryVariableBuilder {
  return (
    new dashboard.QueryVariableBuilder(variable.name)
      .label(variable.label)
      .description(variable.description)
      .datasource(PROMETHEUS)
      .query({ qryType: 1, query: variable.values, refId: `Variable-${variable.name}` })
      // With each refresh of the dashboard, so that a new instance is found.
      .refresh(dashboard.VariableRefresh.OnTimeRangeChanged)
      .sort(dashboard.VariableSort.AlphabeticalAsc)
      .multi(true)
      .includeAll(true)
      .current({ text: ['All'], value: ['$__all'], selected: true })
  );
}
