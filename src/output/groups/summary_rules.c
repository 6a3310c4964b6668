/* summary_rules.c: the summary of rule sets and of what is to be done about whom. */
#include "output/summary.h"

/* ---- Rule sets ------------------------------------------------------------------------ */

static void add_conditions(tsl__json *doc, json_t *object, const tsl_rule_count *from)
{
    json_t *conditions = tsl__json_set_array(doc, object, "conditions");
    for (size_t i = 0; i < from->condition_count; i++) {
        const tsl_rule_condition *of = &from->condition[i];
        json_t *condition = tsl__json_push_object(doc, conditions);
        tsl__json_set(doc, condition, "condition", tsl__json_text(of->text));
        tsl__json_set(doc, condition, "holds", tsl__json_count(of->holds));
        tsl__json_set(doc, condition, "fails", tsl__json_count(of->fails));
        tsl__json_set(doc, condition, "unknown", tsl__json_count(of->unknown));
    }
}

/* Other classes that hold for some of the same customers. */
static void add_overlaps(tsl__json *doc, json_t *object, const tsl_rule_set *set, size_t c)
{
    json_t *overlaps = tsl__json_set_array(doc, object, "overlaps");
    for (size_t other = 0; other < set->class_count; other++) {
        if (other != c && set->classes[c].both[other]) {
            json_t *overlap = tsl__json_push_object(doc, overlaps);
            tsl__json_set(doc, overlap, "class", tsl__json_text(set->classes[other].code));
            tsl__json_set(doc, overlap, "customers", tsl__json_count(set->classes[c].both[other]));
        }
    }
}

static void add_class(tsl__json *doc, json_t *array, const tsl_labels *labels, const tsl_rule_set *set, size_t c)
{
    const tsl_rule_count *from = &set->classes[c];
    json_t *class = tsl__json_push_object(doc, array);
    tsl__json_set(doc, class, "class", tsl__json_text(from->code));
    tsl__json_set_langs(doc, class, "names", from->names[0], from->names[1]);
    tsl__json_set(doc, class, "when", tsl__json_text(from->when));
    tsl__json_set(doc, class, "size", tsl__json_count(from->size));
    tsl__json_set(doc, class, "share", tsl__json_number((double)from->size / (double)labels->customers));
    tsl__json_set(doc, class, "value_total", tsl__json_number(from->value_total));
    tsl__json_set(doc, class, "value_share", tsl__json_number(from->value_share));
    tsl__json_set(doc, class, "holds", tsl__json_count(from->holds));
    tsl__json_set(doc, class, "unknown", tsl__json_count(from->unknown));
    tsl__json_set(doc, class, "reach", json_string(tsl_rule_reach_get_name(from->reach)));
    add_conditions(doc, class, from);
    add_overlaps(doc, class, set, c);
}

static void add_set(tsl__json *doc, json_t *array, const tsl_labels *labels, const tsl_rule_set *from)
{
    json_t *set = tsl__json_push_object(doc, array);
    tsl__json_set(doc, set, "set", tsl__json_text(from->name));
    json_t *classes = tsl__json_set_array(doc, set, "classes");
    for (size_t c = 0; c < from->class_count; c++) {
        add_class(doc, classes, labels, from, c);
    }
    tsl__json_set(doc, set, "none", tsl__json_count(from->none));
    tsl__json_set(doc, set, "unknown", tsl__json_count(from->unknown));
    tsl__json_set(doc, set, "earlier_unknown", tsl__json_count(from->open));
}

/* ---- Strategies -------------------------------------------------------------------------- */

static json_t *tier_code(const tsl_labels *labels, int tier)
{
    return tier < 0 ? json_null() : tsl__json_text(labels->policy->tier_name[tier].code);
}

static json_t *stage_code(int stage)
{
    return stage < 0 ? json_null() : json_string(tsl_stage_get_code((tsl_stage)stage));
}

static void add_strategies(tsl__json *doc, const tsl_labels *labels)
{
    json_t *all = tsl__json_set_object(doc, doc->root, "strategies");
    json_t *rows = tsl__json_set_array(doc, all, "rows");
    for (size_t i = 0; i < labels->strategies->count; i++) {
        const tsl_strategy_use *use = &labels->strategy_use[i];
        if (use->size) {
            json_t *row = tsl__json_push_object(doc, rows);
            tsl__json_set(doc, row, "segment", tsl__json_text(use->row->segment));
            tsl__json_set(doc, row, "tier", tsl__json_text(use->row->tier));
            tsl__json_set(doc, row, "lifecycle", tsl__json_text(use->row->lifecycle));
            tsl__json_set(doc, row, "action", tsl__json_text(use->row->action));
            tsl__json_set_langs(doc, row, "texts", use->row->texts[0], use->row->texts[1]);
            tsl__json_set(doc, row, "size", tsl__json_count(use->size));
            tsl__json_set(doc, row, "share", tsl__json_number((double)use->size / (double)labels->customers));
            tsl__json_set(doc, row, "value_total", tsl__json_number(use->value_total));
            tsl__json_set(doc, row, "value_share", tsl__json_number(use->value_share));
        }
    }
    json_t *unset = tsl__json_set_array(doc, all, "unset");
    for (size_t i = 0; i < labels->strategy_gap_count; i++) {
        const tsl_strategy_gap *gap = &labels->strategy_gap[i];
        json_t *cell = tsl__json_push_object(doc, unset);
        tsl__json_set(doc, cell, "tier", tier_code(labels, gap->tier));
        tsl__json_set(doc, cell, "lifecycle", stage_code(gap->stage));
        tsl__json_set(doc, cell, "size", tsl__json_count(gap->size));
    }
}

void tsl__summary_rules(tsl__json *doc, const tsl_results *results)
{
    const tsl_labels *labels = results->labels;
    if (labels && labels->rule_set_count) {
        json_t *sets = tsl__json_set_array(doc, doc->root, "rules");
        for (size_t i = 0; i < labels->rule_set_count; i++) {
            add_set(doc, sets, labels, &labels->rule_set[i]);
        }
    }
    if (labels && labels->strategies) {
        add_strategies(doc, labels);
    }
}
