// Search and filters of the list; all of them stand in the URL.
import {categoryOptions, categoryWords, choices} from '../lib/choices.js';
import {el} from '../lib/dom.js';
import {menu} from '../lib/menu.js';
import {CHECKS} from './detail.js';

const TYPING = 300;
const SORTS = [['time', 'Newest first'], ['doubt', 'Doubtful first'], ['agreement', 'Surest first'], ['random', 'In random order']];
const REVIEWED = [['', 'Reviewed or not'], ['true', 'Reviewed'], ['false', 'Not reviewed']];
export const DEFAULT_SORT = 'time';
/** Fields of a place that narrow the list. */
export const NONE = {q: null, categories: [], failed: [], reviewed: null, minAgreement: null, maxAgreement: null};

/** `element`, `show(place, taxonomy)`, `search()` to type into it. */
export function filters(context) {
  const search = el('input', {type: 'search', placeholder: 'Search the notes', 'aria-label': 'Search the notes', 'aria-keyshortcuts': '/', autocomplete: 'off', maxlength: 1000, enterkeyhint: 'search'});
  let typing = null;
  const look = () => {
    clearTimeout(typing);
    context.go({q: search.value.trim() || null, note: null}, {replace: true});
  };
  search.addEventListener('input', () => {
    clearTimeout(typing);
    typing = setTimeout(look, TYPING);
  });
  search.addEventListener('keydown', (event) => { if (event.key === 'Enter') look(); });

  const go = (changes) => context.go({...changes, note: null});
  const categories = choices('category', 'Category', (chosen) => go({categories: chosen}));
  const failed = choices('failed', 'Checks', (chosen) => go({failed: chosen}));
  const agreement = agreementMenu(go);
  const reviewed = select('Reviewed', REVIEWED, (value) => go({reviewed: value || null}));
  const sort = select('Order', SORTS, (value) => go({sort: value === DEFAULT_SORT ? null : value}));
  const clear = el('button', {type: 'button', class: 'link', on: {click: () => go(NONE)}}, 'Clear filters');
  const unfold = el('button', {type: 'button', class: 'button unfold', 'aria-expanded': 'false', on: {click: () => {
    unfold.setAttribute('aria-expanded', String(element.classList.toggle('unfolded')));
  }}}, 'Filters');
  const element = el('search', {class: 'filters'}, search, unfold, categories.element, agreement.element, failed.element, reviewed, sort, clear);

  return {
    element,
    search: () => { search.focus(); search.select(); },
    show(place, taxonomy) {
      if (document.activeElement !== search) search.value = place.q ?? '';
      categories.show(place.categories, categoryOptions(taxonomy, place.categories), categoryWords(taxonomy, place.categories));
      failed.show(place.failed, [['any', 'Any check failed', 0], ...CHECKS.map(([key, , , no]) => [key, no, 0])], place.failed.length === 0 ? 'Any checks'
        : place.failed.length === 1 ? 'Failed: ' + place.failed[0] : place.failed.length + ' checks');
      agreement.show(place);
      reviewed.value = place.reviewed ?? '';
      sort.value = SORTS.some(([code]) => code === place.sort) ? place.sort : DEFAULT_SORT;
      reviewed.classList.toggle('narrowed', Boolean(place.reviewed));
      clear.hidden = !narrowed(place);
      unfold.classList.toggle('narrowed', narrowed({...place, q: null}));
    },
  };
}

export const narrowed = (place) => Boolean(place.q || place.categories.length || place.failed.length || place.reviewed || place.minAgreement || place.maxAgreement);

function agreementMenu(go) {
  const field = (name) => el('input', {type: 'number', min: 0, max: 100, step: 1, inputmode: 'numeric', placeholder: name});
  const min = field('0');
  const max = field('100');
  const quick = (words, least, most) => el('button', {type: 'button', class: 'link', on: {click: () => { picker.close(); go({minAgreement: least, maxAgreement: most}); }}}, words);
  const form = el('form', {class: 'range'},
    el('div', {class: 'between'}, el('label', {}, el('span', {}, 'From, %'), min), el('label', {}, el('span', {}, 'To, %'), max)),
    el('button', {class: 'primary'}, 'Show these'),
    quick('Not unanimous', null, '0.999'), quick('Under two thirds', null, '0.66'), quick('Any agreement', null, null));
  const picker = menu('agreement', form);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    picker.close();
    go({minAgreement: share(min.value), maxAgreement: share(max.value)});
  });
  return {
    element: picker.element,
    show(place) {
      min.value = percent(place.minAgreement);
      max.value = percent(place.maxAgreement);
      const any = place.minAgreement || place.maxAgreement;
      picker.label(any ? 'Agreement ' + (percent(place.minAgreement) || '0') + '–' + (percent(place.maxAgreement) || '100') + ' %' : 'Any agreement', Boolean(any));
    },
  };
}

const share = (value) => (value === '' ? null : String(Number(value) / 100));
const percent = (value) => (value ? String(Math.round(1000 * Number(value)) / 10) : '');

function select(name, options, onPick) {
  return el('select', {'aria-label': name, on: {change: (event) => onPick(event.target.value)}}, options.map(([value, words]) => el('option', {value}, words)));
}
