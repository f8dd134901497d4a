// Charts of the report, drawn with uPlot. A chart is described once, by a function that makes it for a theme and a width, so
// that it can be made anew for the dark, for the printer and for a phone.
const Charts = (() => {
  'use strict';

  const AXIS_WIDTH = 74; // the same left of every chart, so that moments stand below one another
  const LABEL_ROW = 17;
  const FONT = '12px system-ui, -apple-system, "Segoe UI", Roboto, Arial, sans-serif';
  const DASHES = [[], [7, 4], [2, 3], [10, 3, 2, 3]];
  const LIGHT = { name: 'light', ink: '#1c2026', faint: '#5b6470', grid: '#e4e7ec', ground: '#ffffff', broken: '213,94,0' };
  const DARK = { name: 'dark', ink: '#e6e9ee', faint: '#9ba4b1', grid: '#2a3039', ground: '#14171c', broken: '255,138,61' };

  const figure = (value, digits = 1) => value == null ? '–' : value.toLocaleString('en', { maximumFractionDigits: digits });
  const seconds = value => value == null ? '–' : figure(value, 2) + ' s';
  const millis = value => value == null ? '–' : value >= 1000 ? figure(value / 1000, 2) + ' s' : figure(value, 1) + ' ms';

  // ---- Data ---------------------------------------------------------------------------------------------------------

  // Slots begin at multiples of the step; the last one ends with the recording.
  const count = columns => columns.p50.length;
  const starts = columns => Array.from({ length: count(columns) }, (_, i) => i * columns.step);
  const centres = columns => starts(columns).map((start, i, all) =>
    (start + (i + 1 < all.length ? all[i + 1] : columns.end)) / 2);

  // A step holds to the end of its slot, so the last value is repeated there.
  const edges = columns => [...starts(columns), columns.end];
  const toEdge = column => [...column, column[column.length - 1]];
  const zeros = length => new Array(length).fill(0);
  const column = (columns, pick) => pick(columns) || zeros(count(columns));

  // Sums from the bottom to the top; the highest is drawn first and the lower ones over it.
  const stack = (columns, picks) => {
    let sum = zeros(count(columns));
    return picks.map(pick => {
      const values = column(columns, pick);
      sum = sum.map((below, i) => below + values[i]);
      return sum;
    });
  };

  const niceMax = value => {
    if (!(value > 0)) return 1;
    const unit = 10 ** Math.floor(Math.log10(value));
    return [1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10].find(factor => factor * unit >= value * 1.02) * unit;
  };

  // ---- What is drawn over the data --------------------------------------------------------------------------------------

  // Marks are numbered in order of time, as on the pictures: ①, ②, …
  const numbered = (marks, mark) => {
    const number = marks.indexOf(mark) + 1;
    return (number <= 20 ? String.fromCodePoint(0x245f + number) : `(${number})`) + ' ' + mark.text;
  };

  // Stretches in which an upstream was broken: from a fault to the next mark of the same upstream.
  const broken = (marks, end) => marks.filter(mark => mark.fault).map(fault => {
    const next = marks.find(mark => mark.upstream === fault.upstream && mark.at > fault.at);
    return { from: fault.at, to: next ? next.at : end, text: numbered(marks, fault), upstream: fault.upstream };
  });

  const inside = (u, x) => Math.min(u.bbox.left + u.bbox.width, Math.max(u.bbox.left, x));
  const xOf = (u, second) => inside(u, u.valToPos(second, 'x', true));
  const visible = (u, from, to) => to >= u.scales.x.min && from <= u.scales.x.max;

  const shorten = (ctx, text, room) => {
    if (ctx.measureText(text).width <= room) return text;
    let end = text.length;
    while (end > 0 && ctx.measureText(text.slice(0, end) + '…').width > room) end--;
    return end > 0 ? text.slice(0, end) + '…' : '';
  };

  const line = (ctx, x, top, bottom, colour, dash, width) => {
    ctx.strokeStyle = colour;
    ctx.lineWidth = width;
    ctx.setLineDash(dash);
    ctx.beginPath();
    ctx.moveTo(x, top);
    ctx.lineTo(x, bottom);
    ctx.stroke();
    ctx.setLineDash([]);
  };

  // Faults shade the time they last; their names stand above the plot, a row for each upstream. A heal is a line, and so is a
  // change of the load, which is of no upstream and has a row of its own.
  const drawMarks = (u, theme, marks, end, firstRow) => {
    const { ctx, bbox } = u;
    const ratio = devicePixelRatio;
    const rows = [...new Set(marks.map(mark => mark.upstream))];
    const bottom = bbox.top + bbox.height;
    const stretches = broken(marks, end).filter(stretch => visible(u, stretch.from, stretch.to));
    ctx.font = FONT.replace('12px', 12 * ratio + 'px');
    ctx.textBaseline = 'bottom';
    ctx.textAlign = 'left';
    for (const stretch of stretches) {
      const left = xOf(u, stretch.from);
      const right = xOf(u, stretch.to);
      const row = firstRow + rows.length - 1 - rows.indexOf(stretch.upstream);
      const baseline = bbox.top - (row * LABEL_ROW + 3) * ratio;
      ctx.fillStyle = `rgba(${theme.broken}, .11)`;
      ctx.fillRect(left, bbox.top, right - left, bbox.height);
      ctx.fillStyle = `rgb(${theme.broken})`;
      ctx.fillRect(left, baseline, Math.max(right - left, 2 * ratio), 2 * ratio);
      // An edge that is out of sight is none.
      if (stretch.from >= u.scales.x.min) line(ctx, left, baseline, bottom, `rgb(${theme.broken})`, [], 1.5 * ratio);
      if (stretch.to < Math.min(end, u.scales.x.max)) line(ctx, right, baseline, bottom, theme.ink, [5 * ratio, 3 * ratio], 1.2 * ratio);

      // The name may run past its stretch as far as nothing else stands there.
      const neighbour = stretches.find(other => other.upstream === stretch.upstream && other.from > stretch.from);
      const heal = stretch.to < Math.min(end, u.scales.x.max) && !neighbour ? marks.find(mark => !mark.fault && mark.upstream === stretch.upstream && mark.at === stretch.to) : null;
      const edge = neighbour ? xOf(u, neighbour.from) : u.ctx.canvas.width - 4 * ratio;
      const healRoom = edge - right - 4 * ratio;
      const healFits = heal && ctx.measureText(stretch.text).width < right - left
        && ctx.measureText(numbered(marks, heal)).width <= healRoom;
      ctx.fillStyle = theme.ink;
      ctx.fillText(shorten(ctx, stretch.text, (healFits ? right : edge) - left - 4 * ratio), left, baseline - ratio);
      if (healFits) ctx.fillText(numbered(marks, heal), right, baseline - ratio);
    }
    const changes = marks.filter(mark => !mark.upstream && visible(u, mark.at, mark.at));
    changes.forEach((change, i) => {
      const left = xOf(u, change.at);
      const edge = i + 1 < changes.length ? xOf(u, changes[i + 1].at) : u.ctx.canvas.width;
      const baseline = bbox.top - ((firstRow + rows.length - 1 - rows.indexOf(change.upstream)) * LABEL_ROW + 3) * ratio;
      line(ctx, left, baseline, bottom, theme.ink, [1.5 * ratio, 3 * ratio], 1.2 * ratio);
      ctx.fillStyle = theme.ink;
      ctx.fillText(shorten(ctx, change.text, edge - left - 4 * ratio), left, baseline - ratio);
    });
  };

  // Phases are the stretches that figures are computed for. Those that overlap go to different rows.
  const phaseRows = phases => {
    const ends = [];
    return phases.map(phase => {
      let row = ends.findIndex(end => end <= phase.from + 1e-9);
      if (row < 0) row = ends.length;
      ends[row] = phase.to;
      return row;
    });
  };

  const drawPhases = (u, theme, phases, rows) => {
    const { ctx, bbox } = u;
    const ratio = devicePixelRatio;
    ctx.font = FONT.replace('12px', 11 * ratio + 'px');
    ctx.textBaseline = 'bottom';
    phases.forEach((phase, i) => {
      if (!visible(u, phase.from, phase.to)) return;
      const left = xOf(u, phase.from) + ratio;
      const right = xOf(u, phase.to) - ratio;
      const y = bbox.top - (rows[i] * LABEL_ROW + 3) * ratio;
      ctx.fillStyle = theme.faint;
      ctx.fillRect(left, y, Math.max(ratio, right - left), ratio);
      // A name that is too long for its bracket may run on until the next one.
      const next = phases.find((other, j) => rows[j] === rows[i] && other.from >= phase.to);
      const fits = ctx.measureText(phase.name).width <= right - left;
      const room = (fits || !next ? right : Math.max(right, xOf(u, next.from) - 6 * ratio)) - left;
      ctx.textAlign = fits ? 'center' : 'left';
      ctx.fillText(shorten(ctx, phase.name, room), fits ? (left + right) / 2 : left, y - ratio);
    });
    ctx.textAlign = 'left';
  };

  // Breakers that tripped point down at the top edge, breakers that closed point up at the bottom edge.
  const drawTransitions = (u, colours, transitions) => {
    const { ctx, bbox } = u;
    const size = 5 * devicePixelRatio;
    for (const { at, state } of transitions) {
      if (at < u.scales.x.min || at > u.scales.x.max) continue;
      const x = xOf(u, at);
      const open = state === 'OPEN';
      const y = open ? bbox.top : bbox.top + bbox.height;
      const tip = open ? y + 1.6 * size : y - 1.6 * size;
      ctx.fillStyle = colours[state];
      ctx.strokeStyle = colours.ground;
      ctx.lineWidth = devicePixelRatio;
      ctx.beginPath();
      ctx.moveTo(x - size, y);
      ctx.lineTo(x + size, y);
      ctx.lineTo(x, tip);
      ctx.closePath();
      ctx.fill();
      ctx.stroke();
    }
  };

  // ---- What all charts share ------------------------------------------------------------------------------------------------

  const axes = (theme, yLabel, y = {}) => [
    {
      stroke: theme.faint, font: FONT, size: 30, grid: { stroke: theme.grid, width: 1 }, ticks: { stroke: theme.grid, width: 1 },
      values: (u, splits) => splits.map(value => figure(value, 2) + ' s'),
    },
    {
      stroke: theme.faint, font: FONT, size: AXIS_WIDTH, grid: { stroke: theme.grid, width: 1 }, ticks: { show: false },
      values: (u, splits) => splits.map(value => value == null ? '' : figure(value, 2)), ...y,
    },
  ];

  const xScale = end => ({
    time: false,
    // Data ends at the middle or the end of the last slot; all charts show the whole recording.
    range: (u, from, to) => {
      const xs = u.data[0];
      const low = from == null || from <= xs[0] ? 0 : from;
      const high = to == null || to >= xs[xs.length - 1] ? end : to;
      return [low, high];
    },
  });

  /**
   * Makes a chart. `spec` has:
   *   group, end, marks, transitions, theme, width, height: what is common to the charts of a variant
   *   data(r): uPlot's data in resolution r; legend(r): rows of raw values for the legend, by series
   *   yRange(r): lowest and highest value of the y axis, the same in all variants
   *   steps: lengths of the slots, coarse first
   *   holding: whether a value holds from one x to the next, rather than standing for its middle
   */
  const make = (spec, element) => {
    const { theme, end } = spec;
    let resolution = 0;
    const upstreams = new Set(spec.marks.map(mark => mark.upstream)).size;
    const phases = spec.phases || [];
    const rows = phaseRows(phases);
    const phaseLabels = rows.length ? Math.max(...rows) + 1 : 0;

    // Fine slots are shown as soon as they are wide enough to be told apart.
    const suitable = u => {
      const span = u.scales.x.max - u.scales.x.min;
      const pixels = u.bbox.width / devicePixelRatio;
      return spec.steps.length > 1 && span / spec.steps[1] <= pixels / 3 && span < end * .6 ? 1 : 0;
    };
    const refine = (u, scale) => {
      if (scale !== 'x' || u.scales.x.min == null || suitable(u) === resolution) return;
      resolution = suitable(u);
      // Not within the hook: the scale is still being set.
      queueMicrotask(() => {
        const { min, max } = u.scales.x;
        u.batch(() => {
          u.setData(spec.data(resolution), false);
          u.setScale('x', { min, max });
        });
      });
    };

    // A step holds from its start on, so the cursor reads the slot that it is in, not the nearest start.
    const holding = (u, series, nearest, x) => nearest > 0 && u.data[0][nearest] > x ? nearest - 1 : nearest;

    const options = {
      width: spec.width,
      height: spec.height + (upstreams + phaseLabels) * LABEL_ROW,
      padding: [(upstreams + phaseLabels) * LABEL_ROW + 8, 18, 0, 0],
      scales: { x: xScale(end), y: { range: () => spec.yRange(resolution), ...(spec.yScale || {}) } },
      axes: axes(theme, spec.unit, spec.yAxis),
      legend: { show: spec.showLegend !== false, live: true },
      cursor: {
        sync: { key: spec.group, setSeries: false, scales: ['x', null] },
        drag: { x: true, y: false, setScale: true },
        ...(spec.holding ? { dataIdx: holding } : {}),
        points: spec.points === false ? { show: false } : { size: 6 },
        y: false,
      },
      series: [{ label: 'time', value: (u, value) => seconds(value) }, ...spec.series(() => resolution)],
      bands: spec.bands || [],
      hooks: {
        setScale: [refine],
        draw: [u => {
          u.ctx.save();
          if (spec.draw) spec.draw(u);
          drawMarks(u, theme, spec.marks, end, phaseLabels);
          if (phaseLabels) drawPhases(u, theme, phases, rows);
          if (spec.transitions) drawTransitions(u, spec.stateColours, spec.transitions);
          u.ctx.restore();
        }],
      },
    };
    const chart = new uPlot(options, spec.data(0), element);
    return chart;
  };

  // ---- The kinds of charts ------------------------------------------------------------------------------------------------------

  /** Stacked steps: pages or attempts a second by outcome. `parts` are {label, colour, pick}, the lowest first. */
  const stacked = (common, parts, extra, yMax, element) => {
    const data = r => {
      const columns = common.resolutions[r];
      const sums = stack(columns, parts.map(part => part.pick)).map(toEdge).reverse();
      const lines = extra.map(part => toEdge(column(columns, part.pick)));
      return [edges(columns), ...sums, ...lines];
    };
    const raw = (part, r, i) => {
      const values = column(common.resolutions[r], part.pick);
      return values[Math.min(i, values.length - 1)];
    };
    const value = (part, resolution) => (u, shown, series, i) => i == null ? '–' : figure(raw(part, resolution(), i)) + '/s';
    const steps = uPlot.paths.stepped({ align: 1 });
    return make({
      ...common,
      height: 210,
      holding: true,
      data,
      yRange: r => [0, yMax(r)],
      points: false,
      series: resolution => [
        ...[...parts].reverse().map(part => ({
          label: part.label, fill: part.colour, width: 0, stroke: part.colour, paths: steps, points: { show: false },
          value: value(part, resolution),
        })),
        ...extra.map(part => ({
          label: part.label, stroke: part.colour, width: 1.5, dash: [4, 3], paths: steps, points: { show: false },
          value: value(part, resolution),
        })),
      ],
    }, element);
  };

  /** Latency of pages on a logarithmic scale: median, 99th percentile, slowest. */
  const latency = (common, colour, range, element) => make({
    ...common,
    height: 220,
    data: r => {
      const columns = common.resolutions[r];
      // A logarithm needs something above zero.
      const positive = values => values.map(value => value == null ? null : Math.max(value, range[0]));
      return [centres(columns), positive(columns.max), positive(columns.p99), positive(columns.p50)];
    },
    yRange: () => range,
    yScale: { distr: 3, log: 10 },
    yAxis: {
      splits: () => {
        const powers = [];
        for (let power = range[0]; power <= range[1] * 1.001; power *= 10) powers.push(power);
        return powers;
      },
      filter: (u, splits) => splits,
      values: (u, splits) => splits.map(millis),
    },
    bands: [{ series: [2, 3], fill: colour + '33' }],
    series: () => [
      {
        label: 'slowest', stroke: common.theme.faint, width: 1, paths: () => null,
        points: { show: true, size: 3.5, width: 0, fill: common.theme.faint }, value: (u, value) => millis(value),
      },
      { label: '99 of 100 within', stroke: colour, width: 1.3, dash: [5, 3], value: (u, value) => millis(value) },
      { label: 'half within', stroke: colour, width: 2.2, value: (u, value) => millis(value) },
    ],
  }, element);

  /** Lines of several variants: pages a second that users could look at. */
  const compared = (common, variants, yMax, element) => make({
    ...common,
    height: 280,
    data: r => [centres(variants[0].resolutions[r]), ...variants.map(variant => {
      const columns = variant.resolutions[r];
      const full = column(columns, c => c.pages.full);
      const degraded = column(columns, c => c.pages.degraded);
      return full.map((value, i) => value + degraded[i]);
    })],
    yRange: r => [0, yMax(r)],
    series: () => variants.map(variant => ({
      label: variant.name, stroke: variant.colour[common.theme.name], width: 2, dash: DASHES[variant.dash],
      points: { show: false }, value: (u, value) => value == null ? '–' : figure(value) + '/s',
    })),
  }, element);

  /** A lane for each breaker: a thin line while it is closed, a bar while it is open. */
  const lanes = (common, breakers, element) => {
    const height = breakers.length > 12 ? 14 : 20;
    const draw = u => {
      const { ctx, bbox } = u;
      const lane = bbox.height / breakers.length;
      breakers.forEach((breaker, row) => {
        const middle = bbox.top + (row + .5) * lane;
        // Probes last milliseconds; they come last, and are never thinner than two pixels, to be seen at all.
        for (const probing of [false, true]) {
          for (const span of breaker.spans) {
            if ((span.state === 'HALF_OPEN') !== probing || !visible(u, span.from, span.to)) continue;
            const left = xOf(u, span.from);
            const width = Math.max(xOf(u, span.to) - left, (probing ? 2.5 : .5) * devicePixelRatio);
            const thick = lane * (span.state === 'CLOSED' ? .18 : span.state === 'OPEN' ? .62 : .9);
            ctx.fillStyle = common.stateColours[span.state] || common.theme.faint;
            ctx.fillRect(left, middle - thick / 2, width, thick);
          }
        }
      });
    };
    const state = breaker => (u, value, series, i) => {
      const second = u.cursor.left >= 0 ? u.posToVal(u.cursor.left, 'x') : null;
      const span = second == null ? null : breaker.spans.find(s => s.from <= second && second < s.to);
      return span ? span.state.toLowerCase().replace('_', '-') : '–';
    };
    return make({
      ...common,
      steps: common.steps.slice(0, 1),
      transitions: null,
      height: breakers.length * height + 38,
      showLegend: false,
      points: false,
      data: () => {
        const xs = edges(common.resolutions[0]);
        return [xs, ...breakers.map(() => xs.map(() => null))];
      },
      yRange: () => [0, breakers.length],
      yAxis: {
        splits: () => breakers.map((_, row) => breakers.length - row - .5),
        values: () => breakers.map(breaker => breaker.label),
        filter: (u, splits) => splits,
        font: FONT.replace('12px', '11px'),
        grid: { show: false },
        gap: 4,
      },
      series: () => breakers.map(breaker => ({ label: breaker.label, stroke: 'transparent', value: state(breaker) })),
      draw,
    }, element);
  };

  return { LIGHT, DARK, DASHES, figure, seconds, millis, niceMax, stack, stacked, latency, compared, lanes };
})();
