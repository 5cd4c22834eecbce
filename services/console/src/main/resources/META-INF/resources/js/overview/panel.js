// Categories over time, stacked; drawn on a canvas, with a table for those who cannot see it.
import {colour, el, keyed, text} from '../lib/dom.js';
import * as format from '../lib/format.js';

/** So many series have a colour of their own when categories are shown; the rest is one. */
const MOST = 9;
const REST = {id: '~rest', name: 'The rest', colour: '#cfd2d8'};
const UNDECIDED = {id: '~undecided', name: 'Undecided', colour: '#f0d48a'};
const TABLE_ROWS = 200;
const STEPS = {
  minute: {dateStyle: undefined, hour: '2-digit', minute: '2-digit'},
  hour: {day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit'},
  day: {day: 'numeric', month: 'short', timeZone: 'UTC'},
};

/** `element`, `show(series, taxonomy)`, `redraw()` in the colours of the theme, `close()`. `of` says which counts they are. */
export function panel(context, of = 'Categories over time') {
  const legend = el('div', {class: 'legend', role: 'group', 'aria-label': 'Shown in the chart'});
  const canvas = el('div', {class: 'canvas', role: 'img', 'aria-label': of});
  const tableBody = el('div', {class: 'wide chart-table', tabindex: '0', role: 'region', 'aria-label': 'Counts over time'});
  const fold = el('details', {class: 'fold'}, el('summary', {}, 'As a table'), tableBody);
  const activations = el('ul', {class: 'activations', 'aria-label': 'Changes of version'});
  const element = el('div', {class: 'panel'}, legend, canvas, activations, fold);
  fold.addEventListener('toggle', () => { if (fold.open) drawTable(); });

  let library = null;
  let drawn = null;
  let last = null;
  const hidden = new Set();

  const size = new ResizeObserver(() => drawn?.resize());
  const dark = () => getComputedStyle(document.documentElement).colorScheme === 'dark'
    || (!document.documentElement.dataset.theme && matchMedia('(prefers-color-scheme: dark)').matches);

  const draw = () => {
    if (!last) return;
    const {points, series, step, marks} = last;
    keyed(legend, series, (s) => 'l-' + s.id, () => {
      const button = el('button', {type: 'button'}, el('span', {class: 'dot'}), el('span'));
      button.addEventListener('click', () => {
        const id = button.dataset.key.slice(2);
        if (!hidden.delete(id)) hidden.add(id);
        draw();
      });
      return button;
    }, (button, s) => {
      button.firstChild.style.setProperty('--c', s.colour);
      text(button.lastChild, s.name);
      button.setAttribute('aria-pressed', String(!hidden.has(s.id)));
    });
    canvas.setAttribute('aria-label', summary(points, series, step) + marks.map((mark) => ' ' + activationWords(mark)).join(''));
    keyed(activations, marks, (mark) => mark.ref + mark.at, () => el('li', {dir: 'auto'}), (li, mark) => text(li, activationWords(mark)));
    if (fold.open) drawTable();
    canvas.classList.toggle('without', !library);
    if (!library) return text(canvas, 'The chart could not be loaded. The table below says the same.');
    if (!drawn) text(canvas, '');
    drawn ??= start();
    const asShares = context.place().chart === 'shares';
    drawn.setOption(option(last, {hidden, asShares, dark: dark(), width: canvas.clientWidth}), {replaceMerge: ['series']});
  };

  const start = () => {
    size.observe(canvas);
    return library.init(canvas, null, {renderer: 'canvas'});
  };

  const drawTable = () => {
    const {points, series, step, marks} = last;
    const all = points.filter((p, i) => p.total > 0 || marks.some((mark) => mark.index === i)).reverse();
    const name = naming(step);
    const table = el('table', {class: 'table'},
      el('thead', {}, el('tr', {}, el('th', {scope: 'col'}, 'From'), series.map((s) => el('th', {scope: 'col', class: 'number'}, s.name)),
        marks.length ? el('th', {scope: 'col'}, 'Version') : null)),
      el('tbody', {}, all.slice(0, TABLE_ROWS).map((p) => el('tr', {}, el('th', {scope: 'row'}, name(p.start)),
        series.map((s) => el('td', {class: 'number'}, p.counts[s.id] ? format.number(p.counts[s.id]) : '·')),
        marks.length ? el('td', {class: 'mark'}, marks.filter((mark) => points[mark.index] === p).map((mark) => mark.ref + ' activated').join(', ')) : null))));
    tableBody.replaceChildren(table, all.length > TABLE_ROWS ? el('p', {class: 'quiet'}, 'The latest ' + TABLE_ROWS + ' of ' + format.number(all.length) + ' with notes.') : '');
  };

  return {
    element,
    async show(data, taxonomy) {
      last = {...shaped(data, taxonomy, context.place().rows === 'stages'), data, taxonomy};
      library ??= await import('../lib/echarts.js').catch(() => null);
      draw();
    },
    redraw() {
      if (last) last = {...shaped(last.data, last.taxonomy, context.place().rows === 'stages'), data: last.data, taxonomy: last.taxonomy};
      draw();
    },
    close() {
      size.disconnect();
      drawn?.dispose();
    },
  };
}

const activationWords = ({ref, at, by}) => format.time(at) + ': ' + ref + ' was activated by ' + by + '.';

/** Where versions became active: {ref, at, by, index of the point}. */
function marked({activations = [], points}) {
  return activations.map(({taxonomy, at, by}) => {
    const index = points.findLastIndex((point) => Date.parse(point.start) <= Date.parse(at));
    return {ref: taxonomy.id + '@' + taxonomy.version, at, by, index: Math.max(0, index)};
  });
}

/** The points with the counts of each series; the series with most notes first. */
function shaped(data, taxonomy, stages) {
  const seriesOf = (id) => (stages ? taxonomy.get(id)?.parent ?? id : id);
  const totals = new Map();
  for (const point of data.points) {
    for (const [id, count] of Object.entries(point.categories)) totals.set(seriesOf(id), (totals.get(seriesOf(id)) ?? 0) + count);
  }
  const ranked = [...totals].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([id]) => id);
  const own = new Set(ranked.length <= MOST + 1 ? ranked : ranked.slice(0, MOST));
  const points = data.points.map((point) => {
    const counts = {};
    for (const [id, count] of Object.entries(point.categories)) {
      const series = own.has(seriesOf(id)) ? seriesOf(id) : REST.id;
      counts[series] = (counts[series] ?? 0) + count;
    }
    if (point.undecided) counts[UNDECIDED.id] = point.undecided;
    return {start: point.start, counts, total: Object.values(counts).reduce((a, b) => a + b, 0)};
  });
  const series = [...own].map((id) => ({id, name: taxonomy.nameOf(id), colour: colour(taxonomy.get(id)?.colour)}));
  if (ranked.length > own.size) series.push(REST);
  if (points.some((p) => p.counts[UNDECIDED.id])) series.push(UNDECIDED);
  return {points, series, step: data.step, marks: marked(data)};
}

function naming(step) {
  const formatter = new Intl.DateTimeFormat('en-GB', STEPS[step] ?? STEPS.hour);
  return (iso) => formatter.format(new Date(iso));
}

function summary(points, series, step) {
  const busy = points.filter((p) => p.total > 0);
  if (busy.length === 0) return 'No notes over this time.';
  const most = busy.reduce((a, b) => (b.total > a.total ? b : a));
  const name = naming(step);
  return 'Stacked bars, one a ' + step + ', from ' + name(busy[0].start) + ' to ' + name(busy.at(-1).start) + '. Most notes: '
    + format.number(most.total) + ' at ' + name(most.start) + '. Most frequent: ' + series.slice(0, 3).map((s) => s.name).join(', ') + '.';
}

function option({points, series, step, marks}, {hidden, asShares, dark, width}) {
  const css = getComputedStyle(document.body);
  const ink = dark ? '#e6e8ed' : '#1d2430';
  const quiet = dark ? '#9ba5b5' : '#586171';
  const line = dark ? '#2b323e' : '#e2e2dc';
  const name = naming(step);
  const font = css.fontFamily;
  const shown = series.filter((s) => !hidden.has(s.id));
  const sums = points.map((p) => shown.reduce((sum, s) => sum + (p.counts[s.id] ?? 0), 0));
  const value = (p, s, i) => (asShares ? (sums[i] ? (100 * (p.counts[s.id] ?? 0)) / sums[i] : 0) : p.counts[s.id] ?? 0);
  return {
    animation: false,
    textStyle: {fontFamily: font},
    grid: {left: 14 + 7 * (asShares ? 5 : format.compact(Math.max(1, ...sums)).length), right: 14, top: marks.length ? 26 : 12, bottom: 26},
    tooltip: {
      trigger: 'axis',
      renderMode: 'richText',
      confine: true,
      axisPointer: {type: 'shadow', shadowStyle: {color: dark ? 'rgba(255,255,255,.05)' : 'rgba(20,25,35,.05)'}},
      backgroundColor: dark ? '#232a35' : '#ffffff',
      borderColor: line,
      textStyle: {color: ink, fontSize: 12.5, fontFamily: font},
      formatter: (items) => told(items, points, shown, sums, name),
    },
    xAxis: {
      type: 'category',
      data: points.map((p) => name(p.start)),
      axisTick: {show: false},
      axisLine: {lineStyle: {color: line}},
      axisLabel: {color: quiet, fontSize: 12, ...labelled(points, step, width)},
    },
    yAxis: {
      type: 'value',
      max: asShares ? 100 : undefined,
      minInterval: asShares ? undefined : 1,
      splitNumber: 4,
      splitLine: {lineStyle: {color: line}},
      axisLabel: {color: quiet, fontSize: 12, formatter: (v) => (asShares ? v + ' %' : format.compact(v))},
    },
    series: [...shown.map((s) => ({
      id: s.id,
      name: s.name,
      type: 'bar',
      stack: 'notes',
      barCategoryGap: points.length > 150 ? '0%' : '18%',
      barMaxWidth: 42,
      itemStyle: {color: dark ? lightened(s.colour) : s.colour, borderColor: dark ? '#191e26' : '#ffffff', borderWidth: points.length > 90 ? 0 : .75},
      emphasis: {disabled: true},
      large: false,
      data: points.map((p, i) => value(p, s, i)),
    })), {
      id: '~activations',
      type: 'line',
      data: [],
      markLine: {
        silent: true,
        symbol: ['none', 'none'],
        lineStyle: {color: ink, type: [4, 3], width: 1.25},
        label: {position: 'end', distance: 4, color: ink, fontSize: 12, fontFamily: font, formatter: ({name: ref}) => ref},
        data: marks.map((mark) => ({name: mark.ref, xAxis: mark.index, label: {align: sideOf(mark.index / points.length)}})),
      },
    }],
  };
}

/** Names near an edge of the chart stand beside their line, so that they are not cut. */
const sideOf = (part) => (part < .15 ? 'left' : part > .85 ? 'right' : 'center');

const HOUR = new Intl.DateTimeFormat('en-GB', {hour: '2-digit', minute: '2-digit'});
const DAY = new Intl.DateTimeFormat('en-GB', {day: 'numeric', month: 'short'});

/** Labels where people expect them: at midnight or at whole hours, and no more than there is room for. */
function labelled(points, step, width) {
  const room = Math.max(2, Math.floor(width / 80));
  const long = step === 'hour' && points.length > 48;
  const candidates = [];
  points.forEach((point, i) => {
    const date = new Date(point.start);
    if (step === 'minute' ? date.getMinutes() % 5 === 0 : !long || date.getHours() === 0) candidates.push(i);
  });
  const every = Math.max(1, Math.ceil(candidates.length / room));
  const chosen = new Set(candidates.filter((_, i) => i % every === 0));
  const name = step === 'day' ? naming(step) : (iso) => (long ? DAY : HOUR).format(new Date(iso));
  return {interval: (i) => chosen.has(i), formatter: (_, i) => name(points[i].start)};
}

/** What the pointer is at, as plain text. */
function told(items, points, shown, sums, name) {
  const i = items[0]?.dataIndex;
  if (i === undefined) return '';
  const lines = shown.map((s) => [s.name, points[i].counts[s.id] ?? 0]).filter(([, count]) => count > 0).sort((a, b) => b[1] - a[1]);
  return [name(points[i].start) + ' · ' + format.notes(sums[i]),
    ...lines.slice(0, 10).map(([series, count]) => format.number(count) + '  ' + series)].join('\n');
}

/** As base.css lightens the taxonomy's colours on dark paper. */
function lightened(hex) {
  const mix = (at, with_) => Math.round(.68 * parseInt(hex.slice(at, at + 2), 16) + .32 * with_);
  return 'rgb(' + mix(1, 0xdf) + ',' + mix(3, 0xe8) + ',' + mix(5, 0xf5) + ')';
}
