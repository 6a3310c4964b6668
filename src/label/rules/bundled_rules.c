/* bundled_rules.c: the rule sets that can be asked for by name. docs/methods/rules.md says which of their levels are
 * the field's and which are defaults. */
#include <tesela/label.h>

#include <stddef.h>
#include <string.h>

/* clang-format off */
static const tsl_rule_class activity[] = {
    {"activity", "highly_active", {"Highly active", "高度活跃"},
     "orders_per_month > 5 and session_minutes_mean > 30 and months_without_interaction_12m = 0", NULL},
};

static const tsl_rule_class loyalty[] = {
    {"loyalty", "long_term_loyal", {"Long-term loyal", "长期忠诚"},
     "frequency_365d > 10 and satisfaction_mean >= 4.5", NULL},
    {"loyalty", "loyal", {"Loyal", "忠诚"},
     "frequency_365d >= 4 and coalesce(satisfaction_mean, 3) >= 3", NULL},
    {"loyalty", "general", {"General", "一般"},
     "frequency_365d >= 1", NULL},
    {"loyalty", "lost", {"Lost", "流失"},
     "frequency_365d = 0 and frequency >= 1", NULL},
};

static const tsl_rule_class account[] = {
    {"account", "key", {"Key account", "重点客户"},
     "m_score = 5 and f_score = 5 and r_score >= 4", NULL},
    {"account", "strategic", {"Strategic account", "战略客户"},
     "m_score >= 4 and r_score >= 4 and monetary_trend > 0", NULL},
    {"account", "premium", {"Premium account", "优质客户"},
     "m_score >= 4 and r_score >= 3 and coalesce(return_share, 0) <= 0.05", NULL},
};
/* clang-format on */

#define COUNT(table) (sizeof(table) / sizeof *(table))

static const struct {
    const tsl_rule_class *classes;
    size_t count;
} sets[] = {{activity, COUNT(activity)}, {loyalty, COUNT(loyalty)}, {account, COUNT(account)}};

const tsl_rule_class *tsl_rule_set_get_bundled(const char *set, size_t *count)
{
    for (size_t i = 0; i < COUNT(sets); i++) {
        if (strcmp(sets[i].classes[0].set, set) == 0) {
            *count = sets[i].count;
            return sets[i].classes;
        }
    }
    *count = 0;
    return NULL;
}

const char *tsl_rule_set_get_name(size_t index)
{
    return index < COUNT(sets) ? sets[index].classes[0].set : NULL;
}
