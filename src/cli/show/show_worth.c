/* show_worth.c: cohorts, covariates and the weighted score of a valuation, as short tables. */
#include "cli/show/show_summary.h"

#include "cli/show/print.h"
#include "cli/system/arena.h"

#include <math.h>
#include <string.h>

static void add_heads(cli_text_table *grid, const char *const *head, const char *lang)
{
    for (size_t i = 0; i < grid->columns; i++) {
        cli_text_table_add(grid, cli_translate(head[i], lang));
    }
}

/* "0.003", or "< 0.0001". */
static const char *write_chance(double p)
{
    return isnan(p) ? "" : p < 1e-4 ? "< 0.0001" : cli_format("%.4f", p);
}

/* ---- Cohorts ------------------------------------------------------------------------- */

static const char *write_model(const tsl_purchase_model *m)
{
    const char *text = "";
    for (int i = 0; i < tsl_purchase_kind_get_count(m->kind); i++) {
        text = isnan(m->parameter[i]) ? text
                                      : cli_format("%s%s%s %.4g", text, *text ? ", " : "",
                                                   tsl_purchase_kind_get_parameter(m->kind, i), m->parameter[i]);
    }
    return text;
}

/* Why a cohort has no model of its own. */
static const char *get_lack(const tsl_purchase_cohort *cohort, int zh)
{
    return cohort->customers < TSL_COHORT_LEAST
               ? cli_format(zh ? "不足 %.0f 人，用合并模型" : "pooled: under %.0f customers", TSL_COHORT_LEAST)
           : zh ? "无人复购，用合并模型"
                : "pooled: nobody came back";
}

static void add_cohort(cli_text_table *grid, const char *name, double customers, double repeaters, const char *fit,
                       const tsl_purchase_model *model)
{
    cli_text_table_add(grid, name);
    cli_text_table_count(grid, (uint64_t)customers);
    cli_text_table_count(grid, (uint64_t)repeaters);
    cli_text_table_add(grid, fit);
    cli_text_table_number(grid, model ? model->log_likelihood : (double)NAN, 2);
    cli_text_table_add(grid, model ? write_model(model) : "");
}

static void show_cohorts(const tsl_valuation *v, const char *lang)
{
    static const char *const heads[] = {"Cohort", "Customers", "Came back", "Fit", "Log-likelihood", "Parameters"};
    const tsl_valuation_cohorts *c = v->cohorts;
    const int zh = strcmp(lang, "zh") == 0;
    cli_text_table grid = {.columns = 6, .align = "lrrlrn"};
    add_heads(&grid, heads, lang);
    for (size_t i = 0; i < c->count; i++) {
        const tsl_purchase_cohort *of = &c->of[i];
        const char *fit = of->own ? cli_translate(tsl_fit_verdict_get_name(of->model.verdict), lang) : get_lack(of, zh);
        add_cohort(&grid, c->name[i], of->customers, of->repeaters, fit, of->own ? &of->model : NULL);
    }
    add_cohort(&grid, cli_translate("all", lang), v->known, v->repeated,
               cli_translate(tsl_fit_verdict_get_name(c->pooled.verdict), lang), &c->pooled);
    cli_print(zh ? "按首次购买分群，模型 %s\n\n" : "by first purchase, %s\n\n",
              tsl_purchase_kind_get_name(c->pooled.kind));
    cli_text_table_print(&grid);
    if (c->own < 2) {
        cli_print(zh ? "\n可单独拟合的群不足两个，无从比较\n\n"
                     : "\nfewer than two cohorts have a model of their own: there is nothing to compare\n\n");
    } else {
        cli_print(zh ? "\n%zu 个群分别拟合与合并拟合的似然比 %.2f，自由度 %d，p %s\n\n"
                     : "\n%zu cohorts apart against one model of their customers: likelihood ratio %.2f, %d degrees of "
                       "freedom, p %s\n\n",
                  c->own, c->ratio, c->degrees, write_chance(c->p_value));
    }
}

/* ---- Covariates ------------------------------------------------------------------------ */

static const char *write_effect(double of, double error)
{
    return isnan(of) || isnan(error) ? isnan(of) ? "" : cli_format("%+.4f", of) : cli_format("%+.4f (%.4f)", of, error);
}

/* What 1 more of it is held against: the most common value; the mean of a number, of which 1 is a standard deviation.
 */
static const char *write_reference(const tsl_valuation_covariates *by, const tsl_valuation_column *column, size_t z,
                                   int zh)
{
    return column->base                            ? column->base
           : by->mean[z] == 0 && by->scale[z] == 1 ? "0"
                                                   : cli_format(zh ? "每 %.5g" : "per %.5g", by->scale[z]);
}

static void add_column(cli_text_table *grid, const tsl_valuation_covariates *by, const tsl_valuation_column *column,
                       int zh)
{
    const int leaves = by->model.base.kind != TSL_NBD;
    for (size_t z = column->first; z < column->first + column->count; z++) {
        const int first = z == column->first;
        cli_text_table_add(grid, by->name[z]);
        cli_text_table_add(grid, write_effect(by->model.rate[z], by->model.rate_error[z]));
        cli_text_table_add(grid, leaves ? write_effect(by->model.dropout[z], by->model.dropout_error[z]) : "");
        cli_text_table_number(grid, first ? column->ratio : (double)NAN, 2);
        cli_text_table_add(grid, first ? cli_format("%d", column->degrees) : "");
        cli_text_table_add(grid, first ? write_chance(column->p_value) : "");
        cli_text_table_add(grid, first ? write_reference(by, column, z, zh) : "");
    }
}

static void show_covariates(const tsl_valuation *v, const char *lang)
{
    static const char *const heads[] = {"Covariate", "Buying", "Leaving", "Ratio", "Degrees", "p", "Against"};
    const tsl_valuation_covariates *by = v->covariates;
    const int zh = strcmp(lang, "zh") == 0;
    cli_text_table grid = {.columns = 7, .align = "lrrrrrn"};
    add_heads(&grid, heads, lang);
    for (size_t c = 0; c < by->column_count; c++) {
        add_column(&grid, by, &by->column[c], zh);
    }
    cli_print(zh ? "按客户属性的 %s 模型：%s（%s）\n\n" : "%s by covariates: %s (%s)\n\n",
              tsl_purchase_kind_get_name(by->model.base.kind), write_model(&by->model.base),
              cli_translate(tsl_fit_verdict_get_name(by->model.base.verdict), lang));
    cli_text_table_print(&grid);
    cli_print(zh ? "\n全部属性的似然比 %.2f，自由度 %d，p %s\n\n"
                 : "\nall of them: likelihood ratio %.2f, %d degrees of freedom, p %s\n\n",
              by->model.ratio, by->model.degrees, write_chance(by->model.p_value));
}

/* ---- The score ------------------------------------------------------------------------- */

static double get_mean(const double *value, size_t n)
{
    double sum = 0, known = 0;
    for (size_t i = 0; i < n; i++) {
        sum += isnan(value[i]) ? 0 : value[i];
        known += !isnan(value[i]);
    }
    return known > 0 ? sum / known : (double)NAN;
}

static void show_score(const tsl_valuation *v, const char *lang)
{
    static const char *const heads[] = {"Part", "Weight", "Feature", "Weight", "Better", "Known", "Adds (mean)"};
    const tsl_valuation_score *s = v->score;
    cli_text_table grid = {.columns = 7, .align = "lrnrlrr"};
    add_heads(&grid, heads, lang);
    for (size_t c = 0; c < s->score.column_count; c++) {
        const tsl_score_column *column = &s->score.column[c];
        const int first = c == 0 || s->score.column[c - 1].part != column->part;
        double part, own;
        tsl_valuation_score_get_weight(s, c, &part, &own);
        cli_text_table_add(&grid, first ? s->part[column->part] : "");
        cli_text_table_share(&grid, first ? part : (double)NAN);
        cli_text_table_add(&grid, s->feature[c]);
        cli_text_table_share(&grid, own);
        cli_text_table_add(&grid, cli_translate(column->less ? "less" : "more", lang));
        cli_text_table_count(&grid, (uint64_t)s->known[c]);
        cli_text_table_number(&grid, get_mean(s->contribution[c], v->customers), 2);
    }
    cli_print(strcmp(lang, "zh") == 0 ? "综合得分（0 至 100），均值 %.2f\n\n" : "score, 0 to 100: %.2f on average\n\n",
              get_mean(s->total, v->customers));
    cli_text_table_print(&grid);
    cli_print("\n");
}

void cli_show_worth(const tsl_valuation *valuation, const char *lang)
{
    if (valuation->cohorts) {
        show_cohorts(valuation, lang);
    }
    if (valuation->covariates) {
        show_covariates(valuation, lang);
    }
    if (valuation->score) {
        show_score(valuation, lang);
    }
}
