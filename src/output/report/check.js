/* check.js: draws the page of tesela check from the document in it; every text goes in as text. */
'use strict';
(() => {
  document.documentElement.dataset.theme = window.matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
  const zh = document.documentElement.lang.startsWith('zh');
  const either = (en, other) => (zh ? other : en);
  const check = JSON.parse(document.getElementById('check').textContent);
  const page = document.getElementById('page');

  const make = (name, text, kind) => {
    const element = document.createElement(name);
    if (text !== undefined && text !== null) {
      element.textContent = text;
    }
    if (kind) {
      element.className = kind;
    }
    return element;
  };
  const add = (parent, ...children) => {
    parent.append(...children);
    return parent;
  };
  const number = (value) => {
    if (value === null || value === undefined) {
      return '–';
    }
    return typeof value === 'number' ? value.toLocaleString(zh ? 'zh' : 'en', { maximumSignificantDigits: 12 }) : String(value);
  };

  const table = (heads) => {
    const head = make('tr');
    heads.forEach((text) => head.append(make('th', text)));
    const body = make('tbody');
    const box = add(make('div', undefined, 'scroll'), add(make('table'), add(make('thead'), head), body));
    const named = (cell, i) => {
      cell.dataset.head = heads[i];
      return cell;
    };
    return { box, row: (cells) => add(body, add(make('tr'), ...cells.map(named))) };
  };

  const severities = { error: either('error', '错误'), warning: either('warning', '警告'), info: either('info', '提示') };
  const tables = {
    transactions: either('Transactions', '交易'),
    customers: either('Customers', '客户'),
    interactions: either('Interactions', '互动'),
  };

  const place = (example) => {
    const where = example.line === null ? example.file || '' : `${example.file || ''}:${example.line}`;
    return example.text ? `${where} “${example.text}”` : where;
  };

  const showFindings = (findings) => {
    page.append(make('h2', either('Findings', '发现')));
    if (findings.length === 0) {
      page.append(make('p', either('Nothing is amiss.', '没有发现问题。')));
      return;
    }
    const grid = table([either('Severity', '级别'), either('Kind', '种类'), either('Table', '表'), either('Column', '列'), either('Count', '数量'),
      either('What', '说明'), either('First', '首例')]);
    const weight = { error: 0, warning: 1, info: 2 };
    [...findings].sort((a, b) => weight[a.severity] - weight[b.severity]).forEach((f) => grid.row([
      make('td', severities[f.severity], `word ${f.severity}`), make('td', f.kind), make('td', tables[f.table] || f.table, 'word'),
      make('td', f.column), make('td', number(f.count), 'number'), make('td', f.message, 'text'), make('td', f.examples.map(place).filter(Boolean).join(', '), 'text')]));
    page.append(grid.box);
  };

  const bars = (histogram) => {
    const box = make('span', undefined, 'histogram');
    const counts = histogram.counts.map(Number);
    const most = Math.max(...counts, 1);
    counts.forEach((count, i) => {
      const bar = make('span');
      bar.style.height = `${(100 * count) / most}%`;
      bar.title = `${number(histogram.edges[i])} – ${number(histogram.edges[i + 1])}: ${number(count)}`;
      box.append(bar);
    });
    box.setAttribute('role', 'img');
    box.setAttribute('aria-label', either('distribution', '分布'));
    return box;
  };

  /* 2024-01-02T10:11:12 as people read it; midnight is a day. */
  const short = (value) => number(value).replace(/T00:00:00$/, '').replace('T', ' ').replace(/(\d\d:\d\d):\d\d$/, '$1');

  const spread = (column) => {
    const cell = make('td', undefined, 'spread');
    if (column.min === null || column.min === undefined) {
      return add(cell, '–');
    }
    const scale = make('span', undefined, 'scale');
    add(scale, make('span', short(column.min)), make('span', column.quantiles ? short(column.quantiles.p50) : ''), make('span', short(column.max)));
    scale.title = either('least, median, greatest', '最小、中位数、最大');
    return add(cell, ...(column.histogram ? [bars(column.histogram)] : []), scale);
  };

  const frequent = (column) => {
    if (column.personal && !column.frequent) {
      return either('not shown: it names people or orders', '不显示：涉及个人或订单');
    }
    return (column.frequent || []).slice(0, 5).map((v) => `${v.value} (${number(v.count)})`).join(', ');
  };

  const share = (count, all) => (count > 0 && all > 0 ? `${number(count)} (${((100 * count) / all).toFixed(1)}%)` : number(count));

  const showTable = (name, data) => {
    page.append(make('h2', tables[name] || name));
    const rows = data.rows;
    page.append(make('p', data.refused ? either(`${number(rows.read)} rows read; the table is refused`, `读取 ${number(rows.read)} 行；该表被拒绝`) : zh
      ? `读取 ${number(rows.read)} 行，使用 ${number(rows.used)} 行，拒绝 ${number(rows.rejected)} 行`
      : `${number(rows.read)} rows read, ${number(rows.used)} used, ${number(rows.rejected)} rejected`));
    page.append(make('p', data.understood.join('; '), 'info'));
    const grid = table([either('Column', '列'), either('Missing', '缺失'), either('Distinct', '不同值'), either('Least, median, greatest', '最小、中位数、最大'),
      either('Sum', '合计'), either('Frequent values', '常见值')]);
    data.columns.forEach((c) => grid.row([
      add(make('th', c.name), make('span', [c.role, c.type].filter(Boolean).join(' · '), 'kind')),
      make('td', share(c.missing, rows.read), 'number'), make('td', (c.distinct_exact ? '' : '≥ ') + number(c.distinct), 'number'), spread(c),
      make('td', number(c.sum), 'number'), make('td', frequent(c), 'values')]));
    page.append(grid.box);
  };

  page.append(make('h1', either('The data as they stand', '数据检查')));
  page.append(make('p', check.refuses_run ? either('tesela run would refuse these tables.', 'tesela run 会拒绝这些表。')
    : either('tesela run takes these tables.', 'tesela run 接受这些表。'), check.refuses_run ? 'error' : 'info'));
  if (check.as_of) {
    page.append(make('p', either(`as of ${check.as_of}, the first day after the data`, `截止日：${check.as_of}（数据之后的第一天）`)));
  }
  check.unreadable.forEach((text) => page.append(make('p', text, 'error')));
  showFindings(check.findings);
  Object.keys(check.tables).forEach((name) => showTable(name, check.tables[name]));
})();
