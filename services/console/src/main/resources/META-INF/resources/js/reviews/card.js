// What a reviewer reads: a heading that takes the focus, the note, and R1's thought beside it.
import {el, text} from '../lib/dom.js';
import * as format from '../lib/format.js';
import {detail} from '../notes/detail.js';

/** {element, show(answer, {hide}), focus()}. hide: nothing that R1 said is shown, not even what it quoted. */
export function card(context, taxonomy) {
  // Unseen, as all of it can be seen below; it is what is read out when the focus comes to a note.
  const heading = el('h2', {tabindex: '-1', class: 'card-heading unseen'});
  const sheets = detail(context, {brief: true});
  const element = el('div', {class: 'card'}, heading, sheets.element);
  return {
    element,
    show(answer, {hide = false} = {}) {
      const note = answer.event?.note;
      const from = [note?.source ?? answer.source, format.time(note?.observedAt ?? answer.event?.position?.timestamp)].filter(Boolean).join(', ');
      const said = hide ? 'R1’s label is hidden.' : answer.category === undefined || answer.category === null ? 'R1 could not decide.'
        : (answer.reviewed ? 'The label is ' : 'R1 says ') + taxonomy.nameOf(answer.category) + '.';
      text(heading, [from + '.', said, note?.text].filter(Boolean).join(' '));
      element.classList.toggle('hidden-label', hide);
      sheets.show(hide ? bare(answer) : answer, taxonomy);
    },
    focus: () => heading.focus({preventScroll: true}),
  };
}

/** The answer without what R1 said. */
function bare(answer) {
  return {noteId: answer.noteId, taxonomy: answer.taxonomy, history: [], event: answer.event && {note: answer.event.note, position: answer.event.position}};
}
