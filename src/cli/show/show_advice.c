/* show_advice.c: where tiers could be cut: natural breaks for several numbers of tiers, then each method. */
#include "cli/show/show_advice.h"

#include "cli/show/format.h"
#include "cli/show/print.h"
#include "cli/show/show_summary.h"
#include "cli/system/arena.h"
#include "cli/system/fail.h"

#include <jansson.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define FORMAT_VERSION 1

/* Where a tier begins, as it is shown of a run: amounts with their cents, counts and scores as short as can be. */
static const char *write_cut(const tsl_advised_tier *tier, int money)
{
    char text[CLI_NUMBER_BYTES];
    if (money) {
        cli_number_write(tier->lowest, 2, text);
    } else {
        cli_short_write(tier->lowest, text);
    }
    return cli_format("%s%s", tier->above ? "> " : "", text);
}

/* "17,588 / 5,639 / 2,002" */
static const char *list_cuts(const tsl_tier_proposal *p, int money)
{
    const char *list = "";
    for (size_t t = 0; t + 1 < p->tier_count; t++) {
        const tsl_advised_tier *tier = &p->tier[t];
        list = cli_format("%s%s%s", list, t ? " / " : "", isnan(tier->lowest) ? "-" : write_cut(tier, money));
    }
    return list;
}

/* "1 / 4 / 15 / 30 / 50" */
static const char *list_shares(const tsl_tier_proposal *p, int of_value)
{
    const char *list = "";
    for (size_t t = 0; t < p->tier_count; t++) {
        const double share = 100 * (of_value ? p->tier[t].value_share : p->tier[t].share);
        const char *one = isnan(share) ? "-" : cli_format(fabs(share) < 9.95 && share != 0 ? "%.1f" : "%.0f", share);
        list = cli_format("%s%s%s", list, t ? " / " : "", one);
    }
    return list;
}

static void add_row(cli_text_table *grid, const char *what, const tsl_tier_proposal *p, int money)
{
    cli_text_table_add(grid, what);
    cli_text_table_number(grid, 100 * p->fit, 1);
    cli_text_table_add(grid, list_cuts(p, money));
    cli_text_table_add(grid, list_shares(p, 0));
    cli_text_table_add(grid, list_shares(p, 1));
}

static void show_tiers(const tsl_tier_proposal *p, int money, int zh)
{
    cli_text_table grid = {.columns = 5, .align = "lrrrr"};
    static const char *const heads[][5] = {{"Tier", "Customers", "Share", "Of value", "From"},
                                           {"价值等级", "客户数", "占比", "价值占比", "起点"}};
    for (size_t i = 0; i < 5; i++) {
        cli_text_table_add(&grid, heads[zh][i]);
    }
    for (size_t t = 0; t < p->tier_count; t++) {
        const tsl_advised_tier *tier = &p->tier[t];
        cli_text_table_add(&grid, tier->names[zh]);
        cli_text_table_count(&grid, tier->size);
        cli_text_table_share(&grid, tier->share);
        cli_text_table_share(&grid, tier->value_share);
        cli_text_table_add(&grid, isnan(tier->lowest) ? "" : write_cut(tier, money));
    }
    cli_text_table_print(&grid);
}

/* What is cut, to a reader. */
static tsl_status get_label(const tsl_tier_advice *advice, const char *lang, const char **out, tsl_error *err)
{
    char *label = NULL;
    tsl_status status = TSL_OK;
    *out = cli_translate("score", lang);
    if (strcmp(advice->value, "score") != 0) {
        CLI_TRY(tsl_feature_get_label(advice->value, lang, &label, err));
        *out = cli_copy(label, strlen(label));
    }
done:
    tsl_text_free(label);
    return status;
}

tsl_status cli_show_advice(const tsl_tier_advice *advice, const char *lang, tsl_error *err)
{
    const int zh = strcmp(lang, "zh") == 0;
    static const char *const heads[][5] = {{"Tiers", "Fit %", "Cuts", "Customers %", "Of value %"},
                                           {"等级数", "拟合度 %", "分界值", "客户占比 %", "价值占比 %"}};
    static const char *const method[][2] = {{"Shares of the customers", "按客户占比"},
                                            {"Shares of the value", "按价值占比"},
                                            {"Fixed cuts", "固定分界值"},
                                            {"Natural breaks", "自然断点"}};
    cli_text_table grid = {.columns = 5, .align = "lrnnn"};
    char known[CLI_NUMBER_BYTES];
    const char *value;
    size_t p = 0;
    tsl_status status = TSL_OK;
    CLI_TRY(get_label(advice, lang, &value, err));
    cli_count_write(advice->known, known);
    cli_print(zh ? "“%s”的自然断点（%s 个正值%s）：\n\n" : "Natural breaks of %s (%s values above 0%s):\n\n", value,
              known,
              !advice->logarithmic ? ""
              : zh                 ? "，按对数"
                                   : ", by their logarithms");
    for (size_t i = 0; i < 5; i++) {
        cli_text_table_add(&grid, heads[zh][i]);
    }
    for (; p < advice->proposal_count && p + 1 < TSL_ADVISED_MOST; p++) {
        add_row(&grid, cli_format("%zu", advice->proposal[p].tier_count), &advice->proposal[p], advice->money);
    }
    cli_text_table_print(&grid);
    for (; p < advice->proposal_count; p++) {
        const tsl_tier_proposal *of = &advice->proposal[p];
        cli_print(zh ? "\n%s（拟合度 %.1f %%）%s：\n\n" : "\n%s (fit %.1f %%)%s:\n\n", method[of->method][zh],
                  100 * of->fit,
                  !of->asked ? ""
                  : zh       ? "，即当前设定"
                             : ", as asked for");
        show_tiers(of, advice->money, zh);
    }
done:
    return status;
}

/* ---- As JSON (docs/advice.schema.json) ----------------------------------------------------------------------------
 */

static json_t *build_number(double number)
{
    return isfinite(number) ? json_real(number) : json_null();
}

static json_t *build_proposal(const tsl_tier_proposal *p)
{
    json_t *tiers = json_array();
    for (size_t t = 0; t < p->tier_count; t++) {
        const tsl_advised_tier *tier = &p->tier[t];
        json_array_append_new(tiers, json_pack("{s:{s:s, s:s}, s:I, s:f, s:o, s:o, s:b}", "names", "en", tier->names[0],
                                               "zh", tier->names[1], "size", (json_int_t)tier->size, "share",
                                               tier->share, "value_share", build_number(tier->value_share), "lowest",
                                               build_number(tier->lowest), "above", tier->above));
    }
    return json_pack("{s:s, s:b, s:o, s:o}", "method", tsl_tier_method_get_name(p->method), "asked", p->asked, "fit",
                     build_number(p->fit), "tiers", tiers);
}

tsl_status cli_print_advice(const tsl_tier_advice *advice, tsl_error *err)
{
    const char *en, *zh;
    tsl_status status = TSL_OK;
    CLI_TRY(get_label(advice, "en", &en, err));
    CLI_TRY(get_label(advice, "zh", &zh, err));
    json_t *proposals = json_array();
    for (size_t p = 0; p < advice->proposal_count; p++) {
        json_array_append_new(proposals, build_proposal(&advice->proposal[p]));
    }
    json_t *root =
        json_pack("{s:s, s:i, s:s, s:{s:s, s:s}, s:b, s:I, s:o}", "format", "tesela advice", "format_version",
                  FORMAT_VERSION, "value", advice->value, "label", "en", en, "zh", zh, "logarithmic",
                  advice->logarithmic, "known", (json_int_t)advice->known, "proposals", proposals);
    char *text = json_dumps(root, JSON_INDENT(2) | JSON_REAL_PRECISION(15));
    json_decref(root);
    if (!text) {
        return cli_fail(err, TSL_E_NOMEM, "out of memory");
    }
    cli_print("%s\n", text);
    free(text); /* Jansson's own */
done:
    return status;
}
