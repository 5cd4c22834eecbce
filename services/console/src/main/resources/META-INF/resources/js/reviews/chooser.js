// The categories that can be assigned, as radio buttons, and a field that finds one by its number or a part of its name.
import {el, text} from '../lib/dom.js';

/** Told apart by nothing that people leave out when they type: case, accents, hyphens. */
const plain = (value) => value.normalize('NFKD').replace(/\p{M}/gu, '').replace(/[-_\s]+/g, ' ').trim().toLowerCase();

/** The categories without children, in the taxonomy's order, each with its group and its number. */
export function assignable(taxonomy) {
  return taxonomy.labels.map((category, i) => ({...category, number: i + 1, group: category.parent ? taxonomy.nameOf(category.parent) : ''}));
}

/** Those that a person may mean, the likeliest first. A number that is typed whole goes before those that it begins. */
export function matches(categories, typed) {
  const wanted = plain(typed);
  if (!wanted) return categories;
  const rank = (category) => {
    if (/^\d+$/.test(wanted)) {
      const number = String(category.number);
      return number === wanted ? 0 : number.startsWith(wanted) ? 1 : 9;
    }
    const name = plain(category.name);
    if (name.startsWith(wanted)) return 0;
    if (name.split(' ').some((word) => word.startsWith(wanted))) return 1;
    return [name, plain(category.id), plain(category.group)].some((part) => part.includes(wanted)) ? 2 : 9;
  };
  return categories.map((category) => [rank(category), category])
    .filter(([found]) => found < 9)
    .sort((a, b) => a[0] - b[0] || a[1].number - b[1].number)
    .map(([, category]) => category);
}

let chooserNumber = 0;

/**
 * The chooser. onChange(id) is told of each choice of the person, onPick() when Enter in the field chose one.
 */
export function chooser(taxonomy, {onChange, onPick}) {
  const all = assignable(taxonomy);
  const name = 'category-' + ++chooserNumber;
  const hint = el('p', {class: 'unseen', role: 'status'});
  const filter = el('input', {type: 'text', class: 'review-filter', placeholder: 'Name or number', autocomplete: 'off', autocapitalize: 'off',
    spellcheck: 'false', enterkeyhint: 'done', 'aria-label': 'Find a category by its name or number; Enter chooses the first'});
  const list = el('div', {class: 'review-options'});
  const options = new Map();
  let group = null;
  let into = null;
  for (const category of all) {
    if (category.group !== group || !into) {
      group = category.group;
      into = el('div', {class: 'review-group', role: 'group', 'aria-label': group || 'Others'}, el('p', {class: 'review-group-name', 'aria-hidden': 'true'}, group || 'Others'));
      list.append(into);
    }
    const radio = el('input', {type: 'radio', name, value: category.id, on: {change: () => chosen(category.id)}});
    const dot = el('span', {class: 'dot'});
    dot.style.setProperty('--c', taxonomy.colourOf(category.id));
    const mark = el('span', {class: 'review-mark', hidden: true});
    const row = el('label', {class: 'review-option', title: category.definition},
      radio, el('span', {class: 'review-number', 'aria-hidden': 'true'}, String(category.number)), dot,
      el('span', {class: 'review-name'}, category.name), mark);
    into.append(row);
    options.set(category.id, {row, radio, mark});
  }
  const none = el('p', {class: 'quiet review-none', hidden: true}, 'No category is called so.');
  list.append(none);
  const element = el('div', {class: 'review-chooser'}, filter, list, hint);

  function chosen(id) {
    reveal(id);
    onChange(id);
  }

  function reveal(id) {
    const row = options.get(id)?.row;
    if (!row || row.hidden) return;
    const top = row.offsetTop; // the list is positioned
    if (top < list.scrollTop || top + row.offsetHeight > list.scrollTop + list.clientHeight) {
      list.scrollTop = top - list.clientHeight / 2 + row.offsetHeight / 2;
    }
  }

  function narrow() {
    const typed = filter.value;
    const found = matches(all, typed);
    const kept = new Set(found.map((category) => category.id));
    const best = typed.trim() ? found[0]?.id : null;
    for (const [id, {row}] of options) {
      row.hidden = !kept.has(id);
      row.classList.toggle('best', id === best);
    }
    for (const child of list.querySelectorAll('.review-group')) child.hidden = !child.querySelector('.review-option:not([hidden])');
    none.hidden = found.length > 0;
    text(hint, !typed.trim() ? '' : found.length === 0 ? 'No category is called so.'
      : found[0].name + (found.length > 1 ? ' and ' + (found.length - 1) + ' more' : '') + '. Enter chooses ' + found[0].name + '.');
    if (best) reveal(best);
    return found;
  }

  function take(id) {
    options.get(id).radio.checked = true;
    filter.value = '';
    narrow();
    chosen(id);
  }

  filter.addEventListener('input', narrow);
  filter.addEventListener('keydown', (event) => {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const first = matches(all, filter.value)[0];
    if (event.key === 'Enter') {
      event.preventDefault();
      if (event.repeat || !first || !filter.value.trim()) return;
      take(first.id);
      onPick();
    } else if (event.key === 'ArrowDown' && first) {
      event.preventDefault();
      take(first.id);
      options.get(first.id).radio.focus();
    } else if (event.key === 'Escape' && filter.value) {
      event.preventDefault();
      event.stopPropagation();
      filter.value = '';
      narrow();
    }
  });

  return {
    element,
    /** Whether a category can be assigned at all: that of an older version perhaps cannot. */
    has: (id) => options.has(id),
    value: () => [...options].find(([, option]) => option.radio.checked)?.[0] ?? null,
    /** Chooses without telling; marks some categories with a word each: Map of id to word. */
    show(id, marks = new Map()) {
      filter.value = '';
      narrow();
      for (const [key, {radio, mark}] of options) {
        radio.checked = key === id;
        mark.hidden = !marks.has(key);
        text(mark, marks.get(key) ?? '');
      }
      list.scrollTop = 0;
      reveal(id);
    },
    /** Puts the cursor into the field, perhaps with the first character of what is typed. */
    find(character = '') {
      filter.value = character;
      narrow();
      filter.focus();
    },
  };
}
