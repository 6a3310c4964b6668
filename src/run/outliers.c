/* outliers.c: customers who lie far from all others, and segments too small to stand on
 * their own. docs/methods/outliers.md. */
#include "run/outliers.h"

#include "base/alloc.h"
#include "base/error.h"
#include "base/notes.h"
#include "base/text.h"
#include "model/choice.h"
#include "model/quality/far_rows.h"
#include "run/cut_off.h"
#include "run/finding.h"
#include "stat/weights.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- What they stand out by -------------------------------------------------------- */

typedef struct search {
    const tsl_features *features;
    const tsl_feature_matrix *matrix;
    const char *far;
    double *middle; /* cols: medians of the matrix */
    size_t *found;  /* 2 x cols: how many stand out by more of a column, and by less */
    tsl_findings *out;
} search;

/* 2 * column where the row has more of it than the middle, else 2 * column + 1: where it lies farthest away. */
static size_t find_way(const search *s, size_t row)
{
    const double *x = s->matrix->values + row * s->matrix->cols;
    size_t way = 0;
    double most = -1;
    for (size_t c = 0; c < s->matrix->cols; c++) {
        const double away = x[c] - s->middle[c];
        if (fabs(away) > most) {
            most = fabs(away);
            way = 2 * c + (away <= 0);
        }
    }
    return way;
}

static tsl_status add_way(const search *s, size_t way, tsl_error *err)
{
    const tsl_vector_column *column = &s->matrix->column[way / 2];
    tsl_finding *f = &s->out->of[s->out->count++];
    tsl_status status = TSL_OK;
    *f = (tsl_finding){.above = way % 2 == 0, .value = NAN, .typical = NAN};
    TSL__NEED(f->name = tsl__strdup(column->indicator ? column->name : s->features->feature[column->feature].name));
    TSL__NEED(f->customer = tsl__alloc(s->found[way], sizeof *f->customer));
    for (size_t r = 0; r < s->matrix->rows; r++) {
        if (s->far[r] && find_way(s, r) == way) {
            f->customer[f->count++] = s->matrix->customer ? s->matrix->customer[r] : r;
        }
    }
    TSL__TRY(column->indicator ? TSL_OK : tsl__finding_measure(s->features, column->feature, f, err));
done:
    return status;
}

static tsl_status describe(search *s, tsl_error *err)
{
    const tsl_feature_matrix *m = s->matrix;
    tsl_status status = TSL_OK;
    size_t ways = 0;
    TSL__NEED(s->middle = tsl__alloc(m->cols, sizeof *s->middle));
    TSL__NEED(s->found = tsl__alloc_zero(2 * m->cols, sizeof *s->found));
    for (size_t c = 0; c < m->cols; c++) {
        TSL__TRY(tsl__known_median_get(m->values + c, m->cols, m->rows, &s->middle[c], err));
    }
    for (size_t r = 0; r < m->rows; r++) {
        if (s->far[r]) {
            ways += s->found[find_way(s, r)]++ == 0;
        }
    }
    TSL__NEED(s->out->of = tsl__alloc_zero(ways, sizeof *s->out->of));
    for (size_t way = 0; way < 2 * m->cols; way++) {
        TSL__TRY(s->found[way] ? add_way(s, way, err) : TSL_OK);
    }
done:
    free(s->middle);
    free(s->found);
    return status;
}

/* ---- Looking for them ---------------------------------------------------------------- */

static int is_sized(const tsl_kmeans_options *opt)
{
    return opt->min_share > 0 || opt->min_rows > 1;
}

/* What is asked for is delivered as it is. */
static int is_asked(const tsl_run *run)
{
    return run->kmeans_opt.k > 0;
}

static tsl_status leave_out(const double *weight, const char *far, size_t rows, double **counted, tsl_error *err)
{
    tsl_status status = TSL_OK;
    TSL__NEED(*counted = tsl__alloc(rows, sizeof **counted));
    for (size_t r = 0; r < rows; r++) {
        (*counted)[r] = far[r] ? 0 : tsl__weight_get(weight, r);
    }
done:
    return status;
}

tsl_status tsl__outliers_find(tsl_run *run, const tsl_feature_matrix *matrix, const double *weight, int given_init,
                              double **counted, tsl_error *err)
{
    const tsl_matrix x = {matrix->values, matrix->rows, matrix->cols, matrix->cols, TSL_F64};
    tsl_status status = TSL_OK;
    char *far = NULL;
    tsl_findings *findings = NULL;
    *counted = NULL;
    TSL__NEED(far = tsl__alloc(x.rows, 1));
    TSL__NEED(findings = tsl__alloc_zero(1, sizeof *findings));
    TSL__TRY(tsl__far_rows_find(&x, weight, &run->kmeans_opt, &run->exec, far, &findings->customers, err));
    if (findings->customers) {
        search s = {.features = run->features, .matrix = matrix, .far = far, .out = findings};
        TSL__TRY(describe(&s, err));
        findings->left_out = is_sized(&run->kmeans_opt) && !is_asked(run) && !given_init;
        TSL__TRY(findings->left_out ? leave_out(weight, far, x.rows, counted, err) : TSL_OK);
    }
    TSL__TRY(tsl__cut_off_find(run->features, matrix, far, findings, err));
    run->findings = findings;
    findings = NULL;
done:
    tsl__findings_free(findings);
    free(far);
    return status;
}

void tsl__outliers_count_in(tsl_sweep *sweep, const double *weight, const double *counted)
{
    tsl_candidate *best = &sweep->candidate[sweep->best];
    for (size_t r = 0; counted && r < sweep->rows; r++) {
        if (counted[r] == 0) {
            best->weight[sweep->assignment->label[r]] += tsl__weight_get(weight, r);
        }
    }
}

/* ---- Clusters that are too small -------------------------------------------------------- */

/* The centres of those that hold enough; *count of them. */
static tsl_status take_large(const tsl_candidate *of, size_t cols, const tsl_kmeans_options *opt, double **centre,
                             size_t *count, tsl_error *err)
{
    tsl_status status = TSL_OK;
    double all = 0;
    int heaviest = 0;
    *count = 0;
    for (int c = 0; c < of->k; c++) {
        all += of->weight[c];
        heaviest = of->weight[c] > of->weight[heaviest] ? c : heaviest;
    }
    TSL__NEED(*centre = tsl__alloc((size_t)of->k, cols * sizeof **centre));
    for (int c = 0; c < of->k; c++) {
        if (c == heaviest || (of->size[c] >= opt->min_rows && of->weight[c] >= opt->min_share * all)) {
            memcpy(*centre + (*count)++ * cols, of->center + (size_t)c * cols, cols * sizeof **centre);
        }
    }
done:
    return status;
}

/* Fewer and fewer, until each holds enough; one cluster does. */
static tsl_status fit_fewer(const tsl_run *run, const tsl__fitted *fitted, const tsl_sweep *from, tsl_sweep **out,
                            tsl_error *err)
{
    tsl_status status = TSL_OK;
    double *centre = NULL;
    for (const tsl_sweep *last = from; last;) {
        tsl_start start;
        size_t count;
        TSL_DEFAULTS(start, &start);
        free(centre);
        centre = NULL;
        TSL__TRY(take_large(&last->candidate[last->best], last->cols, &fitted->kmeans, &centre, &count, err));
        start.init = centre;
        start.init_count = count;
        tsl_kmeans_options kmeans = fitted->kmeans;
        kmeans.k = (int)count;
        tsl_sweep_free(*out);
        *out = NULL;
        TSL__TRY(tsl_kmeans_fit(&fitted->x, fitted->weight, &start, &kmeans, &run->exec, out, err));
        last = count > 1 &&
                       tsl__candidate_is_small(&(*out)->candidate[0], fitted->kmeans.min_share, fitted->kmeans.min_rows)
                   ? *out
                   : NULL;
    }
done:
    free(centre);
    return status;
}

tsl_status tsl__outliers_join(tsl_run *run, const tsl__fitted *fitted, tsl_sweep **sweep, int *joined, tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl_sweep *fewer = NULL;
    char share[32];
    const int k = (*sweep)->candidate[(*sweep)->best].k;
    *joined = 0;
    if (is_asked(run) || fitted->drawn || fitted->start.init || k < 2 ||
        (run->features->recipe->plain && fitted->x.rows < TSL__FAR_LEAST_ROWS) || /* few numbers are no customers */
        !tsl__candidate_is_small(&(*sweep)->candidate[(*sweep)->best], fitted->kmeans.min_share,
                                 fitted->kmeans.min_rows)) {
        return TSL_OK;
    }
    TSL__TRY(fit_fewer(run, fitted, *sweep, &fewer, err));
    tsl__shown_write(100 * fitted->kmeans.min_share, 3, share);
    snprintf(fewer->info.choice, sizeof fewer->info.choice,
             "k = %d: of %d clusters so many hold %s %% of the rows and %zu of them; the others were joined to these",
             fewer->candidate[0].k, k, share, fitted->kmeans.min_rows);
    run->plain = *sweep;
    *sweep = fewer;
    fewer = NULL;
    *joined = 1;
done:
    tsl_sweep_free(fewer);
    return status;
}
