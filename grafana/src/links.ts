import * as dashboard from '@grafana/grafana-foundation-sdk/dashboard';

/** What each dashboard is called in addresses, with what stands on a link to it. */
const DASHBOARDS = {
  'stability-availability': 'What users got',
  'stability-fault-injector': 'What the fault injector did',
  'stability-gateway': 'Each upstream and policy',
  'stability-services': 'Each service and instance',
} as const;

export type Uid = keyof typeof DASHBOARDS;

/** The link in a panel's corner to a dashboard, with the same time range; none to none. */
export function linkTo(uid: Uid | undefined): dashboard.DashboardLinkBuilder[] {
  if (uid === undefined) {
    return [];
  }
  return [
    new dashboard.DashboardLinkBuilder(DASHBOARDS[uid])
      .type(dashboard.DashboardLinkType.Link)
      .url(`/d/${uid}?\${__url_time_range}`),
  ];
}
