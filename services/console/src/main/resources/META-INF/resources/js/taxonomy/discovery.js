// One discovery: how far it is, and what R1 found, to be made a proposal.
import {confirm, told} from '../lib/confirm.js';
import {colour, el, keyed, text} from '../lib/dom.js';
import {facts} from '../lib/facts.js';
import * as format from '../lib/format.js';
import {piece} from '../lib/place.js';
import {selectionWords, tokensOf} from './asked.js';
import {askedBy, cancelling, isUnderWay, outcome, standing} from './discoveries.js';
import {progress} from './progress.js';
import {refOf} from './refs.js';

const LOOK_EVERY = 3000;
/** Hennig 2007, "Cluster-wise assessment of cluster stability": 0.75 and more is stable, less than 0.5 dissolved. */
const WORDS = [[.75, 'stable'], [.5, 'doubtful'], [0, 'not stable']];

/** Shows the discovery of that id; `{id, live, close}`. */
export function discovery(root, id, context) {
  const title = el('h2', {class: 'version-title', tabindex: '-1', dir: 'auto'}, 'Discovery');
  const about = el('p', {class: 'quiet', dir: 'auto'});
  const actions = el('div', {class: 'version-actions'});
  const bar = progress('Progress of the discovery');
  const trouble = el('p', {class: 'banner', hidden: true, dir: 'auto'});
  const status = told();
  const body = el('div', {class: 'found'});
  root.replaceChildren(el('p', {}, el('a', {'data-route': true, href: context.href({discovery: null})}, '← All discoveries')),
    el('div', {class: 'version-head'}, title, actions), about, bar.element, trouble, status.element, body);
  let one = null;
  let drawn = '';

  const loading = context.refresher(async (signal) => {
    try {
      one = await context.ask('discoveries/' + piece(id), {signal});
    } catch (error) {
      if (error.status !== 404) throw error;
      return missing(error.message);
    }
    draw(await context.taxonomy());
  }, 1000);
  const timer = setInterval(() => { if (one && isUnderWay(one)) loading.soon(); }, LOOK_EVERY);
  loading.now();
  title.focus({preventScroll: true});

  function missing(words) {
    trouble.hidden = false;
    text(trouble, words);
  }

  function draw(taxonomy) {
    text(title, selectionWords(one.asked ?? {}, taxonomy));
    text(about, [outcome(one), one.population ? format.number(one.sampled ?? 0) + ' of ' + format.notes(one.population) + ' read' : null,
      tokensOf(one.tokens) ? format.compact(tokensOf(one.tokens)) + ' tokens' : null, took(one), askedBy(one)].filter(Boolean).join(' · '));
    bar.element.hidden = !isUnderWay(one);
    bar.draw(...standing(one));
    trouble.hidden = one.state !== 'failed';
    if (one.state === 'failed') text(trouble, one.cause ?? 'It failed.');
    const state = JSON.stringify([one.state, one.proposal ?? null, one.findings ?? null, one.dropped ?? null]);
    if (state === drawn) return;
    drawn = state;
    actions.replaceChildren(...buttons());
    body.replaceChildren(...(one.findings?.length ? found() : []));
  }

  function buttons() {
    if (isUnderWay(one)) return [el('button', {type: 'button', class: 'button', 'data-needs': 'admin', on: {click: () => cancelling(context, id, () => loading.now())}}, 'Cancel')];
    if (one.state !== 'finished') return [];
    const report = el('a', {class: 'button', href: 'api/v1/discoveries/' + piece(id) + '/report', target: '_blank', rel: 'noopener'}, 'Report with R1’s reasoning');
    const proposal = refOf(one.proposal);
    return [proposal ? el('a', {class: 'button primary', 'data-route': true, href: context.href({part: null, discovery: null, version: proposal})}, 'See the proposal ' + proposal)
      : el('button', {type: 'button', class: 'button primary', 'data-needs': 'admin', on: {click: propose}}, 'Make it a proposal…'), report];
  }

  function propose() {
    const name = el('input', {id: 'propose-id', type: 'text', class: 'code', autocomplete: 'off', autocapitalize: 'none', spellcheck: 'false', 'aria-describedby': 'propose-hint'});
    const titled = el('input', {id: 'propose-title', type: 'text', dir: 'auto', value: one.taxonomy?.title ?? ''});
    confirm({
      title: 'Make it a proposal?',
      body: [el('p', {}, 'It becomes a version that you can edit and compare with the active one. Nothing is judged under it before somebody accepts it.'),
        el('div', {class: 'edit-field'}, el('label', {for: 'propose-title'}, 'Title'), titled),
        el('div', {class: 'edit-field'}, el('label', {for: 'propose-id'}, 'Id, or empty for the next version of the active taxonomy'), name,
          el('p', {class: 'quiet', id: 'propose-hint'}, 'Lower-case letters, digits and hyphens.'))],
      action: 'Propose',
      run: (by) => context.send('discoveries/' + piece(id) + '/proposal', {by, id: name.value.trim() || undefined, title: titled.value.trim() || undefined}),
      done: (made) => context.go({part: null, discovery: null, version: refOf(made), categories: [], maxAgreement: null}),
    });
  }

  function found() {
    const list = el('ol', {class: 'findings'});
    const most = Math.max(.01, ...one.findings.map((finding) => finding.share.high));
    keyed(list, one.findings, (finding) => 'f-' + finding.category, (finding) => card(finding, most), () => {});
    return [
      facts([['Runs', one.asked?.runs], ['Agreement of the runs', one.runsAgreement === undefined || one.runsAgreement === null ? null
        : one.runsAgreement.toFixed(2) + ' (adjusted Rand index: 1 the same, 0 chance)'], ['Language', one.asked?.language], ['Seed', one.asked?.seed]]),
      el('h3', {class: 'found-title'}, 'What recurs'), list, ...dropped(), why()];
  }

  function card(finding, most) {
    const category = one.taxonomy?.categories.find((each) => each.id === finding.category);
    const {share} = finding;
    const fill = el('i');
    const whisker = el('b');
    fill.style.width = 100 * share.share / most + '%';
    whisker.style.left = 100 * share.low / most + '%';
    whisker.style.width = 100 * (share.high - share.low) / most + '%';
    const li = el('li', {class: 'sheet finding tinted'},
      el('div', {class: 'category-line'}, el('h3', {dir: 'auto'}, el('span', {class: 'dot', 'aria-hidden': 'true'}), el('span', {}, finding.name ?? category?.name ?? finding.category))),
      el('dl', {class: 'finding-figures'},
        el('div', {class: 'wide-figure'}, el('dt', {}, 'Share of the notes'), el('dd', {}, el('span', {class: 'bar thin', 'aria-hidden': 'true'}, fill, whisker),
          el('span', {class: 'figures'}, el('strong', {}, format.percent(share.share)), ' ', el('span', {class: 'interval'}, format.interval(share)), el('span', {class: 'quiet'}, ' · ' + format.notes(finding.notes) + ' of the sample')))),
        figure('Stability', finding.stability, (value) => format.percent(value).replace('.0 ', ' ') + ' of the runs'),
        figure('Same notes in each run', finding.agreement, (value) => value.toFixed(2) + ' · ' + WORDS.find(([least]) => value >= least)[1])),
      el('p', {dir: 'auto'}, finding.definition ?? category?.definition ?? ''),
      finding.notThis ? el('p', {dir: 'auto'}, el('span', {class: 'lead-in'}, 'Not this: '), finding.notThis) : null,
      finding.remedy ? el('p', {dir: 'auto'}, el('span', {class: 'lead-in'}, 'Remedy: '), finding.remedy) : null,
      el('ul', {class: 'quotes'}, (finding.examples ?? []).map((example) => el('li', {}, el('a', {'data-route': true, dir: 'auto', href: context.href({view: 'notes', note: example.noteId})}, '“' + example.quote + '”')))));
    li.style.setProperty('--c', colour(category?.colour));
    return li;
  }

  function dropped() {
    if (!one.dropped?.length) return [];
    return [el('details', {class: 'fold'}, el('summary', {}, format.number(one.dropped.length) + (one.dropped.length === 1 ? ' pattern was' : ' patterns were') + ' dropped'),
      el('ul', {class: 'dropped'}, one.dropped.map((pattern) => el('li', {dir: 'auto'}, el('strong', {}, pattern.name), ': ', pattern.reason))))];
  }

  return {
    id,
    live(kind) {
      if (kind === 'discoveries' || kind === 'open' || kind === 'taxonomies') loading.soon();
    },
    close() {
      clearInterval(timer);
      loading.stop();
    },
  };
}

function figure(name, value, words) {
  return value === null || value === undefined ? null : el('div', {}, el('dt', {}, name), el('dd', {}, words(value)));
}

function took({startedAt, endedAt}) {
  return startedAt && endedAt ? 'took ' + format.duration(Date.parse(endedAt) - Date.parse(startedAt)) : null;
}

function why() {
  return el('details', {class: 'why'}, el('summary', {}, 'What the numbers mean'),
    el('p', {}, 'Stability is the share of the runs that found the category: each run reads the notes in another order. “Same notes in each run” is the mean Jaccard similarity of the notes that the runs put into it; by a custom (Hennig 2007) 0.75 and more is called stable, less than 0.5 dissolved.'),
    el('p', {}, 'The share is estimated from the sample that R1 labelled, with a 95 % interval. It tells what the sample leaves open, not whether R1’s labels are right: reviews do.'));
}
