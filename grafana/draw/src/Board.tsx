import type { DataFrame } from '@grafana/data';
import { PanelChrome, useTheme2 } from '@grafana/ui';
import { useEffect, useMemo, useState } from 'react';

import { type Mark, marks } from './annotations';
import { configured } from './fields';
import type { DashboardModel, GridPos } from './model';
import { PanelContent } from './panels/PanelContent';
import { query } from './prometheus';
import type { DrawingRequest } from './request';
import { choose, type Chosen, interpolate, type Placed, placed } from './variables';

/** Grafana's grid, in pixels. */
const CELL = 30;
const GAP = 8;
const MARGIN = 16;

export function Board({ dashboard, request }: { dashboard: DashboardModel; request: DrawingRequest }) {
  const theme = useTheme2();
  const { from, to, annotations } = request;
  const [chosen, setChosen] = useState<Chosen>();
  const lines = useMemo(() => marks(dashboard, annotations), [dashboard, annotations]);
  useEffect(() => {
    choose(dashboard.templating.list, from, to).then(setChosen, complain);
  }, [dashboard, from, to]);
  if (!chosen) {
    return null;
  }

  const panels = placed(dashboard.panels, chosen);
  const rows = Math.max(...panels.map(({ gridPos }) => gridPos.y + gridPos.h));
  return (
    <div style={{ padding: MARGIN, background: theme.colors.background.canvas, color: theme.colors.text.primary }}>
      <Header dashboard={dashboard} chosen={chosen} request={request} />
      <div style={{ position: 'relative', height: rows * (CELL + GAP) }}>
        {panels.map((place, index) =>
          place.panel.type === 'row' ? (
            <h6 key={index} style={{ ...position(place.gridPos), margin: 0, paddingTop: 8 }}>
              {place.panel.title}
            </h6>
          ) : (
            <div key={index} style={position(place.gridPos)}>
              <Panel place={place} from={from} to={to} marks={lines} />
            </div>
          ),
        )}
      </div>
    </div>
  );
}

function Header({
  dashboard,
  chosen,
  request,
}: {
  dashboard: DashboardModel;
  chosen: Chosen;
  request: DrawingRequest;
}) {
  const theme = useTheme2();
  const time = (milliseconds: number) => new Date(milliseconds).toISOString().slice(0, 19).replace('T', ' ');
  return (
    <div style={{ display: 'flex', gap: 16, alignItems: 'baseline', paddingBottom: 8 }}>
      <h4 style={{ margin: 0 }}>{dashboard.title}</h4>
      {dashboard.templating.list.map(({ name, label }) => (
        <span key={name}>
          {label}: <b>All ({chosen.get(name)?.length})</b>
        </span>
      ))}
      <span style={{ marginLeft: 'auto', color: theme.colors.text.secondary }}>
        {time(request.from)} to {time(request.to)} UTC. Drawn with Grafana&apos;s components from a recorded Prometheus.
      </span>
    </div>
  );
}

function position({ x, y, w, h }: GridPos): React.CSSProperties {
  const column = (innerWidth - 2 * MARGIN + GAP) / 24;
  return {
    position: 'absolute',
    left: x * column,
    top: y * (CELL + GAP),
    width: w * column - GAP,
    height: h * (CELL + GAP) - GAP,
  };
}

interface PanelPlace {
  readonly place: Placed;
  readonly from: number;
  readonly to: number;
  readonly marks: readonly Mark[];
}

function Panel({ place: { panel, chosen, gridPos }, from, to, marks: lines }: PanelPlace) {
  const theme = useTheme2();
  const { width, height } = position(gridPos);
  const [frames, setFrames] = useState<DataFrame[]>();
  useEffect(() => {
    const asked = panel.targets.map((target) => query(panel, target, chosen, from, to, Number(width)));
    window.waiting++;
    Promise.all(asked)
      .then((answers) => setFrames(configured(answers.flat(), panel.fieldConfig, theme)))
      .catch(complain)
      .finally(() => window.waiting--);
  }, [panel, chosen, from, to, width, theme]);

  const title = interpolate(panel.title, chosen);
  return (
    <PanelChrome width={Number(width)} height={Number(height)} title={title} description={panel.description}>
      {(innerWidth, innerHeight) => {
        if (!frames) {
          return null;
        }
        if (frames.length === 0) {
          window.complaints.push(`No data: ${title}`);
          return <p>No data</p>;
        }
        return (
          <PanelContent
            panel={panel}
            frames={frames}
            from={from}
            to={to}
            marks={lines}
            width={innerWidth}
            height={innerHeight}
          />
        );
      }}
    </PanelChrome>
  );
}

function complain(error: unknown): void {
  window.complaints.push(String(error));
}
