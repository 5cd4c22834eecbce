// The notes: search, list, and the note that is open.
import {el, keyed, text} from '../lib/dom.js';
import {counted} from '../lib/place.js';
import {detail, noteDetail} from './detail.js';

export const KEYS = [];

export function view(root, context) {
  const list = el('ol', {class: 'notes'});
  const shown = detail(context);
  shown.element.hidden = true;
  root.replaceChildren(el('h1', {}, 'Notes'), list, shown.element);
  const refresh = context.refresher(async (signal) => {
    const place = context.place();
    const taxonomy = await context.taxonomy();
    const query = counted(place);
    for (const category of place.categories) query.append('category', category);
    const page = await context.ask('notes?' + query, {signal});
    keyed(list, page.notes, (n) => 'n-' + n.noteId, () => el('li', {}, el('a', {'data-route': true, class: 'excerpt', dir: 'auto'})), (li, n) => {
      text(li.firstChild, n.excerpt);
      li.firstChild.setAttribute('href', context.href({note: n.noteId}));
    });
    shown.element.hidden = !place.note;
    if (place.note) shown.show(await noteDetail(context, place.note, signal), taxonomy);
  });
  return {update: () => refresh.now(), live: (kind) => { if (kind === 'statistics') refresh.soon(); }, close: refresh.stop};
}
