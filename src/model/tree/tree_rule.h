/* tree_rule.h: the wording of cuts and rules, shared with the tree's text. */
#ifndef TSL_MODEL_TREE_TREE_RULE_H
#define TSL_MODEL_TREE_TREE_RULE_H

#include <tesela/model.h>

#include "base/text.h"

/* One language's words: with signs, or plain. */
typedef struct tsl__tree_words {
    const char *lang;
    int plain;
    const char *at_most, *below, *over, *also; /* numbers; below: signs only, also: plain only */
    const char *yes, *no;                      /* booleans */
    const char *is, *is_not;                   /* values of a category */
    const char *known, *unknown;               /* a cut between known and missing */
    const char *or_unknown, *open, *close;
    const char *and, *or_leaf;
    const char *all;                                                         /* the rule of a tree without a cut */
    const char *segment, *rows, *agree, *leaves, *depth, *price, *agreement; /* the tree's text */
} tsl__tree_words;

/* How a tree is spoken of: plain words and readers' labels, or signs and the columns' names. */
typedef struct tsl__tree_voice {
    const tsl__tree_words *words;
    char *const *name; /* of each raw column */
} tsl__tree_voice;
/* label as in tsl_tree_get_rule. TSL_E_OPTION for a language it does not speak. */
tsl_status tsl__tree_voice_open(const tsl_tree *tree, char *const *label, const char *lang, tsl__tree_voice *voice,
                                tsl_error *err);

/* What a path asks of one column: low < x <= high, or missing where `unknown`. */
typedef struct tsl__tree_bound {
    int32_t column;
    double low, high;
    int seen;    /* missing rows came to one of the cuts */
    int missing; /* missing goes along the path at each of the cuts */
} tsl__tree_bound;

tsl__tree_bound tsl__tree_bound_open(int32_t column);
/* Narrows the bound by one step from node to its left or right child. */
void tsl__tree_bound_step(tsl__tree_bound *bound, const tsl_tree *tree, const tsl_tree_node *node, int left);
/* guard: 1: in brackets where "or" stands in it. */
void tsl__tree_bound_write(const tsl__tree_bound *bound, const tsl_tree *tree, const tsl__tree_voice *voice, int guard,
                           tsl__text *text);
/* All nodes, each before its children, left before right: node_count indices. */
void tsl__tree_order(const tsl_tree *tree, int32_t *order);

#endif
