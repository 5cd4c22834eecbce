// One note beside the reasoning about it; for the notes and for the queue of reviews.
import {el} from '../lib/dom.js';
import {facts} from '../lib/facts.js';
import * as format from '../lib/format.js';
import {piece} from '../lib/place.js';
import {exchange} from './exchange.js';

/** What a check means when it passed and when it did not; some are worth a line only when they did not. */
export const CHECKS = [
  ['quoteFound', true, 'Every quote stands in the note', 'No quote, or one that does not stand in the note'],
  ['labelNamed', true, 'The reasoning names the category', 'The reasoning does not name the category'],
  ['salvaged', false, null, 'Taken from a thought that never closed'],
  ['relabelled', false, null, 'The label had to be normalised'],
  ['truncated', false, null, 'Cut by the token limit'],
  ['mixedScript', false, null, 'The reasoning changes into another script'],
  ['emptyThought', false, null, 'R1 answered without thinking'],
  ['injected', false, null, 'The note addresses the model: it may have asked for its label'],
];

/** What `GET notes/{id}` answers about a note. */
export const noteDetail = (context, id, signal) => context.ask('notes/' + piece(id), {signal});

/**
 * A note beside the reasoning about it: `element` to place, `show(answer, taxonomy)` for what `GET notes/{id}` answered.
 * `brief` leaves out how the verdict was made, other versions and history, which a reviewer need not see. The element is
 * a container: it has two columns where it is wide enough.
 */
export function detail(context, {brief = false} = {}) {
  const note = el('section', {class: 'sheet the-note', 'aria-label': 'Note'});
  const judgement = el('section', {class: 'sheet judgement', 'aria-label': 'Reasoning'});
  const element = el('div', {class: 'detail'}, el('div', {class: 'pair'}, note, judgement));
  return {
    element,
    show(answer, taxonomy) {
      note.replaceChildren(...clean(noteOf(answer)));
      judgement.replaceChildren(...clean(judgementOf(answer, taxonomy, context, brief)));
    },
  };
}

const clean = (nodes) => nodes.flat().filter(Boolean);

function noteOf(answer) {
  const shown = answer.event?.note;
  const heading = el('h2', {}, 'Note');
  if (!shown) return [heading, el('p', {}, 'Only a review of this note is known so far; the note itself has not been judged.')];
  const evidence = answer.event.verdict?.evidence ?? [];
  const fields = [heading, passage(shown.text, 'text', evidence, 'text main')];
  const add = (name, value, field) => {
    if (value) fields.push(el('h3', {}, name), passage(value, field, evidence, 'text'));
  };
  add('Question', shown.question, 'question');
  add('Answer', shown.answer, 'answer');
  add('Expected', shown.expected, 'expected');
  (shown.contexts ?? []).forEach((context, i) => {
    const facts = [context.id, context.rank && 'rank ' + context.rank, context.score !== undefined && context.score !== null && 'score ' + context.score];
    add(['Context ' + (i + 1), ...facts.filter(Boolean)].join(' · '), context.text, 'contexts[' + i + ']');
  });
  return [...fields, facts([
    ['Source', shown.source],
    ['Seen', format.time(shown.observedAt ?? answer.event.position?.timestamp)],
    ['Note', answer.noteId],
    ['Trace', shown.traceId],
    ...Object.entries(shown.labels ?? {}),
  ]), takenOut(shown.redacted)];
}

/** What was taken out of the note, in words: one and several. */
const TAKEN = {
  email: ['e-mail address', 'e-mail addresses'],
  phone: ['phone number', 'phone numbers'],
  card: ['card number', 'card numbers'],
  iban: ['bank account number', 'bank account numbers'],
  ip: ['IP address', 'IP addresses'],
  'birth-date': ['date of birth', 'dates of birth'],
};

function takenOut(redacted) {
  const counts = Object.entries(redacted ?? {});
  if (counts.length === 0) return null;
  const words = counts.map(([kind, count]) => {
    const names = Object.hasOwn(TAKEN, kind) ? TAKEN[kind] : [kind, kind];
    return format.number(count) + ' ' + names[count === 1 ? 0 : 1];
  });
  return el('p', {class: 'quiet taken-out'}, 'Taken out before anything was kept: ' + words.join(', ') + '.');
}

function passage(value, field, evidence, style) {
  return el('p', {class: style, dir: 'auto'}, format.parts(value, field, evidence)
    .map((part) => (part.marked ? el('mark', {}, part.text) : part.text)));
}

function judgementOf(answer, taxonomy, context, brief) {
  const event = answer.event;
  const verdict = event?.verdict;
  const dot = el('span', {class: 'dot'});
  dot.style.setProperty('--c', taxonomy.colourOf(answer.category));
  const content = [
    el('h2', {}, 'Judged as'),
    el('p', {class: 'label'}, dot, el('strong', {}, taxonomy.nameOf(answer.category))),
    verdict ? el('p', {class: 'sureness'}, sureness(verdict, taxonomy)) : null,
  ];
  if (answer.reviewed) content.push(el('p', {class: 'reviewed'}, verdict
    ? 'A person gave this label; R1 said ' + taxonomy.nameOf(verdict.category) + '.'
    : 'A person gave this label; R1 could not decide.'));
  if (verdict) {
    content.push(
      verdict.rationale ? el('p', {class: 'rationale', dir: 'auto'}, verdict.rationale) : null,
      ...thought(verdict, answer.deciding ?? []),
      ...votes(verdict, taxonomy),
      el('h3', {}, 'Checks'),
      el('ul', {class: 'checks'}, CHECKS.map((check) => checked(check, verdict.checks)).filter(Boolean)));
    if (!brief) content.push(el('h3', {}, 'How it was made'), made(verdict));
  } else if (event) {
    content.push(el('p', {class: 'rationale'}, event.cause || event.reason), facts([
      ['Reason', event.reason],
      ['Attempts', event.attempts],
      ['Tokens', event.usage && format.number(total(event.usage))],
      ['Given up', format.time(event.at)],
    ]));
  }
  content.push(exchange(context, pointers(answer)));
  if (!brief) content.push(others(answer, taxonomy), history(answer.history, taxonomy));
  return content;
}

function sureness(verdict, taxonomy) {
  const words = [];
  if (verdict.confidence && verdict.confidence !== 'unstated') words.push(verdict.confidence + ' confidence');
  const cast = Object.values(verdict.votes ?? {}).reduce((sum, count) => sum + count, 0);
  if (cast > 1) words.push('agreement ' + Math.round(100 * verdict.agreement) + ' % of ' + cast + ' votes');
  if (verdict.secondary) words.push('also ' + taxonomy.nameOf(verdict.secondary));
  return words.join(' · ');
}

/** The chain of thought, with the sentences that decide told apart. */
function thought(verdict, deciding) {
  const parts = format.parts(verdict.reasoning.text ?? '', null, deciding.map((range) => ({...range, field: null})));
  const marks = [];
  const text = el('p', {class: 'text thought', dir: 'auto', tabindex: '0', role: 'region', 'aria-label': 'Chain of thought'},
    parts.length === 0 ? 'R1 gave no reasoning.' : parts.map((part) => {
      if (!part.marked) return part.text;
      marks.push(el('mark', {class: 'deciding'}, part.text));
      return marks.at(-1);
    }));
  return [
    el('div', {class: 'thought-head'}, el('h3', {}, 'Reasoning'), marks.length ? jump(text, marks) : null),
    verdict.reasoning.whole ? el('p', {class: 'quiet'}, 'The whole chain of thought: the passage about this note could not be told apart.') : null,
    text,
  ];
}

function jump(text, marks) {
  let at = -1;
  const name = () => (marks.length === 1 ? 'Deciding sentence' : 'Deciding sentence ' + (at < 0 ? '' : at + 1 + ' of ') + (at < 0 ? '(' + marks.length + ')' : marks.length));
  const button = el('button', {type: 'button', class: 'link'}, name());
  button.addEventListener('click', () => {
    at = (at + 1) % marks.length;
    button.textContent = name();
    for (const mark of marks) mark.classList.toggle('now', mark === marks[at]);
    text.scrollTop = marks[at].offsetTop - text.offsetTop - text.clientHeight / 3;
  });
  return button;
}

function votes(verdict, taxonomy) {
  const all = Object.entries(verdict.votes ?? {}).sort((a, b) => b[1] - a[1]);
  const cast = all.reduce((sum, [, count]) => sum + count, 0);
  if (cast < 2) return [];
  return [el('h3', {}, 'Votes'), el('ul', {class: 'votes'}, all.map(([category, count]) => {
    const bar = el('i', {'aria-hidden': 'true'});
    bar.style.setProperty('--c', taxonomy.colourOf(category));
    bar.style.width = (100 * count) / cast + '%';
    return el('li', {}, el('span', {}, taxonomy.nameOf(category)), el('span', {class: 'vote'}, bar), el('span', {class: 'number'}, count + ' of ' + cast));
  }))];
}

function checked([key, good, yes, no], checks) {
  const passed = checks[key] === good;
  if (passed && !yes) return null;
  return el('li', {class: passed ? 'good' : 'doubt'}, passed ? yes : no);
}

function made(verdict) {
  const by = verdict.provenance;
  return facts([
    ['Model', by.model],
    ['Server', by.server],
    ['Prompt', by.promptVersion],
    ['Asked as', 'number ' + (by.batchPosition + 1) + ' of ' + by.batchSize],
    ['Attempts', by.attempts],
    ['Same text as', by.sameTextAs],
    ['Tokens', tokens(verdict.usage)],
    ['Taxonomy', verdict.taxonomy.id + '@' + verdict.taxonomy.version],
    ['Judged', format.time(verdict.classifiedAt)],
  ]);
}

const total = (usage) => usage.prompt + usage.reasoning + usage.answer;

function tokens(usage) {
  return format.number(total(usage)) + ' (prompt ' + format.number(usage.prompt) + ', reasoning '
    + format.number(usage.reasoning) + ', answer ' + format.number(usage.answer) + ')';
}

/** The exchanges behind what is shown, latest last, each once. */
function pointers(answer) {
  const all = answer.history.flatMap((decision) => decision.exchanges ?? []);
  const shown = answer.event?.verdict?.reasoning?.exchange;
  if (shown) all.unshift(shown);
  return [...new Map(all.map((pointer) => [pointer.partition + '/' + pointer.offset, pointer])).values()];
}

function others(answer, taxonomy) {
  const labels = (answer.labels ?? []).filter((label) => label.taxonomy.id !== answer.taxonomy.id || label.taxonomy.version !== answer.taxonomy.version);
  if (labels.length === 0) return null;
  return el('div', {}, el('h3', {}, 'Under other taxonomy versions'), facts(labels.map((label) =>
    [label.taxonomy.id + '@' + label.taxonomy.version, taxonomy.nameOf(label.category) + (label.reviewer ? ' (' + label.reviewer + ')' : '')])));
}

function history(decisions, taxonomy) {
  if (decisions.length < 2) return null;
  return el('div', {}, el('h3', {}, 'History'), el('ol', {class: 'history'}, decisions.map((decision) =>
    el('li', {}, el('time', {datetime: decision.at}, format.time(decision.at)), el('span', {}, said(decision, taxonomy))))));
}

function said(decision, taxonomy) {
  const label = taxonomy.nameOf(decision.category);
  const words = {
    classified: (decision.by ?? 'R1') + ' judged: ' + label,
    unclassifiable: 'R1 could not decide',
    reviewed: (decision.by ?? 'A person') + ' labelled it: ' + label,
    erased: (decision.by ?? 'A person') + ' had its words erased',
  };
  return words[decision.type] + (['reviewed', 'erased'].includes(decision.type) && decision.reason ? ' (' + decision.reason + ')' : '');
}
