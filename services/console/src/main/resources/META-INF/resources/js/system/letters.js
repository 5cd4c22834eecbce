// Dead letters: what could not be read or decided, with its reason.
import {el, keyed, text} from '../lib/dom.js';
import * as format from '../lib/format.js';
import {letter} from './letter.js';
import {size, spoken} from './words.js';

const PAGE = 50;
/** A page may hold few letters where a reason is rare: so many are read before the person is asked whether to go on. */
const MOST_PAGES = 10;
const keyOf = (one) => one.partition + ':' + one.offset;

export function letters(root, context) {
  const count = el('span', {class: 'quiet'});
  const select = el('select', {'aria-label': 'Reason', on: {change: () => context.go({reason: select.value || null, letter: null})}}, el('option', {value: ''}, 'All reasons'));
  const list = el('ol', {class: 'letter-list'});
  const none = el('p', {class: 'letter-none quiet', hidden: true});
  const more = el('button', {type: 'button', class: 'button letter-more', hidden: true, on: {click: () => { wanted += PAGE; loading.now(); }}}, 'Show more');
  const opened = el('div', {class: 'letter-open', hidden: true});
  root.replaceChildren(
    el('div', {class: 'letter-head'}, el('h2', {class: 'system-title', id: 'letters-title'}, 'Dead letters'), count, select),
    el('div', {class: 'letter-pair'}, el('div', {class: 'letter-side'}, list, none, more), opened));

  let wanted = PAGE;
  let known = null;        // letters in the topic when the list was read
  let reason = null;
  let open = null;         // {key, close}
  let closed = false;
  let reasons = {};        // how many letters have each

  const loading = context.refresher(async (signal) => {
    const found = [];
    let total = null;
    let cursor = null;
    let pages = 0;
    do {
      const query = new URLSearchParams({limit: String(PAGE)});
      if (reason) query.set('reason', reason);
      if (cursor) query.set('cursor', cursor);
      const page = await context.ask('dead-letters?' + query, {signal});
      found.push(...page.letters);
      total = page.total ?? null;
      reasons = page.reasons ?? {};
      cursor = page.cursor ?? null;
      pages += 1;
    } while (cursor && found.length < wanted && pages < MOST_PAGES);
    draw(found, total, Boolean(cursor));
  }, 1000);

  function draw(found, total, hasMore) {
    drawReasons();
    text(count, total ? format.number(total) : '');
    none.hidden = found.length > 0;
    text(none, reason ? 'No dead letter has this reason.' : 'None. Everything that was sent could be read and decided.');
    more.hidden = !hasMore;
    keyed(list, found, keyOf, createRow, drawRow);
  }

  function drawReasons() {
    const codes = Object.keys(reasons).sort();
    if (reason && !codes.includes(reason)) codes.push(reason);
    select.hidden = codes.length === 0;
    keyed(select, ['', ...codes], (code) => 'r-' + code, (code) => el('option', {value: code}), (option, code) =>
      text(option, code ? spoken(code) + (reasons[code] ? ' (' + format.number(reasons[code]) + ')' : '') : 'All reasons'));
    select.value = reason ?? '';
  }

  function createRow() {
    return el('li', {}, el('a', {'data-route': true, class: 'letter-link'},
      el('span', {class: 'letter-reason'}, el('strong'), ' ', el('time', {class: 'quiet'})),
      el('span', {class: 'letter-excerpt', dir: 'auto'}), el('span', {class: 'letter-facts quiet'})));
  }

  function drawRow(li, one) {
    const link = li.firstElementChild;
    const [title, excerpt, facts] = link.children;
    text(title.children[0], spoken(one.reason));
    text(title.children[1], format.time(one.at));
    title.children[1].setAttribute('datetime', one.at);
    text(excerpt, one.excerpt || '(empty)');
    text(facts, [from(one.origin), size(one.bytes), one.state === 'decided' ? 'decided since' : null].filter(Boolean).join(' · '));
    link.setAttribute('href', context.href({letter: keyOf(one)}));
    mark(li, one);
  }

  function mark(li) {
    const current = li.dataset.key === open?.key;
    li.classList.toggle('current', current);
    if (current) li.firstElementChild.setAttribute('aria-current', 'true');
    else li.firstElementChild.removeAttribute('aria-current');
  }

  function show(key) {
    if (key === (open?.key ?? null)) return;
    const before = open?.key;
    open?.close();
    open = null;
    opened.hidden = !key;
    root.classList.toggle('has-open', Boolean(key));
    opened.replaceChildren();
    if (key) {
      const box = el('section', {class: 'sheet letter', 'aria-label': 'Dead letter'});
      opened.append(box);
      open = {key, close: letter(box, key, context, {onSent: () => loading.soon()})};
    }
    for (const li of list.children) mark(li);
    if (!key && before) [...list.children].find((li) => li.dataset.key === before)?.firstElementChild.focus();
  }

  return {
    update(place) {
      if (known === null || place.reason !== reason) {
        reason = place.reason;
        wanted = PAGE;
        known ??= -1;
        loading.now();
      }
      drawReasons();
      show(place.letter);
    },
    /** How many there are in the topic now: the list is read again when it moved. */
    counted(now) {
      if (now === undefined || closed) return;
      if (known !== -1 && known !== now) loading.soon();
      known = now;
    },
    key(event) {
      if (event.key !== 'Escape' || !open) return false;
      context.go({letter: null});
      return true;
    },
    close() {
      closed = true;
      loading.stop();
      open?.close();
    },
  };
}

/** Where a letter came from, in a few words. */
export function from(origin) {
  if (!origin) return null;
  if (origin.file) return origin.file + (origin.line ? ', line ' + origin.line : '');
  if (origin.topic) return origin.topic + ' ' + origin.partition + ':' + origin.offset;
  return null;
}
