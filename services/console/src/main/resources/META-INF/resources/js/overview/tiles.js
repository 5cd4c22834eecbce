// The totals.
import {el, text} from '../lib/dom.js';
import * as format from '../lib/format.js';

const SVG = 'http://www.w3.org/2000/svg';
const BARS = 30;

/** `counts(table)`, `rate(now)`, and `reviews(answer | null)` each draw their tiles. */
export function tiles() {
  const element = el('dl', {class: 'tiles'});
  const tile = (name) => {
    const value = el('dd');
    const hint = el('dd', {class: 'hint'});
    const div = el('div', {}, el('dt', {}, name), value, hint);
    element.append(div);
    return {div, set: (words, more = '') => { text(value, words); text(hint, more); }};
  };
  const decided = tile('Decided');
  const undecided = tile('Undecided');
  const speed = tile('Notes a minute');
  const tokens = tile('Tokens a note');
  const reviewed = tile('Reviewed');
  reviewed.div.hidden = true;
  const bars = spark();
  speed.div.append(bars.element);
  speed.set('–', 'counting…');

  return {
    element,
    counts(data) {
      const asked = data.decided + data.undecided;
      const spent = data.usage.prompt + data.usage.reasoning + data.usage.answer;
      decided.set(format.number(data.decided), data.unjudged ? format.number(data.unjudged) + ' to come' : data.decided === 1 ? 'note' : 'notes');
      undecided.set(format.number(data.undecided), data.undecided ? format.percent(data.undecided / asked) + ' of all' : '');
      tokens.set(asked ? format.number(spent / asked) : '–', asked ? format.compact(spent) + ' in all' : '');
    },
    rate({perMinute, watched, bars: seconds}) {
      if (watched < 5 && perMinute === 0) return;
      speed.set(format.compact(perMinute), watched < 60 ? 'over ' + watched + ' s' : 'now');
      bars.draw(seconds);
    },
    reviews(answer) {
      reviewed.div.hidden = answer === null;
      if (answer === null) return;
      const people = answer.reviewed + (answer.undecidedReviewed ?? 0);
      reviewed.set(format.number(people), answer.reviewed === 0 ? 'by people' : Math.round((100 * answer.agreed) / answer.reviewed) + ' % as R1 said');
    },
  };
}

/** The last minute as bars of two seconds. */
function spark() {
  const element = document.createElementNS(SVG, 'svg');
  element.setAttribute('viewBox', '0 0 ' + (3 * BARS - 1) + ' 20');
  element.setAttribute('class', 'spark');
  element.setAttribute('aria-hidden', 'true');
  const rects = Array.from({length: BARS}, (_, i) => {
    const rect = document.createElementNS(SVG, 'rect');
    for (const [name, value] of [['x', 3 * i], ['width', 2], ['y', 20], ['height', 0]]) rect.setAttribute(name, value);
    element.append(rect);
    return rect;
  });
  return {
    element,
    draw(seconds) {
      const pairs = Array(BARS).fill(0);
      const gone = 2 * BARS - seconds.length;
      seconds.forEach((count, i) => { pairs[Math.floor((gone + i) / 2)] += count; });
      const most = Math.max(1, ...pairs);
      pairs.forEach((count, i) => {
        const height = count === 0 ? 0 : Math.max(1, (20 * count) / most);
        rects[i].setAttribute('y', 20 - height);
        rects[i].setAttribute('height', height);
      });
    },
  };
}
