// Draws the dashboards from a Prometheus, into PNG files: node draw.mjs --help
import { mkdir, readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

import { chromium } from 'playwright-core';
import { build, preview } from 'vite';

const here = dirname(fileURLToPath(import.meta.url));

const help = `npm run draw -- --prometheus URL --from TIME --to TIME [options]

  --prometheus URL     where Prometheus is, for example http://127.0.0.1:9090
  --from, --to TIME    what to draw: seconds since 1970, or an ISO time such as 2026-11-24T03:50:00Z
  --annotations FILE   what Grafana's GET /api/annotations answered: [{"time": ms, "tags": [...], "text": "..."}, ...]
  --dashboard NAME     one of availability, fault-injector, gateway, services; may be given several times; default: all
  --theme NAME         dark or light; default: dark
  --width PIXELS       default: 1600
  --out DIRECTORY      default: docs/pictures/dashboards
  --chromium FILE      default: /usr/bin/chromium`;

const { values: options } = parseArgs({
  options: {
    prometheus: { type: 'string' },
    from: { type: 'string' },
    to: { type: 'string' },
    annotations: { type: 'string' },
    dashboard: { type: 'string', multiple: true, default: ['availability', 'fault-injector', 'gateway', 'services'] },
    theme: { type: 'string', default: 'dark' },
    width: { type: 'string', default: '1600' },
    out: { type: 'string', default: join(here, '../../docs/pictures/dashboards') },
    chromium: { type: 'string', default: '/usr/bin/chromium' },
    help: { type: 'boolean', default: false },
  },
});

if (options.help || !options.prometheus || !options.from || !options.to) {
  console.error(help);
  process.exit(2);
}

/** @param {string} text */
function milliseconds(text) {
  const time = /^\d+(\.\d+)?$/.test(text) ? Number(text) * 1000 : Date.parse(text);
  if (Number.isNaN(time)) {
    throw new Error(`${text} is no time`);
  }
  return time;
}

const drawing = {
  from: milliseconds(options.from),
  to: milliseconds(options.to),
  theme: options.theme,
  annotations: options.annotations ? JSON.parse(await readFile(options.annotations, 'utf8')) : [],
};

await fetch(`${options.prometheus}/-/ready`).catch((error) => {
  throw new Error(`No Prometheus answers at ${options.prometheus}: ${error.cause?.message ?? error.message}`);
});

/** @type {import('vite').InlineConfig} */
const vite = {
  root: here,
  configFile: false,
  logLevel: 'error',
  esbuild: { jsx: 'automatic' },
  build: {
    outDir: 'target',
    emptyOutDir: true,
    chunkSizeWarningLimit: Infinity,
    minify: false,
    reportCompressedSize: false,
  },
  preview: {
    host: '127.0.0.1',
    port: 0,
    proxy: {
      '/prometheus': { target: options.prometheus, rewrite: (path) => path.replace(/^\/prometheus/, '') },
    },
  },
};

await build(vite);
const server = await preview(vite);
const page = server.resolvedUrls?.local[0];
if (!page) {
  throw new Error('The server of the page has no address');
}
const browser = await chromium.launch({
  executablePath: options.chromium,
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
});
try {
  await mkdir(options.out, { recursive: true });
  for (const dashboard of options.dashboard) {
    await draw(dashboard);
  }
} finally {
  await browser.close();
  await server.close();
}

/** @param {string} dashboard */
async function draw(dashboard) {
  const tab = await browser.newPage({
    viewport: { width: Number(options.width), height: 1000 },
    deviceScaleFactor: 1,
    timezoneId: 'UTC',
  });
  const complaints = /** @type {string[]} */ ([]);
  tab.on('pageerror', (error) => complaints.push(String(error)));
  // Where Grafana's server would have them.
  await tab.route('**/public/build/img/icons/**', (route) => {
    const [, icon] = route.request().url().split('/public/build/');
    return route.fulfill({ path: join(here, 'node_modules/@grafana/ui/dist/public', String(icon)) });
  });
  await tab.addInitScript((request) => Object.assign(globalThis, { drawing: request }), { ...drawing, dashboard });
  await tab.goto(String(page));
  await tab.waitForSelector('canvas');
  await tab.waitForFunction(() => window.waiting === 0);
  await tab.evaluate(() => document.fonts.ready);
  // Grafana's components measure themselves, then draw in the next frames.
  await tab.waitForTimeout(1000);
  complaints.push(...(await tab.evaluate(() => window.complaints)));
  const name = options.theme === 'dark' ? `${dashboard}-drawn.png` : `${dashboard}-${options.theme}-drawn.png`;
  const file = resolve(options.out, name);
  await tab.screenshot({ path: file, fullPage: true });
  await tab.close();
  console.log(file);
  if (complaints.length > 0) {
    process.exitCode = 1;
    console.error([...new Set(complaints)].map((complaint) => `  ${complaint}`).join('\n'));
  }
}
