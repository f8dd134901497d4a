// Writes the dashboards' files.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { files } from './files.js';

for (const [name, text] of files()) {
  writeFileSync(join('dashboards', name), text);
}
