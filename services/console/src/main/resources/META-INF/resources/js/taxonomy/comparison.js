// Two versions side by side: which old categories became which new ones, and what changed, in words.
import {list} from './points.js';

/**
 * Rows in the order of the new version's tree, what was removed at the end: {id, depth, now, before, changes}; `now` is
 * absent in what was removed, `before` is a list of the old categories. Each change is {kind, words}. Without `base`
 * nothing is compared. `diff` is as the API says it.
 */
export function rows(base, version, diff) {
  const ordered = inTree(version.categories);
  if (!base) return ordered.map(({category, depth}) => ({id: category.id, depth, now: category, before: [], changes: []}));
  const predecessors = new Map();
  for (const [old, now] of Object.entries(diff.crosswalk)) {
    if (base.get(old)) predecessors.set(now, [...(predecessors.get(now) ?? []), base.get(old)]);
  }
  return [
    ...ordered.map(({category, depth}) => ({
      id: category.id, depth, now: category, before: predecessors.get(category.id) ?? [],
      changes: changesOf(category, diff, base, version),
    })),
    ...diff.removed.map((category) => ({
      id: '-' + category.id, depth: 0, now: null, before: [category],
      changes: [{kind: 'removed', words: 'Removed'}],
    })),
  ];
}

/** Each category after the one above it, with its depth. */
export function inTree(categories) {
  const known = new Set(categories.map((category) => category.id));
  const below = (parent) => categories.filter((category) => (known.has(category.parent) ? category.parent : null) === parent);
  const walk = (parent, depth) => below(parent).flatMap((category) => [{category, depth}, ...walk(category.id, depth + 1)]);
  return walk(null, 0);
}

function changesOf({id}, diff, base, version) {
  const found = [];
  const add = (kind, words) => found.push({kind, words});
  const partOf = diff.split.find((split) => split.parts.includes(id));
  const isNew = diff.added.some((category) => category.id === id);
  if (isNew) add('added', partOf ? 'New, split off ' + version.nameOf(partOf.id) : 'Added');
  for (const merged of diff.merged.filter((one) => one.into === id)) add('merged', 'Merged from ' + list(merged.from.map(base.nameOf)));
  for (const renamed of diff.renamed.filter((one) => one.newId === id)) add('renamed', renamedWords(renamed));
  for (const split of diff.split.filter((one) => one.id === id)) add('split', 'Split into ' + list(split.parts.map(version.nameOf)));
  for (const moved of diff.moved.filter((one) => one.id === id)) {
    add('moved', 'Moved from ' + place(moved.before, version, base) + ' to ' + place(moved.now, version, base));
  }
  for (const redefined of diff.redefined.filter((one) => one.id === id)) add('redefined', 'Changed: ' + list(redefined.fields.map((field) => FIELDS[field] ?? field)));
  return found;
}

const FIELDS = {definition: 'definition', notThis: 'what it is not', examples: 'examples', remedy: 'remedy', colour: 'colour'};

function renamedWords({oldId, newId, oldName, newName}) {
  if (oldName !== newName) return 'Renamed from ' + oldName + (oldId !== newId ? ' (' + oldId + ')' : '');
  return 'Its id was ' + oldId;
}

const place = (id, version, base) => (id ? (version.get(id) ? version : base).nameOf(id) : 'the top');


const COUNTED = [['added', 'added'], ['removed', 'removed'], ['merged', 'merged'], ['split', 'split'], ['renamed', 'renamed'], ['moved', 'moved'], ['redefined', 'changed in what they say']];

/** "2 added, 1 removed; 12 as before." */
export function summary(compared) {
  const counts = COUNTED.map(([kind, words]) => [compared.filter((row) => row.changes.some((change) => change.kind === kind)).length, words]).filter(([count]) => count > 0);
  const same = compared.filter((row) => row.changes.length === 0).length;
  if (counts.length === 0) return 'The two say the same.';
  return counts.map(([count, words]) => count + ' ' + words).join(', ') + '; ' + same + ' as before.';
}

/** Longer texts are not compared word by word. */
const MOST_WORDS = 400;

/** Pieces of two texts: [{text, kind}] with kind 'same', 'gone' (only in the old one) or 'new', by whole words. */
export function words(before, now) {
  const [a, b] = [before, now].map((text) => text.match(/\s+|[^\s]+/g) ?? []);
  if (a.length > MOST_WORDS || b.length > MOST_WORDS) return [{text: before, kind: 'gone'}, {text: now, kind: 'new'}];
  const longest = Array.from({length: a.length + 1}, () => new Uint16Array(b.length + 1));
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) longest[i][j] = a[i] === b[j] ? longest[i + 1][j + 1] + 1 : Math.max(longest[i + 1][j], longest[i][j + 1]);
  }
  const pieces = [];
  const put = (text, kind) => {
    if (pieces.at(-1)?.kind === kind) pieces.at(-1).text += text;
    else pieces.push({text, kind});
  };
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      put(a[i], 'same');
      i++;
      j++;
    } else if (j >= b.length || (i < a.length && longest[i + 1][j] >= longest[i][j + 1])) put(a[i++], 'gone');
    else put(b[j++], 'new');
  }
  return pieces;
}
