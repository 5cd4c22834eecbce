// A taxonomy as the views need it.
import {colour} from './dom.js';

export const UNDECIDED = '~undecided';

/** The API's taxonomy with look-ups; an id that it does not know is its own name. */
export function named(tree) {
  const categories = new Map(tree.categories.map((category) => [category.id, category]));
  const parents = new Set(tree.categories.map((category) => category.parent).filter(Boolean));
  return {
    ref: {id: tree.id, version: tree.version},
    title: tree.title ?? tree.id,
    categories: tree.categories,
    /** Those that a note can have: no inner nodes of the tree. */
    labels: tree.categories.filter((category) => !parents.has(category.id)),
    /** Whether a category stands somewhere below another one. */
    isBelow(id, other) {
      for (let at = categories.get(id)?.parent; at; at = categories.get(at)?.parent) if (at === other) return true;
      return false;
    },
    get: (id) => categories.get(id),
    nameOf: (id) => (id === UNDECIDED || id === null || id === undefined ? 'Undecided' : categories.get(id)?.name ?? id),
    colourOf: (id) => colour(categories.get(id)?.colour),
  };
}
