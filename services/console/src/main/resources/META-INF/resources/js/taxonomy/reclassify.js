// Older notes judged anew: which, what it takes, and how far it is.
import {categoryOptions, categoryWords, choices} from '../lib/choices.js';
import {confirm} from '../lib/confirm.js';
import {el, keyed, text} from '../lib/dom.js';
import * as format from '../lib/format.js';
import {may} from '../lib/session.js';
import {named} from '../lib/taxonomy.js';
import {placeWords} from './asked.js';
import {estimate, estimateWords} from './estimate.js';
import {jobList} from './jobs.js';
import {pathOf, refOf, stateOf} from './refs.js';

/** While a job runs it is asked for so often, should no signal come. */
const LOOK_EVERY = 3000;
/** When a job has ended its last verdicts are found a little later; so long the estimate follows the counts. */
const SETTLE = 20_000;

export function reclassify(root, context) {
  const target = el('select', {id: 'reclassify-target', on: {change: () => context.go({version: target.value, against: null}, {replace: true})}});
  const from = el('select', {id: 'reclassify-from', on: {change: () => context.go({against: from.value, categories: []}, {replace: true})}});
  const categories = choices('reclassify-category', 'Category', (chosen) => context.go({categories: chosen}, {replace: true}));
  categories.show([], [], 'All categories');
  const box = (checked) => {
    const input = el('input', {type: 'checkbox', on: {change: () => estimating.now()}});
    input.checked = checked;
    return input;
  };
  const undecided = box(true);
  const again = box(false);
  const which = el('p', {class: 'asked', dir: 'auto'});
  const figures = estimate();
  const wrong = el('p', {class: 'wrong', role: 'alert', hidden: true, dir: 'auto'});
  const start = el('button', {class: 'button primary', disabled: true}, 'Reclassify…');
  const form = el('form', {class: 'sheet asking', novalidate: true, 'aria-labelledby': 'reclassify-title'},
    el('h2', {class: 'title', id: 'reclassify-title'}, 'Reclassify older notes'),
    el('p', {class: 'quiet'}, 'R1 judges them anew, at lower priority than new notes. Their verdicts so far stay in the audit and in the counts of their version.'),
    el('div', {class: 'edit-field'}, el('label', {for: 'reclassify-target'}, 'Under'), target),
    el('div', {class: 'edit-field'}, el('label', {for: 'reclassify-from'}, 'Which notes, by their labels of'), from),
    el('div', {class: 'edit-field'}, el('span', {class: 'field-label'}, 'Category'), el('span', {class: 'asking-category'}, categories.element)),
    which,
    el('label', {class: 'field'}, undecided, 'Notes that R1 could not decide, too'),
    el('label', {class: 'field'}, again, 'Notes that are judged under it already, again'),
    figures.element, wrong, el('div', {'data-needs': 'admin'}, start),
    el('p', {class: 'quiet', 'data-lacks': 'admin'}, 'Starting a reclassification takes the role admin.'));
  const list = jobList(context, () => loading.now());
  root.replaceChildren(el('div', {class: 'patterns'}, form, list.element));

  let versions = [];
  let asked = null;      // the selection that the estimate is of
  let answer = null;
  let busy = false;
  let ended = 0;         // jobs: each that ends leaves fewer notes to estimate
  let settled = 0;       // until then the index may not know all of what was judged
  const trees = new Map();

  const treeOf = (ref, signal) => {
    if (!trees.has(ref)) trees.set(ref, context.ask(pathOf(ref), {signal}).then(named).catch((error) => { trees.delete(ref); throw error; }));
    return trees.get(ref);
  };
  /** Names of labels, as the version has them that they belong to; a version that is gone goes by ids. */
  async function namesOf(jobs, signal) {
    const refs = [...new Set(jobs.flatMap((job) => [refOf(job.taxonomy), refOf(job.selection?.from)]).filter(Boolean))];
    const active = await context.taxonomy();
    const found = new Map(await Promise.all(refs.map(async (ref) => [ref, await treeOf(ref, signal).catch((error) => {
      if (error.status !== 404) throw error;
      return active;
    })])));
    return (ref) => found.get(ref) ?? active;
  }

  const loading = context.refresher(async (signal) => {
    const [known, {reclassifications}] = await Promise.all([context.ask('taxonomies', {signal}), context.ask('reclassifications', {signal})]);
    versions = known.filter((each) => each.known);
    busy = reclassifications.some((job) => ['waiting', 'running', 'cancelling'].includes(job.state));
    list.draw(reclassifications, await namesOf(reclassifications, signal));
    drawForm(await labels(signal));
    const now = reclassifications.filter((job) => ['cancelled', 'finished'].includes(job.state)).length;
    if (!asked || now !== ended) estimating.now();
    if (asked && now !== ended) settled = performance.now() + SETTLE;
    ended = now;
  }, 1000);
  const estimating = context.refresher(async (signal) => {
    if (versions.length === 0) return;
    const selection = selectionOf(context.place());
    start.disabled = true;
    figures.wait();
    drawForm(await labels(signal));
    try {
      answer = await context.send('reclassifications/estimate', selection, {signal});
      asked = selection;
      wrong.hidden = true;
      figures.draw(answer);
      start.disabled = answer.notes === 0;
      text(start, answer.notes === 0 ? 'Nothing to reclassify' : 'Reclassify ' + format.notes(answer.notes) + '…');
    } catch (error) {
      if (!error.status || error.status >= 500) throw error;
      asked = selection;
      figures.none();
      wrong.hidden = false;
      text(wrong, error.message);
      text(start, 'Reclassify…');
    }
  }, 1500);
  const timer = setInterval(() => { if (busy) loading.soon(); }, LOOK_EVERY);

  const active = () => versions.find((each) => each.active);
  const targetOf = (place) => place.version ?? refOf(active()?.taxonomy);
  /** The version before: of the others the one that was activated last, or that has most notes. */
  function fromOf(place) {
    if (place.against) return place.against;
    const others = versions.filter((each) => refOf(each.taxonomy) !== targetOf(place) && (each.decided > 0 || each.activation));
    const last = (each) => each.activation?.at ?? '';
    return refOf([...others].sort((a, b) => last(b).localeCompare(last(a)) || b.decided - a.decided)[0]?.taxonomy) ?? targetOf(place);
  }
  const labels = (signal) => treeOf(fromOf(context.place()), signal).catch((error) => {
    if (error.status !== 404) throw error;
    return context.taxonomy();
  });

  function drawForm(taxonomy) {
    const place = context.place();
    options(target, versions.filter((each) => each.status !== 'retired'), targetOf(place));
    options(from, versions, fromOf(place));
    categories.show(place.categories, categoryOptions(taxonomy, place.categories), categoryWords(taxonomy, place.categories));
    text(which, placeWords(place, taxonomy));
  }

  function selectionOf(place) {
    return {
      taxonomy: targetOf(place), from: fromOf(place),
      category: place.categories.length ? place.categories : undefined,
      source: place.sources.length ? place.sources : undefined,
      ...(place.from ? {since: place.from, until: place.to ?? undefined} : place.window === 'all' ? {} : {window: place.window}),
      undecided: undecided.checked, again: again.checked,
    };
  }

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    if (start.disabled || !may('admin')) return;
    const [selection, seen] = [asked, answer];
    confirm({
      title: 'Reclassify ' + format.notes(seen.notes) + ' under ' + selection.taxonomy + '?',
      body: [el('p', {dir: 'auto'}, which.textContent), el('p', {}, estimateWords(seen)),
        el('ul', {class: 'consequences'},
          el('li', {}, 'New notes go first: R1 is asked only when no new note waits.'),
          el('li', {}, 'Each of these notes is judged once. You can pause, go on, or cancel; what is judged by then stays.'),
          el('li', {}, 'A review by a person under ' + selection.taxonomy + ' stands above the new verdict.'))],
      action: 'Reclassify',
      run: (by) => context.send('reclassifications', {...selection, by, estimate: seen}),
      done: () => loading.now(),
    });
  });
  loading.now();

  return {
    update() {
      if (versions.length) estimating.now();
    },
    live(kind) {
      if (kind === 'statistics' && performance.now() < settled) estimating.soon();
      if (['reclassifications', 'taxonomies', 'open', 'reset'].includes(kind)) {
        if (kind === 'taxonomies') trees.clear();
        loading.soon();
      }
    },
    close() {
      clearInterval(timer);
      loading.stop();
      estimating.stop();
    },
  };
}

function options(select, versions, chosen) {
  keyed(select, versions, (each) => 'o-' + refOf(each.taxonomy), (each) => el('option', {value: refOf(each.taxonomy)}), (option, each) =>
    text(option, refOf(each.taxonomy) + ' (' + stateOf(each).toLowerCase() + ')'));
  select.value = chosen;
}
