/* show_valuation.c: what customers are worth, as short tables: the models, what is expected, RFM. */
#include "cli/show/show_summary.h"

#include "cli/show/print.h"
#include "cli/system/arena.h"

#include <inttypes.h>
#include <math.h>
#include <string.h>

/* What is counted, as it is told. */
static const char *get_units(const tsl_valuation *v, const char *lang)
{
    const char *const units[] = {"days", "weeks", "months", "opportunities"};
    return cli_translate(units[v->chosen == TSL_BG_BB && v->as_of == TSL_NO_DAY ? 3 : v->unit], lang);
}

static void show_title(const tsl_valuation *v, const char *lang)
{
    char known[CLI_NUMBER_BYTES], repeated[CLI_NUMBER_BYTES], day[11] = "";
    cli_count_write((uint64_t)v->known, known);
    cli_count_write((uint64_t)v->repeated, repeated);
    if (v->as_of != TSL_NO_DAY) {
        tsl_day_write(v->as_of - 1, day);
    }
    if (strcmp(lang, "zh") == 0) {
        cli_print("%s 位客户%s%s，其中 %s 位有复购；时间单位：%s\n\n", known, *day ? "，截至 " : "", day, repeated,
                  get_units(v, lang));
    } else {
        cli_print("%s%s%s, of whom %s came back; time in %s\n\n", cli_count_name((uint64_t)v->known, "customer"),
                  *day ? " until " : "", day, repeated, get_units(v, lang));
    }
}

/* "r 0.5533 (0.0476), alpha 10.58 (0.8427)" */
static const char *write_parameters(const char *const *name, int count, const double *value, const double *error)
{
    const char *text = "";
    for (int i = 0; i < count; i++) {
        const char *own = isnan(value[i])   ? ""
                          : isnan(error[i]) ? cli_format("%s %.4g", name[i], value[i])
                                            : cli_format("%s %.4g (%.2g)", name[i], value[i], error[i]);
        text = cli_format("%s%s%s", text, *text && *own ? ", " : "", own);
    }
    return text;
}

static void add_model(cli_text_table *grid, const char *name, int chosen, tsl_fit_verdict verdict,
                      double log_likelihood, double aic, const char *text, const char *lang)
{
    cli_text_table_add(grid, chosen ? cli_format("%s *", name) : name);
    cli_text_table_add(grid, cli_translate(tsl_fit_verdict_get_name(verdict), lang));
    cli_text_table_number(grid, log_likelihood, 2);
    cli_text_table_number(grid, aic, 1);
    cli_text_table_add(grid, text);
}

static void show_models(const tsl_valuation *v, const char *lang)
{
    static const char *const heads[] = {"Model", "Fit", "Log-likelihood", "AIC", "Parameters (standard errors)"},
                             *const of_spend[] = {"p", "q", "gamma"};
    cli_text_table grid = {.columns = 5, .align = "llrrn"};
    for (size_t i = 0; i < grid.columns; i++) {
        cli_text_table_add(&grid, cli_translate(heads[i], lang));
    }
    for (int k = 0; k < TSL_PURCHASE_KINDS; k++) {
        const tsl_purchase_kind kind = (tsl_purchase_kind)k;
        const tsl_purchase_model *m = &v->model[k];
        const int count = tsl_purchase_kind_get_count(kind);
        const char *name[TSL_PURCHASE_PARAMETERS];
        for (int i = 0; i < count; i++) {
            name[i] = tsl_purchase_kind_get_parameter(kind, i);
        }
        if (v->fitted & 1U << k) {
            add_model(&grid, tsl_purchase_kind_get_name(kind), kind == v->chosen, m->verdict, m->log_likelihood,
                      tsl_purchase_model_get_aic(m), write_parameters(name, count, m->parameter, m->standard_error),
                      lang);
        }
    }
    if (v->figure[TSL_VALUATION_SPEND_MEAN]) {
        add_model(&grid, "gamma-gamma", 0, v->spend.verdict, v->spend.log_likelihood,
                  tsl_spend_model_get_aic(&v->spend),
                  write_parameters(of_spend, 3, v->spend.parameter, v->spend.standard_error), lang);
    }
    cli_text_table_print(&grid);
    cli_print("\n");
}

static void show_expected(const tsl_valuation *v, const char *lang)
{
    const int zh = strcmp(lang, "zh") == 0;
    const char *value = "";
    if (v->fitted && v->chosen < TSL_PURCHASE_KINDS) { /* else a note says it */
        if (!isnan(v->expected[1])) {
            char worth[CLI_NUMBER_BYTES];
            cli_expected_write(v->expected[1], 2, zh, worth);
            value = cli_format(zh ? "，价值 %s（年折现率 %g%%）" : ", worth %s (discounted at %g %% a year)", worth,
                               100 * v->discount);
        }
        char purchases[CLI_NUMBER_BYTES], horizon[CLI_NUMBER_BYTES];
        cli_expected_write(v->expected[0], 1, zh, purchases);
        cli_number_write(v->horizon, v->horizon == floor(v->horizon) ? 0 : 2, horizon);
        cli_print(zh ? "按 %s 模型（*），未来 %s %s预期购买 %s 次%s\n\n"
                     : "by %s (*), in the next %s %s %s purchases are expected%s\n\n",
                  tsl_purchase_kind_get_name(v->chosen), horizon, get_units(v, lang), purchases, value);
    }
}

/* Where ranks are scores, ties may leave no cut. */
static const char *write_cut(const char *sign, double cut)
{
    return isinf(cut) ? "-" : cli_format("%s %.12g", sign, round(100 * cut) / 100);
}

/* What a score of R (0), F, M is of: "<= 46", "> 8". */
static const char *write_bound(const tsl_valuation *v, int of, int score)
{
    const int last = v->rfm.bins - 1;
    if (of > 0 && v->rfm.nested) {
        return "-"; /* each score of recency has its own */
    }
    const double *cut = of == 0 ? v->rfm.recency : of == 1 ? v->rfm.frequency[0] : v->rfm.monetary[0];
    if (of == 0) {
        return score == 1 ? write_cut(">", cut[last - 1]) : write_cut("<=", cut[v->rfm.bins - score]);
    }
    return score == 1 ? write_cut("<=", cut[0]) : write_cut(">", cut[score - 2]);
}

static void show_rfm(const tsl_valuation *v, const char *lang)
{
    static const char *const heads[] = {"Score", "R (days)", "Customers", "F", "Customers", "M", "Customers"};
    cli_text_table grid = {.columns = 7, .align = "rrrrrrr"};
    if (!v->has_rfm) {
        return;
    }
    for (size_t i = 0; i < grid.columns; i++) {
        cli_text_table_add(&grid, cli_translate(heads[i], lang));
    }
    for (int score = v->rfm.bins; score >= 1; score--) {
        cli_text_table_count(&grid, (uint64_t)score);
        for (int of = 0; of < 3; of++) {
            cli_text_table_add(&grid, write_bound(v, of, score));
            cli_text_table_count(&grid, v->score_size[of][score - 1]);
        }
    }
    cli_text_table_print(&grid);
    cli_print("\n");
}

/* An RFM segment, or who is in none. */
static void add_rfm_segment(cli_text_table *grid, const char *name, uint64_t size, double clv, const tsl_valuation *v,
                            int zh)
{
    char worth[CLI_NUMBER_BYTES] = "–";
    cli_text_table_add(grid, name);
    cli_text_table_count(grid, size);
    cli_text_table_share(grid, (double)size / (double)v->customers);
    if (!isnan(clv)) {
        cli_expected_write(clv, 2, zh, worth);
    }
    cli_text_table_add(grid, worth);
}

static void show_rfm_segments(const tsl_valuation *v, const char *lang)
{
    static const char *const heads[] = {"RFM segment", "Customers", "Share", "CLV"};
    const int zh = strcmp(lang, "zh") == 0;
    cli_text_table grid = {.columns = 4, .align = "lrrr"};
    if (v->rfm_map.count == 0) {
        return;
    }
    for (size_t i = 0; i < grid.columns; i++) {
        cli_text_table_add(&grid, cli_translate(heads[i], lang));
    }
    uint64_t rest = v->customers; /* such as customers with returns alone: in the base, so that shares add up */
    for (size_t s = 0; s < v->rfm_map.count; s++) {
        add_rfm_segment(&grid, v->rfm_map.segment[s].name[zh], v->rfm_size[s], v->rfm_clv[s], v, zh);
        rest -= v->rfm_size[s];
    }
    if (rest) {
        add_rfm_segment(&grid, cli_translate("not scored", lang), rest, (double)NAN, v, zh);
    }
    cli_text_table_print(&grid);
    cli_print("\n");
}

void cli_show_valuation(const tsl_valuation *valuation, const char *lang)
{
    if (valuation->figure[TSL_VALUATION_X]) { /* not of an account */
        show_title(valuation, lang);
        show_models(valuation, lang);
        show_expected(valuation, lang);
    }
    cli_show_worth(valuation, lang);
    cli_show_held_purchases(valuation, lang);
    show_rfm(valuation, lang);
    show_rfm_segments(valuation, lang);
}
