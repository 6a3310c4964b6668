/* crowds.h: customers in a few crowds, their model and their labels, for the tests of this room. */
#ifndef TEST_LABEL_CROWDS_H
#define TEST_LABEL_CROWDS_H

#include "feature/tables.h"

#include <tesela/label.h>

#include "base/rng.h"
#include "base/text.h"

enum { CUSTOMERS = 400 };

/* Three crowds: many dear orders, few cheap ones, and names without an order. */
static inline tsl_features *make_features(int sensitive)
{
    tsl__text c = {0}, t = {0};
    tsl__rng rng = tsl__rng_open(3, 1, 1);
    tsl__text_puts(&c, "customer_id,gender,age\n");
    tsl__text_puts(&t, "customer_id,order_id,date,amount\n");
    for (int i = 0; i < CUSTOMERS; i++) {
        int crowd = i % 4;
        tsl__text_printf(&c, "c%03d,%s,%d\n", i, crowd == 0 ? "F" : "M", 20 + (int)tsl__rng_below(&rng, 50));
        int orders = crowd == 3 ? 0 : crowd == 0 ? 12 : 2;
        for (int o = 0; o < orders; o++) {
            int cents = (int)tsl__rng_below(&rng, 100), units = (crowd ? 5 : 200) + (int)tsl__rng_below(&rng, 20),
                day = 1 + (int)tsl__rng_below(&rng, 28), month = 1 + (int)tsl__rng_below(&rng, 12);
            tsl__text_printf(&t, "c%03d,o%d-%d,2024-%02d-%02d,%d.%02d\n", i, i, o, month, day, units, cents);
        }
    }
    const tsl_column_rule secret = {.name = "gender", .group = TSL_GROUP_AUTO, .sensitive = 1};
    tsl_table *customers = table_declared(TSL_CUSTOMERS, c.data, &secret, sensitive ? 1 : 0),
              *lines = table_of_text(TSL_TRANSACTIONS, t.data);
    tsl_feature_options opt;
    TSL_DEFAULTS(feature, &opt);
    opt.weight[TSL_DEMOGRAPHIC] = .1;
    opt.selection.basis = TSL_BASIS_ALL;
    opt.selection.apart = TSL_APART_NONE;
    const char *const gaps[] = {"*_missing"}; /* nobody is set apart: who never bought is told by what is not known */
    opt.selection.include = gaps;
    opt.selection.include_count = 1;
    tsl_features *f = features_of(customers, lines, NULL, NULL, &opt);
    tsl_table_free(customers);
    tsl_table_free(lines);
    tsl__text_free(&c);
    tsl__text_free(&t);
    return f;
}

/* What the clusters are numbered by, owned, or NULL. */
static inline double *value_of(const tsl_features *f)
{
    size_t total = tsl_features_get_index(f, "monetary_total");
    double *value = total < f->feature_count ? malloc(f->customers * sizeof *value) : NULL;
    for (size_t i = 0; value && i < f->customers; i++) {
        value[i] = f->x[i * f->feature_count + total];
    }
    return value;
}

static inline tsl_model *make_model(const tsl_features *f, int k)
{
    tsl_feature_matrix *m = NULL;
    tsl_sweep *sweep = NULL;
    tsl_model *model = NULL;
    tsl_error err;
    tsl_kmeans_options opt;
    const tsl_exec one = {.size = sizeof one, .threads = 1}; /* so little is sooner done alone */
    TSL_DEFAULTS(kmeans, &opt);
    opt.k = k;
    assert_int_equal(tsl_features_get_matrix(f, NULL, &m, &err), TSL_OK);
    tsl_matrix x = {m->values, m->rows, m->cols, m->cols, TSL_F64},
               raw = {f->x, f->customers, f->feature_count, f->feature_count, TSL_F64};
    if (tsl_kmeans_fit(&x, NULL, NULL, &opt, &one, &sweep, &err) != TSL_OK) {
        fail_msg("%s", err.message);
    }
    const char **names = malloc(m->cols * sizeof *names);
    for (size_t c = 0; c < m->cols; c++) {
        names[c] = m->column[c].name;
    }
    tsl_tree_column *columns = malloc(f->feature_count * sizeof *columns);
    for (size_t i = 0; i < f->feature_count; i++) {
        columns[i] = (tsl_tree_column){.name = f->feature[i].name, .form = TSL_TREE_NUMBER};
    }
    double *value = value_of(f);
    if (tsl_model_build(&x, NULL, names, sweep, &(tsl_raw_columns){&raw, columns}, value, NULL, &one, &model, &err) !=
        TSL_OK) {
        fail_msg("%s", err.message);
    }
    free(value);
    free(names);
    free(columns);
    tsl_feature_matrix_free(m);
    return model;
}

static inline tsl_labels *make_labels(const tsl_features *f, const tsl_model *model, const char *lang)
{
    tsl_label_options opt;
    tsl_labels *labels = NULL;
    tsl_error err;
    TSL_DEFAULTS(label, &opt);
    opt.lang = lang;
    if (tsl_labels_build(f, model, model->assignment, NULL, &opt, NULL, &labels, &err) != TSL_OK) {
        fail_msg("%s", err.message);
    }
    return labels;
}

static inline tsl_assignment *assignment_open(size_t rows)
{
    tsl_assignment *a = calloc(1, sizeof *a);
    *a = (tsl_assignment){rows, malloc(rows * sizeof *a->label), malloc(rows * sizeof *a->distance),
                          malloc(rows * sizeof *a->runner_up), malloc(rows * sizeof *a->runner_up_distance)};
    return a;
}

static inline void assignment_free(tsl_assignment *a)
{
    free(a->label);
    free(a->distance);
    free(a->runner_up);
    free(a->runner_up_distance);
    free(a);
}

#endif
