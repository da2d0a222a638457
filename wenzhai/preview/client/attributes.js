// @ts-check
/**
 * Brings changed attributes into a live element; what scripts added to it stays.
 */

/**
 * Change the attributes of an element, of its served form and of its live one.
 *
 * @param {Element} was changed too: its attributes equal those of ``now`` afterwards
 * @param {Element} now
 * @param {Element} live
 * @returns {boolean} whether any attribute changed
 */
export function patchAttributes(was, now, live) {
  const gone = [...was.attributes].filter((attribute) => !find(now, attribute));
  const set = [...now.attributes].filter((attribute) => {
    return find(was, attribute)?.value !== attribute.value;
  });
  for (const attribute of [...gone, ...set]) {
    const [before, after] = [find(was, attribute), find(now, attribute)];
    const merged = merge(attribute.name, before?.value, after?.value, find(live, attribute)?.value);
    write(live, attribute, merged);
    write(was, attribute, after?.value);
  }
  return gone.length + set.length > 0;
}

/**
 * @param {Element} element
 * @param {Attr} like
 */
function find(element, like) {
  return element.getAttributeNodeNS(like.namespaceURI, like.localName);
}

/**
 * Set or remove an attribute; by node, since parsers take names that setAttribute refuses.
 *
 * @param {Element} element
 * @param {Attr} like
 * @param {string | undefined} value
 */
function write(element, like, value) {
  const present = find(element, like);
  if (value === undefined) {
    if (present) element.removeAttributeNode(present);
  } else if (present) {
    present.value = value;
  } else {
    const attribute = element.ownerDocument.importNode(like);
    attribute.value = value;
    element.setAttributeNodeNS(attribute);
  }
}

/**
 * @param {string} name
 * @param {string | undefined} was
 * @param {string | undefined} now
 * @param {string | undefined} live
 */
function merge(name, was, now, live) {
  if (live === undefined || live === was) return now;
  if (name === "class") return mergeClasses(was ?? "", now ?? "", live);
  if (name === "style") return mergeStyles(was ?? "", now ?? "", live);
  return now;
}

/**
 * @param {string} was
 * @param {string} now
 * @param {string} live
 */
function mergeClasses(was, now, live) {
  const wordsOf = (/** @type {string} */ text) => text.split(/\s+/).filter(Boolean);
  const [old, fresh] = [new Set(wordsOf(was)), wordsOf(now)];
  const kept = wordsOf(live).filter((word) => !old.has(word) || fresh.includes(word));
  const added = fresh.filter((word) => !old.has(word));
  return [...new Set([...kept, ...added])].join(" ");
}

/**
 * @param {string} was
 * @param {string} now
 * @param {string} live
 */
function mergeStyles(was, now, live) {
  const [old, fresh, merged] = [was, now, live].map(parseStyle);
  for (const property of old) {
    if (!fresh.getPropertyValue(property)) merged.removeProperty(property);
  }
  for (const property of fresh) {
    const [value, priority] = [
      fresh.getPropertyValue(property),
      fresh.getPropertyPriority(property),
    ];
    const unchanged =
      old.getPropertyValue(property) === value && old.getPropertyPriority(property) === priority;
    if (!unchanged) merged.setProperty(property, value, priority);
  }
  return merged.cssText;
}

/** @param {string} text */
function parseStyle(text) {
  const { style } = document.implementation.createHTMLDocument().createElement("p");
  style.cssText = text;
  return style;
}
