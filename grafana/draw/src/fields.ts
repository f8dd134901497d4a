import {
  applyFieldOverrides,
  type DataFrame,
  type FieldConfigPropertyItem,
  FieldConfigOptionsRegistry,
  type FieldConfigSource,
  type GrafanaTheme2,
  identityOverrideProcessor,
} from '@grafana/data';

/** Grafana's server puts these together from its panels; here are those that the dashboards use. */
const STANDARD = ['displayName', 'unit', 'decimals', 'min', 'max', 'color', 'thresholds', 'mappings', 'noValue'];

function registry(fieldConfig: FieldConfigSource): FieldConfigOptionsRegistry {
  const custom = new Set(Object.keys(fieldConfig.defaults.custom ?? {}));
  for (const { id } of fieldConfig.overrides.flatMap((override) => override.properties)) {
    if (id.startsWith('custom.')) {
      custom.add(id.slice('custom.'.length));
    }
  }
  return new FieldConfigOptionsRegistry(() => [
    ...STANDARD.map((path) => item(path, path, false)),
    ...[...custom].map((path) => item(`custom.${path}`, path, true)),
  ]);
}

function item(id: string, path: string, isCustom: boolean): FieldConfigPropertyItem {
  const nothing = () => null;
  return {
    id,
    path,
    isCustom,
    name: id,
    editor: nothing,
    override: nothing,
    process: identityOverrideProcessor,
    shouldApply: () => true,
  };
}

/** Gives every field its unit, name, colour and the rest, by Grafana's own code. */
export function configured(data: DataFrame[], fieldConfig: FieldConfigSource, theme: GrafanaTheme2): DataFrame[] {
  return applyFieldOverrides({
    data,
    fieldConfig,
    theme,
    timeZone: 'utc',
    fieldConfigRegistry: registry(fieldConfig),
    replaceVariables: (text) => text,
  });
}
