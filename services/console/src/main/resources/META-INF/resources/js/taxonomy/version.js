// One version: what it says, beside the one that it is compared with; what can be done with it; and, in a proposal, each
// category's edits.
import {faultsOf, confirm, told} from '../lib/confirm.js';
import {el, keyed, text} from '../lib/dom.js';
import {category} from './category.js';
import {rows, summary} from './comparison.js';
import {editor} from './editor.js';
import {pathOf, refOf, since, stateOf} from './refs.js';

/** `show(…)`, `samples(answer)`, `missing(ref, words)`; `changed()` after something was done. */
export function version(root, context, {changed}) {
  const title = el('h2', {class: 'version-title', tabindex: '-1'}, el('bdi'), ' ', el('code'));
  const badge = el('span', {class: 'badge'});
  const about = el('p', {class: 'quiet version-about', dir: 'auto'});
  const actions = el('div', {class: 'version-actions'});
  const against = el('select', {'aria-label': 'Compare with', on: {change: () => context.go({against: against.value})}});
  const only = el('input', {type: 'checkbox', on: {change: () => context.go({only: only.checked ? 'changes' : null}, {replace: true})}});
  const compared = el('div', {class: 'compare-bar'}, el('label', {class: 'field'}, 'Beside', against), el('p', {class: 'compare-summary', role: 'status'}),
    el('label', {class: 'field'}, only, 'Only what differs'));
  const lacking = el('p', {class: 'quiet', hidden: true, 'data-lacks': 'admin'}, 'Accepting and putting away take the role admin.');
  const status = told();
  const trouble = el('div', {class: 'faults', role: 'alert'});
  const add = el('div', {class: 'version-add', 'data-needs': 'reviewer'});
  const heads = el('div', {class: 'compare-heads', 'aria-hidden': 'true'}, el('span'), el('span'));
  const list = el('ol', {class: 'category-rows'});
  const none = el('p', {class: 'quiet', hidden: true}, 'Nothing differs.');
  const sheet = el('div', {class: 'version'}, el('div', {class: 'version-head'}, title, badge, actions), lacking, about, compared, status.element, trouble, add, heads, none, list);
  const gone = el('p', {class: 'empty', hidden: true});
  root.replaceChildren(el('p', {class: 'waiting'}, 'Loading…'));

  let now = null;       // what is shown
  let samples = new Map();
  let closed = false;
  const cells = new WeakMap();
  const edits = editor({send: edit, onDone: (words) => status.say(words)});

  function draw() {
    const {taxonomy, base, listed, ref, diff} = now;
    const editable = listed?.status === 'proposed';
    text(title.firstElementChild, taxonomy.title);
    text(title.lastElementChild, ref);
    text(badge, listed ? stateOf(listed) : '');
    badge.dataset.status = listed?.active ? 'active' : listed?.status ?? 'unknown';
    text(about, aboutWords());
    lacking.hidden = !editable;
    drawActions(editable);
    drawAgainst();
    const found = rows(base, taxonomy, diff);
    text(compared.children[1], base ? summary(found) : '');
    only.checked = context.place().only === 'changes';
    only.closest('label').hidden = !base;
    heads.hidden = !base;
    text(heads.firstElementChild, base ? refOf(base.ref) : '');
    text(heads.lastElementChild, ref);
    list.classList.toggle('compared', Boolean(base));
    const shown = base && only.checked ? found.filter((row) => row.changes.length > 0) : found;
    none.hidden = shown.length > 0;
    add.hidden = !editable;
    keyed(list, shown, (row) => 'c-' + row.id, () => {
      const cell = category(context, edits, {tag: () => now.tag, taxonomy: () => now.taxonomy});
      cells.set(cell.element, cell);
      return cell.element;
    }, (li, row) => cells.get(li).draw(row, {taxonomy, base, editable, ref, samples: samples.get(row.id)}));
  }

  function aboutWords() {
    const {listed, tree, taxonomy} = now;
    return [taxonomy.labels.length + ' categories', listed ? since(listed) : '', tree.basedOn ? 'made from ' + refOf(tree.basedOn) : '',
      listed?.status === 'proposed' ? 'no note is judged under it yet' : ''].filter(Boolean).join(' · ');
  }

  function drawActions(editable) {
    const {listed, ref} = now;
    const wanted = listed?.active ? ['draft', 'export'] : editable ? ['accept', 'export', 'retire'] : ['again', 'draft', 'export'];
    if (actions.dataset.of === ref + wanted) return;
    actions.dataset.of = ref + wanted;
    const button = (key, words, kind, act, needs = null) => el('button', {type: 'button', class: kind, 'data-action': key, 'data-needs': needs, on: {click: act}}, words);
    const all = {
      accept: () => button('accept', 'Accept…', 'button primary', accept, 'admin'),
      again: () => button('again', 'Activate again…', 'button', accept, 'admin'),
      draft: () => button('draft', 'Draft a new version', 'button' + (listed?.active ? ' primary' : ''), draft, 'reviewer'),
      export: () => button('export', 'Export YAML', 'button', exportYaml),
      retire: () => button('retire', 'Put away…', 'button', retire, 'admin'),
    };
    actions.replaceChildren(...wanted.map((key) => all[key]()));
    add.replaceChildren(edits.opener('add', null, 'Add a category…', {slot: () => add, tag: () => now.tag, taxonomy: () => now.taxonomy}));
  }

  function drawAgainst() {
    const {versions, base, ref, listed} = now;
    const others = versions.map((each) => each.taxonomy).map(refOf).filter((other) => other !== ref);
    compared.hidden = others.length === 0;
    keyed(against, [...others, 'none'], (other) => 'a-' + other, (other) => el('option', {value: other}), (option, other) => text(option, other === 'none' ? 'nothing' : other + (isActive(other) ? ' (active)' : '')));
    against.value = base ? refOf(base.ref) : 'none';
    compared.classList.toggle('apart', !listed);
  }

  const isActive = (ref) => now.versions.some((each) => each.active && refOf(each.taxonomy) === ref);

  /** Shown at once; the console's own signal brings the rest. */
  async function edit(change, tag, by) {
    const {ref} = now;
    try {
      const {tag: newTag} = await context.send(pathOf(ref, '/edits'), {by, edit: change}, {match: tag, tagged: true});
      now.tag = newTag ?? now.tag;
    } finally {
      changed();
    }
  }

  function accept() {
    const {ref, base, diff, taxonomy, versions, listed} = now;
    const before = refOf(versions.find((each) => each.active)?.taxonomy);
    confirm({
      title: (listed?.status === 'proposed' ? 'Accept ' : 'Activate ') + ref + '?',
      body: [
        base && isActive(refOf(base.ref)) ? el('p', {}, 'Against ' + before + ': ' + summary(rows(base, taxonomy, diff))) : null,
        el('ul', {class: 'consequences'},
          el('li', {}, 'From now on notes are judged under ' + ref + ', by every classifier and without a restart. Calls that were begun end under ' + before + '.'),
          el('li', {}, 'Overview, notes and reviews go over to its categories. It begins with no notes: what is judged already stays as it is, in the audit and in the counts of ' + before + '.'),
          el('li', {}, 'Older notes are judged anew only when you reclassify them; the estimate of what that takes comes first.'),
          listed?.status === 'proposed' ? el('li', {}, 'It can no longer be edited, since verdicts will name it. A version that is put away can be activated again.') : null),
      ].filter(Boolean),
      action: listed?.status === 'proposed' ? 'Accept' : 'Activate',
      run: (by) => context.send(pathOf(ref, '/activate'), {by}),
      done: () => {
        changed();
        trouble.replaceChildren();
        status.element.replaceChildren(ref + ' is active. ', el('a', {'data-route': true, href: context.href({part: 'reclassify', version: null, against: null, only: null})}, 'Reclassify older notes'));
      },
    });
  }

  function retire() {
    const {ref} = now;
    confirm({
      title: 'Put ' + ref + ' away?',
      body: [el('p', {}, 'It stays in the list as retired, and can be read, exported and activated. It can no longer be edited.')],
      action: 'Put away',
      run: (by) => context.send(pathOf(ref, '/retire'), {by}),
      done: () => {
        status.say(ref + ' is put away.');
        changed();
      },
    });
  }

  function draft() {
    const {ref} = now;
    confirm({
      title: 'Draft a new version from ' + ref + '?',
      body: [el('p', {}, 'A proposal that says what ' + ref + ' says. Edit it as long as you like: nothing is judged under it before somebody accepts it.')],
      action: 'Draft',
      run: (by) => context.send(pathOf(ref, '/draft'), {by}),
      done: (made) => {
        changed();
        context.go({version: refOf(made), against: null, only: null});
        title.focus({preventScroll: true});
      },
    });
  }

  async function exportYaml() {
    const {ref} = now;
    try {
      const yaml = await context.ask(pathOf(ref), {accept: 'application/yaml'});
      const address = URL.createObjectURL(new Blob([yaml], {type: 'application/yaml'}));
      el('a', {href: address, download: ref.replace(/[^\w.@-]/g, '-').replace('@', '-') + '.yaml'}).click();
      setTimeout(() => URL.revokeObjectURL(address), 10_000);
      status.say('Saved as YAML, to be edited and brought back by “rationale taxonomy import”.');
    } catch (error) {
      if (error.name !== 'AbortError') trouble.replaceChildren(el('p', {class: 'banner trouble'}, faultsOf(error)[0]));
    }
  }

  return {
    show(next) {
      if (closed) return;
      if (next.ref !== now?.ref) {
        samples = new Map();
        edits.close();
        trouble.replaceChildren();
        if (now) text(status.element, '');
      }
      now = next;
      if (sheet.parentElement !== root) root.replaceChildren(sheet, gone);
      sheet.hidden = false;
      gone.hidden = true;
      draw();
    },
    samples(answer) {
      if (closed || !now) return;
      samples = new Map(answer.categories.map((each) => [each.category, each.samples]));
      draw();
    },
    missing(ref, words) {
      root.replaceChildren(gone);
      gone.hidden = false;
      text(gone, words);
    },
    key: (event) => event.key === 'Escape' && edits.close(),
    close() {
      closed = true;
    },
  };
}
