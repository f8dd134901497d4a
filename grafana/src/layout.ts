import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import * as dashboard from '@grafana/grafana-foundation-sdk/dashboard';

/** The width of a dashboard, in Grafana's units. */
const WIDTH = 24;

/** A panel that can be put somewhere. */
export interface Placeable extends Builder<dashboard.Panel> {
  id(id: number): this;
  gridPos(position: dashboard.GridPos): this;
  repeat(variable: string): this;
  repeatDirection(direction: 'h' | 'v'): this;
  maxPerRow(count: number): this;
}

/** Panels beside each other, all of one height. */
export interface Row {
  readonly height: number;
  readonly panels: readonly Placeable[];
}

/** A heading and what stands below it. */
export interface Section {
  readonly heading: string;
  readonly rows: readonly Row[];
}

/** Panels of the same width. */
export function row(height: number, ...panels: readonly Placeable[]): Row {
  return { height, panels };
}

/** One panel for each value of a variable, up to three beside each other. */
export function each(variable: string, height: number, panel: Placeable): Row {
  return { height, panels: [panel.repeat(variable).repeatDirection('h').maxPerRow(3)] };
}

/** Puts sections below each other, and numbers their panels in the order in which they are read. */
export function place(builder: dashboard.DashboardBuilder, sections: readonly Section[]): void {
  let y = 0;
  let id = 0;
  for (const section of sections) {
    builder.withRow(new dashboard.RowBuilder(section.heading).id(++id).gridPos({ h: 1, w: WIDTH, x: 0, y: y++ }));
    for (const { height, panels } of section.rows) {
      const width = WIDTH / panels.length;
      if (!Number.isInteger(width)) {
        throw new Error(`${panels.length} panels in a row of ${section.heading} do not divide ${WIDTH}`);
      }
      panels.forEach((panel, index) =>
        builder.withPanel(panel.id(++id).gridPos({ h: height, w: width, x: index * width, y })),
      );
      y += height;
    }
  }
}
