import type { GrafanaTheme2 } from '@grafana/data';
import type { UPlotConfigBuilder } from '@grafana/ui';

import type { DashboardModel } from './model';
import type { Annotation } from './request';

/** An annotation that one of the dashboard's queries finds. */
export interface Mark {
  readonly time: number;
  readonly text: string;
  readonly colour: string;
}

export function marks(dashboard: DashboardModel, annotations: readonly Annotation[]): Mark[] {
  return dashboard.annotations.list.flatMap((query) =>
    annotations
      .filter(({ tags }) => query.target.tags.every((tag) => tags.includes(tag)))
      .map(({ time, text }) => ({ time, text, colour: query.iconColor })),
  );
}

/** A dashed line with a triangle below it, as Grafana draws annotations. */
export function drawMarks(builder: UPlotConfigBuilder, found: readonly Mark[], theme: GrafanaTheme2): void {
  builder.addHook('draw', (u) => {
    const { ctx, bbox } = u;
    const pixels = devicePixelRatio;
    ctx.save();
    ctx.lineWidth = pixels;
    for (const { time, colour } of found) {
      const x = Math.round(u.valToPos(time, 'x', true));
      if (x < bbox.left || x > bbox.left + bbox.width) {
        continue;
      }
      const bottom = bbox.top + bbox.height;
      ctx.strokeStyle = ctx.fillStyle = theme.visualization.getColorByName(colour);
      ctx.setLineDash([4 * pixels, 4 * pixels]);
      ctx.beginPath();
      ctx.moveTo(x, bbox.top);
      ctx.lineTo(x, bottom);
      ctx.stroke();
      ctx.beginPath();
      ctx.moveTo(x, bottom);
      ctx.lineTo(x - 4 * pixels, bottom + 5 * pixels);
      ctx.lineTo(x + 4 * pixels, bottom + 5 * pixels);
      ctx.fill();
    }
    ctx.restore();
  });
}
