// One note: what it says beside why it was judged so.
import {colour, el} from './dom.js';
import * as format from './format.js';
import {url} from './place.js';
import {UNDECIDED} from './overview.js';

const CHECKS = [
  ['quoteFound', true, 'Every quote stands in the note', 'No quote, or one that does not stand in the note'],
  ['labelNamed', true, 'The reasoning names the category', 'The reasoning does not name the category'],
  ['salvaged', false, null, 'Taken from a thought that never closed'],
  ['relabelled', false, null, 'The label had to be normalised'],
  ['truncated', false, null, 'Cut by the token limit'],
  ['mixedScript', false, null, 'The reasoning changes into another script'],
  ['emptyThought', false, null, 'R1 answered without thinking'],
];

export function note(view, detail, place, taxonomy) {
  const event = detail.event;
  const shown = event?.note;
  const evidence = event?.verdict?.evidence ?? [];
  view.replaceChildren(
    trail(detail, place, taxonomy),
    el('h1', {class: 'unseen'}, 'Note ' + detail.noteId),
    el('div', {class: 'pair'},
      el('section', {class: 'sheet', 'aria-label': 'Note'}, el('h2', {}, 'Note'), ...noteOf(detail, shown, evidence)),
      el('section', {class: 'sheet judgement', 'aria-label': 'Reasoning'}, ...judgement(detail, event, taxonomy))));
}

function trail(detail, place, taxonomy) {
  const category = place.category ?? detail.category ?? UNDECIDED;
  const name = category === UNDECIDED ? 'Undecided' : taxonomy.nameOf(category);
  return el('nav', {class: 'trail', 'aria-label': 'Where you are'},
    el('a', {'data-route': true, href: url({...place, category: null, note: null})}, 'All categories'),
    el('a', {'data-route': true, href: url({...place, category, note: null})}, name));
}

function noteOf(detail, shown, evidence) {
  if (!shown) return [el('p', {}, 'Only a review of this note is known so far; the note itself has not been judged.')];
  const fields = [passage(shown.text, 'text', evidence, 'text main')];
  const add = (name, value, field) => {
    if (value) fields.push(el('h3', {}, name), passage(value, field, evidence, 'text'));
  };
  add('Question', shown.question, 'question');
  add('Answer', shown.answer, 'answer');
  add('Expected', shown.expected, 'expected');
  (shown.contexts ?? []).forEach((context, i) =>
    add('Context ' + (i + 1) + (context.id ? ' · ' + context.id : ''), context.text, 'contexts[' + i + ']'));
  const labels = Object.entries(shown.labels ?? {}).map(([name, value]) => [name, value]);
  return [...fields, facts([
    ['Source', shown.source],
    ['Seen', format.time(shown.observedAt ?? detail.event.position.timestamp)],
    ['Note', detail.noteId],
    ['Trace', shown.traceId],
    ...labels,
  ])];
}

function passage(value, field, evidence, style) {
  return el('p', {class: style, dir: 'auto'}, format.parts(value, field, evidence)
    .map((part) => (part.marked ? el('mark', {}, part.text) : part.text)));
}

function judgement(detail, event, taxonomy) {
  const verdict = event?.verdict;
  const content = [];
  const label = detail.category ? taxonomy.nameOf(detail.category) : 'Undecided';
  const dot = el('span', {class: 'dot'});
  dot.style.setProperty('--c', colour(taxonomy.get(detail.category)?.colour));
  content.push(el('h2', {}, 'Judged as'), el('p', {class: 'label'}, dot, el('strong', {}, label)));
  if (detail.reviewed) content.push(el('p', {class: 'reviewed'}, verdict
    ? 'A person gave this label; R1 said ' + taxonomy.nameOf(verdict.category) + '.'
    : 'A person gave this label; R1 could not decide.'));
  if (verdict) content.push(...reasoning(verdict, taxonomy));
  else if (event) content.push(el('p', {class: 'rationale'}, event.cause || event.reason), facts([
    ['Reason', event.reason],
    ['Attempts', event.attempts],
    ['Tokens', format.number(total(event.usage))],
    ['Given up', format.time(event.at)],
  ]));
  content.push(history(detail.history, taxonomy));
  return content;
}

function reasoning(verdict, taxonomy) {
  return [
    el('p', {class: 'rationale', dir: 'auto'}, verdict.rationale),
    el('h3', {}, 'Reasoning'),
    verdict.reasoning.whole ? el('p', {class: 'quiet'}, 'The whole chain of thought: the passage about this note could not be told apart.') : null,
    el('p', {class: 'text thought', dir: 'auto', tabindex: '0'}, verdict.reasoning.text || 'R1 gave no reasoning.'),
    el('h3', {}, 'Checks'),
    el('ul', {class: 'checks'}, CHECKS.map((check) => checked(check, verdict.checks))),
    el('h3', {}, 'How it was made'),
    facts([
      ['Also', verdict.secondary && taxonomy.nameOf(verdict.secondary)],
      ['Confidence', verdict.confidence],
      ['Agreement', Math.round(100 * verdict.agreement) + ' %' + votes(verdict.votes, taxonomy)],
      ['Model', verdict.provenance.model],
      ['Server', verdict.provenance.server],
      ['Prompt', verdict.provenance.promptVersion],
      ['Asked as', 'number ' + (verdict.provenance.batchPosition + 1) + ' of ' + verdict.provenance.batchSize],
      ['Attempts', verdict.provenance.attempts],
      ['Tokens', tokens(verdict.usage)],
      ['Taxonomy', verdict.taxonomy.id + '@' + verdict.taxonomy.version],
      ['Judged', format.time(verdict.classifiedAt)],
    ]),
  ];
}

function checked([key, good, yes, no], checks) {
  const passed = checks[key] === good;
  if (passed && !yes) return null;
  return el('li', {class: passed ? 'good' : 'doubt'}, passed ? yes : no);
}

function votes(given, taxonomy) {
  const all = Object.entries(given ?? {});
  return all.length < 2 ? '' : ' (' + all.map(([id, count]) => count + ' × ' + taxonomy.nameOf(id)).join(', ') + ')';
}

const total = (usage) => usage.prompt + usage.reasoning + usage.answer;

function tokens(usage) {
  return format.number(total(usage)) + ' (prompt ' + format.number(usage.prompt) + ', reasoning '
    + format.number(usage.reasoning) + ', answer ' + format.number(usage.answer) + ')';
}

function facts(pairs) {
  return el('dl', {class: 'facts'}, pairs
    .filter(([, value]) => value !== null && value !== undefined && value !== '')
    .map(([name, value]) => el('div', {}, el('dt', {}, name), el('dd', {}, el('bdi', {}, String(value))))));
}

function history(decisions, taxonomy) {
  if (decisions.length < 2) return null;
  return el('div', {}, el('h3', {}, 'History'), el('ol', {class: 'history'}, decisions.map((decision) =>
    el('li', {}, format.time(decision.at) + ' · ' + said(decision, taxonomy)))));
}

function said(decision, taxonomy) {
  const label = decision.category ? taxonomy.nameOf(decision.category) : 'undecided';
  const words = {
    classified: (decision.by ?? 'R1') + ' judged: ' + label,
    unclassifiable: 'R1 could not decide',
    reviewed: (decision.by ?? 'A person') + ' labelled it: ' + label,
  };
  return words[decision.type] + (decision.type === 'reviewed' && decision.reason ? ' (' + decision.reason + ')' : '');
}
