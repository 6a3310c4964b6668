/* derived_columns.c: raw columns of all customers, out of the matrix and into it, wherever it lies. */
#include "feature/derived/derived_columns.h"

#include "base/alloc.h"

#include <math.h>
#include <string.h>

int tsl__derived_is(const tsl__derived_ground *ground, size_t feature, tsl__derived_kind kind, int *part)
{
    const tsl__catalogue_entry *entry = ground->binding->origin[feature].entry;
    *part = entry ? entry->part : 0;
    return entry && entry->derived == kind;
}

void tsl__derived_take(const tsl__derived_ground *ground, const char *entry, double *out)
{
    const tsl_recipe *recipe = ground->features->recipe;
    size_t f = 0;
    while (f < recipe->feature_count && strcmp(recipe->feature[f].entry, entry) != 0) {
        f++;
    }
    for (size_t i = 0; i < ground->features->customers; i++) {
        out[i] = f < recipe->feature_count ? ((const double *)tsl__shelf_get(&ground->all->x, i))[f] : (double)NAN;
    }
}

/* Where the parts go. */
typedef struct targets {
    size_t cols, column[TSL__DERIVED_PARTS];
    const double *part[TSL__DERIVED_PARTS]; /* NULL: nowhere */
} targets;

static void put_rows(void *user, size_t begin, size_t end, void *rows)
{
    const targets *t = user;
    double *x = rows;
    for (size_t i = begin; i < end; i++, x += t->cols) {
        for (int p = 0; p < TSL__DERIVED_PARTS; p++) {
            if (t->part[p]) {
                x[t->column[p]] = t->part[p][i];
            }
        }
    }
}

tsl_status tsl__derived_put(const tsl__derived_ground *ground, tsl__derived_kind kind,
                            const double *const part[TSL__DERIVED_PARTS], tsl_error *err)
{
    targets t = {.cols = ground->features->feature_count};
    int p;
    for (size_t f = 0; f < t.cols; f++) {
        if (tsl__derived_is(ground, f, kind, &p)) {
            t.column[p] = f;
            t.part[p] = part[p];
        }
    }
    return tsl__shelf_change(&ground->all->x, ground->exec->threads, put_rows, &t, err);
}
