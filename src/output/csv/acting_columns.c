/* acting_columns.c: what rule sets and strategies say of a customer, as columns. */
#include "output/csv/acting_columns.h"

void tsl__acting_head_put(const tsl_labels *labels, tsl__text *out)
{
    for (size_t i = 0; i < labels->rule_set_count; i++) {
        tsl__text_printf(out, ",%s,%s_unmet", labels->rule_set[i].name, labels->rule_set[i].name);
    }
    tsl__text_puts(out, labels->strategies ? ",action,action_text" : "");
}

/* "orders_per_month > 5; session_minutes_mean > 30 (unknown)" */
static void put_unmet(const tsl_rule_set *set, size_t row, int lang, tsl__text *out)
{
    static const char *const unknown[TSL_LANGS] = {" (unknown)", "（未知）"};
    const tsl_rule_count *first = &set->classes[0];
    tsl__text cell = {0};
    for (size_t c = 0; c < first->condition_count; c++) {
        const uint32_t bit = (uint32_t)1 << c;
        if ((set->first_fails[row] | set->first_unknown[row]) & bit) {
            tsl__text_puts(&cell, cell.length ? "; " : "");
            tsl__text_puts(&cell, first->condition[c].text);
            tsl__text_puts(&cell, set->first_unknown[row] & bit ? unknown[lang] : "");
        }
    }
    out->failed |= cell.failed;
    tsl__text_csv(out, cell.length ? cell.data : "");
    tsl__text_free(&cell);
}

void tsl__acting_row_put(const tsl_labels *labels, size_t row, tsl__text *out)
{
    for (size_t i = 0; i < labels->rule_set_count; i++) {
        const tsl_rule_set *set = &labels->rule_set[i];
        const int class = set->customer_class[row];
        tsl__text_puts(out, ",");
        tsl__text_puts(out, class >= 0 ? set->classes[class].code : class == TSL_RULE_UNKNOWN ? "unknown" : "");
        tsl__text_puts(out, ",");
        put_unmet(set, row, labels->lang, out);
    }
    if (labels->strategies) {
        const int32_t at = labels->customer_strategy[row];
        const tsl_strategy *of = at < 0 ? NULL : &labels->strategies->of[at];
        tsl__text_puts(out, ",");
        tsl__text_puts(out, of ? of->action : "");
        tsl__text_puts(out, ",");
        tsl__text_csv(out, of ? of->texts[labels->lang] : "");
    }
}
