// R1 looks for what recurs: which notes it should read, what is under way, what it found.
import {showFaults, noFaults} from '../lib/confirm.js';
import {categoryOptions, categoryWords, choices} from '../lib/choices.js';
import {el, text} from '../lib/dom.js';
import * as format from '../lib/format.js';
import {counted} from '../lib/place.js';
import {may} from '../lib/session.js';
import {signature} from '../lib/signature.js';
import {discoveryList} from './discoveries.js';
import {discovery} from './discovery.js';
import {placeWords} from './asked.js';

const NOTES = 600;
const RUNS = 3;
const LANGUAGE = 'English';
/** While something is under way it is asked for so often, should no signal come. */
const LOOK_EVERY = 3000;
const UNDER_WAY = ['drawing', 'waiting', 'running'];

export function patterns(root, context) {
  const form = asking(context, (id) => context.go({discovery: id, categories: [], maxAgreement: null}));
  const list = discoveryList(context);
  const desk = el('div', {class: 'patterns'}, form.element, list.element);
  const result = el('div', {hidden: true});
  root.replaceChildren(desk, result);
  let open = null;
  let busy = false;

  const loading = context.refresher(async (signal) => {
    const {discoveries} = await context.ask('discoveries', {signal});
    busy = discoveries.some((each) => UNDER_WAY.includes(each.state));
    list.draw(discoveries, await context.taxonomy());
  }, 1000);
  const counting = context.refresher(async (signal) => {
    const place = context.place();
    const taxonomy = await context.taxonomy();
    form.show(place, taxonomy);
    form.matching(await matching(place, signal));
  }, 2000);
  /** Without a label or an agreement every note matches that is known, judged under the version or not. */
  async function matching(place, signal) {
    if (place.categories.length === 0 && !place.maxAgreement) {
      const {decided, undecided, unjudged} = await context.ask('statistics?' + counted(place), {signal});
      return {total: decided + undecided + (unjudged ?? 0), totalExact: true};
    }
    const query = counted(place, {limit: 1});
    for (const category of place.categories) query.append('category', category);
    if (place.maxAgreement) query.set('maxAgreement', place.maxAgreement);
    if (place.under) query.set('taxonomy', place.under);
    return context.ask('notes?' + query, {signal});
  }

  const timer = setInterval(() => { if (busy && !open) loading.soon(); }, LOOK_EVERY);
  loading.now();

  return {
    update(place) {
      if (place.discovery !== (open?.id ?? null)) {
        open?.close();
        open = place.discovery ? discovery(result, place.discovery, context) : null;
        desk.hidden = Boolean(open);
        result.hidden = !open;
        if (!open) {
          result.replaceChildren();
          loading.now();
        }
      }
      if (!open) counting.now();
    },
    live(kind) {
      if (kind === 'discoveries' || kind === 'open' || kind === 'reset') loading.soon();
      if (kind === 'statistics' && !open) counting.soon();
      open?.live(kind);
    },
    key(event) {
      if (event.key !== 'Escape' || !open) return false;
      context.go({discovery: null});
      return true;
    },
    close() {
      clearInterval(timer);
      loading.stop();
      counting.stop();
      open?.close();
    },
  };
}

/** The form. Window and sources are picked above it, category and agreement stand in the URL, too. */
function asking(context, onAsked) {
  const categories = choices('discover-category', 'Category', (chosen) => context.go({categories: chosen}, {replace: true}));
  categories.show([], [], 'All categories');
  const quick = el('button', {type: 'button', class: 'link', on: {click: () => context.go({categories: ['other']}, {replace: true})}}, 'Only Other');
  const number = (id, value, min, max, step) => el('input', {id, type: 'number', value, min, max, step, inputmode: 'decimal'});
  const agreement = number('discover-agreement', null, 0, 100, 1);
  agreement.placeholder = 'any';
  agreement.addEventListener('change', () => context.go({maxAgreement: agreement.value === '' ? null : String(Number(agreement.value) / 100)}, {replace: true}));
  const notes = number('discover-notes', NOTES, 2, 100_000, 1);
  const runs = number('discover-runs', RUNS, 1, 20, 1);
  const language = el('input', {id: 'discover-language', type: 'text', value: LANGUAGE, maxlength: 60});
  const which = el('p', {class: 'asked', dir: 'auto'});
  const count = el('p', {class: 'quiet', role: 'status'});
  const sign = signature();
  const wrong = el('div', {class: 'faults', role: 'alert'});
  const start = el('button', {class: 'button primary'}, 'Find patterns');
  const field = (label, input, hint) => el('div', {class: 'edit-field'}, el('label', {for: input.id}, label), input, hint ? el('p', {class: 'quiet'}, hint) : null);
  const element = el('form', {class: 'sheet asking', novalidate: true, 'aria-labelledby': 'asking-title'},
    el('h2', {class: 'title', id: 'asking-title'}, 'Find patterns'),
    el('p', {class: 'quiet'}, 'R1 reads a sample of the notes and names the problems that recur, with quotes and remedies. It works at lower priority than new notes. You decide what becomes of what it finds.'),
    which, count,
    el('div', {class: 'asking-fields'},
      el('div', {class: 'edit-field'}, el('span', {class: 'field-label'}, 'Category'), el('span', {class: 'asking-category'}, categories.element, quick)),
      field('Agreement up to, %', agreement, 'Of R1’s votes.'),
      field('Notes to read', notes),
      field('Runs', runs, 'More runs, surer stability.'),
      field('Language of the names', language)),
    el('div', {'data-needs': 'admin'}, sign.element), wrong, el('div', {'data-needs': 'admin'}, start),
    el('p', {class: 'quiet', 'data-lacks': 'admin'}, 'Asking for a discovery takes the role admin.'));

  element.addEventListener('submit', async (event) => {
    event.preventDefault();
    const by = sign.name();
    if (by === null || start.disabled || !may('admin')) return;
    start.disabled = true;
    noFaults(wrong);
    try {
      const place = context.place();
      const asked = await context.send('discoveries', {
        by, ...(place.from ? {from: place.from, to: place.to ?? undefined} : place.window === 'all' ? {} : {window: place.window}),
        source: place.sources.length ? place.sources : undefined, category: place.categories.length ? place.categories : undefined,
        taxonomy: place.under ?? undefined, maxAgreement: place.maxAgreement ? Number(place.maxAgreement) : undefined,
        notes: whole(notes), runs: whole(runs), language: language.value.trim() || undefined,
      });
      onAsked(asked.id);
    } catch (error) {
      if (error.name !== 'AbortError') showFaults(wrong, error);
    } finally {
      start.disabled = false;
    }
  });

  return {
    element,
    show(place, taxonomy) {
      categories.show(place.categories, categoryOptions(taxonomy, place.categories), categoryWords(taxonomy, place.categories));
      if (document.activeElement !== agreement) agreement.value = place.maxAgreement ? String(Math.round(100 * Number(place.maxAgreement))) : '';
      text(which, placeWords(place, taxonomy) + (place.under ? ' · labels of ' + place.under : ''));
      sign.refresh();
    },
    matching({total, totalExact}) {
      const all = (totalExact ? '' : 'more than ') + format.notes(total);
      text(count, total < 2 ? (total === 0 ? 'No note matches' : 'One note matches') + ': choose a wider window or fewer filters.'
        : all + (total === 1 ? ' matches' : ' match') + (total > whole(notes) ? '; a sample of ' + format.number(whole(notes)) + ' is read.' : '; all are read, equal ones once.'));
    },
  };
}

const whole = (input) => (input.value === '' ? undefined : Number(input.value));
