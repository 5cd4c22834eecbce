// A small line of what a figure was while somebody watched.
const SVG = 'http://www.w3.org/2000/svg';
const WIDTH = 96;
const HEIGHT = 22;
const KEPT = 120;

function node(name, attributes) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

/** {element, add(samples, at, value)}: samples is the caller's list, which add extends and keeps short. */
export function spark() {
  const area = node('path', {class: 'spark-area'});
  const line = node('path', {class: 'spark-line'});
  const title = node('title', {});
  const element = node('svg', {class: 'spark', viewBox: '0 0 ' + WIDTH + ' ' + HEIGHT, width: WIDTH, height: HEIGHT, role: 'img', preserveAspectRatio: 'none'});
  element.append(title, area, line);
  return {element, add(samples, at, value) {
    if (samples.at(-1)?.at !== at) samples.push({at, value});
    if (samples.length > KEPT) samples.splice(0, samples.length - KEPT);
    const path = points(samples);
    line.setAttribute('d', path);
    area.setAttribute('d', path ? path + ' V' + HEIGHT + ' H0 Z' : '');
    const words = inWords(samples);
    if (title.textContent !== words) title.textContent = words;
    element.setAttribute('aria-label', words);
  }};
}

function points(samples) {
  if (samples.length < 2) return '';
  const begin = samples[0].at;
  const length = Math.max(1, samples.at(-1).at - begin);
  const most = Math.max(1, ...samples.map((sample) => sample.value));
  return 'M' + samples.map(({at, value}) =>
    (WIDTH * (at - begin) / length).toFixed(1) + ' ' + (HEIGHT - 2 - (HEIGHT - 4) * value / most).toFixed(1)).join(' L');
}

function inWords(samples) {
  if (samples.length < 2) return 'Watched for a moment only';
  const values = samples.map((sample) => sample.value);
  const minutes = Math.max(1, Math.round((samples.at(-1).at - samples[0].at) / 60_000));
  return 'Between ' + Math.round(Math.min(...values)) + ' and ' + Math.round(Math.max(...values)) + ' in the last ' + minutes + ' min';
}
