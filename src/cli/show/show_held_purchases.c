/* show_held_purchases.c: what models of purchases foretold of a period held out, beside what came, as short tables. */
#include "cli/show/show_summary.h"

#include "cli/show/print.h"
#include "cli/system/arena.h"

#include <inttypes.h>
#include <math.h>
#include <string.h>

static int is_judged(const tsl_valuation_holdout *h, int foreteller)
{
    return foreteller == TSL_FORETELLER_NAIVE || (h->fitted & 1U << foreteller);
}

static void show_period(const tsl_valuation_holdout *h, const char *lang)
{
    const tsl_holdout *came = &h->judged[TSL_FORETELLER_NAIVE];
    char customers[CLI_NUMBER_BYTES], newcomers[CLI_NUMBER_BYTES], purchases[CLI_NUMBER_BYTES], day[11] = "";
    const int zh = strcmp(lang, "zh") == 0;
    cli_count_write((uint64_t)h->customers, customers);
    cli_count_write((uint64_t)h->newcomers, newcomers);
    cli_count_write((uint64_t)round(came->actual * came->customers), purchases);
    if (h->cut != TSL_NO_DAY) {
        tsl_day_write(h->cut, day);
    }
    if (zh) {
        cli_print("留出最后 %d 天%s%s：%s 位客户在此期间购买 %s 次", h->days, *day ? "，自 " : "", day, customers,
                  purchases);
    } else {
        cli_print("held out: %s%s%s; %s bought %s in them", cli_count_name((uint64_t)h->days, "day"),
                  *day ? " from " : "", day, cli_count_name((uint64_t)h->customers, "customer"),
                  cli_count_name((uint64_t)round(came->actual * came->customers), "time"));
    }
    if (h->newcomers > 0) {
        cli_print(zh                  ? "；期间新增的 %s 位客户不计在内"
                  : h->newcomers == 1 ? "; %s who came then is left out"
                                      : "; %s who came then are left out",
                  newcomers);
    }
    cli_print("\n\n");
}

static void show_figures(const tsl_valuation_holdout *h, const char *lang)
{
    static const char *const heads[] = {"Model", "MAE", "RMSE", "Bias", "Gini", "Top tenth"};
    cli_text_table grid = {.columns = 6, .align = "lrrrrr"};
    for (size_t i = 0; i < grid.columns; i++) {
        cli_text_table_add(&grid, cli_translate(heads[i], lang));
    }
    for (int f = 0; f < TSL_FORETELLERS; f++) {
        const tsl_holdout *own = &h->judged[f];
        const char *name = tsl_foreteller_get_name((tsl_foreteller)f);
        if (is_judged(h, f)) {
            cli_text_table_add(&grid, f == (int)h->chosen ? cli_format("%s *", name) : cli_translate(name, lang));
            cli_text_table_number(&grid, own->mae, 4);
            cli_text_table_number(&grid, own->rmse, 4);
            cli_text_table_add(&grid, isfinite(own->bias) ? cli_format("%+.1f %%", 100 * own->bias) : "");
            cli_text_table_number(&grid, own->gini, 4);
            cli_text_table_share(&grid, own->top_share);
        }
    }
    cli_text_table_print(&grid);
    cli_print("\n");
}

/* Means by how often they had bought again. */
static void show_classes(const tsl_valuation_holdout *h, const char *lang)
{
    const tsl_holdout *naive = &h->judged[TSL_FORETELLER_NAIVE];
    const tsl_holdout *model = h->chosen < TSL_PURCHASE_KINDS ? &h->judged[h->chosen] : NULL;
    const char *const heads[] = {"x", "Customers", "Actual",
                                 model ? tsl_foreteller_get_name((tsl_foreteller)h->chosen) : "", "naive"};
    cli_text_table grid = {.columns = 5, .align = "lrrrr"};
    for (size_t i = 0; i < grid.columns; i++) {
        cli_text_table_add(&grid, cli_translate(heads[i], lang));
    }
    for (int x = 0; x < TSL_HOLDOUT_CLASSES; x++) {
        const tsl_holdout_class *own = &naive->by_frequency[x];
        if (own->customers > 0) {
            cli_text_table_add(&grid, cli_format("%d%s", x, x == TSL_HOLDOUT_CLASSES - 1 ? "+" : ""));
            cli_text_table_count(&grid, (uint64_t)own->customers);
            cli_text_table_number(&grid, own->actual, 3);
            cli_text_table_number(&grid, model ? model->by_frequency[x].expected : (double)NAN, 3);
            cli_text_table_number(&grid, own->expected, 3);
        }
    }
    cli_text_table_print(&grid);
    cli_print("\n");
}

/* Where the track stands at the cut and at the end. */
static void show_track(const tsl_valuation_holdout *h, const char *lang)
{
    const double *expected = h->actual && h->chosen < TSL_PURCHASE_KINDS ? h->expected[h->chosen] : NULL;
    const int zh = strcmp(lang, "zh") == 0;
    if (!expected || h->steps_before == 0) {
        return;
    }
    const size_t at[] = {h->steps_before - 1, h->steps - 1};
    cli_print(zh ? "累计复购：" : "repeat purchases so far:");
    for (int i = 0; i < 2; i++) {
        const double came = h->actual[at[i]];
        char seen[CLI_NUMBER_BYTES], foretold[CLI_NUMBER_BYTES];
        cli_number_write(came, 0, seen);
        cli_number_write(expected[at[i]], 0, foretold);
        cli_print(zh ? "%s%s %s 次，%s 预期 %s 次" : "%s %s %s, by %s %s", i ? zh ? "；" : ";" : "",
                  zh  ? i ? "期末" : "留出前"
                  : i ? "at the end"
                      : "at the cut",
                  seen, tsl_purchase_kind_get_name(h->chosen), foretold);
        if (came > 0) {
            cli_print(zh ? "（%+.1f%%）" : " (%+.1f %%)", 100 * (expected[at[i]] / came - 1));
        }
    }
    cli_print("\n\n");
}

void cli_show_held_purchases(const tsl_valuation *valuation, const char *lang)
{
    const tsl_valuation_holdout *h = valuation->holdout;
    if (h) {
        show_period(h, lang);
        show_figures(h, lang);
        show_classes(h, lang);
        show_track(h, lang);
    }
}
