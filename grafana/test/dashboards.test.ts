import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';

import { files } from '../src/files.js';
import { type Panel, wrongOverrides, wrongParts } from './panels.js';
import { complaints, DASHBOARD } from './schemas.js';

const DIRECTORY = 'dashboards';

function committed(name: string): string {
  return readFileSync(join(DIRECTORY, name), 'utf8');
}

function panels(name: string): Panel[] {
  return (JSON.parse(committed(name)).panels as Panel[]).filter(({ type }) => type !== 'row');
}

describe('The files of the dashboards', () => {
  it('are those that the program writes', () => {
    assert.deepEqual(readdirSync(DIRECTORY).sort(), [...files().keys()].sort());
  });

  for (const [name, generated] of files()) {
    describe(name, () => {
      it('is what the program writes; `npm run build` writes it anew', () => {
        assert.equal(committed(name), generated);
      });

      it("is a dashboard by Grafana's types", () => {
        assert.deepEqual(complaints(DASHBOARD, JSON.parse(committed(name)), name), []);
      });

      it("has panels by Grafana's types of their kinds", () => {
        assert.deepEqual(panels(name).flatMap(wrongParts), []);
      });

      it('overrides what there is, with values of the right types', () => {
        assert.deepEqual(panels(name).flatMap(wrongOverrides), []);
      });
    });
  }
});
