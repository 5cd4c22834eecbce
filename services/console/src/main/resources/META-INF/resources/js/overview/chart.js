// Over time: the course of the counts, and on request the same course as the version before counts it.
import {el, text} from '../lib/dom.js';
import {panel} from './panel.js';

/**
 * `show(series, taxonomy)`; `before(ref | null)` which other version can be drawn below; `showBefore(series, taxonomy)`;
 * `place(place)`, `redraw()` in the colours of the theme, `close()`.
 */
export function chart(context) {
  const counts = el('button', {type: 'button', on: {click: () => context.go({chart: null}, {replace: true})}}, 'Counts');
  const shares = el('button', {type: 'button', on: {click: () => context.go({chart: 'shares'}, {replace: true})}}, 'Shares');
  const twice = el('button', {type: 'button', class: 'button small', 'aria-pressed': 'false', hidden: true,
    on: {click: () => context.go({under: context.place().under ? null : other}, {replace: true})}});
  const now = panel(context);
  const earlier = panel(context, 'Categories over time under another version');
  const title = el('h3', {class: 'panel-title'});
  const below = el('div', {class: 'panel-before'}, title, earlier.element);
  const element = el('section', {class: 'sheet course', 'aria-label': 'Over time'},
    el('div', {class: 'section-head'}, el('h2', {class: 'title'}, 'Over time'), el('div', {class: 'course-tools'}, twice,
      el('div', {class: 'segments small', role: 'group', 'aria-label': 'Height of the bars'}, counts, shares))),
    now.element);
  let other = null;   // the version that can be drawn, too

  const place = () => {
    const {chart: height, under} = context.place();
    counts.setAttribute('aria-pressed', String(height !== 'shares'));
    shares.setAttribute('aria-pressed', String(height === 'shares'));
    twice.hidden = !other && !under;
    text(twice, 'Also under ' + (under ?? other));
    twice.setAttribute('aria-pressed', String(Boolean(under)));
    if (!under) below.remove();
    else if (!below.isConnected) element.append(below);
  };

  return {
    element,
    show(data, taxonomy) {
      place();
      return now.show(data, taxonomy);
    },
    before(ref) {
      other = ref;
      place();
    },
    showBefore(data, taxonomy) {
      place();
      text(title, 'The same time under ' + taxonomy.ref.id + '@' + taxonomy.ref.version);
      return earlier.show(data, taxonomy);
    },
    place() {
      place();
      now.redraw();
      earlier.redraw();
    },
    redraw() {
      now.redraw();
      earlier.redraw();
    },
    close() {
      now.close();
      earlier.close();
    },
  };
}
