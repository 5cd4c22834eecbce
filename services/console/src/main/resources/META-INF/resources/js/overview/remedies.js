// What people did against a category, and what came of it: its share before and after.
import {confirm} from '../lib/confirm.js';
import {el, keyed, text} from '../lib/dom.js';
import * as format from '../lib/format.js';
import {piece} from '../lib/place.js';
import {list, points, span} from '../taxonomy/points.js';
import {refOf} from '../taxonomy/refs.js';

/**
 * `set(remedies)` as the API has them; `of(category, taxonomy, stages)` those of a row; `row()` makes the row below a category's
 * and `draw(tr, row, taxonomy, {stages, columns})` fills it; `mark(category, taxonomy)` asks for a new one. `changed()` after one was written.
 */
export function remedies(context, changed) {
  let all = [];
  const of = (category, taxonomy, stages) => all.filter((remedy) => belongs(remedy, category, taxonomy, stages));

  function drawOne(li, remedy, row, taxonomy) {
    const [what, effect, withdraw] = li.children;
    const against = remedy.category === row.category ? '' : 'Against ' + taxonomy.nameOf(remedy.category) + ': ';
    text(what, against + '“' + remedy.what + '”');
    text(effect, ' ' + deployedWords(remedy) + ' ' + effectWords(remedy));
    withdraw.hidden = Boolean(remedy.withdrawal);
  }

  return {
    set: (remedies) => { all = remedies; },
    of,
    row: () => el('tr', {role: 'row', class: 'remedy-row'}, el('td', {role: 'cell'}, el('ul', {class: 'remedies', 'aria-label': 'Remedies'}))),
    draw(tr, row, taxonomy, {stages, columns}) {
      tr.firstElementChild.colSpan = columns;
      keyed(tr.querySelector('ul'), of(row.category, taxonomy, stages), (remedy) => 'm-' + remedy.id, (remedy) => el('li', {dir: 'auto'}, el('em'), el('span'),
        el('button', {type: 'button', class: 'link', 'data-needs': 'reviewer', on: {click: () => withdraw(remedy)}}, 'Withdrawn…')), (li, remedy) => drawOne(li, remedy, row, taxonomy));
    },
    async mark(id, taxonomy) {
      const category = taxonomy.get(id) ?? {id, name: id};
      const {sources} = await context.ask('sources').then((answer) => ({sources: Array.isArray(answer) ? answer : answer.sources ?? []}), () => ({sources: []}));
      const what = el('textarea', {id: 'remedy-what', rows: 3, maxlength: 2000, dir: 'auto'}, category.remedy ?? '');
      const when = el('input', {id: 'remedy-when', type: 'datetime-local', step: 60, value: local(new Date())});
      const boxes = sources.map((source) => el('label', {}, el('input', {type: 'checkbox', value: source}), el('bdi', {}, source)));
      confirm({
        title: 'A remedy against ' + category.name + ' is deployed',
        body: [
          el('p', {}, 'Its share before and after is shown here from then on, with the interval of the difference.'),
          el('div', {class: 'edit-field'}, el('label', {for: 'remedy-what'}, 'What was done'), what),
          el('div', {class: 'edit-field'}, el('label', {for: 'remedy-when'}, 'Since when'), when),
          boxes.length ? el('fieldset', {class: 'remedy-sources'}, el('legend', {}, 'For which sources; none chosen: all'), el('div', {class: 'options'}, boxes)) : null,
        ].filter(Boolean),
        action: 'Save',
        run: (by) => context.send('remedies', {
          by, category: id, taxonomy: refOf(taxonomy.ref), what: what.value.trim() || undefined,
          deployedAt: when.value ? new Date(when.value).toISOString() : undefined,
          sources: boxes.filter((box) => box.firstElementChild.checked).map((box) => box.firstElementChild.value),
        }),
        done: changed,
      });
    },
  };

  function withdraw(remedy) {
    const when = el('input', {id: 'withdraw-when', type: 'datetime-local', step: 60, value: local(new Date())});
    confirm({
      title: 'The remedy is withdrawn',
      body: [el('p', {dir: 'auto'}, remedy.what), el('div', {class: 'edit-field'}, el('label', {for: 'withdraw-when'}, 'Since when'), when)],
      action: 'Save',
      run: (by) => context.send('remedies/' + piece(remedy.id) + '/withdraw', {by, at: when.value ? new Date(when.value).toISOString() : undefined}),
      done: changed,
    });
  }
}

/**
 * Whether it belongs to a row: to that of its own category, or of what that has become since. One against a whole group stands
 * below the group where the table shows groups, else below each of its labels.
 */
function belongs(remedy, category, taxonomy, stages) {
  const own = taxonomy.get(remedy.category);
  if (own && (stages || taxonomy.labels.includes(own))) return remedy.category === category;
  return (remedy.labels ?? []).includes(category);
}

function deployedWords({deployedAt, by, sources, withdrawal}) {
  return 'Deployed ' + format.time(deployedAt) + ' by ' + by + (sources?.length ? ' for ' + list(sources.length > 3 ? [...sources.slice(0, 2), sources.length - 2 + ' more sources'] : sources) : '')
    + (withdrawal ? ', withdrawn ' + format.time(withdrawal.at) + ' by ' + withdrawal.by : '') + '.';
}

/** Before and after, and whether the difference is more than chance. */
export function effectWords({before, after, change, elsewhere, caution}) {
  if (!before?.share) return 'There are no notes before it to compare with.';
  if (!after?.share) return format.percent(before.share.share) + ' before; no notes since.';
  const shares = format.percent(before.share.share) + ' before, ' + format.percent(after.share.share) + ' after';
  const told = !change ? '' : change.significant
    ? ': the share ' + (change.difference < 0 ? 'fell' : 'rose') + ' by ' + points(Math.abs(change.difference), false) + ' points (95 % interval ' + span(change) + ').'
    : ': no difference beyond chance (' + span(change) + ' points).';
  const other = elsewhere?.change;
  return shares + told + (other ? ' In the other sources: ' + (other.significant ? points(other.difference) + ' points' : 'no difference beyond chance') + ' (' + span(other) + ').' : '')
    + (caution ? ' ' + caution : '');
}

const local = (date) => new Date(date.getTime() - 60_000 * date.getTimezoneOffset()).toISOString().slice(0, 16);
