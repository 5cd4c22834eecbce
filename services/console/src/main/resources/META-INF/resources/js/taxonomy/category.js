// One category of a version: what it says, what it said, notes that belong to it, and its edits.
import {colour, el, keyed, text} from '../lib/dom.js';
import {words} from './comparison.js';

const FIELDS = [['definition', null], ['notThis', 'Not this: '], ['remedy', 'Remedy: ']];
/** Where a sample comes from, when it is not a note judged under this very version. */
const ORIGINS = {before: 'judged under ', discovery: 'from the discovery', example: 'quoted in the definition'};

/** `element`, `draw(row, {taxonomy, base, editable, ref, samples})`; `edits` opens its forms, `of` says what they change. */
export function category(context, edits, of) {
  const name = el('h3', {}, el('span', {class: 'dot', 'aria-hidden': 'true'}), el('span', {dir: 'auto'}), ' ', el('code'));
  const changes = el('ul', {class: 'changes'});
  const slot = el('div', {class: 'edit-slot'});
  const tools = el('div', {class: 'category-tools', 'data-needs': 'reviewer'});
  const before = el('div', {class: 'side before'});
  const now = el('div', {class: 'side now'});
  const element = el('li', {class: 'category-row'},
    el('div', {class: 'category-line'}, name, changes, tools), el('div', {class: 'sides'}, before, now), slot);
  let row = null;
  let drawn = '';
  tools.append(edits.menu({category: () => row.now, slot: () => slot, ...of}));

  return {
    element,
    draw(next, {taxonomy, base, editable, ref, samples}) {
      row = next;
      const shown = row.now ?? row.before[0];
      element.style.setProperty('--c', colour(shown.colour));
      element.dataset.depth = row.depth;
      element.classList.toggle('gone', !row.now);
      element.classList.toggle('group', Boolean(row.now) && !taxonomy.labels.includes(row.now));
      text(name.children[1], shown.name);
      text(name.children[2], shown.id);
      tools.hidden = !editable || !row.now;
      keyed(changes, row.changes, (change) => 'h-' + change.kind + change.words, (change) => el('li', {'data-kind': change.kind, dir: 'auto'}, change.words), () => {});
      const state = JSON.stringify([row, base && [base.ref, base.get(shown.id)?.name], ref, samples ?? null]);
      if (state === drawn) return;
      drawn = state;
      before.replaceChildren(...(base ? said(row, base) : []));
      now.replaceChildren(...(row.now ? [...fields(row), samplesOf(samples ?? [], row.now, taxonomy)].filter(Boolean)
        : [el('p', {class: 'quiet'}, 'Gone: no category of ' + ref + ' takes its place.')]));
    },
  };

  /** What the old version said, where that is something else. */
  function said({now: present, before: olds, changes: found}, base) {
    const label = el('p', {class: 'side-label'}, base.ref.id + '@' + base.ref.version);
    if (olds.length === 0) return [label, el('p', {class: 'quiet'}, 'Nothing of this.')];
    if (olds.length === 1 && present) return [label, ...saidOtherwise(olds[0], present, found)];
    return [label, ...olds.flatMap((old) => [
      present ? nameOf(old, present) : null,
      ...FIELDS.filter(([field]) => old[field]).map(([field, lead]) => el('p', {dir: 'auto'}, lead, old[field])),
      quotes(old.examples),
    ]).filter(Boolean)];
  }

  function saidOtherwise(old, present, found) {
    const differing = FIELDS.filter(([field]) => (old[field] ?? '') !== (present[field] ?? ''));
    const shown = [
      old.name !== present.name || old.id !== present.id ? nameOf(old, present) : null,
      ...differing.map(([field, lead]) => el('p', {dir: 'auto'}, lead, old[field] ? marked(old[field], present[field] ?? '', 'gone') : el('span', {class: 'quiet'}, 'nothing'))),
      same(old.examples, present.examples) ? null : quotes(old.examples, present.examples, 'gone'),
    ].filter(Boolean);
    const rest = found.length === 0 ? 'Says the same.' : differing.length === 0 ? 'Said the same.' : null;
    return rest ? [...shown, el('p', {class: 'quiet'}, rest)] : shown;
  }

  function nameOf(old, present) {
    return el('p', {class: 'old-name', dir: 'auto'}, old.name + (old.id !== present.id ? ' (' + old.id + ')' : ''));
  }

  function fields({now: present, before: olds}) {
    const old = olds.length === 1 ? olds[0] : null;
    const line = ([field, lead]) => el('p', {class: field, dir: 'auto'}, lead && el('span', {class: 'lead-in'}, lead), old ? marked(old[field] ?? '', present[field], 'new') : present[field]);
    const [first, last] = [FIELDS.slice(0, 2), FIELDS.slice(2)].map((some) => some.filter(([field]) => present[field]).map(line));
    const examples = quotes(present.examples, old?.examples, 'new');
    const more = [...last, examples].filter(Boolean);
    const isAsBefore = !old || ((old.remedy ?? '') === (present.remedy ?? '') && same(old.examples, present.examples));
    if (more.length === 0 || !isAsBefore) return [...first, ...more];
    return [...first, el('details', {class: 'fold more'}, el('summary', {}, [last.length ? 'Remedy' : null, examples ? 'quotes' : null].filter(Boolean).join(' and ').replace(/^q/, 'Q')), more)];
  }

  function samplesOf(samples, present, taxonomy) {
    if (samples.length === 0) return null;
    const fresh = samples.filter((sample) => sample.noteId || !present.examples.includes(sample.quote));
    if (fresh.length === 0) return null;
    return el('div', {class: 'samples'}, el('p', {class: 'lead-in'}, 'In notes'), el('ul', {}, fresh.map((sample) => el('li', {},
      quoted(sample, taxonomy), sample.origin === 'judged' ? null : el('span', {class: 'quiet'}, ' ' + (ORIGINS[sample.origin] ?? '') + (sample.origin === 'before' ? sample.under ?? '' : ''))))));
  }

  function quoted(sample) {
    const said_ = '“' + (sample.quote ?? sample.excerpt) + '”';
    return sample.noteId ? el('a', {'data-route': true, dir: 'auto', title: sample.excerpt ?? null, href: context.href({view: 'notes', note: sample.noteId})}, said_) : el('span', {dir: 'auto'}, said_);
  }
}

/** A text with what only it says set apart; `side` is 'gone' for the old one, 'new' for the new one. */
function marked(old, now, side) {
  return el('span', {}, words(old, now).filter((piece) => piece.kind === 'same' || piece.kind === side)
    .map((piece) => (piece.kind === 'same' ? piece.text : el(side === 'gone' ? 'del' : 'ins', {}, piece.text))));
}

const same = (some, others) => some.length === others.length && some.every((one, i) => one === others[i]);

function quotes(examples, others = null, side = null) {
  if (!examples?.length) return null;
  return el('ul', {class: 'quotes', 'aria-label': 'Example quotes'}, examples.map((example) =>
    el('li', {dir: 'auto'}, others && !others.includes(example) ? el(side === 'gone' ? 'del' : 'ins', {}, '“' + example + '”') : '“' + example + '”')));
}
