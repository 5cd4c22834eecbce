// The views as links.
import {el} from '../lib/dom.js';
import {url, VIEWS} from '../lib/place.js';

export const NAMES = {overview: 'Overview', notes: 'Notes', reviews: 'Reviews', taxonomy: 'Taxonomy', system: 'System'};

/** The place that a tab leads to: its view, of the same notes. */
export const placeOf = (view, place) => ({view, window: place.window, from: place.from, to: place.to, sources: place.sources});

export function tabs(container) {
  const links = VIEWS.map((view) => el('a', {'data-route': true, 'data-view': view}, NAMES[view]));
  container.replaceChildren(...links);
  return (place) => {
    for (const link of links) {
      link.setAttribute('href', url(placeOf(link.dataset.view, place)));
      if (link.dataset.view === place.view) link.setAttribute('aria-current', 'page');
      else link.removeAttribute('aria-current');
    }
  };
}
