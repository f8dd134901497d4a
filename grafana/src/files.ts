import type * as dashboard from '@grafana/grafana-foundation-sdk/dashboard';

import { availability } from './availability.js';
import { faultInjector } from './fault-injector.js';
import { gateway } from './gateway.js';
import { services } from './services.js';

/** The dashboards by the names of their files, as texts. */
export function files(): ReadonlyMap<string, string> {
  return new Map([
    ['availability.json', text(availability())],
    ['fault-injector.json', text(faultInjector())],
    ['gateway.json', text(gateway())],
    ['services.json', text(services())],
  ]);
}

function text(built: dashboard.Dashboard): string {
  return `${JSON.stringify(built, null, 2)}\n`;
}
