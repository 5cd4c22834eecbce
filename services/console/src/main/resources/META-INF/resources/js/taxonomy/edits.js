// The edits of a proposal: which fields each has, and what the API is told.
const FIXED = ['no-error', 'other'];

const isFixed = (category) => FIXED.includes(category.id);
const isGroup = (category, taxonomy) => !taxonomy.labels.includes(category);
const lines = (words) => words.split('\n').map((line) => line.trim()).filter(Boolean);
const orNull = (words) => words.trim() || null;

const DEFINITION = 'What belongs here. R1 decides by this.';

/** Labels that one can be merged into, or all that another can stand below. */
const labelsBut = (category, taxonomy) => taxonomy.labels.filter((each) => each !== category).map((each) => [each.id, each.name]);
function parents(category, taxonomy) {
  const possible = taxonomy.categories.filter((each) => each !== category && !isFixed(each) && !(category && taxonomy.isBelow(each.id, category.id)));
  return [['', 'the top'], ...possible.filter((each) => isGroup(each, taxonomy)).map((each) => [each.id, each.name]),
    ...possible.filter((each) => !isGroup(each, taxonomy)).map((each) => [each.id, each.name + ' (a label; becomes a group)'])];
}

/** By kind: name in the menu, offered(category, taxonomy), title, hint, fields, edit(values, category), action, done. */
export const EDITS = {
  redefine: {
    name: 'Redefine…',
    offered: () => true,
    title: (category) => 'Redefine ' + category.name,
    action: 'Save',
    fields: (category) => [
      {key: 'name', label: 'Name', value: category.name},
      {key: 'definition', label: 'Definition', type: 'area', value: category.definition, hint: DEFINITION},
      {key: 'notThis', label: 'What it is not', type: 'area', value: category.notThis ?? '', hint: 'What does not belong here, and where it belongs instead.'},
      {key: 'examples', label: 'Example quotes, one a line', type: 'area', value: category.examples.join('\n')},
      {key: 'remedy', label: 'Remedy', type: 'area', value: category.remedy ?? ''},
      {key: 'colour', label: 'Colour', type: 'colour', value: category.colour},
    ],
    edit: (values, category) => ({kind: 'redefine', category: category.id, name: values.name.trim(), definition: values.definition.trim(), notThis: orNull(values.notThis),
      examples: lines(values.examples), remedy: orNull(values.remedy), colour: values.colour ?? null}),
    done: (edit, category) => category.name + ' is redefined.',
  },
  rename: {
    name: 'Rename…',
    offered: (category) => !isFixed(category),
    title: (category) => 'Rename ' + category.name,
    hint: () => 'Notes keep counting: the crosswalk leads from the old id to the new one.',
    action: 'Rename',
    fields: (category) => [
      {key: 'name', label: 'Name', value: category.name},
      {key: 'id', label: 'Id', type: 'id', value: category.id, hint: 'Lower-case letters, digits and hyphens; verdicts and exports name it.'},
    ],
    edit: (values, category) => ({kind: 'rename', category: category.id, name: values.name.trim(), ...(values.id.trim() === category.id ? {} : {id: values.id.trim()})}),
    done: (edit, category) => category.name + ' is renamed to ' + edit.name + '.',
  },
  merge: {
    name: 'Merge into…',
    offered: (category, taxonomy) => !isFixed(category) && !isGroup(category, taxonomy),
    title: (category) => 'Merge ' + category.name + ' into another category',
    hint: () => 'Its notes count there, and its quotes are kept there while that has few.',
    action: 'Merge',
    fields: (category, taxonomy) => [{key: 'into', label: 'Into', type: 'select', options: labelsBut(category, taxonomy)}],
    edit: (values, category) => ({kind: 'merge', into: values.into, from: [category.id]}),
    done: (edit, category, taxonomy) => category.name + ' is merged into ' + taxonomy.nameOf(edit.into) + '.',
  },
  split: {
    name: 'Split…',
    offered: (category, taxonomy) => !isFixed(category) && !isGroup(category, taxonomy),
    title: (category) => 'Split ' + category.name,
    hint: () => 'It becomes a group of finer categories. Which of them its notes belong to is found by judging them again.',
    action: 'Split',
    fields: () => [{key: 'parts', label: 'Parts', type: 'parts', hint: DEFINITION}],
    edit: (values, category) => ({kind: 'split', category: category.id, parts: values.parts}),
    done: (edit, category) => category.name + ' is split into ' + edit.parts.length + '.',
  },
  move: {
    name: 'Move…',
    offered: (category) => !isFixed(category),
    title: (category) => 'Move ' + category.name,
    action: 'Move',
    fields: (category, taxonomy) => [{key: 'parent', label: 'Below', type: 'select', options: parents(category, taxonomy), value: category.parent ?? ''}],
    edit: (values, category) => ({kind: 'move', category: category.id, parent: values.parent || null}),
    done: (edit, category) => category.name + ' is moved.',
  },
  remove: {
    name: 'Remove…',
    offered: (category) => !isFixed(category),
    title: (category) => 'Remove ' + category.name + '?',
    hint: () => 'No category takes its place: notes of it are counted nowhere in this version until they are judged again. To let another category take them, merge it instead.',
    action: 'Remove',
    fields: () => [],
    edit: (values, category) => ({kind: 'remove', category: category.id}),
    done: (edit, category) => category.name + ' is removed.',
  },
  add: {
    title: () => 'Add a category',
    action: 'Add',
    fields: (category, taxonomy) => [
      {key: 'name', label: 'Name', value: '', slugTo: 'id'},
      {key: 'id', label: 'Id', type: 'id', value: '', hint: 'Lower-case letters, digits and hyphens.'},
      {key: 'parent', label: 'Below', type: 'select', options: parents(null, taxonomy), value: ''},
      {key: 'definition', label: 'Definition', type: 'area', value: '', hint: DEFINITION},
      {key: 'notThis', label: 'What it is not', type: 'area', value: ''},
      {key: 'examples', label: 'Example quotes, one a line', type: 'area', value: ''},
      {key: 'remedy', label: 'Remedy', type: 'area', value: ''},
    ],
    edit: (values) => ({kind: 'add', category: {id: values.id.trim(), parent: values.parent || null, name: values.name.trim(), definition: values.definition.trim(),
      notThis: orNull(values.notThis), examples: lines(values.examples), remedy: orNull(values.remedy)}}),
    done: (edit) => edit.category.name + ' is added.',
  },
};
