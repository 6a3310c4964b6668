/* given_strategies.c: a table of strategies as somebody gives it: looked at, then put into the policy. */
#include "label/strategies/strategies.h"

#include "base/alloc.h"
#include "base/error.h"
#include "base/text.h"
#include "label/kept/kept_rows.h"

#include <stdlib.h>
#include <string.h>

static tsl_status fail(const tsl_strategy *row, tsl_error *err, const char *field, const char *seen, const char *what)
{
    return tsl__error_set(err, TSL_E_INPUT, "%s%s%s: \"%s\" %s",
                          tsl__row_text_is_there(row->where) ? row->where : "strategies", ": ", field, seen ? seen : "",
                          what);
}

tsl_status tsl__strategy_check(const tsl_strategy *row, tsl_error *err)
{
    static const char *const langs[TSL_LANGS] = {"en", "zh"};
    if (!tsl__code_is_good(row->action)) {
        return fail(row, err, "action", row->action, "is no code; expected " TSL__CODE_EXPECTED);
    }
    for (int lang = 0; lang < TSL_LANGS; lang++) {
        if (tsl__row_text_is_there(row->texts[lang]) && !tsl__row_text_is_line(row->texts[lang])) {
            return fail(row, err, langs[lang], row->texts[lang], "is not one line of text");
        }
    }
    return TSL_OK;
}

tsl_status tsl__given_strategies_check(const tsl_label_options *opt, tsl_error *err)
{
    tsl_status status = TSL_OK;
    if (opt->strategies_given == TSL_STRATEGIES_GIVEN && opt->strategy_count && !opt->strategy) {
        return tsl__error_set(err, TSL_E_OPTION, "strategies: %zu rows are said to be there, but none is",
                              opt->strategy_count);
    }
    for (size_t i = 0; opt->strategies_given == TSL_STRATEGIES_GIVEN && i < opt->strategy_count; i++) {
        TSL__TRY(tsl__strategy_check(&opt->strategy[i], err));
    }
done:
    return status;
}

/* ---- The table ------------------------------------------------------------------------- */

tsl_status tsl__strategies_copy(const tsl_strategy *rows, size_t count, tsl_strategies **out, tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl_strategies *table = NULL;
    void *copy = NULL;
    *out = NULL;
    TSL__NEED(table = tsl__alloc_zero(1, sizeof *table));
    TSL__TRY(tsl__rows_copy(&tsl__strategy_form, rows, count, &copy, err));
    table->of = copy;
    table->count = count;
    for (size_t i = 0; i < count; i++) {
        tsl_strategy *row = &table->of[i];
        const char **const keys[] = {&row->segment, &row->tier, &row->lifecycle};
        for (size_t k = 0; k < sizeof keys / sizeof *keys; k++) {
            TSL__TRY(**keys[k] ? TSL_OK : tsl__row_text_set(keys[k], "*", err));
        }
        TSL__TRY(tsl__row_names_fill(row->texts, row->action, err));
    }
    *out = table;
    table = NULL;
done:
    tsl_strategies_free(table);
    return status;
}

void tsl_strategies_free(tsl_strategies *strategies)
{
    if (strategies) {
        tsl__rows_free(&tsl__strategy_form, strategies->of, strategies->count);
        free(strategies);
    }
}

tsl_status tsl__given_strategies_take(const tsl_label_options *opt, tsl_policy *policy, tsl_error *err)
{
    tsl_strategies *table = NULL;
    if (opt->strategies_given == TSL_STRATEGIES_KEPT) {
        return TSL_OK;
    }
    const int given = opt->strategies_given == TSL_STRATEGIES_GIVEN;
    const tsl_status status =
        given && opt->strategy_count ? tsl__strategies_copy(opt->strategy, opt->strategy_count, &table, err) : TSL_OK;
    if (status == TSL_OK) {
        tsl_strategies_free(policy->strategies);
        policy->strategies = table;
        policy->own_strategies = given;
    }
    return status;
}
