import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { availability } from '../src/availability.js';
import { type Panel, wrongOverrides, wrongParts } from './panels.js';
import { complaints, DASHBOARD } from './schemas.js';

// As the files have it: without what is undefined.
function dashboard() {
  return JSON.parse(JSON.stringify(availability()));
}

function panel(type: string) {
  return dashboard().panels.find((candidate: Panel) => candidate.type === type);
}

/** Mistakes in a dashboard, each of which the schema has to notice. */
const mistakes: Record<string, (json: any) => void> = {
  'a number as text': (json) => (json.graphTooltip = '2'),
  'a number that means nothing': (json) => (json.graphTooltip = 3),
  'a property that there is not': (json) => (json.refreshEvery = '2s'),
  'a missing schema version': (json) => delete json.schemaVersion,
  'a panel without a type': (json) => delete json.panels[1].type,
  'a position without a width': (json) => delete json.panels[1].gridPos.w,
  'an unknown kind of thresholds': (json) => (json.panels[1].fieldConfig.defaults.thresholds.mode = 'relative'),
  'an annotation without a name': (json) => delete json.annotations.list[0].name,
};

/** The same in a panel of this type. */
const mistakesOfPanels: Record<string, [string, (json: any) => void]> = {
  'an unknown place of the legend': ['timeseries', (json) => (json.options.legend.placement = 'left')],
  'an option of another kind': ['timeseries', (json) => (json.options.colorMode = 'value')],
  'a line as thick as a word': ['timeseries', (json) => (json.fieldConfig.defaults.custom.lineWidth = 'thick')],
  'an unknown style': ['timeseries', (json) => (json.fieldConfig.defaults.custom.drawStyle = 'lines')],
  'stacking as text': ['timeseries', (json) => (json.fieldConfig.defaults.custom.stacking = 'normal')],
  'custom where there is none': ['stat', (json) => (json.fieldConfig.defaults.custom = { lineWidth: 1 })],
  'no calculation': ['stat', (json) => (json.options.reduceOptions.calcs = 'lastNotNull')],
  'a row without a height': ['state-timeline', (json) => delete json.options.rowHeight],
  'an exponent as text': ['heatmap', (json) => (json.options.color.exponent = '0.5')],
  'a kind that nobody knows': ['heatmap', (json) => (json.type = 'heat-map')],
};

const mistakesOfOverrides: Record<string, { id: string; value: unknown }> = {
  'an unknown property': { id: 'colour', value: { mode: 'fixed' } },
  'an unknown property of the kind': { id: 'custom.lineWdith', value: 1 },
  'a colour without a mode': { id: 'color', value: { fixedColor: 'text' } },
  'a text where a number must be': { id: 'custom.fillOpacity', value: 'half' },
};

describe("Grafana's types", () => {
  for (const [name, spoil] of Object.entries(mistakes)) {
    it(`say what is wrong with ${name}`, () => {
      const spoilt = dashboard();
      spoil(spoilt);

      assert.deepEqual(complaints(DASHBOARD, dashboard(), ''), []);
      assert.notDeepEqual(complaints(DASHBOARD, spoilt, ''), []);
    });
  }

  for (const [name, [type, spoil]] of Object.entries(mistakesOfPanels)) {
    it(`say what is wrong with ${name}`, () => {
      const spoilt = panel(type);
      spoil(spoilt);

      assert.deepEqual(wrongParts(panel(type)), []);
      assert.notDeepEqual(wrongParts(spoilt), []);
    });
  }

  for (const [name, property] of Object.entries(mistakesOfOverrides)) {
    it(`say what is wrong with an override of ${name}`, () => {
      const spoilt = panel('timeseries');
      spoilt.fieldConfig.overrides.push({ matcher: { id: 'byName', options: 'full' }, properties: [property] });

      assert.deepEqual(wrongOverrides(panel('timeseries')), []);
      assert.notDeepEqual(wrongOverrides(spoilt), []);
    });
  }
});
