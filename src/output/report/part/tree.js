/* tree.js: the tree of the rules as a picture: from the left all customers, parted at each fork; bands as wide as many go
 * that way, and at each end the segment, in its hue. Where there is no room for it, a list of forks below each other. */
'use strict';

/* What hangs below each node, first to last. */
function childrenOf(nodes) {
  const below = nodes.map(() => []);
  nodes.forEach((node, i) => {
    if (node.parent !== null) below[node.parent].push(i);
  });
  return below;
}

function levelsOf(nodes) {
  const level = [];
  nodes.forEach((node, i) => {
    level[i] = node.parent === null ? 0 : level[node.parent] + 1;
  });
  return level;
}

const whenOf = (node) => (node.when ? capital(node.when[lang]) : say(summary.segments ? 'tree_all' : 'tree_rows'));

/* The place of a leaf's segment; -1 of an inner node, and of clusters, which have no segments. */
const leafAt = (node) => (node.segment === undefined ? -1 : placeOf(node.segment));

function leafName(node) {
  return leafAt(node) < 0 ? say('tree_cluster', { n: node.segment }) : nameOf(leafAt(node));
}

function nodeLines(node) {
  const leaf = node.segment !== undefined;
  return [
    leaf ? leafName(node) : '',
    whenOf(node),
    `${say('tree_fit')}: ${count(node.rows)}`,
    leaf && node.rows ? say('tree_right', { share: percentWords(node.hits / node.rows) }) : '',
  ];
}

const nodeHue = (node) => (leafAt(node) < 0 ? 'var(--bar)' : hue(leafAt(node)));

const leafWords = (node) => `${leafName(node)} · ${count(node.rows)}`;

/* "3 Good, between orders · 688", perhaps in several lines. */
function leafLabel(node, lines, x, y) {
  const at = leafAt(node);
  return [at < 0 ? null : tagMark(x + 6, y - 8.5, at), lines.map((line, i) => text(x + (at < 0 ? 6 : 29), y + 4.5 + 15 * i, line))];
}

/* ---- From left to right ---- */

function treeAcross(nodes, width) {
  const below = childrenOf(nodes);
  const level = levelsOf(nodes);
  const leaves = nodes.filter((node) => node.segment !== undefined);
  const room = 40 + Math.max(...leaves.map((node) => textWidth(leafWords(node))));
  const root = wrap(whenOf(nodes[0]), 76, true);
  const left = 10 + Math.max(...root.map((line) => textWidth(line, true)));
  const step = (width - room - left) / Math.max(1, ...level);
  if (step < 120) return null;
  const words = nodes.map((node) => (node.parent === null ? [] : wrap(whenOf(node), step - 26)));
  const row = 20 + 14 * Math.max(1, ...words.map((lines) => lines.length));
  const thickness = Math.min(26, row - 16);
  const y = [];
  let next = row - 6; /* room for the lines above the first */
  const place = (i) => {
    below[i].forEach(place);
    if (below[i].length) y[i] = (y[below[i][0]] + y[below[i][below[i].length - 1]]) / 2;
    else {
      y[i] = next;
      next += row;
    }
  };
  place(0);
  const x = (i) => left + level[i] * step;
  const wide = (node) => Math.max(1.5, (thickness * node.rows) / Math.max(1, nodes[0].rows));
  const branches = nodes.map((node, i) => {
    if (node.parent === null) return null;
    const [x0, y0, x1, y1] = [x(node.parent), y[node.parent], x(i), y[i]];
    const bend = x0 + Math.min(22, step / 4);
    return told(
      draw(
        'g',
        {},
        draw('path', {
          class: 'hit',
          d: `M${r1(x0)},${r1(y0)}C${r1(bend)},${r1(y0)} ${r1(x0)},${r1(y1)} ${r1(bend + 4)},${r1(y1)}L${r1(x1)},${r1(y1)}`,
          fill: 'none',
          stroke: nodeHue(node),
          'stroke-width': r1(wide(node)),
          'stroke-opacity': node.segment === undefined ? 0.45 : 0.9,
        }),
        words[i].map((line, n) => text(bend + 6, y1 - wide(node) / 2 - 4 - (words[i].length - 1 - n) * 14, line, 'little halo')),
      ),
      nodeLines(node),
      leafAt(node) < 0 ? undefined : leafAt(node),
    );
  });
  return picture(
    width,
    next - row + 16,
    say('part_title_tree'),
    root.map((line, n) => text(0, y[0] + 4.5 + (n - (root.length - 1) / 2) * 15, line, 'bold')),
    branches,
    nodes.map((node, i) => (node.segment === undefined ? null : leafLabel(node, [leafWords(node)], x(i), y[i]))),
  );
}

/* ---- Below each other ---- */

function treeDown(nodes, width) {
  const below = childrenOf(nodes);
  const level = levelsOf(nodes);
  const indent = Math.min(18, (width * 0.45) / Math.max(1, ...level));
  const at = [];
  const shapes = [];
  let y = 16;
  const put = (i) => {
    const node = nodes[i];
    const x = level[i] * indent;
    const lines = wrap(whenOf(node), width - x - 14);
    at[i] = y;
    const own = lines.map((line, n) => text(x + 10, y + n * 16, line, node.parent === null ? 'bold' : null));
    const end = y + (lines.length - 1) * 16;
    const leaf = node.segment !== undefined;
    const named = leaf ? wrap(leafWords(node), width - x - 34) : [];
    const label = leafLabel(node, named, x + 4, end + 18);
    shapes.push(
      node.parent === null
        ? null
        : draw('path', { d: `M${r1(x - indent + 4)},${r1(at[node.parent] + 6)}V${r1(y - 4)}H${r1(x + 6)}`, fill: 'none', stroke: 'var(--mid)' }),
      told(
        draw(
          'g',
          {},
          draw('rect', {
            class: 'hit',
            x: r1(x + 6),
            y: y - 13,
            width: r1(width - x - 6),
            height: r1(end - y + (leaf ? 25 + 15 * named.length : 18)),
            fill: 'transparent',
          }),
          own,
          leaf ? label : null,
        ),
        nodeLines(node),
        leafAt(node) < 0 ? undefined : leafAt(node),
      ),
    );
    y = end + (leaf ? 29 + 15 * named.length : 22);
    below[i].forEach(put);
  };
  put(0);
  return picture(width, y, say('part_title_tree'), shapes);
}

function treePart() {
  const { tree } = summary.clusters || {};
  if (!tree || !tree.nodes || tree.nodes.length < 2 || (summary.segments || [0, 0]).length === 1) return null;
  return [
    paragraph([treeWords(tree), summary.drift ? say('of_fit', driftThen()) : ''].filter(Boolean).join(say('sentence_gap')), 'note'),
    make(
      'div',
      { class: 'fig' },
      chart((width) => treeAcross(tree.nodes, width) || treeDown(tree.nodes, width)),
    ),
    tree.curve && tree.curve.length > 1 ? behind(curveTable(tree), paragraph(say('tree_curve_note'), 'note')) : null,
  ];
}

/* What trees of other sizes would cost and tell. */
function curveTable({ curve, leaves }) {
  return table(
    say('tree_curve'),
    [
      { head: say('tree_leaves'), cell: (p) => [count(p.leaves) + ' ', p.leaves === leaves ? make('span', { class: 'mark-word' }, say('chosen_mark')) : null] },
      { head: say('tree_price'), number: true, cell: (p) => percent(typeof p.cost_ratio === 'number' ? Math.max(0, p.cost_ratio - 1) : null) },
      { head: say('tree_agreement'), number: true, cell: (p) => percent(p.agreement) },
    ],
    curve,
  );
}
