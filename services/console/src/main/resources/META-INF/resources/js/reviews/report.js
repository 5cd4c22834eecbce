// How far people and R1 agree, and what follows for the shares.
import {colour, el, keyed, text} from '../lib/dom.js';
import * as format from '../lib/format.js';
import {confusion} from './confusion.js';

/** Landis & Koch 1977, "The measurement of observer agreement for categorical data", Biometrics 33: a convention. */
const WORDS = [[0.8, 'almost perfect'], [0.6, 'substantial'], [0.4, 'moderate'], [0.2, 'fair']];
const SCALES = [5, 10, 20, 25, 40, 50, 75, 100];
const FEW = 30;

export const inWords = (kappa) => WORDS.find(([above]) => kappa > above)?.[1] ?? (kappa < 0 ? 'poor' : 'slight');

/** The report; the returned function draws it anew. */
export function report(root, taxonomy) {
  const verdict = el('p', {class: 'kappa-words'});
  const scale = kappaScale();
  const value = el('strong', {class: 'kappa-value'});
  const range = el('span', {class: 'interval'});
  const figures = el('dl', {class: 'review-figures'});
  const caution = el('p', {class: 'review-caution'});
  const headline = el('section', {class: 'sheet review-kappa', 'aria-labelledby': 'kappa-title'},
    el('h2', {id: 'kappa-title'}, 'Agreement beyond chance'),
    el('div', {class: 'kappa-head'}, el('p', {class: 'kappa-figure'}, el('span', {class: 'kappa-sign'}, 'κ'), ' ', value, ' ', range), verdict),
    scale.element, figures, caution,
    why('What is kappa?',
      'Cohen’s kappa (1960) is the share of notes on which people and R1 agree, less what two who guess with the same frequencies would agree on by chance: 1 is full agreement, 0 is chance. The interval is the 95 % interval of Fleiss, Cohen and Everitt (1969).',
      'The words are a custom (Landis and Koch 1977), not a law: kappa falls when one category is much more frequent than the others, and no word says whether an error matters to you. Read the interval and the table below.',
      'A person who sees R1’s label agrees with it more often than one who does not. A random sample, reviewed with R1’s label hidden, measures best.'));

  const table = confusion(taxonomy);
  const mixed = el('section', {class: 'sheet', 'aria-labelledby': 'mixed-title'},
    el('h2', {id: 'mixed-title'}, 'What R1 mixes up most'), table.most);
  const confused = el('section', {class: 'sheet review-wide', 'aria-labelledby': 'confusion-title'},
    el('h2', {id: 'confusion-title'}, 'What R1 said, and what people say'), table.element,
    why('How to read this', 'Each reviewed note is counted once: its row is what R1 said, its column what people say. The diagonal is agreement. A dark cell away from it is a category that R1 mistakes for another one: look at these notes, and sharpen the two definitions.'));

  const quality = qualityTable(taxonomy);
  const measured = el('section', {class: 'sheet review-wide', 'aria-labelledby': 'quality-title'},
    el('h2', {id: 'quality-title'}, 'Category by category'), quality.element,
    why('Precision and recall', 'Precision: of the reviewed notes that R1 put here, the share that people put here, too. Recall: of those that people put here, the share that R1 put here. Lines are 95 % Wilson intervals; with few notes they are wide, and that is what is known.',
      'Recall is only fair when the reviewed notes are a random sample: where people looked at doubtful notes, it is too low.'));

  const shares = sharesTable(taxonomy);
  const coverage = el('p', {class: 'quiet review-coverage'});
  const corrected = el('section', {class: 'sheet review-wide', 'aria-labelledby': 'shares-title'},
    el('h2', {id: 'shares-title'}, 'Shares, corrected for errors'), coverage, shares.element,
    why('How shares are corrected', 'R1 labels every note, people a part of them. What people found among the notes of one of R1’s labels is taken to hold for all notes of that label: a note that R1 calls A counts as B as often as people made B of A. Weighted with R1’s own shares this gives the corrected share of each category.',
      'It is the stratified (double sampling) estimator of Cochran, Sampling Techniques (1977), with R1’s labels as strata, as Olofsson and others describe it for maps (Remote Sensing of Environment 148, 2014). The intervals are 95 %.',
      'It holds whatever part of each label was reviewed, as long as the notes of one label were reviewed at random: choose “Random sample only” for an honest figure. A label with too few reviewed notes is taken as R1 said.'));

  const empty = el('div', {class: 'empty', hidden: true});
  const body = el('div', {class: 'review-report'}, headline, mixed, confused, measured, corrected);
  root.replaceChildren(empty, body);

  return (data, links) => {
    const none = data.reviewed === 0;
    empty.hidden = !none;
    body.hidden = none;
    if (none) {
      drawEmpty(empty, data, links);
      return;
    }
    drawKappa(data, {value, range, verdict, scale, figures, caution});
    table.draw(data.confusion);
    quality.draw(data);
    shares.draw(data);
    const {measuredShare, leastReviewed} = data.correction ?? {};
    text(coverage, measuredShare === undefined ? '' : 'Measured for ' + format.percent(measuredShare) + ' of the notes: those of labels with at least '
      + leastReviewed + ' reviewed notes. The rest is taken as R1 said.');
  };
}

function drawEmpty(empty, data, links) {
  if (!empty.firstElementChild) {
    empty.append(el('h2'), el('p'), el('p', {}, el('a', {'data-route': true, class: 'button primary'}, 'Review a random sample')));
  }
  const [title, words, action] = empty.children;
  text(title, 'No reviews to compare yet');
  text(words, data.notes === 0 ? 'No notes are counted in this window. Choose a wider one above.'
    : data.selection === 'random' ? 'None of the ' + format.notes(data.notes) + ' was reviewed in a random sample yet. Thirty are enough for a first look, a few hundred for narrow intervals.'
      : 'None of the ' + format.notes(data.notes) + ' was reviewed yet. Thirty are enough for a first look, a few hundred for narrow intervals.');
  action.firstElementChild.setAttribute('href', links.random);
}

function drawKappa(data, parts) {
  const {kappa, accuracy} = data;
  text(parts.value, kappa ? kappa.value.toFixed(2) : '–');
  text(parts.range, kappa ? kappa.low.toFixed(2) + '–' + kappa.high.toFixed(2) : '');
  text(parts.verdict, words(kappa, data.confusion));
  parts.scale.draw(kappa);
  const items = [
    ['Reviewed', format.number(data.reviewed), data.notes ? 'of ' + format.notes(data.notes) + ', ' + format.percent(data.reviewed / data.notes) : ''],
    ['Same label', accuracy ? format.percent(accuracy.share) : '–', format.number(data.agreed) + ' of ' + format.number(data.reviewed) + (accuracy ? ', ' + format.interval(accuracy) : '')],
  ];
  if (data.undecidedReviewed) items.push(['R1 undecided', format.number(data.undecidedReviewed), 'labelled by people; in no figure']);
  keyed(parts.figures, items, ([name]) => name, () => el('div', {}, el('dt'), el('dd'), el('dd', {class: 'hint'})), (div, item) => {
    item.forEach((word, i) => text(div.children[i], word));
  });
  parts.caution.hidden = data.selection === 'random' && data.reviewed >= FEW;
  text(parts.caution, data.reviewed < FEW ? 'With ' + format.notes(data.reviewed) + ' this is an impression, not a measurement.'
    : 'All reviews, also those of doubtful notes: R1 may look worse than it is. The random sample measures it.');
}

function words(kappa, confusion) {
  if (!kappa) return 'Not defined here: all of these notes are in one category.';
  if (new Set(confusion.map((pair) => pair.said)).size === 1) return 'R1 gave all of these notes one label, so there is nothing to tell apart.';
  if (new Set(confusion.map((pair) => pair.is)).size === 1) return 'People gave all of these notes one label, so there is nothing to tell apart.';
  const [low, high] = [inWords(kappa.low), inWords(kappa.high)];
  return 'By custom called “' + low + '”' + (low === high ? '.' : ' to “' + high + '”.');
}

/** Kappa on a line from 0 to 1. */
function kappaScale() {
  const whisker = el('b');
  const point = el('i');
  const ticks = [0, 0.2, 0.4, 0.6, 0.8, 1].map((at) => {
    const tick = el('span', {}, String(at));
    tick.style.setProperty('--at', String(at));
    return tick;
  });
  const line = el('div', {class: 'kappa-line'}, whisker, point);
  const element = el('div', {class: 'kappa-scale', 'aria-hidden': 'true'}, line, el('div', {class: 'kappa-ticks'}, ticks));
  const within = (at) => Math.min(1, Math.max(0, at));
  return {element, draw(kappa) {
    element.hidden = !kappa;
    if (!kappa) return;
    point.style.setProperty('--at', String(within(kappa.value)));
    whisker.style.setProperty('--from', String(within(kappa.low)));
    whisker.style.setProperty('--to', String(within(kappa.high)));
  }};
}

function why(title, ...paragraphs) {
  return el('details', {class: 'why'}, el('summary', {}, title), paragraphs.map((words) => el('p', {}, words)));
}

const head = (words, kind = null) => el('th', {scope: 'col', role: 'columnheader', class: kind}, words);
const cell = (kind, name, ...children) => el('td', {role: 'cell', class: kind, 'data-name': name}, ...children);

function categoryCell() {
  return el('th', {scope: 'row', role: 'rowheader', class: 'review-category'}, el('span', {class: 'review-named'}, el('span', {class: 'dot', 'aria-hidden': 'true'}), el('span')));
}

function drawCategory(tr, row, taxonomy) {
  tr.style.setProperty('--c', colour(row.colour));
  text(tr.firstElementChild.firstElementChild.lastElementChild, row.name ?? taxonomy.nameOf(row.category));
}

/** A share with its interval as a bar and in figures. */
function interval(kind = '') {
  return [el('span', {class: 'bar thin ' + kind, 'aria-hidden': 'true'}, el('i'), el('b')), el('span', {class: 'figures'}, el('strong'), ' ', el('span', {class: 'interval'}))];
}

function drawInterval(bar, figures, share, end, none = 'no notes') {
  bar.classList.toggle('nothing', !share);
  const [fill, whisker] = bar.children;
  const at = (value) => Math.min(100, Math.max(0, 10000 * value / end)) + '%';
  fill.style.width = share ? at(share.share) : '0';
  whisker.style.left = share ? at(share.low) : '0';
  whisker.style.width = share ? 'calc(' + at(share.high) + ' - ' + at(share.low) + ')' : '0';
  text(figures.firstElementChild, share ? format.percent(share.share) : '');
  text(figures.lastElementChild, share ? format.interval(share) : none);
}

function qualityTable(taxonomy) {
  const body = el('tbody', {role: 'rowgroup'});
  const element = el('table', {role: 'table', class: 'review-table quality'},
    el('caption', {class: 'unseen'}, 'Precision and recall of each category among the reviewed notes'),
    el('thead', {role: 'rowgroup'}, el('tr', {role: 'row'}, head('Category'), head('R1 said', 'number'), head('People say', 'number'), head('Both', 'number'), head('Precision'), head('Recall'))), body);
  return {element, draw(data) {
    const rows = data.categories.filter((row) => row.said > 0 || row.is > 0);
    keyed(body, rows, (row) => 'q-' + row.category,
      () => el('tr', {role: 'row'}, categoryCell(), cell('number', 'R1 said'), cell('number', 'People say'), cell('number', 'Both'), cell('', 'Precision', ...interval()), cell('', 'Recall', ...interval())),
      (tr, row) => {
        drawCategory(tr, row, taxonomy);
        [row.said, row.is, row.both].forEach((count, i) => text(tr.children[i + 1], format.number(count)));
        drawInterval(...tr.children[4].children, row.precision, 100);
        drawInterval(...tr.children[5].children, row.recall, 100);
      });
  }};
}

function sharesTable(taxonomy) {
  const body = el('tbody', {role: 'rowgroup'});
  const scale = el('span', {class: 'scale', 'aria-hidden': 'true'});
  const element = el('table', {role: 'table', class: 'review-table shares'},
    el('caption', {class: 'unseen'}, 'Share of each category as R1 said and corrected for its measured errors'),
    el('thead', {role: 'rowgroup'}, el('tr', {role: 'row'}, head('Category'), head('As R1 said'), head('Corrected'), el('th', {scope: 'col', role: 'columnheader', class: 'drawn'}, el('span', {class: 'review-key said'}, 'R1'), ' ', el('span', {class: 'review-key'}, 'corrected'), scale))), body);
  const figures = () => el('span', {class: 'figures'}, el('strong'), ' ', el('span', {class: 'interval'}));
  return {element, draw(data) {
    const rows = data.categories.filter((row) => row.raw?.share > 0 || row.corrected?.share > 0);
    const most = Math.max(0, ...rows.map((row) => 100 * Math.max(row.raw?.high ?? 0, row.corrected?.high ?? 0)));
    const end = SCALES.find((s) => s >= most) ?? 100;
    text(scale, 'to ' + end + ' %');
    keyed(body, rows, (row) => 's-' + row.category,
      () => el('tr', {role: 'row'}, categoryCell(), cell('', 'As R1 said', figures()), cell('', 'Corrected', figures()),
        el('td', {role: 'cell', class: 'drawn', 'aria-hidden': 'true'}, el('span', {class: 'bar thin said'}, el('i'), el('b')), el('span', {class: 'bar thin'}, el('i'), el('b')))),
      (tr, row) => {
        drawCategory(tr, row, taxonomy);
        const [rawBar, bar] = tr.children[3].children;
        drawInterval(rawBar, tr.children[1].firstElementChild, row.raw, end, '–');
        drawInterval(bar, tr.children[2].firstElementChild, row.corrected, end, '–');
      });
  }};
}
