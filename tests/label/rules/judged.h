/* judged.h: the crowds of ../crowds.h labelled by rule sets. */
#ifndef TEST_LABEL_RULES_JUDGED_H
#define TEST_LABEL_RULES_JUDGED_H

#include "label/crowds.h"

/* The labels by these rules; NULL, with err, where they are refused. */
static inline tsl_labels *judge(const tsl_features *f, const tsl_model *model, const tsl_policy *policy,
                                const tsl_rule_class *rule, size_t count, int threads, tsl_error *err)
{
    tsl_label_options opt;
    tsl_labels *labels = NULL;
    const tsl_exec exec = {.size = sizeof exec, .threads = threads};
    TSL_DEFAULTS(label, &opt);
    opt.rule = rule;
    opt.rule_count = count;
    opt.rules_given = rule != NULL;
    (void)!tsl_labels_build(f, model, model->assignment, policy, &opt, &exec, &labels, err);
    return labels;
}

static inline tsl_labels *judge_well(const tsl_features *f, const tsl_model *model, const tsl_policy *policy,
                                     const tsl_rule_class *rule, size_t count, int threads)
{
    tsl_error err;
    tsl_labels *labels = judge(f, model, policy, rule, count, threads, &err);
    if (!labels) {
        fail_msg("%s", err.message);
    }
    return labels;
}

#endif
