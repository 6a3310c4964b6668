/*
 * rules.h: rule sets: from the texts of their classes to each customer's class.
 *
 * given_rules.c looks at the texts before there is a customer and puts them into the policy; rule_names.c says what a
 * condition may name, and gets a customer's values; rule_programs.c makes programs of the conditions; rules_fill.c runs
 * them over the customers; rule_reach.c tells classes that nobody can be in.
 */
#ifndef TSL_LABEL_RULES_RULES_H
#define TSL_LABEL_RULES_RULES_H

#include "expr/conjunction.h"
#include "expr/expr.h"
#include "label/internal.h"

/* ---- Names -------------------------------------------------------------------------- */

/* Where the value of a name comes from. */
typedef enum tsl__name_kind {
    TSL__NAME_LACKING, /* a feature of the catalogue that these tables do not give: unknown of everybody */
    TSL__NAME_NUMBER,  /* a feature, by its index */
    TSL__NAME_FLAG,    /* likewise, of 0 and 1 */
    TSL__NAME_DAYS,    /* likewise, the days from a date to the as-of day: that date */
    TSL__NAME_CATEGORY,
    TSL__NAME_SEGMENT,
    TSL__NAME_TIER,
    TSL__NAME_STAGE,
    TSL__NAME_RFM,
    TSL__NAME_VALUE,
    TSL__NAME_SCORE,
    TSL__NAME_AS_OF
} tsl__name_kind;

#define TSL__NO_NUMBER SIZE_MAX
typedef struct tsl__name {
    tsl__name_kind kind;
    size_t index;
    size_t rank; /* of a category whose values have an order: the feature of its ranks; else TSL__NO_NUMBER */
} tsl__name;

typedef struct tsl__rule_names {
    const tsl_labels *labels;
    const char **text; /* count; views */
    tsl__expr_type *known;
    tsl__name *of;
    size_t count, capacity;
} tsl__rule_names;

/* The segments, tiers and stages of the labels are known. */
TSL_FALLIBLE tsl_status tsl__rule_names_open(const tsl_labels *labels, tsl__rule_names *out, tsl_error *err);
void tsl__rule_names_free(tsl__rule_names *names);
/* 1: it can be read as that. */
int tsl__name_is_read_as(const tsl__name *name, tsl__expr_type type);
/* The value of a customer, as a type that it can be read as; buffer: where a text may be put. */
#define TSL__VALUE_BYTES 32
tsl__expr_value tsl__name_get_value(const tsl_labels *labels, const tsl__name *name, tsl__expr_type type,
                                    size_t customer, char buffer[TSL__VALUE_BYTES]);

/* ---- Programs ------------------------------------------------------------------------ */

/* One operand of a condition's outermost `and`. */
typedef struct tsl__rule_program {
    tsl__expr *expr;
    const char *text; /* a view */
    tsl__name *operand;
    const tsl__expr_type *type; /* the expression's */
    size_t operands;
} tsl__rule_program;

typedef struct tsl__class_program {
    const tsl_rule_class *of;
    tsl__operand_texts texts;
    tsl__rule_program *condition;
    size_t count;
} tsl__class_program;

#define TSL__OPERANDS_MAX 64 /* of one operand of `and` */

/* TSL_E_INPUT with the place of what is wrong. */
TSL_FALLIBLE tsl_status tsl__class_program_open(const tsl_rule_class *of, const tsl__rule_names *names,
                                                tsl__class_program *out, tsl_error *err);
void tsl__class_program_free(tsl__class_program *program);
/* Of a customer: 1 holds, 0 fails, -1 is not known. */
int tsl__rule_program_get(const tsl__rule_program *program, const tsl_labels *labels, size_t customer);

/* rule_reach.c: 1 where the conditions on some column exclude each other. */
int tsl__class_program_contradicts(const tsl__class_program *program);

/* ---- The step -------------------------------------------------------------------------- */

/* What can be told before there are customers. */
TSL_FALLIBLE tsl_status tsl__given_rules_check(const tsl_label_options *opt, tsl_error *err);
TSL_FALLIBLE tsl_status tsl__given_rules_take(const tsl_label_options *opt, tsl_policy *policy, tsl_error *err);
/* Each customer's class in each set. */
TSL_FALLIBLE tsl_status tsl__rules_fill(const tsl__labeling *job, tsl_error *err);
void tsl__rule_sets_free(tsl_labels *labels);

#endif
