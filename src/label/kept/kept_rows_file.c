/* kept_rows_file.c: the rule sets and strategies of a policy <-> model.h5. */
#include "label/kept/kept_rows_file.h"

#include "base/alloc.h"
#include "label/kept/kept_rows.h"

#include <stdlib.h>
#include <string.h>

#define COUNT(table) (sizeof(table) / sizeof(table)[0])
#define RULES "policy/rules"
#define STRATEGIES "policy/strategies"

static const tsl__field rule_field[] = {
    {"set", TSL__TEXT, offsetof(tsl_rule_class, set), NULL},
    {"code", TSL__TEXT, offsetof(tsl_rule_class, code), NULL},
    {"name_en", TSL__TEXT, offsetof(tsl_rule_class, names[0]), NULL},
    {"name_zh", TSL__TEXT, offsetof(tsl_rule_class, names[1]), NULL},
    {"when", TSL__TEXT, offsetof(tsl_rule_class, when), NULL},
};

static const tsl__field strategy_field[] = {
    {"segment", TSL__TEXT, offsetof(tsl_strategy, segment), NULL},
    {"tier", TSL__TEXT, offsetof(tsl_strategy, tier), NULL},
    {"lifecycle", TSL__TEXT, offsetof(tsl_strategy, lifecycle), NULL},
    {"action", TSL__TEXT, offsetof(tsl_strategy, action), NULL},
    {"text_en", TSL__TEXT, offsetof(tsl_strategy, texts[0]), NULL},
    {"text_zh", TSL__TEXT, offsetof(tsl_strategy, texts[1]), NULL},
};

void tsl__rows_put(tsl__store *store, const tsl_policy *policy)
{
    const tsl_strategies *table = policy->strategies;
    if (policy->rule_count) {
        tsl__store_put_dict(store, RULES);
        tsl__store_put_records(store, RULES, rule_field, COUNT(rule_field), policy->rule, policy->rule_count,
                               sizeof *policy->rule);
    }
    if (policy->own_strategies) {
        tsl__store_put_dict(store, STRATEGIES);
        tsl__store_put_records(store, STRATEGIES, strategy_field, COUNT(strategy_field), table ? table->of : NULL,
                               table ? table->count : 0, sizeof *table->of);
    }
}

/* Where they are written is not kept. */
static int forget_places(const tsl__row_form *form, char *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        char *nowhere = tsl__strdup("");
        if (!nowhere) {
            return -1;
        }
        memcpy(rows + i * form->size + form->text[form->texts - 1], &nowhere, sizeof nowhere);
    }
    return 0;
}

static void *get_rows(tsl__store *store, const char *group, const tsl__row_form *form, const tsl__field *field,
                      size_t fields, const char *first, size_t *count)
{
    *count = tsl__store_get_shape(store, first).rows;
    char *rows = tsl__store_failed(store) ? NULL : tsl__alloc_zero(*count, form->size);
    tsl__store_check_dict(store, group);
    if (!rows || forget_places(form, rows, *count)) {
        tsl__store_fail_nomem(store);
        tsl__rows_free(form, rows, *count);
        *count = 0;
        return NULL;
    }
    tsl__store_get_records(store, group, field, fields, rows, *count, form->size);
    return rows;
}

void tsl__rows_get(tsl__store *store, tsl_policy *policy)
{
    if (tsl__store_has(store, RULES)) {
        policy->rule = get_rows(store, RULES, &tsl__rule_class_form, rule_field, COUNT(rule_field), RULES "/set",
                                &policy->rule_count);
    }
    if (tsl__store_has(store, STRATEGIES)) {
        size_t count;
        void *rows = get_rows(store, STRATEGIES, &tsl__strategy_form, strategy_field, COUNT(strategy_field),
                              STRATEGIES "/action", &count);
        policy->own_strategies = 1;
        policy->strategies = count ? tsl__alloc_zero(1, sizeof *policy->strategies) : NULL;
        if (policy->strategies) {
            *policy->strategies = (tsl_strategies){count, rows};
        } else {
            tsl__rows_free(&tsl__strategy_form, rows, count);
        }
    }
}
