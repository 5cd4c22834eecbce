// Loads the report of agreement and keeps it up to date. Its pickers go into the bar.
import {el} from '../lib/dom.js';
import {counted} from '../lib/place.js';
import {report} from './report.js';

const SELECTIONS = [['all', 'All reviews'], ['random', 'Random sample only']];
const MOVE_EVERY = 2000;

export function agreement(root, bar, context, taxonomy) {
  const picker = el('nav', {class: 'segments', 'aria-label': 'Which reviews count'}, SELECTIONS.map(([, name]) => el('a', {'data-route': true}, name)));
  const body = el('div', {}, el('p', {class: 'waiting'}, 'Loading…'));
  bar.append(picker);
  root.append(body);
  let draw = null;

  const loading = context.refresher(async (signal) => {
    const place = context.place();
    const data = await context.ask('reviews?' + counted(place, {selection: place.selection}), {signal});
    draw ??= report(body, taxonomy);
    draw(data, {random: context.href({selection: null, queue: 'random'})});
  }, MOVE_EVERY);

  return {
    update(place) {
      SELECTIONS.forEach(([selection], i) => {
        picker.children[i].setAttribute('href', context.href({selection}));
        if (selection === place.selection) picker.children[i].setAttribute('aria-current', 'true');
        else picker.children[i].removeAttribute('aria-current');
      });
      loading.now();
    },
    live(kind) {
      if (kind === 'statistics' || kind === 'open' || kind === 'reset') loading.soon();
    },
    close: () => loading.stop(),
  };
}
