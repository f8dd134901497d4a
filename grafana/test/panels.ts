import { complaints, FIELD_CONFIG, KINDS } from './schemas.js';

const CUSTOM = 'custom.';

export interface Property {
  readonly id: string;
  readonly value: unknown;
}

/** What is looked at of a panel. */
export interface Panel {
  readonly type: string;
  readonly title: string;
  readonly options: unknown;
  readonly fieldConfig: {
    readonly defaults: { readonly custom?: unknown };
    readonly overrides: readonly { readonly properties: readonly Property[] }[];
  };
}

/** What Grafana's types say against the parts of a panel that its kind has of its own. */
export function wrongParts(panel: Panel): string[] {
  const kind = KINDS.get(panel.type);
  if (!kind) {
    return [`${panel.title}: no test knows panels of the type ${panel.type}`];
  }
  const { custom } = panel.fieldConfig.defaults;
  const wrong = complaints(kind.options, panel.options, `${panel.title}: options`);
  if (kind.custom) {
    wrong.push(...complaints(kind.custom, custom, `${panel.title}: custom`));
  } else if (custom !== undefined) {
    wrong.push(`${panel.title}: panels of the type ${panel.type} have no custom`);
  }
  return wrong;
}

/** What they say against its overrides. */
export function wrongOverrides(panel: Panel): string[] {
  return panel.fieldConfig.overrides
    .flatMap(({ properties }) => properties)
    .flatMap(({ id, value }) => {
      const isCustom = id.startsWith(CUSTOM);
      const schema = isCustom ? KINDS.get(panel.type)?.custom : FIELD_CONFIG;
      const property = isCustom ? id.slice(CUSTOM.length) : id;
      return schema
        ? complaints(schema, { [property]: value }, `${panel.title}: override of ${id}`)
        : [`${panel.title}: panels of the type ${panel.type} have no ${id}`];
    });
}
