/* show_rules.c: what is found of rule sets and strategies before anything is written: whom each class is for, by which
 * condition, which overlap, which nobody reaches, and whom none is for. */
#include "cli/show/show_summary.h"

#include "cli/show/print.h"
#include "cli/system/arena.h"

#include <string.h>

static cli_text_table open_grid(const char *const *heads, const char *align, const char *lang)
{
    cli_text_table grid = {.columns = strlen(align), .align = align};
    for (size_t c = 0; c < grid.columns; c++) {
        cli_text_table_add(&grid, cli_translate(heads[c], lang));
    }
    return grid;
}

static const char *write_count(uint64_t count)
{
    char text[CLI_NUMBER_BYTES];
    cli_count_write(count, text);
    return cli_format("%s", text);
}

/* ---- Rule sets -------------------------------------------------------------------------- */

/* Each class, and below it its conditions. */
static void show_set(const tsl_labels *labels, const tsl_rule_set *set, const char *lang)
{
    const char *const heads[] = {set->name, "Customers", "Share", "Holds", "Fails", "Unknown", "Reached"};
    static const char *const reaches[] = {"yes", "nobody", "shadowed", "contradictory"};
    cli_text_table grid = open_grid(heads, "lrrrrrl", lang);
    for (size_t c = 0; c < set->class_count; c++) {
        const tsl_rule_count *class = &set->classes[c];
        cli_text_table_add(&grid, class->names[strcmp(lang, "zh") == 0]);
        cli_text_table_count(&grid, class->size);
        cli_text_table_share(&grid, (double)class->size / (double)labels->customers);
        cli_text_table_count(&grid, class->holds);
        cli_text_table_count(&grid, labels->customers - class->holds - class->unknown);
        cli_text_table_count(&grid, class->unknown);
        cli_text_table_add(&grid, cli_translate(reaches[class->reach], lang));
        for (size_t i = 0; i < class->condition_count; i++) {
            const tsl_rule_condition *condition = &class->condition[i];
            cli_text_table_add(&grid, cli_format("  %s", condition->text));
            cli_text_table_add(&grid, "");
            cli_text_table_add(&grid, "");
            cli_text_table_count(&grid, condition->holds);
            cli_text_table_count(&grid, condition->fails);
            cli_text_table_count(&grid, condition->unknown);
            cli_text_table_add(&grid, "");
        }
    }
    cli_text_table_print(&grid);
}

/* Customers whom no class is for, and classes that hold for the same ones. */
static void show_rest(const tsl_rule_set *set, const char *lang)
{
    const int zh = strcmp(lang, "zh") == 0;
    cli_print(zh ? "  不属于任何类别：%s；无法判断：%s；更靠前的类别无法判断：%s\n"
                 : "  in no class: %s; not known: %s; in a class though an earlier one is not known: %s\n",
              write_count(set->none), write_count(set->unknown), write_count(set->open));
    for (size_t a = 0; a < set->class_count; a++) {
        for (size_t b = a + 1; b < set->class_count; b++) {
            if (set->classes[a].both[b]) {
                cli_print(zh ? "  同时满足“%s”和“%s”：%s\n" : "  both %s and %s: %s\n", set->classes[a].names[zh],
                          set->classes[b].names[zh], write_count(set->classes[a].both[b]));
            }
        }
    }
    cli_print("\n");
}

/* ---- Strategies --------------------------------------------------------------------------- */

/* In Chinese codes go by their names: whoever reads the table need not know them. "*" is anybody. */
static const char *word_tier(const tsl_labels *labels, const char *code, const char *lang)
{
    const tsl_policy *policy = labels->policy;
    const int zh = strcmp(lang, "zh") == 0;
    const char *words = zh && strcmp(code, "*") == 0 ? "全部" : code;
    for (size_t t = 0; t < policy->tier_count && zh; t++) {
        words = strcmp(policy->tier_name[t].code, code) == 0 ? policy->tier_name[t].names[1] : words;
    }
    return words;
}

static const char *word_stage(const tsl_labels *labels, const char *code, const char *lang)
{
    const int zh = strcmp(lang, "zh") == 0;
    const char *words = zh && strcmp(code, "*") == 0 ? "全部" : code;
    for (int s = 0; s < TSL_STAGES && zh; s++) {
        words = strcmp(tsl_stage_get_code((tsl_stage)s), code) == 0
                    ? tsl_policy_get_stage_name(labels->policy, (tsl_stage)s, 1)
                    : words;
    }
    return words;
}

static const char *word_segment(const tsl_labels *labels, const char *code, const char *lang)
{
    const int zh = strcmp(lang, "zh") == 0;
    const char *words = zh && strcmp(code, "*") == 0 ? "全部" : code;
    for (size_t s = 0; s < labels->segment_count && zh; s++) {
        words = strcmp(labels->segments[s].code, code) == 0 ? labels->segments[s].names[1] : words;
    }
    return words;
}

static void show_strategies(const tsl_labels *labels, const char *lang)
{
    static const char *const heads[] = {"segment", "tier", "lifecycle", "Customers", "Action", "What to do"};
    cli_text_table grid = open_grid(heads, "lllrlw", lang);
    for (size_t i = 0; i < labels->strategies->count; i++) {
        const tsl_strategy *row = &labels->strategies->of[i];
        cli_text_table_add(&grid, word_segment(labels, row->segment, lang));
        cli_text_table_add(&grid, word_tier(labels, row->tier, lang));
        cli_text_table_add(&grid, word_stage(labels, row->lifecycle, lang));
        cli_text_table_count(&grid, labels->strategy_use[i].size);
        cli_text_table_add(&grid, row->action);
        cli_text_table_add(&grid, row->texts[strcmp(lang, "zh") == 0]);
    }
    cli_text_table_print(&grid);
}

static void show_gaps(const tsl_labels *labels, const char *lang)
{
    const int zh = strcmp(lang, "zh") == 0;
    for (size_t i = 0; i < labels->strategy_gap_count; i++) {
        const tsl_strategy_gap *gap = &labels->strategy_gap[i];
        const char *tier = word_tier(labels, gap->tier < 0 ? "*" : labels->policy->tier_name[gap->tier].code, lang);
        const char *stage = word_stage(labels, gap->stage < 0 ? "*" : tsl_stage_get_code((tsl_stage)gap->stage), lang);
        if (zh) {
            cli_print("  未设置策略：价值等级 %s，生命周期 %s（%s 位客户）\n", tier, stage, write_count(gap->size));
        } else {
            cli_print("  unset: tier %s, lifecycle %s (%s)\n", tier, stage, cli_count_name(gap->size, "customer"));
        }
    }
}

void cli_show_rule_check(const tsl_labels *labels, const char *lang)
{
    if (!labels->rule_set_count && !labels->strategies) {
        cli_print("%s\n", strcmp(lang, "zh") == 0 ? "没有可检查的内容：既无规则集，也无策略。"
                                                  : "Nothing to check: there are neither rule sets nor strategies.");
    }
    for (size_t i = 0; i < labels->rule_set_count; i++) {
        show_set(labels, &labels->rule_set[i], lang);
        show_rest(&labels->rule_set[i], lang);
    }
    if (labels->strategies) {
        show_strategies(labels, lang);
        show_gaps(labels, lang);
    }
}
