/* export_svg.c: a tree as a picture: one line a cut, one block a leaf, below each other as in a listing
 * of folders, once for narrow and once for wide places. It needs nothing besides itself; the style sheet
 * chooses between the two, and between light and dark. */
#include "output/export/export.h"

#include "base/alloc.h"
#include "base/error.h"
#include "model/tree/tree_bounds.h"
#include "output/wording/rule_wording.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Distances in pixels; a letter's width is estimated, as what draws it is not known here. */
typedef struct layout_row {
    const char *name;
    int wide;      /* 1: figures stand in columns; 0: below the segment's name */
    double width;  /* of all */
    double text;   /* where conditions end at the latest */
    double indent; /* a level */
    double line;   /* height of a line of text */
} layout_row;

static const layout_row layouts[] = {{"narrow", 0, 400, 388, 12, 20}, {"wide", 1, 960, 520, 18, 21}};

enum { WIDE_FROM = 760, COLOURS = 8, GAP = 8 };
#define LETTER 7.2   /* of Latin script at 14 pixels */
#define IDEOGRAM 14. /* of Chinese */
#define HEAD 74.     /* where the first node stands */
#define ROOM 130.    /* at least, for a condition */

typedef struct drawing {
    const tsl__export *of;
    const layout_row *layout;
    char **rule;  /* of each node: the condition above it in words */
    int *level;   /* of each node, from 0 */
    double *y;    /* of each node: the middle of its first line */
    double below; /* where the next one stands */
    tsl__text *out;
} drawing;

/* ---- Text in lines ----------------------------------------------------------------- */

static size_t get_length(unsigned char first)
{
    return first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
}

static double get_width(const char *c)
{
    return (unsigned char)*c < 0x80 ? LETTER : (unsigned char)*c < 0xE1 ? LETTER * 1.2 : IDEOGRAM;
}

/* How many bytes of text go into one line; it breaks at a blank, at an ideogram, or, where there is neither, anywhere.
 */
static size_t find_break(const char *text, double room)
{
    size_t at = 0, last = 0;
    for (double used = 0; text[at];) {
        used += get_width(text + at);
        if (used > room && at > 0) {
            return last ? last : at;
        }
        if (text[at] == ' ' || (unsigned char)text[at] >= 0xE1) {
            last = at;
        }
        at += strnlen(text + at, get_length((unsigned char)text[at]));
    }
    return at;
}

static void put_point(double x, double y, tsl__text *out)
{
    tsl__text_puts(out, " x=\"");
    tsl__text_fixed(out, x, 0);
    tsl__text_puts(out, "\" y=\"");
    tsl__text_fixed(out, y, 0);
    tsl__text_puts(out, "\"");
}

static void put_text(const drawing *d, double x, double y, const char *class, const char *text)
{
    tsl__text_puts(d->out, "<text");
    put_point(x, y, d->out);
    tsl__text_printf(d->out, " class=\"%s\">", class);
    tsl__export_put_xml(text, d->out);
    tsl__text_puts(d->out, "</text>\n");
}

/* Lines from (x, y) down, none beyond `end`; -> how many. */
static int put_lines(const drawing *d, double x, double y, double end, const char *class, const char *text)
{
    int lines = 0;
    do {
        const size_t count = find_break(text, end - x);
        char *line = tsl__strndup(text, count);
        if (!line) {
            d->out->failed = 1;
            return lines;
        }
        put_text(d, x, y + lines * d->layout->line, class, line);
        free(line);
        text += count;
        text += *text == ' ';
        lines++;
    } while (*text);
    return lines;
}

/* ---- Nodes ---------------------------------------------------------------------------- */

static double get_x(const drawing *d, int32_t node)
{
    const double x = 18 + d->layout->indent * (d->level[node] > 0 ? d->level[node] - 1 : 0);
    return fmin(x, d->layout->text - ROOM); /* what lies deeper stands below each other */
}

/* The line from the parent down to a node and to its text. */
static void put_branch(const drawing *d, int32_t node)
{
    const int32_t parent = d->of->tree->node[node].parent;
    const double x = get_x(d, node) - 10, y = d->y[node];
    const double from = d->level[node] > 1                  ? d->y[parent] + 8
                        : d->of->tree->node[0].left == node ? y
                                                            : d->y[d->of->tree->node[0].left];
    tsl__text_puts(d->out, "<path class=\"branch\" d=\"M");
    tsl__text_fixed(d->out, x, 0);
    tsl__text_puts(d->out, " ");
    tsl__text_fixed(d->out, from, 0);
    tsl__text_puts(d->out, "V");
    tsl__text_fixed(d->out, y, 0);
    tsl__text_puts(d->out, "h7\"/>\n");
}

/* What a leaf holds, in one text or in columns. */
static void put_figures(const drawing *d, int32_t node, double x, double y)
{
    const int zh = d->of->lang == 1;
    tsl__text text[3] = {{0}};
    tsl__export_put_count(d->of->tree->node[node].rows, &text[0]);
    tsl__export_put_share(tsl__export_get_precision(d->of, node), &text[1]);
    tsl__export_put_lift(tsl__export_get_lift(d->of, node), &text[2]);
    for (int i = 0; i < 3; i++) {
        d->out->failed |= text[i].failed;
    }
    if (d->layout->wide) {
        static const double end[] = {790, 870, 944};
        for (int i = 0; i < 3 && !d->out->failed; i++) {
            put_text(d, end[i], y + 5, "figure", text[i].data);
        }
    } else if (!d->out->failed) {
        tsl__text_puts(d->out, "<text");
        put_point(x, y + 5, d->out);
        tsl__text_printf(d->out,
                         zh ? " class=\"quiet\">%s 行 · 准确率 %s · 提升度 %s</text>\n"
                            : " class=\"quiet\">%s rows · precision %s · lift %s</text>\n",
                         text[0].data, text[1].data, text[2].data);
    }
    for (int i = 0; i < 3; i++) {
        tsl__text_free(&text[i]);
    }
}

/* A leaf's segment, beside its condition or below it; -> the height that is taken below y. */
static double put_leaf(const drawing *d, int32_t node, double x, double y)
{
    const layout_row *layout = d->layout;
    const int segment = d->of->tree->node[node].cluster;
    const double left = layout->wide ? 536 : x, end = layout->wide ? 720 : layout->text;
    tsl__text name = {0};
    tsl__text_printf(&name, "%d ", tsl_policy_get_number(d->of->policy, (size_t)segment));
    tsl__export_put_name(d->of, segment, d->of->lang, &name);
    tsl__text_puts(d->out, "<rect");
    put_point(left, y - 6, d->out);
    tsl__text_printf(d->out, " width=\"12\" height=\"12\" rx=\"3\" class=\"c%d\"/>\n",
                     (d->of->policy ? d->of->policy->segment[segment].colour : segment) % COLOURS);
    d->out->failed |= name.failed;
    const int lines = name.failed ? 0 : put_lines(d, left + 20, y + 5, end, "segment", name.data);
    tsl__text_free(&name);
    if (layout->wide) {
        put_figures(d, node, 0, y);
        return lines * layout->line;
    }
    put_figures(d, node, x + 20, y + lines * layout->line);
    return (lines + 1) * layout->line;
}

static void put_node(drawing *d, int32_t node)
{
    const tsl_tree *tree = d->of->tree;
    const int leaf = tree->node[node].column < 0;
    const double x = get_x(d, node), y = d->below;
    d->y[node] = y;
    if (!leaf && tree->node[node].parent < 0) {
        return; /* the root of cuts says nothing */
    }
    tsl__text_puts(d->out, "<g><title>");
    tsl__export_put_xml(d->rule[node], d->out);
    tsl__text_puts(d->out, "</title>\n");
    if (tree->node[node].parent >= 0) {
        put_branch(d, node);
    }
    double height = put_lines(d, x, y + 5, d->layout->text, "rule", d->rule[node]) * d->layout->line;
    if (leaf && d->layout->wide) {
        height = fmax(height, put_leaf(d, node, x, y));
    } else if (leaf) {
        height += put_leaf(d, node, x, y + height);
    }
    tsl__text_puts(d->out, "</g>\n");
    d->below += height + GAP;
}

/* ---- The whole ---------------------------------------------------------------------------- */

static void put_heads(const drawing *d)
{
    static const char *const heads[TSL_LANGS][4] = {{"Segment", "Rows", "Precision", "Lift"},
                                                    {"客群", "行数", "准确率", "提升度"}};
    const char *const *head = heads[d->of->lang];
    if (d->layout->wide) {
        put_text(d, 536, HEAD - 22, "quiet", head[0]);
        put_text(d, 790, HEAD - 22, "quiet figure", head[1]);
        put_text(d, 870, HEAD - 22, "quiet figure", head[2]);
        put_text(d, 944, HEAD - 22, "quiet figure", head[3]);
    }
}

/* "7 leaves, price 1.07, agreement 89.4 %" */
static void put_title(const drawing *d)
{
    const int zh = d->of->lang == 1;
    const tsl_tree *tree = d->of->tree;
    tsl__text text = {0};
    put_text(d, 8, 22, "title", zh ? "客群如何由规则区分" : "How the segments are told apart");
    tsl__text_printf(&text, zh ? "%d 片叶" : "%d leaves", tree->leaves);
    if (!d->of->model->by_tree) { /* whose leaves are the segments, at no price */
        tsl__text_puts(&text, zh ? "，代价 " : ", price ");
        tsl__export_put_lift(tree->cost_ratio, &text);
        tsl__text_puts(&text, zh ? "，一致率 " : ", agreement ");
        tsl__export_put_share(tree->agreement, &text);
    }
    d->out->failed |= text.failed;
    put_text(d, 8, 42, "quiet", text.failed ? "" : text.data);
    tsl__text_free(&text);
}

/* -> the height. */
static double put_layout(drawing *d, const int32_t *order)
{
    d->below = HEAD;
    tsl__text_printf(d->out, "<g class=\"%s\">\n", d->layout->name);
    put_title(d);
    put_heads(d);
    for (size_t i = 0; i < d->of->tree->node_count; i++) {
        put_node(d, order[i]);
    }
    tsl__text_puts(d->out, "</g>\n");
    return d->below + GAP;
}

/* What each line is for is told by its class; colours of segments come round after eight. */
static void put_style(const double height[2], tsl__text *out)
{
    tsl__text_puts(out, "<style>\n"
                        ".tesela-tree{background:#fff;font:14px system-ui,-apple-system,\"Segoe UI\",\"Noto Sans\","
                        "\"PingFang SC\",\"Microsoft YaHei\",\"Noto Sans CJK SC\",sans-serif}\n"
                        ".tesela-tree text{fill:#1d2430}.tesela-tree .quiet{fill:#5a6472}\n"
                        ".tesela-tree .title{font-size:17px;font-weight:600}.tesela-tree .segment{font-weight:600}\n"
                        ".tesela-tree .figure{text-anchor:end;font-variant-numeric:tabular-nums}\n"
                        ".tesela-tree .branch{fill:none;stroke:#b3bac4;stroke-width:1.5}\n"
                        ".tesela-tree .c0{fill:#2f6db5}.tesela-tree .c1{fill:#c2571a}.tesela-tree "
                        ".c2{fill:#2b8a57}.tesela-tree .c3{fill:#9a3fa0}\n"
                        ".tesela-tree .c4{fill:#b08a00}.tesela-tree .c5{fill:#1b8a96}.tesela-tree "
                        ".c6{fill:#c23b5a}.tesela-tree .c7{fill:#6b7280}\n"
                        ".tesela-tree .wide{display:none}\n");
    tsl__text_printf(out, "@media (min-width:%dpx){.tesela-tree{height:", WIDE_FROM);
    tsl__text_fixed(out, height[1], 0);
    tsl__text_puts(
        out, "px}.tesela-tree .wide{display:inline}.tesela-tree .narrow{display:none}}\n"
             "@media (prefers-color-scheme:dark){.tesela-tree{background:#14181f}.tesela-tree text{fill:#e6e9ee}\n"
             ".tesela-tree .quiet{fill:#a3adba}.tesela-tree .branch{stroke:#4a5462}\n"
             ".tesela-tree .c0{fill:#6ea8e6}.tesela-tree .c1{fill:#f0935c}.tesela-tree .c2{fill:#5cc48c}.tesela-tree "
             ".c3{fill:#cf86d4}\n"
             ".tesela-tree .c4{fill:#d9b640}.tesela-tree .c5{fill:#55bcc8}.tesela-tree .c6{fill:#f0829b}.tesela-tree "
             ".c7{fill:#9aa3b0}}\n"
             "</style>\n");
}

static tsl_status open_drawing(const tsl__export *of, const int32_t *order, drawing *d, tsl_error *err)
{
    const tsl_tree *tree = of->tree;
    tsl_status status = TSL_OK;
    TSL__TRY(tsl__rules_get_steps(tree, of->opt.lang, &d->rule, err));
    TSL__NEED(d->level = tsl__alloc(tree->node_count, sizeof *d->level));
    TSL__NEED(d->y = tsl__alloc_zero(tree->node_count, sizeof *d->y));
    for (size_t i = 0; i < tree->node_count; i++) {
        const int32_t parent = tree->node[order[i]].parent;
        d->level[order[i]] = parent < 0 ? 0 : d->level[parent] + 1;
    }
done:
    return status;
}

static const char *get_title(const tsl__export *of)
{
    static const char *const titles[2][TSL_LANGS] = {
        {"The explanation tree of the segments", "客群的解释树"},
        {"The target's tree, whose leaves are the segments", "说明目标的决策树，其叶即各客群"}};
    return titles[of->model->by_tree != 0][of->lang];
}

tsl_status tsl__export_svg(const tsl__export *of, tsl__text *out, tsl_error *err)
{
    tsl_status status = TSL_OK;
    int32_t *order = NULL;
    double height[2];
    tsl__text body = {0};
    drawing d = {.of = of, .out = &body};
    TSL__NEED(order = tsl__alloc(of->tree->node_count, sizeof *order));
    tsl__tree_order(of->tree, order);
    TSL__TRY(open_drawing(of, order, &d, err));
    for (int i = 0; i < 2; i++) {
        d.layout = &layouts[i];
        height[i] = put_layout(&d, order);
    }
    TSL__TRY(body.failed ? tsl__error_nomem(err) : TSL_OK);
    tsl__text_puts(
        out, "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"tesela-tree\" role=\"img\" width=\"100%\" height=\"");
    tsl__text_fixed(out, height[0], 0);
    tsl__text_printf(out, "\" lang=\"%s\">\n<title>%s</title>\n", of->lang == 1 ? "zh-CN" : "en", get_title(of));
    put_style(height, out);
    tsl__text_append(out, body.data, body.length);
    tsl__text_puts(out, "</svg>\n");
done:
    free(order);
    free(d.level);
    free(d.y);
    tsl_texts_free(d.rule, d.rule ? of->tree->node_count : 0);
    tsl__text_free(&body);
    return status;
}
