/* words.js: the language, its phrases, and what segments, features and values are called. */
'use strict';

const { summary, settings } = JSON.parse(document.getElementById('figures').textContent);
/* What the address asks for: #lang=zh&theme=dark */
const asked = new URLSearchParams(location.hash.slice(1));
let lang = (asked.get('lang') || document.documentElement.lang) === 'zh' ? 'zh' : 'en';

function fill(phrase, values) {
  return phrase.replace(/\{(\w+)\}/g, (mark, key) => (values && key in values ? values[key] : mark));
}

function say(key, values) {
  const phrase = STRINGS[lang][key];
  return phrase === undefined ? key : fill(phrase, values);
}

/* Whether all figures that the phrase asks for are known: what is hidden, or was not measured, is nothing to tell. */
function isTold(key, values) {
  return [...STRINGS[lang][key].matchAll(/\{(\w+)\}/g)].every(([, name]) => values[name] !== NOTHING);
}

/* The same with what stands between ** in bold; what is filled in is never read for it. */
function bold(key, values) {
  const parts = (STRINGS[lang][key] || key).split('**').map((part) => fill(part, values));
  return parts.map((part, i) => (i % 2 ? make('b', {}, part) : part));
}

function capital(text) {
  return text.replace(/^[a-z]/, (letter) => letter.toUpperCase());
}

/* A sentence of the engine's, as the page writes: no space before the sign, a capital, a stop. */
function sentence(text) {
  return capital(text.replace(/(\d)[ \u00a0]%/g, '$1%')).replace(/[.。]$/, '') + say('full_stop');
}

function own(table, key) {
  return Object.prototype.hasOwnProperty.call(table, key) ? table[key] : undefined;
}

/* The phrase of this name and kind where there is one. */
function known(start, code) {
  return own(STRINGS.en, start + code) === undefined ? undefined : say(start + code);
}

function joinNames(names) {
  const last = names[names.length - 1];
  return names.length < 2 ? names.join('') : names.slice(0, -1).join(say('list_comma')) + say('list_and') + last;
}

/* ---- Segments ---- */

/* 1: the words before the colon end in a column whose value stands behind it ("High age, City: North"). */
const endsInColumn = (words) =>
  ((summary.features || {}).columns || []).some(({ label }) => {
    const [, column] = /^(.+?)(?:: |：)/.exec(label[lang]) || [];
    return column !== undefined && words.toLowerCase().endsWith(column.toLowerCase());
  });

/* "Champions: many units": the name, and what tells of its customers, where names alone tell the segments apart. What is
 * numbered for want of a name (S2) is all of it traits, and so is what has no colon but that of a value. */
function splitNames(segments) {
  const split = segments.map((s) => {
    const found = /^S[0-9]+$/.test(s.code) ? null : /^(.+?)(?:: |：)(.+)$/.exec(s.names[lang]);
    return found && !endsInColumn(found[1]) ? found : [null, s.names[lang], ''];
  });
  const single = new Set(split.map(([, name]) => name)).size === segments.length;
  return segments.map((s, i) => (single ? { name: split[i][1], traits: split[i][2] } : { name: s.names[lang], traits: '' }));
}

let called = [];

/* What the segments of the summary are called, in the language at hand. */
function nameSegments() {
  called = splitNames(summary.segments || []);
}

const nameOf = (index) => called[index].name;
/* The same, and of the place behind the last, those who were no customers yet. */
const groupName = (index) => (index < called.length ? nameOf(index) : say('new_customers'));
const quoted = (index) => say('quoted', { name: nameOf(index) });

/* The same within a sentence. */
const groupQuoted = (index) => (index < called.length ? quoted(index) : say('who_new'));

/* The place of a segment of this number, or -1. */
function placeOf(number) {
  return (summary.segments || []).findIndex((s) => s.segment === number);
}

/* ---- Features ---- */

function columnOf(name) {
  return ((summary.features || {}).columns || []).find((c) => c.name === name);
}

/* What the page, else the summary, calls a feature; its own name where it has no other. */
function featureName(name, label) {
  const column = columnOf(name) || (label && { label });
  if (known('feature_', name)) return say('feature_' + name);
  if (column && column.label[lang] !== name) return capital(column.label[lang]);
  /* A word of the user's begins like the others, but "iPhone" is as it is. */
  return name.replace(/^([^=]+)=/, '$1: ').replace(/^[a-z](?=[a-z]*(?![A-Za-z]))/, (letter) => letter.toUpperCase());
}

/* The same within a sentence. */
function featureWords(name) {
  const column = columnOf(name);
  return column && column.label[lang] !== name ? column.label[lang] : featureName(name);
}

/* ---- Value ---- */

/* Amounts are numbers of lines, no money. */
function countsLines() {
  return (summary.totals || {}).unit === 'lines';
}

/* "revenue", "margin", or what the value is called otherwise. */
function valueWord() {
  const { value } = summary;
  if (!value) return '';
  if (countsLines() && value.name === 'monetary_total') return say('word_lines');
  const label = (columnOf(value.name) || { label: { en: value.name, zh: value.name } }).label[lang];
  return known('word_', value.name) || label;
}

/* What customers did with it: "spent", else "are worth". */
const isSpend = () => !!summary.value && summary.value.name === 'monetary_total' && !countsLines();

/* Shares of a total that is not above 0 are not known. */
function hasShares(rows) {
  return rows.some((row) => typeof row.value_share === 'number');
}

/* Whether a sentence can say it: where some totals are below 0, others are more than all. */
function isPart(share) {
  return typeof share === 'number' && share >= 0 && share <= 1;
}
