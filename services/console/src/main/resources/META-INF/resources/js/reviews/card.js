// What a reviewer reads: the note, and R1's thought beside it.
import {el} from '../lib/dom.js';
import * as format from '../lib/format.js';

let cardNumber = 0;

/** The sheets of a note. hide: without anything that R1 said. The first holds the heading, which takes the focus. */
export function card(detail, taxonomy, {hide = false} = {}) {
  const id = 'card-' + ++cardNumber;
  const note = detail.event?.note;
  const verdict = hide ? null : detail.event?.verdict;
  const heading = el('h2', {tabindex: '-1', class: 'card-heading', 'aria-describedby': id},
    el('span', {}, [note?.source ?? detail.source, format.time(note?.observedAt ?? detail.event?.position?.timestamp)].filter(Boolean).join(' · ')),
    el('span', {class: 'unseen'}, hide ? '. R1’s label is hidden.' : detail.category ? '. R1 says ' + taxonomy.nameOf(detail.category) + '.' : '. R1 could not decide.'));
  const sheet = el('section', {class: 'sheet card-note', 'aria-label': 'Note'}, heading, ...fields(note, verdict?.evidence ?? [], id));
  return {heading, sheets: hide ? [sheet] : [sheet, reasoning(detail, verdict)]};
}

function fields(note, evidence, id) {
  if (!note) return [el('p', {id}, 'The note itself has not been read yet.')];
  const parts = [passage(note.text, 'text', evidence, {class: 'text main', id})];
  const add = (name, value, field) => {
    if (value) parts.push(el('h3', {}, name), passage(value, field, evidence, {class: 'text'}));
  };
  add('Question', note.question, 'question');
  add('Answer', note.answer, 'answer');
  add('Expected', note.expected, 'expected');
  (note.contexts ?? []).forEach((context, i) =>
    add('Context ' + (i + 1) + (context.id ? ' · ' + context.id : ''), context.text, 'contexts[' + i + ']'));
  return parts;
}

function passage(value, field, evidence, properties) {
  return el('p', {dir: 'auto', ...properties}, format.parts(value, field, evidence)
    .map((part) => (part.marked ? el('mark', {}, part.text) : part.text)));
}

function reasoning(detail, verdict) {
  const children = [el('h2', {}, 'R1’s reasoning')];
  if (verdict) {
    const deciding = (detail.deciding ?? []).map((range) => ({field: 'thought', ...range}));
    children.push(el('p', {class: 'rationale', dir: 'auto'}, verdict.rationale));
    const thought = verdict.reasoning?.text
      ? format.parts(verdict.reasoning.text, 'thought', deciding).map((part) => (part.marked ? el('strong', {class: 'deciding'}, part.text) : part.text))
      : 'R1 gave no reasoning.';
    children.push(el('p', {class: 'text thought', dir: 'auto', tabindex: '0', role: 'group', 'aria-label': 'Chain of thought'}, thought));
  } else {
    children.push(el('p', {class: 'rationale', dir: 'auto'}, detail.event?.cause ?? detail.event?.reason ?? 'R1 has not judged this note.'));
  }
  return el('section', {class: 'sheet card-thought', 'aria-label': 'R1’s reasoning'}, children);
}
