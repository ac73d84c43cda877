/**
 * Writes `custom-elements.json` and the tables of `docs/` from the comments of the sources:
 *
 *     node tools/manifest.mjs [--check]
 *
 * With `--check` it writes nothing, and fails where they are not what the sources say. A table stands in a document
 * between `<!-- table: NAME -->` and `<!-- end -->`.
 */

import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The analyzer's own types leave these out. @type {any} */
const { create, ts } = await import('@custom-elements-manifest/analyzer');

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const DOCS = join(ROOT, '../docs');
const ELEMENT = 'src/element/element.js';
const ATTRIBUTES = 'src/element/attributes.js';
const API = 'src/api/search.js';
/** What importers of the package see of the element. */
const PUBLISHED = 'dist/samara.auto.mjs';

/** @typedef {{ name: string, type: string, description: string }} Row */
/** @typedef {{ name: string, description?: string, type?: { text: string }, default?: string, [more: string]: any }} Item */

const check = process.argv.includes('--check');
const sources = Object.fromEntries(
  await Promise.all([ELEMENT, ATTRIBUTES, API].map(async (path) => [path, await parse(path)])),
);
const element = describeElement();
await write(join(ROOT, 'custom-elements.json'), `${JSON.stringify(manifestOf(element), null, 2)}\n`);
await fill('element.md', {
  attributes: table(
    ['attribute', 'what it says'],
    element.attributes.map((/** @type {Item} */ item) => [code(item.name), sentence(item)]),
  ),
  properties: table(
    ['property', 'what it is'],
    element.members.filter(isOwnField).map((/** @type {Item} */ item) => [code(item.name), sentence(item)]),
  ),
  methods: table(
    ['method', 'what it does'],
    element.members
      .filter(({ kind }) => kind === 'method')
      .map((/** @type {Item} */ item) => [code(`${item.name}()`), sentence(item)]),
  ),
  events: table(
    ['event', 'when'],
    element.events.map((/** @type {Item} */ item) => [code(item.name), sentence(item)]),
  ),
  slots: table(
    ['slot', 'what goes there'],
    element.slots.map((/** @type {Item} */ item) => [item.name ? code(item.name) : '(none)', sentence(item)]),
  ),
});
await fill('theming.md', {
  properties: table(
    ['custom property', 'what it colours or measures'],
    element.cssProperties.map((/** @type {Item} */ item) => [code(item.name), sentence(item)]),
  ),
  parts: table(
    ['part', 'what it is'],
    element.cssParts.map((/** @type {Item} */ item) => [code(item.name), sentence(item)]),
  ),
});
await fill('api.md', {
  ...Object.fromEntries(
    ['OpenOptions', 'QueryOptions', 'FieldWeights', 'Answer', 'Hit', 'Info'].map((name) => [
      name,
      rows(typedef(API, name)),
    ]),
  ),
  Search: table(['method', 'what it does'], methodsOf(API, 'Search')),
});

/** @param {string} path */
async function parse(path) {
  return ts.createSourceFile(
    path,
    await readFile(join(ROOT, path), 'utf8'),
    ts.ScriptTarget.Latest,
    true,
    ts.ScriptKind.JS,
  );
}

/** What the analyzer finds, with the attributes that `attributes.js` mirrors by properties. */
function describeElement() {
  const { modules } = create({ modules: [sources[ELEMENT]] });
  const found = modules[0].declarations.find((/** @type {Item} */ { name }) => name === 'SamaraSearch');
  const mirrored = typedef(ATTRIBUTES, 'Mirrored');
  const own = found.members.filter(
    (/** @type {Item} */ { privacy, name }) =>
      privacy !== 'private' &&
      !name.startsWith('#') &&
      !/Callback$|^(observedAttributes|adoptedStyleSheets)$/.test(name),
  );
  const written = new Map(found.attributes.map((/** @type {Item} */ item) => [item.name, item]));
  for (const { name, type, description } of mirrored) written.set(name, { name, type: { text: type }, description });
  const attributes = /** @type {Item[]} */ ([...written.values()])
    .filter(({ description }) => description)
    .map((/** @type {Item} */ item) => ({ ...item, fieldName: item.name === 'lang' ? undefined : item.name }));
  const fields = mirrored.map(({ name, type, description }) => ({
    kind: 'field',
    name,
    type: { text: type },
    attribute: name,
    description,
    reflects: true,
  }));
  return {
    kind: 'class',
    name: found.name,
    tagName: 'samara-search',
    customElement: true,
    description: found.description,
    superclass: { name: 'HTMLElement' },
    attributes,
    members: [
      ...fields,
      ...own.map((/** @type {any} */ { parameters, return: _, ...member }) => ({
        ...member,
        ...(parameters ? { parameters } : {}),
        ...(written.has(member.name) ? { attribute: member.name, reflects: true } : {}),
      })),
    ],
    events: found.events.filter((/** @type {Item} */ { name, description }) => name && description),
    slots: found.slots,
    cssParts: found.cssParts,
    cssProperties: found.cssProperties,
  };
}

/** @param {ReturnType<typeof describeElement>} declaration */
function manifestOf(declaration) {
  const reference = { name: declaration.name, module: PUBLISHED };
  return {
    schemaVersion: '1.0.0',
    readme: 'README.md',
    modules: [
      {
        kind: 'javascript-module',
        path: PUBLISHED,
        declarations: [declaration],
        exports: [
          { kind: 'js', name: declaration.name, declaration: reference },
          { kind: 'custom-element-definition', name: declaration.tagName, declaration: reference },
        ],
      },
    ],
  };
}

/** Fields that are more than the mirror of an attribute. @param {Item} member */
function isOwnField({ kind, attribute, static: shared, description }) {
  return kind === 'field' && !attribute && !shared && description;
}

/**
 * @param {string} path
 * @param {string} name of a typedef of objects
 * @returns {Row[]} its properties
 */
function typedef(path, name) {
  /** @type {Row[]} */
  const found = [];
  visit(sources[path], (/** @type {any} */ node) => {
    if (!ts.isJSDocTypedefTag(node) || node.name?.text !== name || !node.typeExpression) return;
    for (const property of node.typeExpression.jsDocPropertyTags ?? []) {
      found.push({
        name: property.name.getText() + (property.isBracketed ? '?' : ''),
        type: property.typeExpression?.type.getText() ?? '',
        description: text(property.comment),
      });
    }
  });
  if (!found.length) throw new Error(`${path} has no typedef ${name} with properties`);
  return found;
}

/**
 * @param {string} path
 * @param {string} name of a class
 * @returns {string[][]} its public methods and what they do
 */
function methodsOf(path, name) {
  const { modules } = create({ modules: [sources[path]] });
  const found = modules[0].declarations.find((/** @type {Item} */ declaration) => declaration.name === name);
  return found.members
    .filter((/** @type {Item} */ { kind }) => kind === 'method')
    .map((/** @type {Item} */ { name, parameters = [], description, return: returned }) => [
      code(
        `${name}(${parameters.map((/** @type {Item} */ parameter) => parameter.name.replace(/^\{.*/s, 'options')).join(', ')})`,
      ),
      `${sentence({ name, description: description ?? returned?.description })}${returned?.type ? ` → ${code(returned.type.text)}` : ''}`,
    ]);
}

/**
 * @param {any} node
 * @param {(node: any) => void} look
 */
function visit(node, look) {
  look(node);
  for (const comment of /** @type {any} */ (node).jsDoc ?? []) visit(comment, look);
  ts.forEachChild(node, (/** @type {any} */ child) => visit(child, look));
}

/** @param {string | any[] | undefined} comment */
function text(comment) {
  return (ts.getTextOfJSDocComment(comment) ?? '').replace(/\s+/g, ' ').trim();
}

/** @param {Item | Row} item */
function sentence({ description = '' }) {
  return description.replace(/\s+/g, ' ').trim().replaceAll('|', '\\|');
}

/** @param {string} content */
function code(content) {
  return `\`${content.replaceAll('|', '\\|')}\``;
}

/** @param {Row[]} list */
function rows(list) {
  return table(
    ['name', 'type', 'meaning'],
    list.map((item) => [code(item.name), code(item.type.replace(/\s+/g, ' ')), sentence(item)]),
  );
}

/**
 * @param {string[]} head
 * @param {string[][]} body
 */
function table(head, body) {
  const line = (/** @type {string[]} */ cells) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...body.map(line)].join('\n');
}

/**
 * @param {string} name of a document
 * @param {Record<string, string>} tables by their names
 */
async function fill(name, tables) {
  const path = join(DOCS, name);
  let document = await readFile(path, 'utf8');
  for (const [key, content] of Object.entries(tables)) {
    const [before, rest] = document.split(`<!-- table: ${key} -->\n`);
    if (rest === undefined) throw new Error(`docs/${name} has no place for the table ${key}: <!-- table: ${key} -->`);
    document = `${before}<!-- table: ${key} -->\n${content}\n${rest.slice(rest.indexOf('<!-- end -->'))}`;
  }
  await write(path, document);
}

/**
 * @param {string} path
 * @param {string} content
 */
async function write(path, content) {
  if (!check) return writeFile(path, content);
  if ((await readFile(path, 'utf8')) !== content) {
    throw new Error(`${path} is not what the sources say: run \`node tools/manifest.mjs\` in www`);
  }
}
