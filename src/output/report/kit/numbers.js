/* numbers.js: how counts, shares, money and days are written in either language. In
 * sentences three digits, with 万 and 亿; in tables one decimal and the unit in the head. */
'use strict';

const NOTHING = '–';
const MINUS = '\u2212';

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
  const text = extreme ? power(value, digits || 4) : new Intl.NumberFormat('en', options).format(value);
  return text.replace(/^-(?=[0.]*$)/, '').replace(/^-/, MINUS);
}

const fixed = (digits) => (value) => format(value, { minimumFractionDigits: digits, maximumFractionDigits: digits });
/* Three digits in all: 612, 10,700, 4.70. */
const digits3 = (value) => format(value, { minimumSignificantDigits: 3, maximumSignificantDigits: 3 });
const signed = (value) => format(value, { minimumFractionDigits: 1, maximumFractionDigits: 1, signDisplay: 'exceptZero' });

/* Of the great steps of a language the one that a number takes. */
const STEPS = {
  en: [
    [1e9, 'bn'],
    [1e6, 'm'],
    [1e5, 'k'],
  ],
  zh: [
    [1e8, '亿'],
    [1e5, '万'],
  ],
};
const SIZES = { bn: 1e9, m: 1e6, k: 1e3, 亿: 1e8, 万: 1e4 };

function stepOf(value) {
  const size = Math.abs(value || 0);
  if (size >= GREAT) return '';
  const step = STEPS[lang].find(([from]) => size >= from * 0.9995);
  return step ? step[1] : '';
}

const count = (value) => format(value, { maximumFractionDigits: 0 });

/* In a sentence: 54.2万; English writes counts whole. */
function countWords(value) {
  const step = lang === 'zh' ? stepOf(value) : '';
  return step ? digits3(value / SIZES[step]) + step : count(value);
}

/* ---- Shares ---- */

/* What is not all of it is never said to be, nor none of it what is some. */
function shareBy(value, digits) {
  if (typeof value !== 'number') return NOTHING;
  const least = 10 ** -digits / 100;
  const near = value < 1 && value > 1 - least ? 1 - least : Math.abs(value) < least / 2 ? 0 : value;
  return Math.abs(value) * 100 >= GREAT
    ? format(value * 100, { maximumSignificantDigits: 3 }) + '%'
    : format(near * 100, { minimumFractionDigits: digits, maximumFractionDigits: digits }) + '%';
}

const percent = (value) => shareBy(value, 1);
/* In a sentence, whole; with a decimal where it would be none of it, or all. */
const percentWords = (value) => ((value > 0 && value < 0.0095) || (value < 1 && value >= 0.995) ? shareBy(value, 1) : shareBy(value, 0));

/* Agreements are rounded down: 1.00 is said of what is the same. */
const agreement = (value, digits = 2) => (typeof value !== 'number' ? NOTHING : fixed(digits)(Math.floor(value * 10 ** digits + 1e-9) / 10 ** digits));

/* "One customer in ten": in English, where that is true within 4 %. */
function oneIn(share) {
  const k = Math.round(1 / share);
  return lang === 'en' && k >= 2 && k <= 10 && Math.abs(1 / k - share) / share < 0.04 ? known('one_in_', k) : undefined;
}

/* ---- Money ---- */

function currencyCode() {
  const code = settings.currency || (summary.totals || {}).currency;
  return code && /^[A-Z]{3}$/.test(code) ? code : null;
}

/* A sign that the data have in place of a code: it goes before the number in either language. */
function currencySign() {
  const { currency } = summary.totals || {};
  return !currencyCode() && currency && currency.length <= 3 ? currency : '';
}

/* "£", "CHF " before the number; "英镑" behind it. */
function currencyMark() {
  const code = currencyCode();
  if (!code) return currencySign();
  if (lang === 'zh') return code === 'CNY' ? '元' : new Intl.DisplayNames('zh-CN', { type: 'currency' }).of(code);
  const mark = new Intl.NumberFormat('en', { style: 'currency', currency: code, currencyDisplay: 'narrowSymbol' })
    .formatToParts(0)
    .find((part) => part.type === 'currency').value;
  return /[A-Za-z]$/.test(mark) ? mark + '\u00a0' : mark;
}

/* A mark of the currency goes with a number from its left, or a word from its right. */
function withMark(text) {
  if (text === NOTHING) return text;
  return lang === 'zh' && !currencySign() ? text + currencyMark() : text.startsWith(MINUS) ? MINUS + currencyMark() + text.slice(1) : currencyMark() + text;
}

function stepped(value, show) {
  const step = stepOf(value);
  return step ? show(value / SIZES[step]) + step : null;
}

/* In a sentence, and in English wherever it stands: £612, £10,700, £789k, £4.70m. Below 100 two digits. */
function plainAmount(value) {
  if (typeof value !== 'number') return NOTHING;
  if (value === 0) return '0';
  const size = Math.abs(value);
  const thousands = lang === 'en' && size >= 99950 && size < 999500;
  if (thousands) return count(value / 1e3) + 'k';
  return (
    stepped(value, digits3) ||
    (size >= 100
      ? count(Number(value.toPrecision(3)))
      : format(value, { minimumSignificantDigits: size < 1e-4 || size >= 10 ? 2 : 3, maximumSignificantDigits: size >= 10 ? 2 : 3 }))
  );
}

const money = (value) => withMark(plainAmount(value));

/* Amounts that stand in one column: the unit that goes into its head, and how each is shown. */
function moneyColumn(values) {
  if (lang === 'en') return { unit: '', show: money };
  const greatest = Math.max(...values.map((v) => Math.abs(v || 0)));
  const step = greatest >= GREAT ? '' : greatest >= 1e9 ? '亿' : greatest >= 1e5 ? '万' : '';
  const show = step ? (value) => fixed(1)(typeof value === 'number' ? value / SIZES[step] : null) : plainAmount;
  return { unit: step + currencyMark(), show };
}

/* Numbers that stand together: the same decimals, so many digits in the greatest
 * (0.49 counts as one, like 1.49); each by itself where that is very small. */
function alike(values, digits) {
  const greatest = Math.max(...values.map((value) => Math.abs(value || 0)));
  if (greatest && greatest < SMALL) return (value) => format(value, { maximumSignificantDigits: digits });
  const places = Math.floor(Math.log10(Math.max(greatest, 1e-3)));
  return fixed(Math.max(0, Math.min(4, digits - 1 - (places === -1 ? 0 : places))));
}

const isMoney = () => (summary.value || {}).unit === 'currency' && !countsLines();

/* The value of customers in a sentence, and in a column beside these others. */
const worth = (value) => (isMoney() ? money(value) : plainAmount(value));
const worthColumn = (values) => (isMoney() ? moneyColumn(values) : { unit: '', show: alike(values, 3) });
/* What was ordered in a period, which is money unless lines are counted. */
const spent = (value) => (countsLines() ? plainAmount(value) : money(value));
const spentColumn = (values) => (countsLines() ? { unit: '', show: alike(values, 3) } : moneyColumn(values));

/* A head with its unit: "销售额（万英镑）". */
const withUnit = (head, unit) => (unit ? say('with_unit', { head, unit }) : head);

/* Of numbers some of which may be hidden: what all of them come to, what those come to that are told, by how much one
 * is more than another. */
const sumOf = (list) => list.reduce((sum, part) => (sum === null || typeof part !== 'number' ? null : sum + part), 0);
const sumOfTold = (list) => list.reduce((sum, part) => sum + (typeof part === 'number' ? part : 0), 0);
const moreThan = (a, b) => (typeof a === 'number' && typeof b === 'number' ? a - b : null);

/* Of an amount that is known, so much for each. */
const perHead = (total, heads) => (typeof total === 'number' && heads ? total / heads : null);

/* How a feature's means are printed, by what it holds. */
function featureFormat(feature, values) {
  if (feature.unit === 'currency') return money;
  if (values.every((value) => typeof value !== 'number' || Number.isInteger(value))) return count;
  return feature.unit === 'share' || feature.unit === 'probability' || (feature.form && feature.form !== 'number') ? percent : alike(values, 3);
}

/* ---- Days ---- */

const days = (n) => say(n === 1 ? 'days_one' : 'days', { n: count(n) });

/* 10 December 2011; short: 10 Dec 2011; dayMonth: 10 December; month: Dec; monthYear: Dec 2011. */
const DAY_STYLES = {
  long: { en: { day: 'numeric', month: 'long', year: 'numeric' }, zh: (y, m, d) => `${y}年${m}月${d}日` },
  short: { en: { day: 'numeric', month: 'short', year: 'numeric' }, zh: (y, m, d) => `${y}年${m}月${d}日` },
  dayMonth: { en: { day: 'numeric', month: 'long' }, zh: (y, m, d) => `${m}月${d}日` },
  monthYear: { en: { month: 'short', year: 'numeric' }, zh: (y, m) => `${y}年${m}月` },
  month: { en: { month: 'short' }, zh: (y, m) => `${m}月` },
};

function day(text, style = 'long') {
  if (!text) return NOTHING;
  const [year, month, date] = text.slice(0, 10).split('-').map(Number);
  if (lang === 'zh') return DAY_STYLES[style].zh(year, month, date || 1);
  const at = new Date(Date.UTC(2000, month - 1, date || 1));
  at.setUTCFullYear(year);
  return new Intl.DateTimeFormat('en-GB', { ...DAY_STYLES[style].en, timeZone: 'UTC' }).format(at).replace(/^(.*)Sept(?!e)/, '$1Sep');
}

/* The day before: the last that is known of a cut. */
function dayBefore(text) {
  const at = new Date(text.slice(0, 10) + 'T00:00:00Z');
  at.setUTCDate(at.getUTCDate() - 1);
  return at.toISOString().slice(0, 10);
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
