/* elements.js: the elements that sections are made of. All data reach the page as text nodes. */
'use strict';

function setUp(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes || {})) {
    if (name.startsWith('--')) element.style.setProperty(name, value);
    else if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else if (value !== undefined && value !== null) element.setAttribute(name, value);
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined));
  return element;
}

const make = (tag, attributes, ...children) => setUp(document.createElement(tag), attributes, children);

function paragraph(text, kind) {
  return make('p', { class: kind }, text);
}

/* ---- Segments ---- */

const HUES = 12;

/* The hue that goes with a segment, or with its place where it is not told. */
function hueOf(segment, index) {
  return (segment && segment.colour !== undefined && segment.colour !== null ? segment.colour : index) % HUES;
}

/* Its number in its hue: what it is known by where hues are not seen. */
function tagOf(segment, index) {
  const hue = hueOf(segment, index);
  return make('span', { class: 'tag', '--hue': `var(--s${hue})`, '--on': `var(--t${hue})`, 'aria-hidden': 'true' }, String(segment.segment));
}

const tag = (index) => tagOf(summary.segments[index], index);

/* Those who were not customers yet: outlined, without a hue. */
function newTag() {
  return make('span', { class: 'tag new', '--on': 'var(--ink)', '--hue': 'transparent', 'aria-hidden': 'true' }, '+');
}

function segmentName(index) {
  return make('span', { class: 'segment' }, tag(index), make('span', {}, nameOf(index)));
}

/* One that may be none of the summary's: it brings its number, hue and names. */
function labelled(row, index) {
  return make('span', { class: 'segment' }, tagOf(row, index), make('span', {}, row.names[lang]));
}

/* ---- Tables ---- */

/* columns: {head, cell(row, index), number, class}. The first column heads its
 * rows. Wide tables scroll inside their own box. */
function table(caption, columns, rows, options) {
  const { rowClass, foot, kind } = options || {};
  const cellClass = (c) => [c.number ? 'number' : '', c.class || ''].join(' ').trim() || null;
  const line = (row, index) =>
    make(
      'tr',
      { class: rowClass ? rowClass(row) : null },
      columns.map((c, i) => {
        const cell = c.cell(row, index);
        return cell instanceof HTMLTableCellElement ? cell : make(i ? 'td' : 'th', { class: cellClass(c), scope: i ? null : 'row' }, cell);
      }),
    );
  const head = columns.map((c) => make(c.head === '' ? 'td' : 'th', { class: cellClass(c), scope: c.head === '' ? null : 'col' }, c.head));
  const body = make(
    'table',
    { class: kind, '--columns': String(columns.length - 1) },
    make('caption', {}, caption),
    make('thead', {}, make('tr', {}, head)),
    make('tbody', {}, rows.map(line)),
    foot
      ? make(
          'tfoot',
          {},
          make(
            'tr',
            {},
            foot.map((cell, i) => make(i ? 'td' : 'th', { class: cellClass(columns[i]), scope: i ? null : 'row' }, cell)),
          ),
        )
      : null,
  );
  const box = make('div', { class: 'scroll', 'data-label': say('table_of', { name: caption }) }, body);
  box.addEventListener('scroll', () => markScroll(box), { passive: true });
  return make('div', {}, make('p', { class: 'hint', 'aria-hidden': 'true' }, say('scroll_hint')), box);
}

/* A box that scrolls says so and is a stop for the keyboard; its right edge
 * fades as long as there is more. One that does not is neither. */
function markScroll(box) {
  const wide = box.scrollWidth > box.clientWidth + 1;
  box.classList.toggle('wide', wide);
  box.classList.toggle('more', wide && box.scrollLeft + box.clientWidth < box.scrollWidth - 1);
  box.previousElementSibling.classList.toggle('wide', wide);
  const stop = { tabindex: '0', role: 'region', 'aria-label': box.getAttribute('data-label') };
  Object.entries(stop).forEach(([name, value]) => (wide ? box.setAttribute(name, value) : box.removeAttribute(name)));
}

function markScrolls() {
  document.querySelectorAll('.scroll').forEach(markScroll);
}

/* A share as a bar and a number. */
function shareBar(share) {
  const width = Math.max(0, Math.min(1, share || 0)) * 100;
  return make('span', { class: 'share', '--share': width.toFixed(2) + '%' }, make('i', { 'aria-hidden': 'true' }), percent(share));
}

/* A figure with its interval beneath. */
function withRange(show, figure, low, high) {
  if (typeof figure !== 'number') return NOTHING;
  const known = typeof low === 'number' && typeof high === 'number';
  return [show(figure), known ? make('small', { class: 'range' }, say('range', { low: show(low), high: show(high) })) : null];
}

/* ---- Sections ---- */

/* finding: the title says what was found. page: begins a sheet of paper. */
function section(id, finding, lede, ...children) {
  return make(
    'section',
    { class: 'sec', id, 'aria-labelledby': id + '-title', 'data-short': say('nav_' + id) },
    make('h2', { id: id + '-title' }, finding),
    lede ? make('p', { class: 'lede' }, lede) : null,
    children,
  );
}

function onNewPage(built) {
  if (built) built.classList.add('page');
  return built;
}

/* A chart or a table with a title of its own and what it shows. */
function fig(title, what, ...children) {
  return make('div', { class: 'fig' }, title ? make('h3', {}, title) : null, what ? make('small', {}, what) : null, children);
}

/* What opens on demand; in paper only what is open is printed. */
function folded(title, ...children) {
  return make('details', { ontoggle: (event) => event.target.open && refresh(event.target) }, make('summary', {}, title), children);
}

/* What stands behind a section. */
function details(title, ...children) {
  const box = folded(title, children);
  box.classList.add('behind');
  return box;
}

/* The figures of a chart. */
const behind = (...tables) => details(say('figures'), tables);
