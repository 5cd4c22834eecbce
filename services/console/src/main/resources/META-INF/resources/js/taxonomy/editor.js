// Edits of a proposal, each in a form below the category that it changes. One form is open at a time.
import {noFaults, showFaults} from '../lib/confirm.js';
import {el} from '../lib/dom.js';
import {menu} from '../lib/menu.js';
import {signature} from '../lib/signature.js';
import {fieldsOf} from './fields.js';
import {EDITS} from './edits.js';

/**
 * `send(edit, tag, by)` carries an edit out; `onDone(words)` follows. `menu({category, slot, tag, taxonomy})` offers the
 * edits of a category, all four functions; `opener(kind, category, words, of)` is a button for one; `close()` is true when
 * a form was open.
 */
export function editor({send, onDone}) {
  let open = null;   // {form, back}

  function close() {
    if (!open) return false;
    const {form, back} = open;
    open = null;
    form.remove();
    if (back?.isConnected) back.focus();
    return true;
  }

  function start(kind, category, of, back) {
    close();
    const edit = EDITS[kind];
    const fields = fieldsOf(edit.fields(category, of.taxonomy()));
    const sign = signature();
    const wrong = el('div', {class: 'faults', role: 'alert'});
    const save = el('button', {class: 'button primary'}, edit.action);
    const heading = edit.title(category);
    let tag = of.tag(); // of the content that the reader sees now: what changed since is not overwritten
    let isStale = false;
    const form = el('form', {class: 'edit-form', novalidate: true, 'aria-label': heading},
      el('p', {class: 'edit-title'}, heading), edit.hint ? el('p', {class: 'quiet'}, edit.hint(category, of.taxonomy())) : null,
      fields.element, sign.element, wrong, el('div', {class: 'confirm-choice'}, save, el('button', {type: 'button', class: 'button', on: {click: close}}, 'Cancel')));
    form.addEventListener('submit', async (event) => {
      event.preventDefault();
      const by = sign.name();
      if (by === null || save.disabled) return;
      save.disabled = true;
      noFaults(wrong);
      if (isStale) tag = of.tag();
      isStale = false;
      try {
        const change = edit.edit(fields.values(), category);
        await send(change, tag, by);
        if (open?.form === form) close();
        onDone(edit.done(change, category, of.taxonomy()));
      } catch (error) {
        if (error.name === 'AbortError') return;
        if (error.status === 412) {
          isStale = true;
          wrong.replaceChildren(el('p', {class: 'banner trouble'}, 'Somebody else changed this version meanwhile, and nothing of yours is saved. It is shown as it is now: look again, then press “' + edit.action + '” once more.'));
        } else showFaults(wrong, error);
      } finally {
        save.disabled = false;
      }
    });
    form.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape' || event.defaultPrevented) return;
      event.preventDefault();
      close();
    });
    open = {form, back};
    of.slot().append(form);
    fields.focus();
    form.scrollIntoView({block: 'nearest'});
  }

  return {
    close,
    opener(kind, category, words, of) {
      const button = el('button', {type: 'button', class: 'button', 'data-edit': kind}, words);
      button.addEventListener('click', () => start(kind, category, of, button));
      return button;
    },
    menu(of) {
      const items = el('div', {class: 'options'});
      const picker = menu('edit', items);
      const summary = picker.element.querySelector('summary');
      picker.label('Edit', false);
      picker.element.addEventListener('toggle', () => {
        if (!picker.element.open) return;
        const category = of.category();
        items.replaceChildren(...Object.entries(EDITS).filter(([, edit]) => edit.offered?.(category, of.taxonomy())).map(([kind, edit]) => {
          const button = el('button', {type: 'button', class: 'option', 'data-edit': kind}, edit.name);
          button.addEventListener('click', () => {
            picker.close();
            start(kind, category, of, summary);
          });
          return button;
        }));
        items.firstElementChild?.focus();
      });
      return picker.element;
    },
  };
}
