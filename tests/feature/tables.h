/* tables.h: tables for tests, read from CSV text through the table room. */
#ifndef TEST_FEATURE_TABLES_H
#define TEST_FEATURE_TABLES_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <tesela/feature.h>

/* Owned; columns of customers as the rules declare them. */
static inline tsl_table *table_declared(tsl_table_kind kind, const char *csv, const tsl_column_rule *rules,
                                        size_t rule_count)
{
    const tsl_source source = {.bytes = csv, .count = strlen(csv)};
    tsl_table_options opt;
    TSL_DEFAULTS(table, &opt);
    opt.rules = rules;
    opt.rule_count = rule_count;
    tsl_table *table = NULL;
    tsl_error err = {0};
    tsl_status status = tsl_table_read(kind, &source, 1, NULL, NULL, &opt, NULL, &table, &err);
    if (status != TSL_OK) {
        fail_msg("%s", err.message);
    }
    return table;
}

static inline tsl_table *table_of_text(tsl_table_kind kind, const char *csv)
{
    return table_declared(kind, csv, NULL, 0);
}

/* Features of the tables, any of them NULL, by a recipe that is given, or fitted. Owned. */
static inline tsl_features *features_of(const tsl_table *customers, const tsl_table *transactions,
                                        const tsl_table *interactions, const tsl_recipe *recipe,
                                        const tsl_feature_options *opt)
{
    const tsl_tables tables = {customers, transactions, interactions, TSL_NO_DAY, 0};
    tsl_features *features = NULL;
    tsl_error err;
    if (tsl_features_build(&tables, recipe, opt, NULL, &features, &err) != TSL_OK) {
        fail_msg("%s", err.message);
    }
    return features;
}

static inline double feature_of(const tsl_features *f, const char *id, const char *name)
{
    size_t column = tsl_features_get_index(f, name);
    if (column == f->feature_count) {
        fail_msg("no feature %s", name);
    }
    for (size_t i = 0; i < f->customers; i++) {
        if (strcmp(f->id[i], id) == 0) {
            return f->x[i * f->feature_count + column];
        }
    }
    fail_msg("no customer %s", id);
    return NAN;
}

static inline void check_near(double seen, double want, const char *what)
{
    if (!(fabs(seen - want) <= 1e-12 * (1 + fabs(want))) && !(isnan(seen) && isnan(want))) {
        fail_msg("%s is %.17g, not %.17g", what, seen, want);
    }
}

#define assert_near(a, b) check_near(a, b, #a)
#define assert_feature(f, id, name, expected) check_near(feature_of(f, id, name), expected, name " of " id)

#endif
