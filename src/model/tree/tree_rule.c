/* tree_rule.c: a cluster's rule in words. The cuts on the way to a leaf are
 * merged by column; a cluster's leaves are joined by "or". */
#include "model/tree/tree_rule.h"

#include "base/alloc.h"
#include "base/error.h"
#include "model/tree/tree.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define ENGLISH                                                                                                        \
    .lang = "en", .yes = " is yes", .no = " is no", .is = " is ", .is_not = " is not ", .known = " is known",          \
    .unknown = " is unknown", .or_unknown = " or unknown", .open = "(", .close = ")", .and = " and ",                  \
    .or_leaf = "; or ", .all = "all", .segment = ": segment ", .rows = ", rows ", .agree = ", agreement ",             \
    .leaves = "leaves ", .depth = ", depth ", .price = ", price ", .agreement = ", agreement "
#define CHINESE                                                                                                        \
    .lang = "zh", .yes = " 为是", .no = " 为否", .is = " 为 ", .is_not = " 不为 ", .known = " 已知",                   \
    .unknown = " 未知", .or_unknown = " 或未知", .open = "（", .close = "）", .and = " 且 ", .or_leaf = "；或 ",       \
    .all = "全部", .segment = "：客群 ", .rows = "，行数 ", .agree = "，一致率 ", .leaves = "叶 ", .depth = "，深度 ", \
    .price = "，代价 ", .agreement = "，一致率 "

static const tsl__tree_words languages[] = {
    {ENGLISH, .at_most = " <= ", .below = " < ", .over = " > "},
    {CHINESE, .at_most = " ≤ ", .below = " < ", .over = " > "},
    {ENGLISH, .plain = 1, .at_most = " at most ", .over = " over ", .also = " and"},
    {CHINESE, .plain = 1, .at_most = " 不超过 ", .over = " 超过 ", .also = " 且"},
};

tsl_status tsl__tree_voice_open(const tsl_tree *tree, char *const *label, const char *lang, tsl__tree_voice *voice,
                                tsl_error *err)
{
    int index;
    tsl_status status = tsl_lang_read(lang, &index, err);
    for (size_t i = 0; status == TSL_OK && i < sizeof languages / sizeof languages[0]; i++) {
        if (languages[i].plain == (label != NULL) && strcmp(languages[i].lang, lang) == 0) {
            *voice = (tsl__tree_voice){&languages[i], label ? label : tree->name};
        }
    }
    return status;
}

/* ---- One condition ------------------------------------------------------- */

tsl__tree_bound tsl__tree_bound_open(int32_t column)
{
    return (tsl__tree_bound){column, -INFINITY, INFINITY, 0, 1};
}

void tsl__tree_bound_step(tsl__tree_bound *bound, const tsl_tree *tree, const tsl_tree_node *node, int left)
{
    if (left) {
        bound->high = node->threshold < bound->high ? node->threshold : bound->high;
    } else {
        bound->low = node->threshold > bound->low ? node->threshold : bound->low;
    }
    bound->seen |= node->missing_left >= 0;
    bound->missing &= tsl__tree_goes_left(tree, node, NAN) == left;
}

/* A boolean's side: 1 yes, 0 no, -1 where the bound is not that of a boolean. */
static int side_get(const tsl__tree_bound *bound, tsl_tree_form form)
{
    if (form == TSL_TREE_NUMBER) {
        return -1;
    }
    int from_one = bound->low >= 0 && bound->low < 1 && isinf(bound->high);
    int to_zero = bound->high >= 0 && bound->high < 1 && isinf(bound->low);
    return from_one ? 1 : to_zero ? 0 : -1;
}

static void write_side(const char *name, tsl_tree_form form, int yes, const tsl__tree_words *words, tsl__text *text)
{
    const char *value = form == TSL_TREE_VALUE ? strchr(name, '=') : NULL;
    if (value) {
        tsl__text_append(text, name, (size_t)(value - name));
        tsl__text_puts(text, yes ? words->is : words->is_not);
        tsl__text_puts(text, value + 1);
    } else {
        tsl__text_puts(text, name);
        tsl__text_puts(text, yes ? words->yes : words->no);
    }
}

/* Either "10 < name <= 45" or, in plain words, "name over 10 and at most 45". */
static void write_number(const char *name, const tsl__tree_bound *bound, const tsl__tree_words *words, tsl__text *text)
{
    int low = !isinf(bound->low), high = !isinf(bound->high);
    if (low && high && !words->plain) {
        tsl__text_double(text, bound->low);
        tsl__text_puts(text, words->below);
    }
    tsl__text_puts(text, name);
    if (low && (words->plain || !high)) {
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

void tsl__tree_bound_write(const tsl__tree_bound *bound, const tsl_tree *tree, const tsl__tree_voice *voice, int guard,
                           tsl__text *text)
{
    const tsl__tree_words *words = voice->words;
    const char *name = voice->name[bound->column];
    tsl_tree_form form = tree->form[bound->column];
    int only_unknown = isinf(bound->low) && bound->low > 0;
    int unknown = bound->seen && bound->missing && !only_unknown;
    int side = side_get(bound, form);
    tsl__text_puts(text, unknown && guard ? words->open : "");
    if (side >= 0) {
        write_side(name, form, side, words, text);
    } else {
        write_number(name, bound, words, text);
    }
    tsl__text_puts(text, unknown ? words->or_unknown : "");
    tsl__text_puts(text, unknown && guard ? words->close : "");
}

/* ---- Rules --------------------------------------------------------------- */

void tsl__tree_order(const tsl_tree *tree, int32_t *order)
{
    /* What waits stands at the end: no more than what is still to come. */
    size_t done = 0, waiting = tree->node_count;
    order[--waiting] = 0;
    while (waiting < tree->node_count) {
        int32_t at = order[waiting++];
        order[done++] = at;
        if (tree->node[at].column >= 0) {
            order[--waiting] = tree->node[at].right;
            order[--waiting] = tree->node[at].left;
        }
    }
}

/* The bounds of the path to a leaf, columns by first use; their count. */
static int path_bounds(const tsl_tree *tree, int32_t leaf, int32_t *path, tsl__tree_bound *bound)
{
    int steps = 0, count = 0;
    for (int32_t at = leaf; at >= 0; at = tree->node[at].parent) {
        path[steps++] = at;
    }
    while (steps > 1) {
        const tsl_tree_node *node = &tree->node[path[--steps]];
        int b = 0;
        while (b < count && bound[b].column != node->column) {
            b++;
        }
        if (b == count) {
            bound[count++] = tsl__tree_bound_open(node->column);
        }
        tsl__tree_bound_step(&bound[b], tree, node, node->left == path[steps - 1]);
    }
    return count;
}

static void write_rule(const tsl_tree *tree, int cluster, const tsl__tree_voice *voice, int32_t *order, int32_t *path,
                       tsl__tree_bound *bound, tsl__text *text)
{
    const tsl__tree_words *words = voice->words;
    tsl__tree_order(tree, order);
    for (size_t i = 0; i < tree->node_count; i++) {
        if (tree->node[order[i]].cluster != cluster) {
            continue;
        }
        tsl__text_puts(text, text->length ? words->or_leaf : "");
        int count = path_bounds(tree, order[i], path, bound);
        tsl__text_puts(text, count ? "" : words->all);
        for (int b = 0; b < count; b++) {
            tsl__text_puts(text, b ? words->and : "");
            tsl__tree_bound_write(&bound[b], tree, voice, count > 1, text);
        }
    }
}

tsl_status tsl_tree_get_rule(const tsl_tree *tree, int cluster, char *const *label, const char *lang, char **out,
                             tsl_error *err)
{
    *out = NULL;
    tsl__tree_voice voice;
    tsl_status status = tsl__tree_voice_open(tree, label, lang, &voice, err);
    if (status != TSL_OK) {
        return status;
    }
    if (cluster < 0 || cluster >= tree->k) {
        return tsl__error_set(err, TSL_E_OPTION, "cluster %d is outside 0 to %d", cluster, tree->k - 1);
    }
    tsl__text text = {0};
    size_t most = (size_t)tree->depth + 1;
    int32_t *order = tsl__alloc(tree->node_count, sizeof *order), *path = tsl__alloc(most, sizeof *path);
    tsl__tree_bound *bound = tsl__alloc(most, sizeof *bound);
    if (order && path && bound) {
        write_rule(tree, cluster, &voice, order, path, bound, &text);
        *out = tsl__text_take(&text);
    }
    free(order);
    free(path);
    free(bound);
    return *out ? TSL_OK : tsl__error_nomem(err);
}
