import type { FieldConfigSource } from '@grafana/data';

/** What is read of a dashboard's file. */
export interface DashboardModel {
  readonly title: string;
  readonly annotations: { readonly list: readonly AnnotationQuery[] };
  readonly templating: { readonly list: readonly Variable[] };
  readonly panels: readonly PanelModel[];
}

export interface AnnotationQuery {
  readonly name: string;
  readonly iconColor: string;
  readonly target: { readonly tags: readonly string[] };
}

export interface Variable {
  readonly name: string;
  readonly label: string;
  readonly query: { readonly query: string };
}

export interface Target {
  readonly refId: string;
  readonly expr: string;
  readonly legendFormat: string;
  readonly instant?: boolean;
  readonly format?: string;
}

export interface GridPos {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

export interface PanelModel {
  readonly id: number;
  readonly type: string;
  readonly title: string;
  readonly description?: string;
  readonly gridPos: GridPos;
  readonly repeat?: string;
  readonly maxPerRow?: number;
  readonly maxDataPoints?: number;
  readonly targets: readonly Target[];
  readonly fieldConfig: FieldConfigSource;
  // Each kind of panel has options of its own; they are handed to Grafana's components as they stand.
  readonly options: any;
}

const files = import.meta.glob<DashboardModel>('../../dashboards/*.json', { eager: true, import: 'default' });

/** The dashboard's file as it is in the repository. */
export function dashboardOf(name: string): DashboardModel {
  const found = files[`../../dashboards/${name}.json`];
  if (!found) {
    throw new Error(`There is no dashboard ${name}; there are ${Object.keys(files).join(', ')}`);
  }
  return found;
}
