// Which notes were asked for, in words.
import * as format from '../lib/format.js';
import {WINDOWS} from '../lib/place.js';

const upper = (words) => words.charAt(0).toUpperCase() + words.slice(1);
const lower = (words) => words.charAt(0).toLowerCase() + words.slice(1);

/** Category, time, source and agreement of a selection as the API has it, in few words. */
export function selectionWords(asked, taxonomy) {
  return upper(narrowed(asked, taxonomy));
}

function narrowed(asked, taxonomy) {
  const some = (list, name, many) => (!list?.length ? null : list.length <= 2 ? list.map(name).join(' and ') : list.length + ' ' + many);
  return [
    some(asked.category, (id) => taxonomy?.nameOf(id) ?? id, 'categories') ?? 'all categories',
    timeWords(asked),
    some(asked.source, (source) => source, 'sources') ?? 'all sources',
    asked.maxAgreement !== undefined && asked.maxAgreement !== null ? 'agreement up to ' + Math.round(100 * asked.maxAgreement) + ' %' : null,
  ].filter(Boolean).join(' · ');
}

function timeWords(asked) {
  const begin = asked.from && !asked.from.includes('@') ? asked.from : asked.since;
  const end = asked.to ?? asked.until;
  if (begin || end) return (begin ? format.time(begin) : 'the beginning') + ' – ' + (end ? format.time(end) : 'now');
  const name = WINDOWS.find(([code]) => code === asked.window)?.[1];
  return name ? lower(name) : 'all time';
}

/** The same of the page's own pickers. */
export const placeWords = (place, taxonomy) => selectionWords({
  category: place.categories, from: place.from, to: place.to, window: place.window, source: place.sources,
  maxAgreement: place.maxAgreement ? Number(place.maxAgreement) : null,
}, taxonomy);

/** R1's tokens, whichever kinds there are. */
export const tokensOf = (tokens) => tokens?.total ?? (tokens?.prompt ?? 0) + (tokens?.reasoning ?? 0) + (tokens?.answer ?? 0);

/** Seconds as people say them. */
export const spell = (seconds) => format.duration(1000 * seconds);
