/* parts.js: language, numbers and the elements that sections are made of. All
 * data reach the page as text nodes. */
'use strict';

const summary = JSON.parse(document.getElementById('summary').textContent);
let lang = document.documentElement.lang === 'zh' ? 'zh' : 'en';

/* ---- Words ---- */

function fill(phrase, values) {
  return phrase.replace(/\{(\w+)\}/g, (mark, key) => (values && key in values ? values[key] : mark));
}

function say(key, values) {
  const phrase = STRINGS[lang][key];
  return phrase === undefined ? key : fill(phrase, values);
}

function pick(pair) {
  return pair[lang === 'zh' ? 1 : 0];
}

function own(table, key) {
  return Object.prototype.hasOwnProperty.call(table, key) ? table[key] : undefined;
}

function stageName(code) {
  const pair = own(STAGES, code);
  return code === 'total' ? say('stage_total') : pair ? pick(pair) : code;
}

/* What the summary calls a feature; its own name where it has no other. */
function featureName(name) {
  const column = ((summary.features || {}).columns || []).find((c) => c.name === name);
  if (column && column.label[lang] !== name) return column.label[lang].replace(/^[a-z]/, (letter) => letter.toUpperCase());
  /* A word of the user's begins like the others, but "iPhone" is as it is. */
  return name.replace(/^([^=]+)=/, '$1: ').replace(/^[a-z](?=[a-z]*(?![A-Za-z]))/, (letter) => letter.toUpperCase());
}

function joinNames(names) {
  const last = names[names.length - 1];
  return names.length < 2 ? names.join('') : names.slice(0, -1).join(say('list_comma')) + say('list_and') + last;
}

/* ---- Numbers ---- */

const NOTHING = '–';

const GREAT = 1e15;
const SMALL = 1e-4;

/* So many digits at most and a power of ten, as rules and reasons have it: 3.243e+26. */
function power(value, digits) {
  const [mantissa, sign, exponent] = value.toExponential(digits - 1).split(/e([+-])/);
  return Number(mantissa) + 'e' + sign + exponent.padStart(2, '0');
}

/* Where zeros alone would tell its size, a number is told by a power of ten. */
function format(value, options) {
  if (typeof value === 'string') return value; /* a count too great for a double */
  if (value === null || value === undefined || !Number.isFinite(value)) return NOTHING;
  const digits = (options || {}).maximumSignificantDigits;
  const extreme = Math.abs(value) >= GREAT || (digits && value && Math.abs(value) < SMALL);
  return (extreme ? power(value, digits || 4) : new Intl.NumberFormat(lang === 'zh' ? 'zh-CN' : 'en', options).format(value))
    .replace(/^-/, '−');
}

const count = (value) => format(value, { maximumFractionDigits: 0 });
/* A space before the sign, as on the terminal; it breaks no line. */
function percentBy(value, digits) {
  const size = Math.abs(value * 100);
  if (size >= GREAT || (size && size < SMALL && digits.maximumSignificantDigits)) return format(value * 100, digits) + '\u00a0%';
  return format(value, { style: 'percent', ...digits }).replace(/\s?%/, '\u00a0%');
}
const fixed = (digits) => (value) => format(value, { minimumFractionDigits: digits, maximumFractionDigits: digits });

/* Numbers that stand together: the same decimals, so many digits in the greatest
 * (0.49 counts as one, like 1.49); each by itself where that is very small. */
function alike(values, digits) {
  const greatest = Math.max(...values.map((value) => Math.abs(value || 0)));
  if (greatest && greatest < SMALL) return (value) => format(value, { maximumSignificantDigits: digits });
  const places = Math.floor(Math.log10(Math.max(greatest, 1e-3)));
  return fixed(Math.max(0, Math.min(4, digits - 1 - (places === -1 ? 0 : places))));
}

/* One decimal wherever a share stands, here and on the terminal. What is not
 * all of it is never said to be. */
function percent(value) {
  const shown = value < 1 ? Math.min(value, 0.999) : value;
  return percentBy(value === null ? null : Math.abs(shown) < 0.0005 ? 0 : shown, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
}

/* Of an amount that is known, so much for each. */
const perHead = (total, heads) => (total === null ? null : total / heads);

const days = (n) => say(n === 1 ? 'days_one' : 'days', { n: count(n) });

function moneyStyle() {
  const code = (summary.totals || {}).currency;
  return code && /^[A-Z]{3}$/.test(code) ? { style: 'currency', currency: code, currencyDisplay: 'narrowSymbol' } : {};
}

/* Amounts that stand together have the same decimals: none beside hundreds. */
function money(values) {
  const great = values.some((value) => Math.abs(value) >= 100);
  const digits = great ? 0 : Math.min(2, (summary.totals || { decimals: 2 }).decimals);
  return (value) => format(value, { ...moneyStyle(), minimumFractionDigits: digits, maximumFractionDigits: digits });
}

function compact(value, style) {
  return format(value, { ...style, notation: 'compact', minimumSignificantDigits: 1, maximumSignificantDigits: 3 });
}

/* Amounts are numbers of lines, no money. */
function countsLines() {
  return (summary.totals || {}).unit === 'lines';
}

function isMoney() {
  return (summary.value || {}).unit === 'currency';
}

/* How the value of customers is printed, beside these other values. */
const valueFormat = (values) => (isMoney() ? money(values) : alike(values, 3));

/* How a feature's means are printed, by what it holds. */
function meanFormat(feature, values) {
  if (feature.unit === 'currency') return money(values);
  return feature.unit === 'share' || feature.form !== 'number' ? percent : alike(values, 3);
}

function signed(value) {
  return format(value, { minimumFractionDigits: 1, maximumFractionDigits: 1, signDisplay: 'exceptZero' });
}

function day(text) {
  if (!text) return NOTHING;
  const [year, month, date] = text.slice(0, 10).split('-').map(Number);
  const at = new Date(Date.UTC(2000, month - 1, date));
  at.setUTCFullYear(year);
  return new Intl.DateTimeFormat(lang === 'zh' ? 'zh-CN' : 'en-GB', { dateStyle: 'long', timeZone: 'UTC' }).format(at);
}

function bytes(value) {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let step = 0;
  while (value >= 1000 && step < units.length - 1) {
    value /= 1000;
    step += 1;
  }
  return format(value, { maximumSignificantDigits: 3 }) + ' ' + units[step];
}

/* ---- Elements ---- */

function make(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (name.startsWith('--')) element.style.setProperty(name, value);
    else if (name === 'onclick') element.addEventListener('click', value);
    else if (value !== undefined && value !== null) element.setAttribute(name, value);
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined));
  return element;
}

function shade(index) {
  return 'var(--seg-' + (index % 12) + ')';
}

/* The colour that goes with a segment's number, or with its place where it is not told. */
function shadeOf(segment, index) {
  const told = segment.colour === undefined ? (summary.segments || []).find((s) => s.segment === segment.segment) : segment;
  return shade(told && told.colour !== undefined ? told.colour : index);
}

function tile(colour) {
  return make('span', { class: 'tile', '--tile': colour, 'aria-hidden': 'true' });
}

function segmentName(segment, index) {
  return make('span', { class: 'segment' }, tile(shadeOf(segment, index)), segment.segment + ' ', make('b', {}, segment.names[lang]));
}

/* A share as a number and a bar, which is empty below 0. No kind: no bar. */
function bar(share, kind) {
  const width = Math.max(0, Math.min(1, share || 0)) * 100;
  return make('span', { class: 'bar ' + (kind || '') }, make('span', { class: 'digits' }, percent(share)),
    kind ? make('span', { class: 'track', '--width': width.toFixed(2) + '%', 'aria-hidden': 'true' }) : null);
}

/* columns: {head, cell(row, index), number, class}. The first column heads its
 * rows. Wide tables scroll inside their own box. */
function table(caption, columns, rows, options) {
  const { rowClass, foot, even } = options || {};
  const cellClass = (c) => [c.number ? 'number' : '', c.class || ''].join(' ').trim() || null;
  const line = (row, index) => make('tr', { class: rowClass ? rowClass(row) : null },
    columns.map((c, i) => make(i ? 'td' : 'th', { class: cellClass(c), scope: i ? null : 'row' }, c.cell(row, index))));
  const head = columns.map((c) => make('th', { class: cellClass(c), scope: 'col' }, c.head));
  const body = make('table', { class: even ? 'even' : null, '--columns': String(columns.length - 1) },
    make('caption', {}, caption),
    make('thead', {}, make('tr', {}, head)),
    make('tbody', {}, rows.map(line)),
    foot ? make('tfoot', {}, make('tr', {}, foot.map((cell, i) =>
      make(i ? 'td' : 'th', { class: cellClass(columns[i]), scope: i ? null : 'row' }, cell)))) : null);
  const box = make('div', { class: 'scroll', role: 'region', 'aria-label': caption }, body);
  box.addEventListener('scroll', () => markScroll(box), { passive: true });
  return make('div', {}, make('p', { class: 'hint', 'aria-hidden': 'true' }, say('scroll_hint')), box);
}

/* A box that scrolls says so and is a stop for the keyboard; its right edge
 * fades as long as there is more. One that does not is neither. */
function markScroll(box) {
  const wide = box.scrollWidth > box.clientWidth;
  box.classList.toggle('wide', wide);
  box.classList.toggle('more', wide && box.scrollLeft + box.clientWidth < box.scrollWidth - 1);
  box.previousElementSibling.classList.toggle('wide', wide);
  if (wide) box.setAttribute('tabindex', '0');
  else box.removeAttribute('tabindex');
}

function markScrolls() {
  document.querySelectorAll('.scroll').forEach(markScroll);
}

function paragraph(text, kind) {
  return make('p', { class: kind }, text);
}

function section(id, ...children) {
  return make('section', { id, 'aria-labelledby': id + '-title' },
    make('h2', { id: id + '-title' }, say('section_' + id)), children);
}

function folded(title, ...children) {
  return make('details', {}, make('summary', {}, title), children);
}
