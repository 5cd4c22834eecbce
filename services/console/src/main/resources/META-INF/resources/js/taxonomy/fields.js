// Fields of a form from a description of them.
import {el} from '../lib/dom.js';

let count = 0;

/**
 * Descriptions: {key, label, type, value, options, hint, slugTo}; type is text unless it is 'area', 'id', 'select',
 * 'colour' or 'parts'; options are [value, words]. `values()` by key; `focus()` into the first.
 */
export function fieldsOf(descriptions) {
  const group = 'field-' + ++count;
  const fields = new Map(descriptions.map((one) => [one.key, (MAKERS[one.type] ?? textField)(one, group + '-' + one.key)]));
  for (const {key, slugTo} of descriptions) if (slugTo) follow(fields.get(key).input, fields.get(slugTo).input);
  const element = el('div', {class: 'edit-fields'}, [...fields.values()].map((field) => field.element));
  return {
    element,
    values: () => Object.fromEntries([...fields].map(([key, field]) => [key, field.value()])),
    focus: () => (element.querySelector('input, select, textarea') ?? element.parentElement?.querySelector('button'))?.focus(),
  };
}

const MAKERS = {area, id: idField, select, colour: colourField, parts};

function labelled(one, id, input, kind = '') {
  return el('div', {class: 'edit-field ' + kind}, el('label', {for: id}, one.label), input, one.hint ? el('p', {class: 'quiet', id: id + '-hint'}, one.hint) : null);
}

function textField(one, id) {
  const input = el('input', {id, type: 'text', dir: 'auto', value: one.value, autocomplete: 'off', 'aria-describedby': one.hint ? id + '-hint' : null});
  return {element: labelled(one, id, input), input, value: () => input.value};
}

function idField(one, id) {
  const input = el('input', {id, type: 'text', value: one.value, autocomplete: 'off', autocapitalize: 'none', spellcheck: 'false', class: 'code', 'aria-describedby': one.hint ? id + '-hint' : null});
  return {element: labelled(one, id, input), input, value: () => input.value};
}

function area(one, id) {
  const input = el('textarea', {id, rows: 2, dir: 'auto', 'aria-describedby': one.hint ? id + '-hint' : null}, one.value);
  return {element: labelled(one, id, input, 'whole'), input, value: () => input.value};
}

function select(one, id) {
  const input = el('select', {id}, one.options.map(([value, words]) => el('option', {value}, words)));
  if (one.value !== undefined) input.value = one.value;
  return {element: labelled(one, id, input), input, value: () => input.value};
}

/** Or none: then the page chooses. */
function colourField(one, id) {
  const input = el('input', {id, type: 'color', value: /^#[0-9a-f]{6}$/i.test(one.value ?? '') ? one.value : '#8a8f98'});
  const own = el('input', {type: 'checkbox', id: id + '-own'});
  own.checked = Boolean(one.value);
  input.addEventListener('input', () => { own.checked = true; });
  const element = el('div', {class: 'edit-field'}, el('label', {for: id}, one.label), el('span', {class: 'edit-colour'}, input, el('label', {class: 'field'}, own, 'of its own')));
  return {element, input, value: () => (own.checked ? input.value : null)};
}

/** Two or more categories: {id, name, definition}. */
function parts(one, id) {
  const list = el('div', {class: 'edit-parts'});
  const made = [];
  const add = () => {
    const number = made.length + 1;
    const name = textField({label: 'Name', value: ''}, id + '-name-' + number);
    const slug = idField({label: 'Id', value: ''}, id + '-id-' + number);
    const definition = area({label: 'Definition', value: '', hint: number === 1 ? one.hint : null}, id + '-definition-' + number);
    follow(name.input, slug.input);
    made.push({name, slug, definition});
    list.append(el('fieldset', {class: 'edit-part'}, el('legend', {}, 'Part ' + number), name.element, slug.element, definition.element));
    return name.input;
  };
  add();
  add();
  const more = el('button', {type: 'button', class: 'link', on: {click: () => add().focus()}}, 'One more part');
  return {
    element: el('div', {class: 'edit-field whole'}, list, more),
    value: () => made.filter((part) => part.name.value().trim() || part.slug.value().trim() || part.definition.value().trim())
      .map((part) => ({id: part.slug.value().trim(), name: part.name.value().trim(), definition: part.definition.value().trim()})),
  };
}

/** The id follows the name until somebody writes one. */
function follow(name, id) {
  let own = false;
  id.addEventListener('input', () => { own = true; });
  name.addEventListener('input', () => { if (!own) id.value = slug(name.value); });
}

const slug = (words) => words.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '');
