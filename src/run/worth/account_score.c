/* account_score.c: the weighted score of a valuation, and what each column adds to it: a bank's assets, how often
 * business is done, credit. docs/methods/score.md. */
#include "run/worth/account_score.h"

#include "base/alloc.h"
#include "base/error.h"
#include "base/text.h"
#include "feature/shelves.h"

#include <math.h>
#include <stdlib.h>

void tsl__account_score_free(tsl_valuation_score *score)
{
    if (!score) {
        return;
    }
    for (size_t c = 0; score->contribution && c < score->score.column_count; c++) {
        free(score->contribution[c]);
    }
    tsl__free_texts(score->part, score->part ? score->score.part_count : 0);
    tsl__free_texts(score->feature, score->feature ? score->score.column_count : 0);
    free(score->score.part_weight);
    free(score->score.column);
    free(score->contribution);
    free(score->total);
    free(score->known);
    free(score);
}

static tsl_status open_score(const tsl_valuation_options *opt, tsl_valuation_score **out, tsl_error *err)
{
    tsl_status status = TSL_OK;
    size_t columns = 0;
    for (size_t p = 0; p < opt->score_count; p++) {
        columns += opt->score[p].feature_count;
    }
    tsl_valuation_score *s;
    TSL__NEED(s = *out = tsl__alloc_zero(1, sizeof *s));
    TSL__NEED(s->score.part_weight = tsl__alloc_zero(opt->score_count, sizeof *s->score.part_weight));
    TSL__NEED(s->score.column = tsl__alloc_zero(columns, sizeof *s->score.column));
    TSL__NEED(s->part = tsl__alloc_zero(opt->score_count, sizeof *s->part));
    TSL__NEED(s->feature = tsl__alloc_zero(columns, sizeof *s->feature));
    TSL__NEED(s->contribution = tsl__alloc_zero(columns, sizeof *s->contribution));
    TSL__NEED(s->known = tsl__alloc_zero(columns, sizeof *s->known));
    s->score.part_count = opt->score_count;
    s->score.column_count = columns;
done:
    return status;
}

/* Parts, columns and weights, and where each column's values are. */
static tsl_status take_parts(const tsl_features *features, const tsl_valuation_options *opt, tsl_valuation_score *s,
                             size_t *of, tsl_error *err)
{
    tsl_status status = TSL_OK;
    for (size_t p = 0, c = 0; p < opt->score_count; p++) {
        const tsl_score_group *group = &opt->score[p];
        s->score.part_weight[p] = group->weight;
        TSL__NEED(s->part[p] = tsl__strdup(group->code));
        for (size_t i = 0; i < group->feature_count; i++, c++) {
            status = tsl_features_get_value(features, group->feature[i], &of[c], err);
            if (status != TSL_OK) {
                return tsl__error_prefix(err, status, group->code);
            }
            const char *name = features->feature[of[c]].name;
            const double weight = group->feature_weight[i];
            TSL__NEED(s->feature[c] = tsl__strdup(name));
            s->score.column[c] =
                (tsl_score_column){.part = p, .weight = fabs(weight), .less = weight < 0 || tsl_score_get_less(name)};
        }
    }
done:
    return status;
}

/* The columns side by side, whatever the features lie in. */
static void copy_values(const tsl_features *features, const size_t *of, tsl_valuation_score *s, double *cells,
                        tsl_score_values *values)
{
    const size_t n = features->customers;
    for (size_t c = 0; c < s->score.column_count; c++) {
        double *column = cells + c * n;
        for (size_t i = 0; i < n; i++) {
            column[i] = tsl__x_get(features, i, of[c]);
            s->known[c] += !isnan(column[i]);
        }
        values[c] = (tsl_score_values){column, 1};
    }
}

tsl_status tsl__account_score_build(const tsl_features *features, const tsl_valuation_options *opt,
                                    const tsl_exec *exec, tsl_valuation *v, tsl_error *err)
{
    const size_t n = features->customers;
    tsl_status status = TSL_OK;
    size_t *of = NULL;
    double *cells = NULL;
    tsl_score_values *values = NULL;
    TSL__TRY(open_score(opt, &v->score, err));
    tsl_valuation_score *s = v->score;
    TSL__NEED(of = tsl__alloc(s->score.column_count, sizeof *of));
    TSL__NEED(values = tsl__alloc(s->score.column_count, sizeof *values));
    TSL__NEED(cells = tsl__alloc(s->score.column_count * n, sizeof *cells));
    TSL__TRY(take_parts(features, opt, s, of, err));
    copy_values(features, of, s, cells, values);
    TSL__NEED(s->total = tsl__alloc(n, sizeof *s->total));
    for (size_t c = 0; c < s->score.column_count; c++) {
        TSL__NEED(s->contribution[c] = tsl__alloc(n, sizeof **s->contribution));
    }
    TSL__TRY(tsl_score_fit(&s->score, values, n, err));
    TSL__TRY(tsl_score_predict(&s->score, values, n, exec, s->total, NULL, err));
    TSL__TRY(tsl_score_predict_contributions(&s->score, values, n, exec, s->contribution, err));
done:
    free(of);
    free(cells);
    free(values);
    return status;
}
