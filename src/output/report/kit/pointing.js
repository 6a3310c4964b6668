/* pointing.js: what is told of a mark by pointer, touch and keyboard. A chart is one stop
 * of the tab key; arrows, Home and End go about in it, Escape closes. */
'use strict';

const tip = document.getElementById('tip');
const EDGE = 8;

function markAt(target) {
  return target instanceof Element ? target.closest('.told') : null;
}

/* Beside the pointer, else above the mark; never out of the window. */
function placeTip(mark, point) {
  const box = mark.getBoundingClientRect();
  const { x, y } = point || { x: box.left + box.width / 2, y: box.top };
  const fits = x + 12 + tip.offsetWidth <= innerWidth - EDGE;
  const above = y - tip.offsetHeight - 10;
  tip.style.left = Math.max(EDGE, fits ? x + 12 : x - 12 - tip.offsetWidth) + 'px';
  tip.style.top = (above < EDGE ? (point ? y : box.bottom) + 14 : above) + 'px';
}

function showTip(mark, point) {
  const segment = mark.getAttribute('data-segment');
  const chart = mark.ownerSVGElement;
  tip.textContent = mark.told;
  tip.style.display = 'block';
  placeTip(mark, point);
  chart.classList.toggle('pointed', segment !== null);
  chart.querySelectorAll('[data-segment]').forEach((part) => part.classList.toggle('on', part.getAttribute('data-segment') === segment));
}

function hideTip() {
  tip.style.display = 'none';
  document.querySelectorAll('svg.pointed').forEach((chart) => chart.classList.remove('pointed'));
}

const steps = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

function goTo(key, mark) {
  const marks = [...mark.ownerSVGElement.querySelectorAll('.told')];
  const at = marks.indexOf(mark);
  if (steps[key]) return marks[(at + steps[key] + marks.length) % marks.length];
  return key === 'Home' ? marks[0] : key === 'End' ? marks[marks.length - 1] : null;
}

document.addEventListener('pointermove', (event) => {
  const mark = markAt(event.target);
  const reached = document.activeElement && document.activeElement.matches('.told:focus-visible');
  if (mark) showTip(mark, { x: event.clientX, y: event.clientY });
  else if (!reached) hideTip();
});
document.addEventListener('pointerdown', (event) => {
  const mark = markAt(event.target);
  if (mark) showTip(mark, { x: event.clientX, y: event.clientY });
});
document.addEventListener('focusin', (event) => {
  const mark = markAt(event.target);
  if (mark && mark.matches(':focus-visible')) showTip(mark);
  else if (!mark) hideTip();
});
document.addEventListener('focusout', hideTip);
document.addEventListener('keydown', (event) => {
  const mark = markAt(event.target);
  if (event.key === 'Escape') return hideTip();
  const next = mark && goTo(event.key, mark);
  if (!next) return undefined;
  event.preventDefault();
  mark.setAttribute('tabindex', '-1');
  next.setAttribute('tabindex', '0');
  return next.focus();
});
