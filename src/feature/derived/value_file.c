/* value_file.c: the purchase and spend models <-> a group of an HDF5 file. */
#include "feature/derived/value_file.h"

#include "base/alloc.h"
#include "base/text.h"

#include <math.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

static const char *kind_name(int value)
{
    return value == TSL_PURCHASE_KINDS ? "none" : tsl_purchase_kind_get_name((tsl_purchase_kind)value);
}

static const char *verdict_name(int value)
{
    return value < TSL_FIT_VERDICTS ? tsl_fit_verdict_get_name((tsl_fit_verdict)value) : NULL;
}

#define COUNT(table) (sizeof(table) / sizeof(table)[0])
#define MODEL(member) offsetof(tsl_purchase_model, member)
#define VALUE(member) offsetof(tsl_recipe, value.member)

/* <group>/value/purchases: one entry a kind */
static const tsl__field purchase_field[] = {
    {"kind", TSL__NAME, MODEL(kind), kind_name},
    {"log_likelihood", TSL__DOUBLE, MODEL(log_likelihood), NULL},
    {"customers", TSL__DOUBLE, MODEL(customers), NULL},
    {"verdict", TSL__NAME, MODEL(verdict), verdict_name},
};

/* <group>/value: scalars */
static const tsl__field value_field[] = {
    {"chosen", TSL__NAME, VALUE(purchases.chosen), kind_name},
    {"discount", TSL__DOUBLE, offsetof(tsl_recipe, settings.discount), NULL},
    {"spend_log_likelihood", TSL__DOUBLE, VALUE(spend.log_likelihood), NULL},
    {"spend_customers", TSL__DOUBLE, VALUE(spend.customers), NULL},
    {"spend_rejected", TSL__UINT64, VALUE(spend.rejected), NULL},
    {"spend_correlation", TSL__DOUBLE, VALUE(spend.correlation), NULL},
    {"spend_verdict", TSL__NAME, VALUE(spend.verdict), verdict_name},
};

/* Parameters and standard errors, a row each of them: kinds x 4, or 3. */
typedef struct grid {
    const char *name;
    size_t rows, cols;
} grid;

enum { PARAMETERS, ERRORS, SPEND_PARAMETERS, SPEND_ERRORS, GRIDS };
static const grid grids[GRIDS] = {{"parameters", TSL_CHOICE_KINDS, TSL_PURCHASE_PARAMETERS},
                                  {"standard_errors", TSL_CHOICE_KINDS, TSL_PURCHASE_PARAMETERS},
                                  {"spend_parameters", 1, 3},
                                  {"spend_standard_errors", 1, 3}};

static double *get_row(tsl_value_model *value, int g, size_t row)
{
    tsl_purchase_model *model = &value->purchases.model[row];
    return g == PARAMETERS         ? model->parameter
           : g == ERRORS           ? model->standard_error
           : g == SPEND_PARAMETERS ? value->spend.parameter
                                   : value->spend.standard_error;
}

/* "<group>/value/<name>" into out. */
static const char *path_of(char out[128], const char *group, const char *name)
{
    tsl__print(out, 128, "%s/value%s%s", group, *name ? "/" : "", name);
    return out;
}

void tsl__value_write(tsl__store *store, const char *group, const tsl_recipe *recipe)
{
    char path[128];
    tsl_value_model value = recipe->value;
    if (!recipe->has_value) {
        return;
    }
    tsl__store_put_dict(store, path_of(path, group, ""));
    tsl__store_put_records(store, path, value_field, COUNT(value_field), recipe, TSL__SCALAR, sizeof *recipe);
    tsl__store_put_dict(store, path_of(path, group, "purchases"));
    tsl__store_put_records(store, path, purchase_field, COUNT(purchase_field), value.purchases.model, TSL_CHOICE_KINDS,
                           sizeof *value.purchases.model);
    for (int g = 0; g < GRIDS; g++) {
        double cells[TSL_CHOICE_KINDS * TSL_PURCHASE_PARAMETERS];
        for (size_t r = 0; r < grids[g].rows; r++) {
            memcpy(cells + r * grids[g].cols, get_row(&value, g, r), grids[g].cols * sizeof *cells);
        }
        tsl__store_put_array(store, path_of(path, group, grids[g].name), TSL__DOUBLE, cells, grids[g].rows,
                             grids[g].cols);
    }
}

void tsl__value_read(tsl__store *store, const char *group, tsl_recipe *recipe)
{
    char path[128];
    if (tsl__store_failed(store) || !tsl__store_has(store, path_of(path, group, ""))) {
        return;
    }
    recipe->has_value = 1;
    tsl__store_check_dict(store, path);
    tsl__store_get_records(store, path, value_field, COUNT(value_field), recipe, TSL__SCALAR, sizeof *recipe);
    tsl__store_check_dict(store, path_of(path, group, "purchases"));
    tsl__store_get_records(store, path, purchase_field, COUNT(purchase_field), recipe->value.purchases.model,
                           TSL_CHOICE_KINDS, sizeof *recipe->value.purchases.model);
    for (int g = 0; g < GRIDS; g++) {
        double *cells =
            tsl__store_get_array(store, path_of(path, group, grids[g].name), TSL__DOUBLE, grids[g].rows, grids[g].cols);
        for (size_t r = 0; r < grids[g].rows && cells; r++) {
            memcpy(get_row(&recipe->value, g, r), cells + r * grids[g].cols, grids[g].cols * sizeof *cells);
        }
        free(cells);
    }
}

static int are_positive(const double *x, size_t count)
{
    int sound = 1;
    for (size_t i = 0; i < count; i++) {
        sound = sound && x[i] > 0 && isfinite(x[i]);
    }
    return sound;
}

int tsl__value_is_sound(const tsl_recipe *recipe)
{
    const tsl_purchase_choice *choice = &recipe->value.purchases;
    const tsl_spend_model *spend = &recipe->value.spend;
    int sound = !recipe->has_value || choice->chosen < TSL_CHOICE_KINDS || choice->chosen == TSL_PURCHASE_KINDS;
    for (int k = 0; k < TSL_CHOICE_KINDS && recipe->has_value; k++) {
        const tsl_purchase_model *m = &choice->model[k];
        sound =
            sound && (int)m->kind == k &&
            (m->verdict == TSL_FIT_EMPTY ? (int)choice->chosen != k
                                         : are_positive(m->parameter, (size_t)tsl_purchase_kind_get_count(m->kind)));
    }
    sound = sound && (!recipe->has_value || isnan(spend->correlation) || fabs(spend->correlation) <= 1);
    return sound && (!recipe->has_value || spend->verdict == TSL_FIT_EMPTY || are_positive(spend->parameter, 3));
}

/* NaN is the same as NaN. */
static int are_numbers_same(const double *a, const double *b, size_t count)
{
    int same = 1;
    for (size_t i = 0; i < count; i++) {
        same = same && (a[i] == b[i] || (isnan(a[i]) && isnan(b[i])));
    }
    return same;
}

int tsl__value_is_same(const tsl_value_model *a, const tsl_value_model *b)
{
    int same = a->purchases.chosen == b->purchases.chosen && a->spend.verdict == b->spend.verdict &&
               are_numbers_same(a->spend.parameter, b->spend.parameter, 3);
    for (int k = 0; k < TSL_CHOICE_KINDS; k++) {
        same = same && are_numbers_same(a->purchases.model[k].parameter, b->purchases.model[k].parameter,
                                        TSL_PURCHASE_PARAMETERS);
    }
    return same;
}
