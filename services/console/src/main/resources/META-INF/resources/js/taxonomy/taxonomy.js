// The view of taxonomies: versions and their life, patterns that R1 finds, history judged anew, and what a change of version
// did to the counts.
import {el} from '../lib/dom.js';
import {change} from './change.js';
import {patterns} from './patterns.js';
import {reclassify} from './reclassify.js';
import {versions} from './versions.js';

export const KEYS = [['Esc', 'Close the form or the result that is open']];

const PARTS = [
  [null, 'Versions', versions],
  ['patterns', 'Find patterns', patterns],
  ['reclassify', 'Reclassify', reclassify],
  ['change', 'Real or relabelled', change],
];
/** What belongs to one part only, and is left behind with it. */
const OWN = {version: null, against: null, only: null, discovery: null, maxAgreement: null, under: null, categories: []};

export function view(root, context) {
  const links = el('nav', {class: 'segments taxonomy-parts', 'aria-label': 'Taxonomy'}, PARTS.map(([, name]) => el('a', {'data-route': true}, name)));
  const inner = el('div');
  root.replaceChildren(el('div', {class: 'taxonomy-head'}, el('h1', {}, 'Taxonomy'), links), inner);
  let part = null;

  return {
    update(place) {
      const found = PARTS.find(([name]) => name === place.part) ?? PARTS[0];
      if (part?.name !== found[0]) {
        part?.close();
        const box = el('div', {class: 'taxonomy-part'});
        inner.replaceChildren(box);
        part = {name: found[0], ...found[2](box, context)};
      }
      PARTS.forEach(([name], i) => {
        links.children[i].setAttribute('href', context.href({...OWN, part: name}));
        if (name === found[0]) links.children[i].setAttribute('aria-current', 'page');
        else links.children[i].removeAttribute('aria-current');
      });
      return part.update(place);
    },
    live: (kind, data) => part?.live?.(kind, data),
    key: (event) => part?.key?.(event) ?? false,
    close: () => part?.close(),
  };
}
