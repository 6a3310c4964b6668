/* report.js: the page: its sections in their order, language, light and dark, paper. A section that the summary has
 * nothing for is not there. */
'use strict';

const SECTIONS = [
  groupsSection,
  cardsSection,
  targetSection,
  nextSection,
  movesSection,
  profileSection,
  pictureSection,
  descriptorsSection,
  valueSection,
  planSection,
  classesSection,
  historySection,
  driftSection,
  successionSection,
  evidenceSection,
  auditSection,
  qualitySection,
  analystSection,
  madeSection,
];

function isDark() {
  return document.documentElement.dataset.theme === 'dark';
}

/* Relative luminance and contrast as WCAG 2 has them. */
function luminance(colour) {
  const [red, green, blue] = [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16) / 255).map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

const LEAST_CONTRAST = 3;
const PAPER = { light: '#ffffff', dark: '#15181d' };

/* The brand's colour, where it can be seen on the page; else marks are of ink. */
function setAccent(theme) {
  const { colour } = settings.brand || {};
  const [low, high] = [luminance(colour || PAPER[theme]), luminance(PAPER[theme])].sort((a, b) => a - b);
  const seen = colour && (high + 0.05) / (low + 0.05) >= LEAST_CONTRAST;
  document.documentElement.style.setProperty('--accent', seen ? colour : 'var(--ink)');
}

function setTheme(theme) {
  document.documentElement.dataset.theme = theme;
  setAccent(theme);
  const button = document.getElementById('theme');
  if (button) button.textContent = say(isDark() ? 'light' : 'dark');
}

function toggleTheme() {
  setTheme(isDark() ? 'light' : 'dark');
}

function toggleLanguage() {
  lang = lang === 'zh' ? 'en' : 'zh';
  render();
  document.getElementById('language').focus();
}

function title() {
  return [settings.brand && settings.brand.name, titleOf(), summary.as_of, 'Tesela'].filter(Boolean).join(' · ');
}

function footer() {
  return make(
    'footer',
    {},
    paragraph([say('footer', { version: summary.version }), settings.audience === 'executive' ? say('footer_executive') : ''].filter(Boolean).join(say('sentence_gap'))),
  );
}

function render() {
  charts = [];
  document.documentElement.lang = lang === 'zh' ? 'zh-CN' : 'en';
  document.title = title();
  nameSegments();
  const sections = SECTIONS.map((build) => build()).filter(Boolean);
  document
    .getElementById('page')
    .replaceChildren(
      make('a', { class: 'skip', href: '#content' }, say('skip')),
      topLine(),
      make('main', { id: 'content' }, firstPage(), contents(sections), sections),
      footer(),
    );
  drawCharts();
  markScrolls();
}

/* Charts are drawn anew at the width of paper, so that their type keeps its size. */
function printed(paper) {
  onPaper = paper;
  drawCharts();
}

let resizing;
window.addEventListener('beforeprint', () => printed(true));
window.addEventListener('afterprint', () => printed(false));
window.addEventListener('resize', () => {
  clearTimeout(resizing);
  resizing = setTimeout(() => {
    if (!onPaper) {
      drawCharts();
      markScrolls();
    }
  }, 120);
});
const night = window.matchMedia('(prefers-color-scheme: dark)');
night.addEventListener('change', (event) => setTheme(event.matches ? 'dark' : 'light'));
setTheme(['dark', 'light'].includes(asked.get('theme')) ? asked.get('theme') : night.matches ? 'dark' : 'light');
render();
