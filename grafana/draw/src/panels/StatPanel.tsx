import { FieldType, reduceField } from '@grafana/data';
import { BigValue, useTheme2 } from '@grafana/ui';

import type { PanelProps } from './PanelContent';

/** Grafana's own component for one figure. */
export function StatPanel({ panel, frames, width, height }: PanelProps) {
  const theme = useTheme2();
  const field = frames[0]?.fields.find(({ type }) => type === FieldType.number);
  if (!field?.display) {
    throw new Error(`${panel.title}: the query gave no number`);
  }
  const calculation: string = panel.options.reduceOptions.calcs[0];
  const { title: _, ...value } = field.display(reduceField({ field, reducers: [calculation] })[calculation]);
  return (
    <BigValue
      theme={theme}
      width={width}
      height={height}
      value={value}
      colorMode={panel.options.colorMode}
      graphMode={panel.options.graphMode}
      justifyMode={panel.options.justifyMode}
      textMode={panel.options.textMode}
    />
  );
}
