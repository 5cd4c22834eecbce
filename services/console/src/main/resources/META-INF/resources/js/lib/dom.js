// Builds and updates the page. Text goes in as text, never as markup: notes are untrusted.

/** An element. Properties: class, data-*, aria-*, any attribute; on: {event: listener}; children: nodes or text. */
export function el(name, properties = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (key === 'on') {
      for (const [event, listener] of Object.entries(value)) element.addEventListener(event, listener);
    } else if (value !== null && value !== undefined && value !== false) {
      element.setAttribute(key, value === true ? '' : value);
    }
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return element;
}

/** Sets the text only when it changes, so that selections and screen readers stay undisturbed. */
export function text(element, value) {
  if (element.textContent !== value) element.textContent = value;
}

/** Only a colour, whatever the taxonomy says. */
export function colour(value) {
  return /^#[0-9a-f]{6}$/i.test(value ?? '') ? value : '#8a8f98';
}

/** Makes the children of a container follow a list, keeping the elements of items that stay, and the focus. */
export function keyed(container, items, keyOf, create, update) {
  const focused = document.activeElement;
  const present = new Map([...container.children].map((child) => [child.dataset.key, child]));
  let place = container.firstElementChild;
  for (const item of items) {
    const key = keyOf(item);
    let child = present.get(key);
    if (child) {
      present.delete(key);
    } else {
      child = create(item);
      child.dataset.key = key;
    }
    update(child, item);
    if (child === place) {
      place = place.nextElementSibling;
    } else {
      container.insertBefore(child, place);
    }
  }
  for (const gone of present.values()) gone.remove();
  if (focused && focused !== document.activeElement && container.contains(focused)) focused.focus({preventScroll: true});
}
