import type { GridPos, PanelModel, Variable } from './model';
import { labelValues } from './prometheus';

/** The values of each variable that are chosen; here always all of them. */
export type Chosen = ReadonlyMap<string, readonly string[]>;

const LABEL_VALUES = /^label_values\((.+), *(\w+)\)$/;

/** Asks for each variable's values, in order: later ones may use earlier ones. */
export async function choose(variables: readonly Variable[], from: number, to: number): Promise<Chosen> {
  const chosen = new Map<string, readonly string[]>();
  for (const variable of variables) {
    const [, selector, label] = LABEL_VALUES.exec(variable.query.query) ?? [];
    if (!selector || !label) {
      throw new Error(`${variable.name} is not a query for the values of a label: ${variable.query.query}`);
    }
    chosen.set(variable.name, await labelValues(interpolate(selector, chosen), label, from, to));
  }
  return chosen;
}

/** Puts values in the place of variables, several of them as a regular expression, like Grafana's Prometheus data source. */
export function interpolate(text: string, chosen: Chosen): string {
  return text.replace(/\$(\w+)/g, (whole, name: string) => {
    const values = chosen.get(name);
    if (!values) {
      return whole;
    }
    return values.length === 1 ? String(values[0]) : `(${values.map(escaped).join('|')})`;
  });
}

function escaped(value: string): string {
  return value.replace(/[\\^$*+?.()|[\]{}]/g, '\\\\$&');
}

export interface Placed {
  readonly panel: PanelModel;
  readonly chosen: Chosen;
  readonly gridPos: GridPos;
}

/** All panels where Grafana puts them: a repeated one once for each value of its variable, side by side. */
export function placed(panels: readonly PanelModel[], chosen: Chosen): Placed[] {
  let lower = 0;
  return panels.flatMap((panel) => {
    const gridPos = { ...panel.gridPos, y: panel.gridPos.y + lower };
    const values = panel.repeat ? chosen.get(panel.repeat) : undefined;
    if (!panel.repeat || !values) {
      return [{ panel, chosen, gridPos }];
    }
    const name = panel.repeat;
    const beside = Math.min(values.length, panel.maxPerRow ?? 4);
    lower += (Math.ceil(values.length / beside) - 1) * gridPos.h;
    return values.map((value, index) => ({
      panel,
      chosen: new Map([...chosen, [name, [value]]]),
      gridPos: {
        w: 24 / beside,
        h: gridPos.h,
        x: (index % beside) * (24 / beside),
        y: gridPos.y + Math.floor(index / beside) * gridPos.h,
      },
    }));
  });
}
