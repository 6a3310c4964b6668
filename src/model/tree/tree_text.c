/* tree_text.c: the whole tree as indented text: each cut's two sides, and at a
 * leaf the segment (cluster + 1), the rows, and how many of them are its. */
#include "model/tree/tree_rule.h"

#include "base/alloc.h"
#include "base/error.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>

/* Rounded to so many places, whatever the locale. */
static void write_rounded(tsl__text *text, double value, int places)
{
    double scale = places == 1 ? 10 : 10000;
    if (fabs(value) < 1e12) {
        tsl__text_decimal(text, llround(value * scale) * (int64_t)(10000 / scale), places);
    } else {
        tsl__text_double(text, value);
    }
}

static void write_share(tsl__text *text, double share)
{
    write_rounded(text, share * 100, 1);
    tsl__text_puts(text, " %");
}

static void write_leaf(const tsl_tree_node *node, const tsl__tree_words *words, tsl__text *text)
{
    tsl__text_puts(text, words->segment);
    tsl__text_printf(text, "%d%s%" PRIu64 "%s", node->cluster + 1, words->rows, node->rows, words->agree);
    write_share(text, node->rows ? (double)node->hits / (double)node->rows : NAN);
}

/* The line of a node: the side of its parent's cut that it is, and what a leaf holds. */
static void write_node(const tsl_tree *tree, int32_t at, int level, const tsl__tree_voice *voice, tsl__text *text)
{
    const tsl__tree_words *words = voice->words;
    const tsl_tree_node *node = &tree->node[at];
    for (int i = 1; i < level; i++) {
        tsl__text_puts(text, "    ");
    }
    if (node->parent >= 0) {
        const tsl_tree_node *parent = &tree->node[node->parent];
        tsl__tree_bound bound = tsl__tree_bound_open(parent->column);
        tsl__tree_bound_step(&bound, tree, parent, parent->left == at);
        tsl__tree_bound_write(&bound, tree, voice, 0, text);
    } else if (node->column < 0) {
        tsl__text_puts(text, words->all);
    }
    if (node->column < 0) {
        write_leaf(node, words, text);
    }
    tsl__text_puts(text, node->parent >= 0 || node->column < 0 ? "\n" : "");
}

static void write_totals(const tsl_tree *tree, const tsl__tree_words *words, tsl__text *text)
{
    tsl__text_printf(text, "\n%s%d%s%d%s", words->leaves, tree->leaves, words->depth, tree->depth, words->price);
    write_rounded(text, tree->cost_ratio, 4);
    tsl__text_puts(text, words->agreement);
    write_share(text, tree->agreement);
    tsl__text_puts(text, "\n");
}

tsl_status tsl_tree_get_text(const tsl_tree *tree, char *const *label, const char *lang, char **out, tsl_error *err)
{
    *out = NULL;
    tsl__tree_voice voice;
    tsl_status status = tsl__tree_voice_open(tree, label, lang, &voice, err);
    if (status != TSL_OK) {
        return status;
    }
    tsl__text text = {0};
    int32_t *order = tsl__alloc(tree->node_count, sizeof *order);
    int *level = tsl__alloc(tree->node_count, sizeof *level);
    if (order && level) {
        tsl__tree_order(tree, order);
        for (size_t i = 0; i < tree->node_count; i++) {
            int32_t at = order[i], parent = tree->node[at].parent;
            level[at] = parent < 0 ? 0 : level[parent] + 1;
            write_node(tree, at, level[at], &voice, &text);
        }
        write_totals(tree, voice.words, &text);
        *out = tsl__text_take(&text);
    }
    free(order);
    free(level);
    return *out ? TSL_OK : tsl__error_nomem(err);
}
