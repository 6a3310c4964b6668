/* descriptor_wording.c: what a tree of descriptors says, in words. */
#include "output/wording/descriptor_wording.h"

#include "base/alloc.h"
#include "base/error.h"
#include "base/text.h"
#include "output/wording/level_wording.h"

#include <math.h>
#include <stdlib.h>

#define LEVELS_SAID 6 /* of a category; of more the rest is counted */

typedef struct descriptor_words {
    const char *is, *over, *at_most, *also, * or, *comma, *unknown, *known, *or_unknown, *range_or_unknown, *or_of,
        *more, *and, *all;
    const char *open, *close;
} descriptor_words;

static const descriptor_words languages[TSL_LANGS] = {
    {" is ", " over ", " at most ", " and", " or ", ", ", " is unknown", " is known", " or unknown", ", or unknown",
     " or one of ", " more", " and ", "all", "(", ")"},
    {" 为 ", " 超过 ", " 不超过 ", " 且", "、", "、", " 未知", " 已知", " 或未知", "，或未知", " 或另外 ", " 项之一",
     " 且 ", "全部", "（", "）"},
};

/* ---- One column ------------------------------------------------------------------- */

/* What a path lets pass of a column. */
typedef struct passage {
    double low, high;
    int32_t missing;                 /* 1: missing passes, 0: it does not, -1: none came */
    int known;                       /* 1: a known value passes */
    const tsl_descriptor_node *last; /* the deepest cut of it, NULL: none ... */
    int32_t child;                   /* ... and the child taken */
} passage;

static void narrow(passage *p, const tsl_descriptor_node *node, int32_t child)
{
    const size_t at = (size_t)child;
    p->last = node;
    p->child = child;
    p->missing = node->missing < 0 ? p->missing : node->missing == child;
    if (node->part) {
        return;
    }
    if (at > node->cut_count) { /* missing ones alone */
        p->known = 0;
        return;
    }
    p->low = at > 0 ? node->cut[at - 1] : p->low;
    p->high = at < node->cut_count ? node->cut[at] : p->high;
}

static void write_levels(const tsl_descriptor_column *column, const passage *p, int lang, tsl__text *text)
{
    const descriptor_words *words = &languages[lang];
    int count = 0, said = 0;
    for (size_t i = 0; i < column->level_count; i++) {
        count += p->last->part[i] == p->child;
    }
    const int most = count > LEVELS_SAID ? LEVELS_SAID - 1 : count;
    tsl__text_puts(text, count ? words->is : words->unknown);
    for (size_t i = 0; i < column->level_count && said < most; i++) {
        if (p->last->part[i] == p->child) {
            tsl__text_puts(text, said == 0 ? "" : said + 1 == count ? words->or : words->comma);
            tsl__level_write(column->level[i], lang, 1, text);
            said++;
        }
    }
    if (said < count) {
        tsl__text_puts(text, words->or_of);
        tsl__text_printf(text, "%d", count - said);
        tsl__text_puts(text, words->more);
    }
}

/* A limit as a number, or as what the rank is called that is the last below it. */
static void write_limit(const tsl_descriptor_column *column, double limit, int lang, tsl__text *text)
{
    if (limit >= 1 && limit < (double)column->rank_count + 1) {
        tsl__level_write(column->rank[(size_t)limit - 1], lang, 0, text);
    } else {
        tsl__text_double(text, limit);
    }
}

static void write_bounds(const tsl_descriptor_column *column, const passage *p, int lang, tsl__text *text)
{
    const descriptor_words *words = &languages[lang];
    const int low = !isinf(p->low), high = !isinf(p->high);
    if (!p->known) {
        tsl__text_puts(text, words->unknown);
        return;
    }
    if (column->rank_count && low && high && floor(p->low) + 1 == floor(p->high)) {
        tsl__text_puts(text, words->is);
        write_limit(column, p->high, lang, text);
        return;
    }
    if (low) {
        tsl__text_puts(text, words->over);
        write_limit(column, p->low, lang, text);
        tsl__text_puts(text, high ? words->also : "");
    }
    if (high) {
        tsl__text_puts(text, words->at_most);
        write_limit(column, p->high, lang, text);
    }
    tsl__text_puts(text, !low && !high ? words->known : "");
}

/* Whether some known values pass, and missing ones as well. */
static int says_or(const tsl_descriptor_column *column, const passage *p)
{
    size_t i = 0;
    while (i < column->level_count && p->last->part[i] != p->child) {
        i++;
    }
    return p->missing == 1 &&
           (column->level_count ? i < column->level_count : p->known && (!isinf(p->low) || !isinf(p->high)));
}

/* guard: 1: in brackets where "or unknown" stands in it. */
static tsl_status write_column(const tsl_descriptor_column *column, const passage *p, int guard, int lang,
                               tsl__text *text, tsl_error *err)
{
    const descriptor_words *words = &languages[lang];
    const int either = says_or(column, p), ranges = isfinite(p->low) && isfinite(p->high);
    tsl_status status = TSL_OK;
    char *label = NULL;
    TSL__TRY(tsl_feature_get_label(column->name, tsl_lang_get_code(lang), &label, err));
    tsl__text_puts(text, either && guard ? words->open : "");
    tsl__text_puts(text, label);
    if (column->level_count) {
        write_levels(column, p, lang, text);
    } else {
        write_bounds(column, p, lang, text);
    }
    tsl__text_puts(text, !either ? "" : ranges ? words->range_or_unknown : words->or_unknown);
    tsl__text_puts(text, either && guard ? words->close : "");
done:
    tsl_text_free(label);
    return status;
}

/* ---- A path -------------------------------------------------------------------------- */

static int32_t get_place(const tsl_descriptor *d, int32_t node)
{
    return node - d->node[d->node[node].parent].child;
}

/* The cuts above the node, from the root on, each into its column's passage. */
static void walk(const tsl_descriptor *d, int32_t node, passage *p)
{
    int32_t way[65];
    int depth = 0;
    for (int32_t at = node; d->node[at].parent >= 0; at = d->node[at].parent) {
        way[depth++] = at;
    }
    while (depth > 0) {
        const int32_t at = way[--depth];
        const tsl_descriptor_node *above = &d->node[d->node[at].parent];
        narrow(&p[above->column], above, get_place(d, at));
    }
}

tsl_status tsl__descriptor_get_rule(const tsl_descriptor *d, int32_t node, int lang, char **out, tsl_error *err)
{
    const descriptor_words *words = &languages[lang];
    tsl_status status = TSL_OK;
    passage *p = NULL;
    size_t said = 0;
    tsl__text text = {0};
    TSL__NEED(p = tsl__alloc(d->cols, sizeof *p));
    for (size_t c = 0; c < d->cols; c++) {
        p[c] = (passage){.low = -INFINITY, .high = INFINITY, .missing = -1, .known = 1};
    }
    walk(d, node, p);
    for (size_t c = 0; c < d->cols; c++) {
        said += p[c].last != NULL;
    }
    for (size_t c = 0; c < d->cols; c++) {
        if (p[c].last) {
            tsl__text_puts(&text, text.length ? words->and : "");
            TSL__TRY(write_column(&d->column[c], &p[c], said > 1, lang, &text, err));
        }
    }
    tsl__text_puts(&text, text.length ? "" : words->all);
    TSL__NEED(*out = tsl__text_take(&text));
done:
    tsl__text_free(&text);
    free(p);
    return status;
}

/* ---- The sentence -------------------------------------------------------------------- */

void tsl__descriptor_order(const tsl_descriptor *d, size_t *order)
{
    for (size_t c = 0; c < d->cols; c++) {
        size_t at = c;
        for (; at > 0 && d->importance[order[at - 1]] < d->importance[c]; at--) {
            order[at] = order[at - 1];
        }
        order[at] = c;
    }
}

/* The columns that tell most, three of them at most; nothing where none does. */
static tsl_status write_columns(const tsl_descriptor *d, int lang, tsl__text *text, tsl_error *err)
{
    enum { SAID = 3 };
    tsl_status status = TSL_OK;
    size_t *order = NULL, count = 0;
    char *label = NULL;
    TSL__NEED(order = tsl__alloc(d->cols, sizeof *order));
    tsl__descriptor_order(d, order);
    while (count < d->cols && count < SAID && d->importance[order[count]] > 0) {
        count++;
    }
    for (size_t i = 0; i < count; i++) {
        TSL__TRY(tsl_feature_get_label(d->column[order[i]].name, tsl_lang_get_code(lang), &label, err));
        tsl__text_puts(text, i == 0           ? (lang ? "，主要是 " : ", most of all ")
                             : lang           ? "、"
                             : i + 1 == count ? " and "
                                              : ", ");
        tsl__text_puts(text, label);
        tsl_text_free(label);
        label = NULL;
    }
done:
    tsl_text_free(label);
    free(order);
    return status;
}

/* No tree that told more than the largest segment: of nothing that was told there is no error either. */
static void write_no_tree(const tsl_descriptor *d, int lang, tsl__text *text)
{
    char base[32];
    tsl__shown_write(100 * d->base, 0, base);
    tsl__text_printf(text,
                     lang ? "（没有一棵树比只猜最大客群说明得更多，后者判对 %s %%）"
                          : " (no tree told more than the largest segment alone, which tells %s %% right)",
                     base);
}

static void write_figures(const tsl_descriptor *d, int lang, tsl__text *text)
{
    char skill[32], error[32], right[32], base[32];
    tsl__shown_write(d->skill, 3, skill);
    tsl__shown_write(d->skill_error, 3, error);
    tsl__shown_write(100 * d->accuracy, 0, right);
    tsl__shown_write(100 * d->base, 0, base);
    tsl__text_printf(text,
                     lang ? "（留出客户上的技巧得分 %s，标准误 %s；判对 %s %%，只猜最大客群 %s %%）"
                          : " (on customers left out: skill %s, standard error %s; %s %% told right, %s %% by the "
                            "largest segment alone)",
                     skill, error, right, base);
}

/* How much they say of it. */
static void write_verdict(const tsl_descriptor *d, int others, int lang, tsl__text *text)
{
    static const char *const said[TSL_LANGS][TSL_DESCRIPTOR_VERDICTS] = {
        {"nothing", "a little", "something", "much"}, {"说明不了", "略能说明", "能在一定程度上说明", "很能说明"}};
    if (isnan(d->skill)) {
        tsl__text_printf(text,
                         lang ? "客户太少，无法判断%s人口属性能否说明谁在哪个客群"
                              : "too few customers to tell whether %sdemographics say who is in which segment",
                         others ? (lang ? "其他" : "other ") : "");
    } else if (lang) {
        tsl__text_printf(text, "%s人口属性%s谁在哪个客群", others ? "其他" : "", said[lang][d->verdict]);
    } else if (others && d->verdict == TSL_DESCRIPTOR_NOTHING) {
        tsl__text_puts(text, "no other demographics say who is in which segment");
    } else {
        tsl__text_printf(text, "%sdemographics say %s of who is in which segment", others ? "other " : "",
                         said[lang][d->verdict]);
    }
}

tsl_status tsl__descriptor_get_sentence(const tsl_descriptor *d, int others, int lang, char **out, tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl__text text = {0};
    write_verdict(d, others, lang, &text);
    if (!isnan(d->skill)) {
        TSL__TRY(d->verdict == TSL_DESCRIPTOR_NOTHING ? TSL_OK : write_columns(d, lang, &text, err));
        (d->leaves == 1 && d->skill_error == 0 ? write_no_tree : write_figures)(d, lang, &text);
    }
    TSL__NEED(*out = tsl__text_take(&text));
done:
    tsl__text_free(&text);
    return status;
}
