/* show_effects.c: what a treatment did, as a table and in sentences. */
#include "cli/show/show_summary.h"

#include "cli/show/print.h"
#include "cli/system/arena.h"
#include "cli/system/fail.h"

#include <math.h>
#include <string.h>

#define MOST_OF_GROUPS 8 /* sentences; who reads more reads the table */

static const char *write_number(double value, int decimals)
{
    char out[CLI_NUMBER_BYTES];
    cli_number_write(value, decimals, out);
    return cli_copy(out, strlen(out));
}

static const char *write_share(double share)
{
    char out[CLI_NUMBER_BYTES];
    cli_share_write(share, out);
    return cli_copy(out, strlen(out));
}

/* A rate in per cent, a number as it is. */
static const char *write_value(const tsl_effect_measure *m, double value, int decimals)
{
    return m->is_rate ? write_share(value) : write_number(value, decimals);
}

static const char *write_arm(const tsl_effect_measure *m, const tsl_effect_arm *arm)
{
    const int decimals = cli_pair_decimals(m->has_before ? arm->before : 0, arm->after);
    const char *after = write_value(m, arm->after, decimals);
    return !arm->customers ? ""
           : m->has_before ? cli_format("%s → %s", write_value(m, arm->before, decimals), after)
                           : after;
}

/* Rates differ by points: of a hundred customers so many more. */
static const char *write_difference(const tsl_effect_measure *m, double value, int decimals)
{
    if (isnan(value)) {
        return "";
    }
    const double shown = m->is_rate ? round(1000 * value) / 10 + 0.0 : value; /* no -0.0 */
    return cli_format("%s%s", shown > 0 ? "+" : "", write_number(shown, m->is_rate ? 1 : decimals));
}

/* With the unit of rates behind it. */
static const char *write_change(const tsl_effect_measure *m, double value, const char *lang)
{
    const char *shown = write_difference(m, value, 2);
    return *shown && m->is_rate ? cli_format("%s %s", shown, strcmp(lang, "zh") == 0 ? "个百分点" : "points") : shown;
}

static const char *write_relative(double value)
{
    const char *share = write_share(value);
    return cli_format("%s%s", value >= 0.0005 ? "+" : "", share);
}

static const char *write_interval(const tsl_effect_measure *m, double low, double high)
{
    const int decimals = cli_pair_decimals(low, high);
    const char *from = write_difference(m, low, decimals), *to = write_difference(m, high, decimals);
    return *from && *to ? cli_format("%s … %s", from, to) : "–";
}

static int is_beyond_chance(const tsl_effect *of)
{
    return of->p_adjusted < .05;
}

static const char *write_holm(const tsl_effect *of)
{
    char out[CLI_NUMBER_BYTES];
    cli_number_write(of->p_adjusted, 3, out);
    return cli_format("%s%s%s", out, is_beyond_chance(of) ? " *" : "", of->few ? " !" : "");
}

static void add_effect(cli_text_table *grid, const tsl_effects *effects, const tsl_effect *of, const char *lang)
{
    const tsl_effect_measure *m = &effects->measure[of->measure];
    const tsl_effect_stratum *stratum = &effects->stratum[of->stratum];
    cli_text_table_add(grid, stratum->by < 0 ? cli_translate("all", lang)
                                             : effects->migration->then->by[stratum->by].group[stratum->group].code);
    cli_text_table_add(grid, m->names[strcmp(lang, "zh") == 0]);
    cli_text_table_add(grid, write_arm(m, &of->arm[TSL_TREATED]));
    if (!effects->arms->has_control) {
        const tsl_effect_arm *arm = &of->arm[TSL_TREATED];
        cli_text_table_add(grid, write_change(m, arm->change, lang));
        cli_text_table_add(grid, write_interval(m, arm->low, arm->high));
        return;
    }
    cli_text_table_add(grid, write_arm(m, &of->arm[TSL_CONTROL]));
    cli_text_table_add(grid, write_change(m, of->difference, lang));
    cli_text_table_add(grid, write_interval(m, of->low, of->high));
    cli_text_table_add(grid, write_relative(of->relative));
    cli_text_table_add(grid, write_holm(of));
}

static void show_table(const tsl_effects *effects, const char *lang)
{
    static const char *const with[] = {"Of whom",    "Measure", "Treated",  "Control",
                                       "Difference", "95 %",    "Relative", "After Holm"},
                             *const alone[] = {"Of whom", "Measure", "Treated", "Difference", "95 %"};
    const int compared = effects->arms->has_control;
    cli_text_table grid = {.columns = compared ? 8 : 5, .align = compared ? "llrrrrrl" : "llrrr"};
    for (size_t i = 0; i < grid.columns; i++) {
        cli_text_table_add(&grid, cli_translate(compared ? with[i] : alone[i], lang));
    }
    for (size_t i = 0; i < effects->count; i++) {
        add_effect(&grid, effects, &effects->of[i], lang);
    }
    cli_text_table_print(&grid);
}

static void show_head(const tsl_effects *effects, const char *lang)
{
    char treated[CLI_NUMBER_BYTES], control[CLI_NUMBER_BYTES];
    cli_count_write(effects->used[TSL_TREATED], treated);
    cli_count_write(effects->used[TSL_CONTROL], control);
    const int zh = strcmp(lang, "zh") == 0;
    if (!effects->arms->has_control) { /* how they changed is not what the treatment did */
        cli_print(zh ? "\n实验组的变化：实验组 %s 人，无对照组，相隔 %d 天\n\n"
                     : "\nHow the treated changed: %s treated, none held back, %d days apart\n\n",
                  treated, effects->days);
    } else if (zh) {
        cli_print("\n措施的效果：实验组 %s 人，对照组 %s 人，相隔 %d 天；共看 %zu 个结果", treated, control,
                  effects->days, effects->looked_at);
        cli_print("（* 经 Holm 校正后仍超出偶然，! 客户较少）\n\n");
    } else {
        cli_print("\nWhat the treatment did: %s treated, %s held back, %d days apart; %zu effects were looked at\n",
                  treated, control, effects->days, effects->looked_at);
        cli_print("(* beyond chance after Holm, ! few customers)\n\n");
    }
}

static tsl_status say(const tsl_effects *effects, size_t index, const char *lang, tsl_error *err)
{
    char *words = NULL;
    tsl_status status = TSL_OK;
    CLI_TRY(tsl_effects_get_sentence(effects, index, lang, &words, err));
    cli_print("%s%s\n", words, strcmp(lang, "zh") == 0 ? "。" : ".");
done:
    tsl_text_free(words);
    return status;
}

static void say_rest(size_t count, const char *lang)
{
    if (count && strcmp(lang, "zh") == 0) {
        cli_print("另有 %zu 项分组效果也超出偶然：表中以 * 标出，--json 中各有一句说明。\n", count);
    } else if (count) {
        cli_print("%s of groups beyond chance: marked with * in the table; --json has each sentence.\n",
                  cli_count_name(count, "more effect"));
    }
}

/* Of all customers each measure, then of groups what is beyond chance: tiers from the best, whom campaigns are for,
 * before segments. */
static tsl_status say_all(const tsl_effects *effects, const char *lang, tsl_error *err)
{
    static const int order[] = {-1, TSL_BY_TIER, TSL_BY_SEGMENT};
    tsl_status status = TSL_OK;
    size_t of_groups = 0;
    for (size_t o = 0; o < sizeof order / sizeof *order; o++) {
        for (size_t i = 0; i < effects->count; i++) {
            const tsl_effect *of = &effects->of[i];
            const int by = effects->stratum[of->stratum].by;
            const int counts = by == order[o] && (by < 0 || is_beyond_chance(of));
            of_groups += counts && by >= 0;
            CLI_TRY(counts && of_groups <= MOST_OF_GROUPS ? say(effects, i, lang, err) : TSL_OK);
        }
    }
    say_rest(of_groups > MOST_OF_GROUPS ? of_groups - MOST_OF_GROUPS : 0, lang);
done:
    return status;
}

tsl_status cli_show_effects(const tsl_effects *effects, const char *lang, tsl_error *err)
{
    show_head(effects, lang);
    show_table(effects, lang);
    cli_print("\n");
    return say_all(effects, lang, err);
}
