/* rule_wording.c: what a tree says, in words: each cluster's rule for readers
 * and for programs, and the whole tree as indented text. */
#include "output/wording/rule_wording.h"

#include "base/alloc.h"
#include "base/error.h"
#include "base/text.h"
#include "feature/words/column_words.h"
#include "feature/words/feature_wording.h"
#include "model/tree/tree_bounds.h"
#include "output/wording/level_wording.h"
#include "output/wording/told_rule.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* One language's words, or the signs of a condition. */
typedef struct rule_words {
    const char *at_most, *below, *over, *also;                /* numbers; below: signs only, also: words only */
    const char *exactly;                                      /* counts, words only */
    const char *yes, *no;                                     /* booleans */
    const char *is, *is_not;                                  /* levels of a category */
    const char *known, *unknown;                              /* a cut between known and missing */
    const char *or_unknown, *range_or_unknown, *open, *close; /* range_or_unknown: of a number between two */
    const char *and, *or_leaf;
    const char *all;                                                         /* the rule of a tree without a cut */
    const char *among[2], *other, *others[2], *of_segment;                   /* words only */
    const char *segment, *rows, *agree, *leaves, *depth, *price, *agreement; /* the whole tree */
} rule_words;

#define ENGLISH                                                                                                        \
    .yes = " is yes", .no = " is no", .is = " is ", .is_not = " is not ", .known = " is known",                        \
    .unknown = " is unknown", .or_unknown = " or unknown", .open = "(", .close = ")", .and = " and ",                  \
    .or_leaf = "; or ", .all = "all", .segment = ": segment ", .rows = ", rows ", .agree = ", agreement ",             \
    .leaves = "leaves ", .depth = ", depth ", .price = ", price ", .agreement = ", agreement "

static const rule_words signs = {ENGLISH, .range_or_unknown = " or unknown", .at_most = " <= ", .below = " < ",
                                 .over = " > "};
static const rule_words languages[TSL_LANGS] = {
    {ENGLISH, .range_or_unknown = ", or unknown", .at_most = " at most ", .over = " over ", .also = " and",
     .exactly = " exactly ", .among = {"of those with ", ": "}, .other = "; and 1 other leaf (",
     .others = {"; and ", " other leaves ("}, .of_segment = " of the segment)"},
    {.yes = " 为是",
     .no = " 为否",
     .is = " 为 ",
     .is_not = " 不为 ",
     .known = " 已知",
     .unknown = " 未知",
     .or_unknown = " 或未知",
     .range_or_unknown = "，或未知",
     .open = "（",
     .close = "）",
     .and = " 且 ",
     .or_leaf = "；或 ",
     .all = "全部",
     .among = {"在", " 的客户中："},
     .other = "；另有 1 个小分支（占客群 ",
     .others = {"；另有 ", " 个小分支（占客群 "},
     .of_segment = "）",
     .segment = "：客群 ",
     .rows = "，行数 ",
     .agree = "，一致率 ",
     .leaves = "叶 ",
     .depth = "，深度 ",
     .price = "，代价 ",
     .agreement = "，一致率 ",
     .at_most = " 不超过 ",
     .over = " 超过 ",
     .also = " 且",
     .exactly = " 恰为 "},
};

/* How a tree is spoken of: in words, with what readers call the columns; or in
 * signs, with the columns' own names. */
typedef struct rule_voice {
    const tsl_tree *tree;
    const rule_words *words;
    int lang;            /* of levels; signs are English */
    char **label;        /* of each raw column; NULL: signs */
    const char *or_leaf; /* between a cluster's leaves */
} rule_voice;

/* lang: index of the language; -1: signs. */
static tsl_status open_voice(const tsl_tree *tree, int lang, rule_voice *voice, tsl_error *err)
{
    const char **name = NULL;
    tsl_status status = TSL_OK;
    *voice = (rule_voice){.tree = tree, .lang = lang < 0 ? 0 : lang, .words = lang < 0 ? &signs : &languages[lang]};
    voice->or_leaf = voice->words->or_leaf;
    if (lang >= 0) {
        TSL__NEED(name = tsl__alloc(tree->cols, sizeof *name));
        for (size_t c = 0; c < tree->cols; c++) {
            name[c] = tree->column[c].name;
        }
        TSL__TRY(tsl_feature_get_labels(name, tree->cols, tsl_lang_get_code(lang), &voice->label, err));
    }
done:
    free(name);
    return status;
}

static void close_voice(rule_voice *voice)
{
    tsl_texts_free(voice->label, voice->label ? voice->tree->cols : 0);
}

/* ---- One condition ------------------------------------------------------- */

/* Of a level, and of what is known, the category is told: it is one value. */
static void write_name(const rule_voice *voice, const tsl_tree_bound *bound, tsl__text *text)
{
    const tsl_tree_column *column = &voice->tree->column[bound->column];
    const int of_category = bound->yes >= 0 || (isinf(bound->low) && isinf(bound->high));
    if (column->form != TSL_TREE_LEVEL || !of_category) {
        tsl__text_puts(text, voice->label ? voice->label[bound->column] : column->name);
    } else if (voice->label) {
        tsl__column_words_write(column->category, text);
    } else {
        tsl__text_puts(text, column->category);
    }
}

static void write_yes_or_no(const rule_voice *voice, const tsl_tree_bound *bound, tsl__text *text)
{
    const tsl_tree_column *column = &voice->tree->column[bound->column];
    const rule_words *words = voice->words;
    write_name(voice, bound, text);
    if (column->form == TSL_TREE_LEVEL) {
        tsl__text_puts(text, bound->yes ? words->is : words->is_not);
        tsl__level_write(column->level, voice->lang, 0, text);
    } else {
        tsl__text_puts(text, bound->yes ? words->yes : words->no);
    }
}

int tsl__bound_is_one_count(const tsl_tree_bound *bound, const char *column)
{
    const char *value;
    const tsl__catalogue_entry *entry = tsl__wording_get(column, &value);
    return entry && entry->aggregate == TSL__COUNT && bound->low == floor(bound->low) && bound->high == bound->low + 1;
}

/* Either "10 < name <= 45" or, in words, "name over 10 and at most 45", of what is counted "name exactly 1". */
static void write_number(const rule_voice *voice, const tsl_tree_bound *bound, tsl__text *text)
{
    const rule_words *words = voice->words;
    const int plain = voice->label != NULL;
    const int low = !isinf(bound->low), high = !isinf(bound->high);
    if (low && high && plain && tsl__bound_is_one_count(bound, voice->tree->column[bound->column].name)) {
        write_name(voice, bound, text);
        tsl__text_puts(text, words->exactly);
        tsl__text_double(text, bound->high);
        return;
    }
    if (low && high && !plain) {
        tsl__text_double(text, bound->low);
        tsl__text_puts(text, words->below);
    }
    write_name(voice, bound, text);
    if (low && (plain || !high)) {
        tsl__text_puts(text, words->over);
        tsl__text_double(text, bound->low);
        tsl__text_puts(text, high ? words->also : "");
    }
    if (high) {
        tsl__text_puts(text, words->at_most);
        tsl__text_double(text, bound->high);
    }
    if (!low && !high) {
        tsl__text_puts(text, bound->low > 0 ? words->unknown : words->known);
    }
}

/* guard: 1: in brackets where "or" stands in it. */
static void write_bound(const rule_voice *voice, const tsl_tree_bound *bound, int guard, tsl__text *text)
{
    const rule_words *words = voice->words;
    const int unknown = bound->missing_seen && bound->missing && !tsl__bound_is_unknown(bound);
    const int ranges = bound->yes < 0 && isfinite(bound->low) && isfinite(bound->high);
    tsl__text_puts(text, unknown && guard ? words->open : "");
    if (bound->yes >= 0) {
        write_yes_or_no(voice, bound, text);
    } else {
        write_number(voice, bound, text);
    }
    tsl__text_puts(text, !unknown ? "" : ranges ? words->range_or_unknown : words->or_unknown);
    tsl__text_puts(text, unknown && guard ? words->close : "");
}

/* ---- Rules --------------------------------------------------------------- */

/* A cluster's leaves are joined by "or". */
static void write_paths(const rule_voice *voice, const tsl_tree_path *path, size_t count, const char *all,
                        tsl__text *text)
{
    for (size_t p = 0; p < count; p++) {
        tsl__text_puts(text, p ? voice->or_leaf : "");
        tsl__text_puts(text, path[p].count ? "" : all);
        for (size_t b = 0; b < path[p].count; b++) {
            tsl__text_puts(text, b ? voice->words->and : "");
            write_bound(voice, &path[p].bound[b], path[p].count > 1, text);
        }
    }
}

/* For programs: all of it. */
static tsl_status write_condition(const rule_voice *voice, int cluster, char **out, tsl_error *err)
{
    tsl_tree_path *path = NULL;
    size_t count = 0;
    tsl__text text = {0};
    tsl_status status = TSL_OK;
    TSL__TRY(tsl_tree_get_paths(voice->tree, cluster, &path, &count, err));
    write_paths(voice, path, count, voice->words->all, &text);
    TSL__NEED(*out = tsl__text_take(&text));
done:
    tsl_tree_paths_free(path, count);
    return status;
}

/* Rounded to so many places, 1 or 4. */
static void write_rounded(tsl__text *text, double value, int places)
{
    const double scale = places == 1 ? 10 : 10000;
    char out[32];
    if (fabs(value) < 1e12) {
        tsl__text_decimal(text, llround(value * scale) * (int64_t)(10000 / scale), places);
    } else if (!isnan(value)) {
        tsl__shown_write(value, places, out);
        tsl__text_puts(text, out);
    }
}

static void write_share(tsl__text *text, double share)
{
    write_rounded(text, share * 100, 1);
    tsl__text_puts(text, " %");
}

/* What is summed up, with its share of the segment. */
static void write_others(const rule_words *words, const tsl__told_rule *told, tsl__text *text)
{
    if (told->others) {
        if (told->others == 1) {
            tsl__text_puts(text, words->other);
        } else {
            tsl__text_printf(text, "%s%zu%s", words->others[0], told->others, words->others[1]);
        }
        write_share(text, told->others_share);
        tsl__text_puts(text, words->of_segment);
    }
}

/* The ways, behind what they have in common. */
static void write_beside(const rule_voice *voice, const tsl__told_rule *told, tsl__text *text)
{
    const rule_words *words = voice->words;
    if (told->beside.count && told->count == 1 && told->path[0].count == 0) {
        write_paths(voice, &told->beside, 1, words->all, text);
        return;
    }
    if (told->beside.count && told->count) {
        tsl__text_puts(text, words->among[0]);
        write_paths(voice, &told->beside, 1, words->all, text);
        tsl__text_puts(text, words->among[1]);
    }
    write_paths(voice, told->path, told->count, words->all, text);
}

/* For readers. */
static tsl_status write_rule(const rule_voice *voice, const tsl_model *model, int cluster, char **out, tsl_error *err)
{
    const rule_words *words = voice->words;
    tsl__told_rule told = {0};
    tsl__text text = {0};
    tsl_status status = TSL_OK;
    TSL__TRY(tsl__told_rule_get(model, cluster, &told, err));
    write_beside(voice, &told, &text);
    write_others(words, &told, &text);
    TSL__NEED(*out = tsl__text_take(&text));
done:
    tsl__told_rule_free(&told);
    return status;
}

/* Every cluster's rule by one voice. */
static tsl_status write_rules(const tsl_model *model, int lang, tsl_rule *rule, tsl_error *err)
{
    rule_voice voice;
    tsl_status status = TSL_OK;
    TSL__TRY(open_voice(model->tree, lang, &voice, err));
    for (int c = 0; c < model->tree->k; c++) {
        TSL__TRY(lang < 0 ? write_condition(&voice, c, &rule[c].condition, err)
                          : write_rule(&voice, model, c, &rule[c].words[lang], err));
    }
done:
    close_voice(&voice);
    return status;
}

tsl_status tsl_rules_build(const tsl_model *model, tsl_rule **out, tsl_error *err)
{
    const size_t k = (size_t)tsl_model_get_groups(model);
    tsl_rule *rule = NULL;
    tsl_status status = TSL_OK;
    *out = NULL;
    tsl__error_reset(err);
    TSL__NEED(rule = tsl__alloc_zero(k, sizeof *rule));
    for (int lang = -1; model->tree && lang < TSL_LANGS; lang++) {
        TSL__TRY(write_rules(model, lang, rule, err));
    }
    *out = rule;
    rule = NULL;
done:
    tsl_rules_free(rule, k);
    return status;
}

void tsl_rules_free(tsl_rule *rule, size_t count)
{
    for (size_t c = 0; rule && c < count; c++) {
        for (int lang = 0; lang < TSL_LANGS; lang++) {
            free(rule[c].words[lang]);
        }
        free(rule[c].condition);
    }
    free(rule);
}

/* ---- The whole tree ------------------------------------------------------ */

static void write_leaf(const tsl_tree_node *node, const rule_words *words, const tsl_policy *policy, tsl__text *text)
{
    tsl__text_puts(text, words->segment);
    tsl__text_printf(text, "%d%s%" PRIu64, tsl_policy_get_number(policy, (size_t)node->cluster), words->rows,
                     node->rows);
    if (node->rows) {
        tsl__text_puts(text, words->agree);
        write_share(text, (double)node->hits / (double)node->rows);
    }
}

/* The line of a node: the side of its parent's cut that it is, and what a leaf holds. */
static void write_node(const rule_voice *voice, const tsl_policy *policy, int32_t at, int level, tsl__text *text)
{
    const tsl_tree_node *node = &voice->tree->node[at];
    for (int i = 1; i < level; i++) {
        tsl__text_puts(text, "    ");
    }
    if (node->parent >= 0) {
        tsl_tree_bound bound;
        tsl_tree_get_bound(voice->tree, at, &bound);
        write_bound(voice, &bound, 0, text);
    } else if (node->column < 0) {
        tsl__text_puts(text, voice->words->all);
    }
    if (node->column < 0) {
        write_leaf(node, voice->words, policy, text);
    }
    tsl__text_puts(text, node->parent >= 0 || node->column < 0 ? "\n" : "");
}

static void write_totals(const rule_voice *voice, tsl__text *text)
{
    const tsl_tree *tree = voice->tree;
    const rule_words *words = voice->words;
    tsl__text_printf(text, "\n%s%d%s%d%s", words->leaves, tree->leaves, words->depth, tree->depth, words->price);
    write_rounded(text, tree->cost_ratio, 4);
    tsl__text_puts(text, words->agreement);
    write_share(text, tree->agreement);
    tsl__text_puts(text, "\n");
}

tsl_status tsl__rules_get_tree(const tsl_tree *tree, const tsl_policy *policy, const char *lang, char **out,
                               tsl_error *err)
{
    rule_voice voice = {0};
    tsl__text text = {0};
    int32_t *order = NULL;
    int *level = NULL, index;
    tsl_status status = TSL_OK;
    *out = NULL;
    TSL__TRY(tsl_lang_read(lang, &index, err));
    TSL__TRY(open_voice(tree, index, &voice, err));
    TSL__NEED(order = tsl__alloc(tree->node_count, sizeof *order));
    TSL__NEED(level = tsl__alloc(tree->node_count, sizeof *level));
    tsl__tree_order(tree, order);
    for (size_t i = 0; i < tree->node_count; i++) {
        const int32_t at = order[i], parent = tree->node[at].parent;
        level[at] = parent < 0 ? 0 : level[parent] + 1;
        write_node(&voice, policy, at, level[at], &text);
    }
    write_totals(&voice, &text);
    TSL__NEED(*out = tsl__text_take(&text));
done:
    close_voice(&voice);
    free(order);
    free(level);
    return status;
}

tsl_status tsl_rules_get_tree(const tsl_tree *tree, const char *lang, char **out, tsl_error *err)
{
    tsl__error_reset(err);
    return tsl__rules_get_tree(tree, NULL, lang, out, err);
}

/* ---- The leaves by themselves ------------------------------------------------ */

tsl_status tsl__rules_get_told(const tsl_model *model, const char *lang, const char *joint, char ***out, tsl_error *err)
{
    rule_voice voice = {0};
    char **told = NULL;
    int index;
    tsl_status status = TSL_OK;
    *out = NULL;
    TSL__TRY(tsl_lang_read(lang, &index, err));
    TSL__TRY(open_voice(model->tree, index, &voice, err));
    voice.or_leaf = joint;
    TSL__NEED(told = tsl__alloc_zero((size_t)model->tree->k, sizeof *told));
    for (int c = 0; c < model->tree->k; c++) {
        TSL__TRY(write_rule(&voice, model, c, &told[c], err));
    }
    *out = told;
    told = NULL;
done:
    close_voice(&voice);
    tsl_texts_free(told, told ? (size_t)model->tree->k : 0);
    return status;
}

/* ---- The cuts by themselves -------------------------------------------------- */

tsl_status tsl__rules_get_steps(const tsl_tree *tree, const char *lang, char ***out, tsl_error *err)
{
    rule_voice voice = {0};
    char **step = NULL;
    int index;
    tsl_status status = TSL_OK;
    *out = NULL;
    TSL__TRY(tsl_lang_read(lang, &index, err));
    TSL__TRY(open_voice(tree, index, &voice, err));
    TSL__NEED(step = tsl__alloc_zero(tree->node_count, sizeof *step));
    for (size_t i = 0; i < tree->node_count; i++) {
        tsl__text text = {0};
        tsl_tree_bound bound;
        if (tree->node[i].parent >= 0) {
            tsl_tree_get_bound(tree, (int32_t)i, &bound);
            write_bound(&voice, &bound, 0, &text);
        } else {
            tsl__text_puts(&text, voice.words->all);
        }
        TSL__NEED(step[i] = tsl__text_take(&text));
    }
    *out = step;
    step = NULL;
done:
    close_voice(&voice);
    tsl_texts_free(step, step ? tree->node_count : 0);
    return status;
}

tsl_status tsl__rules_get_bound(const tsl_tree *tree, const tsl_tree_bound *bound, const char *lang, char **out,
                                tsl_error *err)
{
    rule_voice voice = {0};
    tsl__text text = {0};
    int index;
    tsl_status status = TSL_OK;
    *out = NULL;
    TSL__TRY(tsl_lang_read(lang, &index, err));
    TSL__TRY(open_voice(tree, index, &voice, err));
    write_bound(&voice, bound, 0, &text);
    TSL__NEED(*out = tsl__text_take(&text));
done:
    close_voice(&voice);
    return status;
}
