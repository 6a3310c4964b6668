/* covariate_model.c: purchase models whose customers buy and leave by what is known of them. Fader & Hardie (2007),
 * brucehardie.com/notes/019. */
#include "value/covariate_model.h"

#include "base/alloc.h"
#include "base/error.h"
#include "base/parallel.h"
#include "stat/chi_square.h"
#include "value/rows/histories.h"
#include "value/search/ladders.h"
#include "value/search/maximum.h"
#include "value/search/patterns.h"
#include "value/terms/purchase_kinds.h"

#include <math.h>
#include <stdlib.h>

/* Where there are many more histories than FEW, every so manieth of them tells where to begin. */
enum { FEW = 16384, MANY = 4 * FEW };

/* The parameters that coefficients act on: the logarithm of each moves by sign * z a coefficient. */
enum { MOVED_MOST = 2 };
typedef struct moved {
    int parameter;
    double sign;
} moved;

typedef struct ground {
    tsl_purchase_kind kind;
    size_t covariates, logs, moves, all; /* all: parameters and coefficients */
    moved move[MOVED_MOST];
    tsl__distinct patterns, histories;
    tsl__ladders ladders;
    tsl__quadratures rules;
    double unit, mean[TSL_COVARIATES_MOST], sd[TSL_COVARIATES_MOST];
} ground;

/* Histories of a ground: all, or some. */
typedef struct rows {
    const ground *ground;
    const tsl__distinct *histories;
    const tsl__ladders *ladders;
} rows;

static ground open_kind(tsl_purchase_kind kind, size_t covariates)
{
    ground g = {.kind = kind, .covariates = covariates, .logs = (size_t)tsl_purchase_kind_get_count(kind), .moves = 1};
    const int at = tsl__pattern_get_dropout(kind, &g.move[1].sign);
    g.move[0] = (moved){TSL__P2, -1};
    if (at >= 0) {
        g.move[1].parameter = at;
        g.moves = 2;
    }
    g.all = g.logs + g.moves * covariates;
    return g;
}

/* ---- The sum ----------------------------------------------------------------------------- */

static double get_second(const tsl__differential *what, int i, int j)
{
    return what->hessian[i > j ? i * (i + 1) / 2 + j : j * (j + 1) / 2 + i];
}

/* The derivatives by the logarithms of a pattern's parameters, as those of the base and by the coefficients: the
 * logarithms are linear in what is looked for. */
static void add_pattern(const ground *g, size_t pattern, const tsl__differential *own, tsl__surface *sum)
{
    double z[TSL_COVARIATES_MOST];
    sum->value += own->value;
    for (size_t i = 0; i < g->logs; i++) {
        sum->gradient[i] += own->gradient[i];
    }
    for (size_t i = 0; i < g->logs * (g->logs + 1) / 2; i++) {
        sum->hessian[i] += own->hessian[i];
    }
    for (size_t c = 0; c < g->covariates; c++) {
        z[c] = g->patterns.column[c][pattern];
    }
    for (size_t m = 0, k = g->logs; m < g->moves; m++) {
        const moved *by = &g->move[m];
        for (size_t c = 0; c < g->covariates; c++, k++) {
            const double u = by->sign * z[c];
            double *row = sum->hessian + k * (k + 1) / 2;
            sum->gradient[k] += u * own->gradient[by->parameter];
            for (size_t i = 0; i < g->logs; i++) {
                row[i] += u * get_second(own, by->parameter, (int)i);
            }
            row += g->logs;
            for (size_t n = 0; n <= m; n++, row += g->covariates) {
                const double both = u * g->move[n].sign * get_second(own, by->parameter, g->move[n].parameter);
                for (size_t d = 0; d < (n < m ? g->covariates : c + 1); d++) {
                    row[d] += both * z[d];
                }
            }
        }
    }
}

static void add_rows(const void *user, const double *parameter, size_t begin, size_t end, void *work, tsl__surface *sum)
{
    const rows *r = user;
    const ground *g = r->ground;
    const double *rate = parameter + g->logs, *dropout = rate + g->covariates,
                 *of = r->histories->column[TSL__HISTORY_PATTERN];
    tsl__likelihood model = {.kind = g->kind};
    tsl__differential shared, own, all = {.value = 0};
    double alive;
    for (size_t next; begin < end; begin = next) {
        const size_t pattern = (size_t)of[begin];
        double at[TSL_PURCHASE_PARAMETERS];
        next = tsl__histories_get_end(r->histories, begin, end);
        tsl__pattern_put(&g->patterns, pattern, g->covariates, g->kind, parameter, rate, dropout, at);
        model = tsl__likelihood_open(g->kind, at, &g->rules);
        tsl__likelihood_share(&model, r->histories->column[TSL__HISTORY_X][begin], &shared);
        const tsl__mixture *since = tsl__ladder_climb(r->ladders, &model, r->histories, begin, 1, work);
        for (size_t i = begin; i < next; i++) {
            const tsl__history h = tsl__ladder_get(r->ladders, r->histories, since, i);
            tsl__likelihood_get(&model, &h, &shared, &own, &alive);
            tsl__differential_add(&all, &own, r->histories->weight[i]);
        }
        if (next == end || (size_t)of[next] != pattern) {
            tsl__differential_to_logs(&all, model.parameter, (int)g->logs);
            add_pattern(g, pattern, &all, sum);
            all = (tsl__differential){.value = 0};
        }
    }
}

/* ---- The covariates ------------------------------------------------------------------------ */

/* Patterns in units of each covariate's standard deviation, from its mean: all of one size, and apart from the base. */
static tsl_status center(ground *g, const tsl_covariates *covariates, tsl_error *err)
{
    tsl__distinct *p = &g->patterns;
    for (size_t c = 0; c < g->covariates; c++) {
        double square = 0, *column = p->column[c];
        g->mean[c] = tsl__distinct_sum(p, (int)c) / p->weights;
        for (size_t i = 0; i < p->count; i++) {
            square += p->weight[i] * (column[i] - g->mean[c]) * (column[i] - g->mean[c]);
        }
        g->sd[c] = sqrt(square / p->weights);
        if (!(g->sd[c] > 1e-12 * fabs(g->mean[c]))) {
            return tsl__error_set(err, TSL_E_INPUT, "covariate %s is %g of all customers: it tells nothing",
                                  covariates->name[c], g->mean[c]);
        }
        for (size_t i = 0; i < p->count; i++) {
            column[i] = (column[i] - g->mean[c]) / g->sd[c];
        }
    }
    return TSL_OK;
}

#define TOLD 1e-9 /* of a covariate's variance, what the others leave over */

/* Cholesky's factor of the correlations, covariate by covariate. */
static tsl_status check_told(const ground *g, const tsl_covariates *covariates, tsl_error *err)
{
    double factor[TSL_COVARIATES_MOST][TSL_COVARIATES_MOST];
    for (size_t c = 0; c < g->covariates; c++) {
        for (size_t d = 0; d <= c; d++) {
            double sum = 0;
            for (size_t i = 0; i < g->patterns.count; i++) {
                sum += g->patterns.weight[i] * g->patterns.column[c][i] * g->patterns.column[d][i];
            }
            sum /= g->patterns.weights;
            for (size_t k = 0; k < d; k++) {
                sum -= factor[c][k] * factor[d][k];
            }
            if (c == d && !(sum > TOLD)) {
                return tsl__error_set(err, TSL_E_INPUT,
                                      "covariate %s is told by those before it: leave one of them out",
                                      covariates->name[c]);
            }
            factor[c][d] = c == d ? sqrt(sum) : sum / factor[d][d];
        }
    }
    return TSL_OK;
}

static tsl_status open_ground(const tsl_covariates *covariates, const tsl_histories *histories, int threads, ground *g,
                              tsl_error *err)
{
    tsl_status status = TSL_OK;
    TSL__TRY(tsl__patterns_build(covariates, histories, threads, &g->patterns, &g->histories, err));
    TSL__TRY(center(g, covariates, err));
    TSL__TRY(check_told(g, covariates, err));
    g->unit = tsl__distinct_sum(&g->histories, TSL__HISTORY_T) / g->histories.weights;
    tsl__histories_scale(&g->histories, g->unit);
    TSL__TRY(tsl__ladders_build(&g->histories, threads, &g->ladders, err));
    TSL__TRY(tsl__quadratures_build(&g->rules, err));
done:
    return status;
}

static void free_ground(ground *g)
{
    tsl__distinct_free(&g->patterns);
    tsl__distinct_free(&g->histories);
    tsl__ladders_free(&g->ladders);
}

/* ---- The fit --------------------------------------------------------------------------------- */

/* The error of a combination of what was found. */
static double get_error(const tsl__maximum *found, const double *by, size_t n)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++) {
        for (size_t j = 0; j < n; j++) {
            sum += by[i] * by[j] * found->covariance[i * n + j];
        }
    }
    return sqrt(sum);
}

/* Back to the units of the covariates, and to who has 0 of each. */
static void put_model(const ground *g, const tsl__maximum *found, tsl_covariate_model *out)
{
    const double *coefficient = found->parameter + g->logs, *error = found->standard_error + g->logs;
    for (size_t i = 0; i < g->logs; i++) {
        double by[TSL__NEWTON_MOST] = {0}, ln = log(found->parameter[i]);
        by[i] = 1;
        for (size_t m = 0; m < g->moves; m++) {
            for (size_t c = 0; c < g->covariates && g->move[m].parameter == (int)i; c++) {
                const size_t k = m * g->covariates + c;
                by[g->logs + k] = g->move[m].sign * -g->mean[c] / g->sd[c];
                ln += by[g->logs + k] * coefficient[k];
            }
        }
        out->base.parameter[i] = exp(ln) * (tsl__purchase_is_time(g->kind, (int)i) ? g->unit : 1);
        out->base.standard_error[i] = get_error(found, by, g->all) * out->base.parameter[i];
    }
    for (size_t c = 0; c < g->covariates; c++) {
        const size_t leaves = g->covariates + c;
        out->rate[c] = coefficient[c] / g->sd[c];
        out->rate_error[c] = error[c] / g->sd[c];
        out->dropout[c] = g->moves < 2 ? 0 : coefficient[leaves] / g->sd[c];
        out->dropout_error[c] = g->moves < 2 ? (double)NAN : error[leaves] / g->sd[c];
    }
}

/* Where a search begins. */
typedef struct place {
    double parameter[1][TSL_PURCHASE_PARAMETERS], coefficient[TSL__NEWTON_MOST];
} place;

static tsl_status find(const rows *of, const place *from, int threads, tsl__maximum *out, tsl_error *err)
{
    const ground *g = of->ground;
    const tsl__row_sum sum = {
        .add = add_rows, .user = of, .rows = of->histories->count, .work = of->ladders->most * sizeof(tsl__mixture)};
    const tsl__sought sought = {.level = &sum,
                                .levels = 1,
                                .start = from->parameter,
                                .starts = 1,
                                .coefficient = from->coefficient,
                                .parameters = (int)g->logs,
                                .coefficients = (int)(g->all - g->logs),
                                .threads = threads};
    return tsl__maximum_find(&sought, out, err);
}

/* Every so manieth history, each with its own weight: an estimate of the sum, without bias. */
static tsl_status take_few(const tsl__distinct *all, tsl__distinct *few, tsl_error *err)
{
    const size_t stride = all->count / FEW;
    tsl_status status = TSL_OK;
    few->count = (all->count + stride - 1) / stride;
    TSL__NEED(few->weight = tsl__alloc(few->count, sizeof *few->weight));
    for (int c = 0; c <= TSL__HISTORY_PATTERN; c++) {
        TSL__NEED(few->column[c] = tsl__alloc(few->count, sizeof *few->column[c]));
    }
    for (size_t i = 0; i < few->count; i++) {
        few->weight[i] = all->weight[i * stride];
        for (int c = 0; c <= TSL__HISTORY_PATTERN; c++) {
            few->column[c][i] = all->column[c][i * stride];
        }
    }
done:
    return status;
}

/* Moves the place to the maximum of a few histories, where they tell all that is looked for: far out on a ridge that
 * may be theirs alone there would be no way back. */
static tsl_status approach(const ground *g, int threads, place *from, tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl__distinct few = {.count = 0};
    tsl__ladders ladders = {.most = 0};
    tsl__maximum found;
    TSL__TRY(take_few(&g->histories, &few, err));
    TSL__TRY(tsl__ladders_build(&few, threads, &ladders, err));
    TSL__TRY(find(&(rows){g, &few, &ladders}, from, threads, &found, err));
    for (size_t i = 0; i < g->all && !found.loose; i++) {
        *(i < g->logs ? &from->parameter[0][i] : &from->coefficient[i - g->logs]) = found.parameter[i];
    }
done:
    tsl__distinct_free(&few);
    tsl__ladders_free(&ladders);
    return status;
}

/* Where nobody is told apart. */
static place open_place(const ground *g, const tsl_purchase_model *plain)
{
    place from = {.coefficient = {0}};
    for (size_t i = 0; i < g->logs; i++) {
        from.parameter[0][i] = plain->parameter[i] / (tsl__purchase_is_time(g->kind, (int)i) ? g->unit : 1);
    }
    return from;
}

/* Where a model of the same covariates is. */
static place open_guess(const ground *g, const tsl_covariate_model *guess)
{
    place from = open_place(g, &guess->base);
    for (size_t m = 0; m < g->moves; m++) {
        const double *raw = m == 0 ? guess->rate : guess->dropout;
        double *parameter = &from.parameter[0][g->move[m].parameter];
        for (size_t c = 0; c < g->covariates; c++) {
            *parameter *= exp(g->move[m].sign * raw[c] * g->mean[c]);
            from.coefficient[m * g->covariates + c] = raw[c] * g->sd[c];
        }
    }
    return from;
}

static double get_log_likelihood(const ground *g, const tsl__maximum *found)
{
    /* The density of x moments scales with time. */
    return found->log_likelihood - tsl__distinct_sum(&g->histories, TSL__HISTORY_X) * log(g->unit);
}

/* guess: NULL where there is none. */
static tsl_status fit(const ground *g, const tsl_covariate_model *guess, int threads, tsl_covariate_model *out,
                      tsl_error *err)
{
    const double without = out->base.log_likelihood;
    tsl_status status = TSL_OK;
    place from = guess ? open_guess(g, guess) : open_place(g, &out->base);
    tsl__maximum found;
    TSL__TRY(!guess && g->histories.count >= MANY ? approach(g, threads, &from, err) : TSL_OK);
    TSL__TRY(find(&(rows){g, &g->histories, &g->ladders}, &from, threads, &found, err));
    put_model(g, &found, out);
    out->base.log_likelihood = get_log_likelihood(g, &found);
    out->base.verdict = !found.loose                              ? TSL_FIT_SOUND
                        : out->base.verdict == TSL_FIT_NO_DROPOUT ? TSL_FIT_NO_DROPOUT
                                                                  : TSL_FIT_RIDGE;
    out->base.steps += found.steps;
    out->ratio = fmax(0, 2 * (out->base.log_likelihood - without));
    out->degrees = (int)(g->all - g->logs);
    out->p_value = exp(tsl__chi_square_log_tail(out->ratio, out->degrees));
done:
    return status;
}

double tsl_covariate_model_get_aic(const tsl_covariate_model *model)
{
    return tsl_purchase_model_get_aic(&model->base) + 2 * model->degrees;
}

tsl_status tsl__covariate_model_fit_from(const tsl_histories *histories, const tsl_covariates *covariates,
                                         const tsl_purchase_model *plain, const tsl_covariate_model *guess,
                                         const tsl_exec *exec, tsl_covariate_model *out, tsl_error *err)
{
    const double began = tsl__clock();
    tsl_status status = TSL_OK;
    ground g = {.covariates = 0};
    tsl_exec run;
    *out = (tsl_covariate_model){.base = *plain, .count = covariates->count, .ratio = NAN, .p_value = NAN};
    for (size_t c = 0; c < TSL_COVARIATES_MOST; c++) {
        out->rate[c] = out->rate_error[c] = out->dropout[c] = out->dropout_error[c] = NAN;
    }
    TSL__TRY(tsl__exec_open(exec, &run, err));
    run.threads = tsl__distinct_get_threads(&run, histories->count);
    if (plain->verdict != TSL_FIT_EMPTY) {
        g = open_kind(plain->kind, covariates->count);
        TSL__TRY(open_ground(covariates, histories, run.threads, &g, err));
        TSL__TRY(fit(&g, guess, run.threads, out, err));
    }
    out->base.seconds += tsl__clock() - began;
done:
    free_ground(&g);
    return status;
}

tsl_status tsl_covariate_model_fit(const tsl_histories *histories, const tsl_covariates *covariates,
                                   tsl_purchase_kind kind, const tsl_exec *exec, tsl_covariate_model *out,
                                   tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl_purchase_model plain;
    tsl__error_reset(err);
    *out = (tsl_covariate_model){.count = covariates->count, .ratio = NAN, .p_value = NAN};
    if (kind == TSL_BG_BB) {
        return tsl__error_set(err, TSL_E_OPTION, "bg-bb: it takes no covariates");
    }
    TSL__TRY(tsl__covariates_check(covariates, histories->count, err));
    TSL__TRY(tsl_purchase_model_fit(histories, kind, exec, &plain, err));
    TSL__TRY(tsl__covariate_model_fit_from(histories, covariates, &plain, NULL, exec, out, err));
done:
    return status;
}
