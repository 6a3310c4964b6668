/* marks.js: drawing in SVG: shapes, texts that are measured before they are placed, and
 * charts that are drawn at the true width of their place, on screen and on paper. */
'use strict';

const draw = (tag, attributes, ...children) => setUp(document.createElementNS('http://www.w3.org/2000/svg', tag), attributes, children);

const r1 = (value) => Math.round(value * 10) / 10;

/* A4 less its margins, in the pixels of print. */
const PAPER_WIDTH = 695;
let onPaper = false;
let charts = [];

/* build(width) gives the picture. share: how much of the paper's width it has there. */
function chart(build, share = 1) {
  const box = make('div', { class: 'chart' });
  charts.push({ box, build, share });
  return box;
}

function drawChart({ box, build, share }) {
  const width = onPaper ? Math.round(PAPER_WIDTH * share) : Math.round(box.clientWidth);
  if (!width) return; /* folded: drawn when it is opened */
  box.replaceChildren(build(Math.max(130, width)));
  box.querySelectorAll('.told').forEach((mark, i) => mark.setAttribute('tabindex', i ? '-1' : '0'));
}

function drawCharts() {
  charts.forEach(drawChart);
}

/* What was folded has a width now. */
function refresh(box) {
  charts.filter((entry) => box.contains(entry.box)).forEach(drawChart);
  box.querySelectorAll('.scroll').forEach(markScroll);
}

function picture(width, height, label, ...children) {
  return draw('svg', { viewBox: `0 0 ${width} ${r1(height)}`, width, height: r1(height), role: 'group', 'aria-label': label }, children);
}

/* ---- Texts ---- */

const TEXT_SIZE = { screen: 12.5, paper: 11 };
const measure = document.createElement('canvas').getContext('2d');

/* Of the language at hand: asked for once each, as the browser takes its time to tell. */
const families = {};

function textWidth(words, bold) {
  families[lang] = families[lang] || getComputedStyle(document.body).fontFamily;
  measure.font = `${bold ? '700 ' : ''}${onPaper ? TEXT_SIZE.paper : TEXT_SIZE.screen}px ${families[lang]}`;
  return measure.measureText(words).width;
}

/* at: start, middle, end. */
function text(x, y, words, kind, at) {
  return draw('text', { x: r1(x), y: r1(y), class: kind || null, 'text-anchor': at || null }, words);
}

/* The same in a colour of its own. */
function paintedText(x, y, words, kind, at, paint) {
  const element = text(x, y, words, kind, at);
  element.style.fill = paint;
  return element;
}

/* The pieces that a line may be broken between: words, as far as no-break spaces do not join them; in Chinese nearly every sign. */
function pieces(words) {
  return words.match(/(?:[^ \u2e80-\uffef]*\u00a0)?[\u2e80-\uffef]|[^ \u2e80-\uffef]+ *| +/g) || [];
}

/* The text in lines no wider than that: nothing is ever cut; a word that is too long is parted. */
function wrap(words, width, bold) {
  const lines = [''];
  const add = (piece) => {
    const line = lines[lines.length - 1] + piece;
    if (textWidth(line.trimEnd(), bold) <= width || lines[lines.length - 1] === '') lines[lines.length - 1] = line;
    else lines.push(piece);
  };
  for (const piece of pieces(words)) {
    if (textWidth(piece.trimEnd(), bold) <= width) add(piece);
    else Array.from(piece).forEach(add);
  }
  return lines.map((line) => line.trimEnd()).filter(Boolean);
}

/* ---- Segments ---- */

const hue = (index) => `var(--s${hueOf(summary.segments[index], index)})`;
const onHue = (index) => `var(--t${hueOf(summary.segments[index], index)})`;

function tagMark(x, y, index, size = 17) {
  return draw(
    'g',
    {},
    draw('rect', { x: r1(x), y: r1(y), width: size, height: size, rx: 3, fill: hue(index) }),
    paintedText(x + size / 2, y + size / 2 + 4.2, String(summary.segments[index].segment), 'bold little', 'middle', onHue(index)),
  );
}

/* The number in its hue and the name beside it, in as many lines as it takes; ends at the right or begins at the left.
 * Half the height of the lines lies above y. */
function namedMark(x, y, index, width) {
  const lines = wrap(nameOf(index), width - 25);
  const top = y - (lines.length - 1) * 7.5;
  return [tagMark(x, y - 8.5, index), lines.map((line, i) => text(x + 25, top + 4.5 + i * 15, line))];
}

/* ---- What a mark tells ---- */

/* Lines that are shown when it is pointed at or reached by the keyboard, and read aloud; segment: the others fade. */
function told(mark, lines, segment) {
  const words = lines.filter(Boolean);
  mark.classList.add('told');
  mark.told = words.join('\n');
  mark.setAttribute('role', 'img');
  mark.setAttribute('aria-label', words.join(say('list_comma')));
  if (segment !== undefined) mark.setAttribute('data-segment', segment);
  return mark;
}

/* ---- Axes ---- */

/* Round numbers from 0 on, about so many, up to the greatest. */
function ticks(greatest, about = 4) {
  const raw = greatest / about;
  const size = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 2.5, 5, 10].map((n) => n * size).find((n) => n >= raw * 0.85);
  const all = [];
  for (let v = 0; v <= greatest * 1.0001; v += step) all.push(v);
  return all;
}
