// All versions, and the one that is looked at: beside the one that it would take the place of.
import {el, keyed, text} from '../lib/dom.js';
import * as format from '../lib/format.js';
import {named} from '../lib/taxonomy.js';
import {pathOf, refOf, since, stateOf} from './refs.js';
import {version} from './version.js';

export function versions(root, context) {
  const list = el('ul', {class: 'version-list'});
  const box = el('div', {class: 'version-box'});
  root.replaceChildren(el('div', {class: 'versions'},
    el('nav', {class: 'version-side', 'aria-label': 'Versions'}, el('h2', {class: 'title'}, 'Versions'), list), box));

  const shown = version(box, context, {changed: () => all.now()});
  let known = [];

  const all = context.refresher(async (signal) => {
    known = await context.ask('taxonomies', {signal});
    draw();
    one.soon();
  }, 1000);
  const one = context.refresher(async (signal) => {
    const place = context.place();
    const active = known.find((each) => each.active);
    const listed = known.find((each) => refOf(each.taxonomy) === place.version) ?? (place.version ? null : active);
    const ref = place.version ?? refOf(active.taxonomy);
    const against = againstOf(place, listed, active);
    const ask = (path, more) => context.ask(path, {...more, signal});
    try {
      const [now, base, diff] = await Promise.all([
        ask(pathOf(ref), {tagged: true}),
        against ? ask(pathOf(against)) : null,
        against ? ask(pathOf(against, '/diff?to=' + encodeURIComponent(ref))) : null,
      ]);
      shown.show({listed, ref, tag: now.tag, taxonomy: named(now.value), tree: now.value, base: base && named(base), diff, versions: known});
    } catch (error) {
      if (error.status !== 404 && error.status !== 400) throw error;
      return shown.missing(ref, error.message);
    }
    // Samples come later: they are searched for, and nobody waits for them to read.
    shown.samples(await ask(pathOf(ref, '/samples?limit=3')).catch((error) => {
      if (error.name === 'AbortError' || !error.status) throw error;
      return {categories: []};
    }));
  }, 250);

  function draw() {
    const place = context.place();
    const active = known.find((each) => each.active);
    const current = place.version ?? refOf(active?.taxonomy);
    keyed(list, known, (each) => 'v-' + refOf(each.taxonomy), () => el('li', {}, el('a', {'data-route': true},
      el('span', {class: 'version-name'}, el('bdi', {}), el('span', {class: 'badge'})),
      el('code', {dir: 'auto'}), el('span', {class: 'quiet'}), el('span', {class: 'quiet', dir: 'auto'}))), (li, each) => {
      const link = li.firstElementChild;
      const [name, code, counts, when] = link.children;
      text(name.firstElementChild, each.title ?? each.taxonomy.id);
      text(name.lastElementChild, stateOf(each));
      name.lastElementChild.dataset.status = each.active ? 'active' : each.status ?? 'unknown';
      text(code, refOf(each.taxonomy));
      text(counts, counted(each));
      text(when, since(each));
      link.setAttribute('href', context.href({version: each.active ? null : refOf(each.taxonomy), against: null}));
      if (refOf(each.taxonomy) === current) link.setAttribute('aria-current', 'true');
      else link.removeAttribute('aria-current');
    });
  }

  all.now();
  return {
    update() {
      if (known.length === 0) return;
      draw();
      one.now();
    },
    live(kind) {
      if (['taxonomies', 'open', 'reset'].includes(kind)) all.soon();
    },
    key: (event) => shown.key(event),
    close() {
      all.stop();
      one.stop();
      shown.close();
    },
  };
}

/** What a version is compared with: what the reader chose, else the active one; the active one with nothing. */
function againstOf(place, listed, active) {
  if (place.against === 'none') return null;
  if (place.against) return place.against;
  return listed && !listed.active && active ? refOf(active.taxonomy) : null;
}

function counted(each) {
  const judged = each.decided + each.undecided;
  if (judged === 0) return each.unjudged && each.active ? format.notes(each.unjudged) + ' to come' : 'no notes judged yet';
  return format.notes(each.decided) + ' decided' + (each.undecided ? ', ' + format.number(each.undecided) + ' undecided' : '');
}
