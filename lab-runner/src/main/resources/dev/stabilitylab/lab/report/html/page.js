// Builds the page from its data. Text from scripts only ever enters it as text nodes, never as markup.
(() => {
  'use strict';

  const data = JSON.parse(document.getElementById('data').textContent);
  const { figure, millis } = Charts;
  const report = document.getElementById('report');

  /** An element with attributes and children; strings become text. */
  const el = (name, attributes = {}, ...children) => {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    element.append(...children.filter(child => child != null));
    return element;
  };
  const fixed = (value, digits) => value == null ? '–' : value.toFixed(digits);
  const share = value => {
    if (value == null) return '–';
    // Never rounds up to all or down to nothing: 99.996 % is not 100 %.
    const percent = value * 100;
    return fixed((value > .5 ? Math.floor(percent * 100 + 1e-6) : Math.ceil(percent * 100 - 1e-6)) / 100, 2) + ' %';
  };
  const after = value => value == null ? '–' : figure(value / 1000, 2) + ' s';
  const steps = data.variants.length ? data.variants[0].resolutions.map(columns => columns.step) : [];
  const stepText = `in steps of ${figure(steps[0], 1)} s` + (steps[1] ? `; zoom in and the steps become ${figure(steps[1], 1)} s` : '');

  // ---- Charts: remembered, so that they can be drawn anew for another theme or width ----------------------------------------

  const dark = matchMedia('(prefers-color-scheme: dark)');
  const charts = [];
  let printing = false;
  const theme = () => dark.matches && !printing ? Charts.DARK : Charts.LIGHT;

  const figureOf = (title, caption, draw, { kind = '', keys = null } = {}) => {
    const holder = el('div', { class: 'chart ' + kind, role: 'img', 'aria-label': `${title}. ${caption}` });
    charts.push({ holder, draw, chart: null });
    return el('figure', {}, title ? el('h3', {}, title) : null, el('figcaption', {}, caption), holder, keys);
  };
  const drawAll = () => {
    for (const entry of charts) {
      if (entry.chart) entry.chart.destroy();
      // A sheet of A4 has room for 680 CSS pixels.
      entry.chart = entry.draw(theme(), printing ? 680 : entry.holder.clientWidth, entry.holder);
    }
  };

  // ---- Scales: the same in all variants ----------------------------------------------------------------------------------------

  const highest = columns => columns.reduce((max, value) => value > max ? value : max, 0);
  const perResolution = compute => {
    const values = steps.map((_, r) => Charts.niceMax(highest(data.variants.map(variant => compute(variant.resolutions[r])))));
    return r => values[r];
  };
  const top = (columns, picks) => picks.length ? highest(Charts.stack(columns, picks)[picks.length - 1]) : 0;

  const pageKinds = data.legend.pages.filter(kind =>
    data.variants.some(variant => variant.resolutions.some(columns => columns.pages[kind.key])));
  const pageMax = perResolution(columns => top(columns, pageKinds.map(kind => c => c.pages[kind.key])));
  const latencyRange = (() => {
    const all = data.variants.flatMap(variant => variant.resolutions.flatMap(columns => [...columns.p50, ...columns.max]))
      .filter(value => value > 0);
    const lowest = all.reduce((min, value) => Math.min(min, value), Infinity);
    const low = all.length ? 10 ** Math.floor(Math.log10(Math.max(lowest, .1))) : 1;
    const high = all.length ? 10 ** Math.ceil(Math.log10(highest(all))) : 1000;
    return [low, Math.max(high, low * 10)];
  })();

  const stateColours = shown => ({
    ...Object.fromEntries(data.legend.breakers.map(state => [state.key, state[shown.name]])), ground: shown.ground,
  });

  // ---- Sections ----------------------------------------------------------------------------------------------------------------

  const variantSwatch = variant => {
    const swatch = el('span', { class: 'swatch', 'data-colour': '' });
    swatch.style.borderTopStyle = variant.dash ? 'dashed' : 'solid';
    swatch.colours = variant.colour;
    return swatch;
  };

  const keysOf = items => {
    const keys = el('p', { class: 'keys' });
    for (const item of items) {
      const box = el('i', { 'data-colour': '' });
      box.colours = item;
      keys.append(el('span', {}, box, item.label));
    }
    return keys;
  };
  const paintSwatches = () => {
    for (const swatch of document.querySelectorAll('[data-colour]')) {
      const colour = swatch.colours[theme().name];
      if (swatch.classList.contains('swatch')) swatch.style.borderTopColor = colour;
      else swatch.style.background = colour;
    }
  };

  const head = () => {
    const expectations = data.variants.flatMap(variant => variant.result ? variant.result.expectations : []);
    const held = expectations.filter(expectation => expectation.held).length;
    const verdict = `${data.held ? '✓ Held' : '✗ Fell short'}: ${held} of ${expectations.length} expectations held`;
    const variants = data.variants.length === 1 ? 'one variant' : `${data.variants.length} variants`;
    report.append(
      el('p', { class: 'faint' }, `Simulation ${data.name}, ${variants} of ${figure(data.duration, 1)} s each, world ${data.world}`
        + (data.load ? `; ${data.load}.` : '.')),
      el('div', { class: 'verdict' + (data.held ? '' : ' short') }, verdict));
  };

  const overview = () => {
    if (!data.variants.length) return;
    const answered = perResolution(columns => top(columns, ['full', 'degraded'].map(key => c => c.pages[key])));
    report.append(el('h2', {}, 'All variants over one another'), figureOf('',
      `Pages a second that users could look at, full or degraded, ${stepText}. Higher is better. Here a colour stands for a variant; `
      + 'in all other charts it stands for an outcome. Shaded: an upstream is broken; the dashed line is its recovery. '
      + 'The brackets on top are the phases that the figures below are computed for. '
      + 'Drag over a stretch to zoom in, double-click to see all of it, click on a name to hide its line.',
      (shown, width, holder) => Charts.compared({
        group: 'overview', theme: shown, width, end: data.duration, marks: data.variants[0].marks, phases: data.phases, steps,
        resolutions: data.variants[0].resolutions,
      }, data.variants, answered, holder)));
  };

  const expectations = () => {
    const judged = data.variants.filter(variant => variant.result && variant.result.expectations.length);
    if (!judged.length) return;
    report.append(el('h2', {}, 'What was expected, and what was measured'), el('div', { class: 'cards' },
      ...judged.map(variant => el('div', { class: 'card' },
        el('h3', {}, variantSwatch(variant), variant.name),
        variant.description ? el('p', {}, variant.description) : null,
        el('ul', {}, ...variant.result.expectations.map(expectation => el('li', { class: expectation.held ? 'held' : 'short' },
          el('span', { class: 'mark', 'aria-label': expectation.held ? 'held' : 'fell short' }, expectation.held ? '✓' : '✗'),
          expectation.text,
          el('span', { class: 'measured' }, 'measured: ' + expectation.measured))))))));
  };

  const table = () => {
    const judged = data.variants.filter(variant => variant.result);
    if (!judged.length) return;
    const titles = ['Phase', 'Pages a second', 'Available', 'Degraded', 'Half within', '99 % within', 'Slowest', 'Attempts a page'];
    const rows = judged.flatMap(variant => [
      el('tr', {}, el('th', { scope: 'rowgroup', colspan: titles.length }, variantSwatch(variant), variant.name,
        el('span', { class: 'faint' }, `: breakers open after ${after(variant.result.breakersOpenAfterMs)}, `
          + `closed after ${after(variant.result.breakersClosedAfterMs)}`))),
      ...variant.result.phases.map(phase => el('tr', {}, el('th', { scope: 'row' }, phase.name), ...[
        fixed(phase.rate, 1), share(phase.availability), share(phase.degraded), millis(phase.p50Ms), millis(phase.p99Ms),
        millis(phase.maxMs), fixed(phase.attemptsPerPage, 2),
      ].map(text => el('td', {}, text)))),
    ]);
    report.append(el('h2', {}, 'Figures by phase'), el('div', { class: 'scroll', tabindex: '0' }, el('table', { class: 'figures' },
      el('thead', {}, el('tr', {}, ...titles.map(title => el('th', { scope: 'col' }, title)))), el('tbody', {}, ...rows))),
    el('p', { class: 'faint' }, 'Pages a second counts pages that users could look at, full or degraded. Available and degraded are shares '
      + 'of all pages but those refused to their user (401, 403). Attempts a page is what the homepage sent to the broken upstream. '
      + 'Breakers open after: from the first fault until every instance’s breaker was open; closed after: from the last heal until '
      + 'all were closed again. A dash means that there is no such figure.'));
  };

  const lanesOf = (variant, upstream) => variant.lanes.filter(lane => lane.upstream === upstream).map(lane => {
    const spans = [];
    for (let i = 0; i < lane.changes.length; i += 2) {
      spans.push({ from: lane.changes[i], to: i + 2 < lane.changes.length ? lane.changes[i + 2] : data.duration, state: lane.changes[i + 1] });
    }
    // The axis has room for some eleven characters; numbers at the end tell instances apart.
    const label = lane.instance.length > 11 ? '…' + lane.instance.slice(-10) : lane.instance;
    return { label, spans };
  });

  // Trips and recoveries; the probing in between is shown in the lanes only.
  const transitionsOf = variant => variant.lanes.flatMap(lane => {
    const found = [];
    for (let i = 2; i < lane.changes.length; i += 2) {
      const before = lane.changes[i - 1];
      const state = lane.changes[i + 1];
      if (state === 'CLOSED' || (state === 'OPEN' && before === 'CLOSED')) found.push({ at: lane.changes[i], state });
    }
    return found;
  });

  const attempts = (variant, common, upstream) => {
    const known = data.legend.outcomes;
    const used = new Set(data.variants.flatMap(other => other.resolutions.flatMap(columns =>
      Object.keys(columns.attempts[upstream] || {}))));
    const outcomes = [...known.filter(outcome => used.delete(outcome.key)),
      ...[...used].map(key => ({ key, label: key.replaceAll('_', ' '), light: '#9aa0a8', dark: '#9aa0a8' }))];
    if (!outcomes.length) return null;
    const pick = outcome => columns => (columns.attempts[upstream] || {})[outcome.key];
    const retries = columns => columns.retries[upstream];
    const retried = data.variants.some(other => other.resolutions.some(retries));
    const max = perResolution(columns => Math.max(top(columns, outcomes.map(pick)), highest(retries(columns) || [])));
    return figureOf(`Attempts a second to ${upstream}`,
      `What the homepage instances sent, by outcome, all instances together, ${stepText}.`
      + (retried ? ' The dashed line says how many of them were retries.' : '')
      + ' Much more than one attempt a page is load that a failing upstream gets on top.',
      (shown, width, holder) => Charts.stacked(common(shown, width),
        outcomes.map(outcome => ({ label: outcome.label, colour: outcome[shown.name], pick: pick(outcome) })),
        retried ? [{ label: 'retries', colour: shown.ink, pick: retries }] : [], max, holder), { kind: 'stacked' });
  };

  const breakers = (variant, common) => {
    const upstreams = [...new Set(variant.lanes.map(lane => lane.upstream))].filter(upstream => data.upstreams.includes(upstream)
      || variant.lanes.some(lane => lane.upstream === upstream && lane.changes.length > 2));
    if (!upstreams.length) return [el('p', { class: 'faint' }, 'There was no circuit breaker to a watched upstream in this variant.')];
    return upstreams.map(upstream => figureOf(`Circuit breakers to ${upstream}`,
      'A lane for each instance of the homepage: a thin line while its breaker is closed and calls go out, a bar while it is open and '
      + 'calls fail at once, a tall stroke while it is half-open and lets a call probe.',
      (shown, width, holder) => Charts.lanes(common(shown, width), lanesOf(variant, upstream), holder),
      { kind: 'lanes', keys: keysOf(data.legend.breakers) }));
  };

  const variantSection = (variant, index) => {
    const common = (shown, width) => ({
      group: 'variant-' + index, theme: shown, width, end: data.duration, marks: variant.marks, steps,
      resolutions: variant.resolutions, transitions: transitionsOf(variant), stateColours: stateColours(shown),
    });
    const hasBreakers = variant.lanes.length > 0;
    report.append(el('section', { class: 'variant' },
      el('h2', {}, variantSwatch(variant), variant.name),
      variant.description ? el('p', {}, variant.description) : null,
      variant.load ? el('p', {}, `Load: ${variant.load}.`) : null,
      figureOf('Pages a second by outcome',
        `What users got, ${stepText}. The layers add up to all pages.`
        + (hasBreakers ? ' A triangle at the top edge: a breaker opened. At the bottom edge: a breaker closed again.' : ''),
        (shown, width, holder) => Charts.stacked(common(shown, width),
          pageKinds.map(kind => ({ label: kind.label, colour: kind[shown.name], pick: columns => columns.pages[kind.key] })),
          [], pageMax, holder), { kind: 'stacked' }),
      figureOf('Latency of pages',
        'How long users waited, whatever they got, on a logarithmic scale: a line further up is ten times as long. '
        + 'The solid line is the median, the dashed one the 99th percentile, a dot the slowest page. A gap: no page ended.',
        (shown, width, holder) => Charts.latency(common(shown, width), '#009E73', latencyRange, holder)),
      ...data.upstreams.map(upstream => attempts(variant, common, upstream)).filter(Boolean),
      ...breakers(variant, common)));
  };

  const foot = () => {
    const text = value => value !== null && typeof value === 'object'
      ? Object.entries(value).map(([key, inner]) => `${key} ${text(inner)}`).join(', ') : String(value);
    const list = el('dl', {});
    for (const [key, value] of Object.entries(data.environment)) list.append(el('dt', {}, key), el('dd', {}, text(value)));
    report.append(el('footer', {},
      el('p', {}, 'Measured on:'), list,
      el('p', {}, 'Within a variant all charts share the cursor and the stretch of time: drag to zoom, double-click to reset. '
        + 'A kind of chart has the same y axis in all variants. Colours by Okabe and Ito. '
        + `Drawn with uPlot ${data.uplot}, copyright Leon Sorokin, MIT licence.`)));
  };

  head();
  overview();
  expectations();
  table();
  data.variants.forEach(variantSection);
  foot();

  const redraw = () => { paintSwatches(); drawAll(); };
  redraw();
  dark.addEventListener('change', redraw);
  addEventListener('beforeprint', () => { printing = true; redraw(); });
  addEventListener('afterprint', () => { printing = false; redraw(); });
  let width = innerWidth;
  let resizing = 0;
  addEventListener('resize', () => {
    // A phone that hides its address bar resizes, too, but not in width.
    if (innerWidth === width || printing) return;
    width = innerWidth;
    cancelAnimationFrame(resizing);
    resizing = requestAnimationFrame(redraw);
  });
})();
