/* export.h: what the formats of a tree share.
 *
 * All say the same: a row ends at the leaf all of whose bounds it passes, and it passes those of
 * just one (tsl_tree_get_paths). */
#ifndef TSL_OUTPUT_EXPORT_EXPORT_H
#define TSL_OUTPUT_EXPORT_EXPORT_H

#include <tesela/output.h>

#include "base/text.h"

/* A column of the table that a tree is asked with: a column of the tree, or a category whose levels
 * are columns of it. */
typedef struct tsl__export_field {
    const char *name;
    size_t column; /* of the tree: the first that it stands for */
} tsl__export_field;

/* What is written, with all that the formats look up. */
typedef struct tsl__export {
    const tsl_model *model;
    const tsl_tree *tree;
    const tsl_recipe *recipe; /* or NULL */
    const tsl_policy *policy; /* or NULL */
    tsl_rules_options opt;
    int lang;            /* index of opt.lang */
    tsl_tree_path *path; /* path_count: to each leaf, left before right */
    size_t path_count;
    const tsl_feature **feature; /* of each column of the tree, or NULL */
    tsl__export_field *field;    /* field_count: those that are cut */
    size_t field_count;
    size_t *field_of; /* of each column of the tree: its field; field_count where it is not cut */
} tsl__export;

TSL_FALLIBLE tsl_status tsl__export_open(const tsl_segmentation *segmentation, const tsl_rules_options *opt,
                                         tsl__export *out, tsl_error *err);
void tsl__export_free(tsl__export *of);

/* Which values of a yes-or-no column, a boolean or a level, pass a bound. */
typedef struct tsl__export_pass {
    int no, yes, missing;
} tsl__export_pass;
tsl__export_pass tsl__export_get_pass(const tsl_tree_bound *bound);
/* 1 where no known value of a number is kept back; 1 where some passes. */
int tsl__export_is_open(const tsl_tree_bound *bound);
int tsl__export_is_possible(const tsl_tree_bound *bound);

/* Whether a level's column stands for all known values but the levels listed (1) or for the one (0). Levels are asked
 * for from *at = 0 on, until NULL comes. */
int tsl__export_is_rest(const tsl__export *of, size_t column);
const char *tsl__export_next_level(const tsl__export *of, size_t column, size_t *at);

/* Appends a segment's name in the language, or its number; segment from 0. */
void tsl__export_put_name(const tsl__export *of, int segment, int lang, tsl__text *out);
const char *tsl__export_get_code(const tsl__export *of, int segment); /* "" where it has none */
/* "1,234"; "12.3 %", never 100 % of what is not all; "8.75". NaN: "–". */
void tsl__export_put_count(uint64_t count, tsl__text *out);
void tsl__export_put_share(double share, tsl__text *out);
void tsl__export_put_lift(double lift, tsl__text *out);
/* Text as it may stand in XML, also within "..."; what XML cannot hold becomes U+FFFD. */
void tsl__export_put_xml(const char *text, tsl__text *out);

/* A leaf's share of its rows that are of its segment; NaN without rows. */
double tsl__export_get_precision(const tsl__export *of, int32_t node);
/* How much likelier one of them is of the segment than any row; NaN. */
double tsl__export_get_lift(const tsl__export *of, int32_t node);

/* The formats. */
TSL_FALLIBLE tsl_status tsl__export_text(const tsl__export *of, tsl__text *out, tsl_error *err);
TSL_FALLIBLE tsl_status tsl__export_sql(const tsl__export *of, tsl__text *out, tsl_error *err);
TSL_FALLIBLE tsl_status tsl__export_json(const tsl__export *of, tsl__text *out, tsl_error *err);
TSL_FALLIBLE tsl_status tsl__export_pmml(const tsl__export *of, tsl__text *out, tsl_error *err);
TSL_FALLIBLE tsl_status tsl__export_svg(const tsl__export *of, tsl__text *out, tsl_error *err);

#endif
