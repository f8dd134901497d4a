import { type AnySchema, Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import { createGenerator } from 'ts-json-schema-generator';

// The compiler reads the types again, from the sources: what it compiled has none left.
const generator = createGenerator({
  path: 'test/grafana.ts',
  tsconfig: 'tsconfig.json',
  skipTypeCheck: true,
  additionalProperties: false,
});

/** Whether a value is what a type of grafana.ts says. Properties that the type does not have are errors. */
function schema(type: string): ValidateFunction {
  return new Ajv({ allErrors: true, strict: false }).compile(generator.createSchema(type) as AnySchema);
}

/** The dashboard itself. It leaves open what panels of a kind have of their own, and what a query is. */
export const DASHBOARD = schema('DashboardFile');

/** What an override may set, besides what a kind of panels has of its own. */
export const FIELD_CONFIG = schema('StandardFieldConfig');

/** What a kind of panels has of its own. */
export interface Kind {
  readonly options: ValidateFunction;
  /** Of `fieldConfig.defaults.custom`; undefined where the kind has nothing there. */
  readonly custom: ValidateFunction | undefined;
}

export const KINDS: ReadonlyMap<string, Kind> = new Map<string, Kind>([
  ['stat', { options: schema('StatOptions'), custom: undefined }],
  ['timeseries', { options: schema('TimeSeriesOptions'), custom: schema('TimeSeriesFieldConfig') }],
  ['state-timeline', { options: schema('StateTimelineOptions'), custom: schema('StateTimelineFieldConfig') }],
  ['heatmap', { options: schema('HeatmapOptions'), custom: schema('HeatmapFieldConfig') }],
]);

/** What is wrong, a line for each error. */
export function complaints(validate: ValidateFunction, value: unknown, where: string): string[] {
  return validate(value) ? [] : (validate.errors ?? []).map((error) => `${where}${error.instancePath} ${said(error)}`);
}

function said(error: ErrorObject): string {
  return `${error.message}: ${JSON.stringify(error.params)}`;
}
