/* expectations.c: the purchase and spend models of the history, in days, and what they expect of each customer. */
#include "feature/derived/expectations.h"

#include "base/alloc.h"
#include "base/error.h"
#include "base/notes.h"
#include "feature/derived/value_file.h"
#include "feature/derived/value_wording.h"

#include <math.h>
#include <stdlib.h>

#define HORIZON_DAYS 365
#define SILENCE_DAYS 90
#define LIMITED_ROWS 65536 /* that are looked at together where memory is limited */

/* As the catalogue numbers them. */
enum { ALIVE, PURCHASES, SPEND, CLV, NO_PURCHASE };

static const char *const from[] = {NULL};

/* The history, column by column. */
enum { X, T_X, T, SPEND_MEAN, COLUMNS };

/* Room for the histories of so many customers. */
static tsl_status open_columns(size_t n, double *column[COLUMNS], tsl_error *err)
{
    tsl_status status = TSL_OK;
    for (int c = 0; c < COLUMNS; c++) {
        TSL__NEED(column[c] = tsl__alloc(n, sizeof *column[c]));
    }
done:
    return status;
}

static void free_columns(double *column[COLUMNS])
{
    for (int c = 0; c < COLUMNS; c++) {
        free(column[c]);
    }
}

/* Those of the customers begin .. end - 1; known_alone: of whom nothing is known are left out. Their number. */
static size_t take_histories(const tsl__derived_ground *ground, size_t begin, size_t end, int known_alone,
                             double *column[COLUMNS])
{
    size_t count = 0;
    for (size_t i = begin; i < end; i++) {
        const double *h = tsl__shelf_get(&ground->all->history, i);
        if (known_alone && isnan(h[TSL_HISTORY_X])) {
            continue;
        }
        column[X][count] = h[TSL_HISTORY_X];
        column[T_X][count] = h[TSL_HISTORY_TX];
        column[T][count] = h[TSL_HISTORY_T];
        column[SPEND_MEAN][count++] = h[TSL_HISTORY_SPEND_MEAN];
    }
    return count;
}

static tsl_status fit(const tsl__derived_ground *ground, tsl_error *err)
{
    const size_t n = ground->features->customers;
    tsl_recipe *recipe = ground->features->recipe;
    tsl_status status = TSL_OK;
    double *column[COLUMNS] = {NULL};
    TSL__TRY(open_columns(n, column, err));
    const size_t known = take_histories(ground, 0, n, 1, column);
    const tsl_histories histories = {known, column[X], column[T_X], column[T], NULL};
    TSL__TRY(tsl_value_model_fit(&histories, column[SPEND_MEAN], ground->exec, &recipe->value, err));
    recipe->has_value = 1;
done:
    free_columns(column);
    return status;
}

/* Where the features that the recipe has go; the others are not made. */
static tsl_status open_parts(const tsl__derived_ground *ground, double *part[TSL__DERIVED_PARTS], tsl_error *err)
{
    const tsl_features *features = ground->features;
    tsl_status status = TSL_OK;
    int p;
    for (size_t f = 0; f < features->feature_count; f++) {
        if (tsl__derived_is(ground, f, TSL__EXPECTATIONS, &p)) {
            TSL__NEED(part[p] = tsl__alloc(features->customers, sizeof *part[p]));
        }
    }
done:
    return status;
}

/* A part from this customer on. */
static double *get_from(double *part, size_t begin)
{
    return part ? part + begin : NULL;
}

static tsl_status predict(const tsl__derived_ground *ground, double *const part[TSL__DERIVED_PARTS], tsl_error *err)
{
    const size_t n = ground->features->customers, rows = ground->exec->memory && n > LIMITED_ROWS ? LIMITED_ROWS : n;
    const tsl_recipe *recipe = ground->features->recipe;
    tsl_status status = TSL_OK;
    double *column[COLUMNS] = {NULL};
    TSL__TRY(open_columns(rows, column, err));
    for (size_t begin = 0; begin < n; begin += rows) {
        const size_t end = n - begin < rows ? n : begin + rows;
        const size_t count = take_histories(ground, begin, end, 0, column);
        const tsl_histories histories = {count, column[X], column[T_X], column[T], NULL};
        const tsl_value_forecast forecast = {
            .purchases = {.horizon = HORIZON_DAYS,
                          .silence = SILENCE_DAYS,
                          .discount = tsl_forecast_get_discount(recipe->settings.discount, 1),
                          .alive = get_from(part[ALIVE], begin),
                          .purchases = get_from(part[PURCHASES], begin),
                          .no_purchase = get_from(part[NO_PURCHASE], begin)},
            .spend = get_from(part[SPEND], begin),
            .clv = get_from(part[CLV], begin)};
        TSL__TRY(tsl_value_model_predict(&recipe->value, &histories, column[SPEND_MEAN], ground->exec, &forecast, err));
    }
done:
    free_columns(column);
    return status;
}

/* What was learned, in a line. */
static tsl_status note(const tsl__derived_ground *ground, tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl__text text = {0};
    tsl__value_put_words(&ground->features->recipe->value, &text);
    TSL__NEED(text.failed ? NULL : text.data);
    TSL__TRY(tsl__notes_add(&ground->features->info.notes, "value models: %s", text.data));
done:
    tsl__text_free(&text);
    return status;
}

static tsl_status fill(const tsl__derived_ground *ground, tsl_error *err)
{
    tsl_status status = TSL_OK;
    double *part[TSL__DERIVED_PARTS] = {NULL};
    if (!ground->has_history) {
        return TSL_OK;
    }
    TSL__TRY(ground->fit ? fit(ground, err) : TSL_OK);
    TSL__TRY(ground->fit ? note(ground, err) : TSL_OK);
    if (ground->features->recipe->has_value) {
        TSL__TRY(open_parts(ground, part, err));
        TSL__TRY(predict(ground, part, err));
        TSL__TRY(tsl__derived_put(ground, TSL__EXPECTATIONS, (const double *const *)part, err));
    }
done:
    for (int p = 0; p < TSL__DERIVED_PARTS; p++) {
        free(part[p]);
    }
    return status;
}

static int is_same(const tsl_recipe *a, const tsl_recipe *b)
{
    return a->has_value == b->has_value && (!a->has_value || (tsl__value_is_same(&a->value, &b->value) &&
                                                              a->settings.discount == b->settings.discount));
}

static void tell(const tsl_recipe *recipe, tsl__text *out)
{
    if (recipe->has_value) {
        tsl__value_put_words(&recipe->value, out);
    }
}

const tsl__derived tsl__expectations = {
    .from = from,
    .of_history = 1,
    .refit = TSL_REFIT_VALUE,
    .bytes = TSL_VALUE_MODEL_BYTES,
    .fill = fill,
    .write = tsl__value_write,
    .read = tsl__value_read,
    .is_sound = tsl__value_is_sound,
    .is_same = is_same,
    .does = "of the customers' days with a purchase a model of purchases (of NBD, MBG/NBD and Pareto/NBD the one that "
            "fits best) and one of spend (Gamma-Gamma) are fitted; by them and his own history",
    .missing = "without a purchase, and where no model could be fitted",
    .tell = tell,
};
