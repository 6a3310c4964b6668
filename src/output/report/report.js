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

function setTheme(theme) {
  document.documentElement.dataset.theme = theme;
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
if (settings.brand && settings.brand.colour) document.documentElement.style.setProperty('--accent', settings.brand.colour);
setTheme(['dark', 'light'].includes(asked.get('theme')) ? asked.get('theme') : night.matches ? 'dark' : 'light');
render();
