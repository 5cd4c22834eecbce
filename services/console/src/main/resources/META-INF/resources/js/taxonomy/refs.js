// Versions by name.
import * as format from '../lib/format.js';
import {piece} from '../lib/place.js';

/** "id@version" of a reference, however the API writes it. */
export const refOf = (ref) => (typeof ref === 'string' ? ref : ref ? ref.id + '@' + ref.version : null);

/** A version's path below api/v1. */
export const pathOf = (ref, more = '') => 'taxonomies/' + piece(ref) + more;

const STATES = {active: 'Active', proposed: 'Proposed', retired: 'Retired'};
export const stateOf = (version) => (version.active ? 'Active' : STATES[version.status] ?? 'Not defined here');

/** Since when notes are judged under it, or when they were. */
export function since(version) {
  const {activation} = version;
  if (!activation) return version.active ? 'in use as configured' : '';
  return (version.active ? 'in use since ' : 'last activated ') + format.time(activation.at) + ' by ' + activation.by;
}
