/* given_rules.c: rule sets as somebody gives them: looked at before there is a customer, then put into the policy. */
#include "label/rules/rules.h"

#include "base/alloc.h"
#include "base/error.h"
#include "base/text.h"
#include "label/kept/kept_rows.h"

#include <stdlib.h>
#include <string.h>

/* ---- What can be told before there are customers ------------------------------------ */

/* Other columns of segments.csv. */
static const char *const taken[] = {"customer_id",      "segment",      "segment_name",   "tier",
                                    "lifecycle",        "confidence",   "value",          "r_score",
                                    "f_score",          "m_score",      "distance",       "runner_up",
                                    "reason",           "segment_code", "action",         "action_text",
                                    "tier_below",       "score",        "lifecycle_name", "lifecycle_from",
                                    "lifecycle_since",  "churn_risk",   "value_at_risk",  "rfm_segment",
                                    "rfm_segment_name", "clv",          "reason_code",    "segment_from",
                                    "segment_since"};

#define SCORE "score_" /* "score_financial" */
#define UNMET "_unmet" /* "activity_unmet": which conditions of the first class do not hold */

/* "shop.yaml:12:13: rules.activity.highly_active: ". */
static tsl_status fail(const tsl_rule_class *c, tsl_error *err, const char *what, const char *seen)
{
    return tsl__error_set(err, TSL_E_INPUT, "%s%srules.%s.%s: %s%s%s%s",
                          tsl__row_text_is_there(c->where) ? c->where : "",
                          tsl__row_text_is_there(c->where) ? ": " : "", c->set ? c->set : "?", c->code ? c->code : "?",
                          seen ? "\"" : "", seen ? seen : "", seen ? "\" " : "", what);
}

static tsl_status check_set(const tsl_rule_class *c, tsl_error *err)
{
    const size_t length = c->set ? strlen(c->set) : 0, end = strlen(UNMET);
    if (!tsl__code_is_good(c->set)) {
        return fail(c, err, "is no name of a set; expected " TSL__CODE_EXPECTED, c->set ? c->set : "");
    }
    int is_taken =
        (length > end && strcmp(c->set + length - end, UNMET) == 0) || strncmp(c->set, SCORE, strlen(SCORE)) == 0;
    for (size_t i = 0; i < sizeof taken / sizeof *taken && !is_taken; i++) {
        is_taken = tsl__is_same_folded(c->set, taken[i]);
    }
    return is_taken ? fail(c, err, "is a column of segments.csv already: the set needs another name", c->set) : TSL_OK;
}

static tsl_status check_when(const tsl_rule_class *c, tsl_error *err)
{
    tsl_status status = TSL_OK;
    char *label = NULL;
    if (!tsl__row_text_is_there(c->when)) {
        return fail(c, err, "has no condition (when)", NULL);
    }
    TSL__NEED(label = tsl__format("%s%srules.%s.%s", tsl__row_text_is_there(c->where) ? c->where : "",
                                  tsl__row_text_is_there(c->where) ? ": " : "", c->set, c->code));
    TSL__TRY(tsl__expr_check(label, c->when, err));
done:
    free(label);
    if (status == TSL_E_OPTION && err) {
        err->status = TSL_E_INPUT;
    }
    return status == TSL_E_OPTION ? TSL_E_INPUT : status;
}

static tsl_status check_class(const tsl_rule_class *c, tsl_error *err)
{
    tsl_status status = TSL_OK;
    TSL__TRY(check_set(c, err));
    if (!tsl__code_is_good(c->code)) {
        return fail(c, err, "is no code of a class; expected " TSL__CODE_EXPECTED, c->code ? c->code : "");
    }
    if (strcmp(c->code, "unknown") == 0) {
        return fail(c, err, "is what stands where no class is known to hold: the class needs another code", c->code);
    }
    for (int lang = 0; lang < TSL_LANGS; lang++) {
        if (tsl__row_text_is_there(c->names[lang]) && !tsl__row_text_is_line(c->names[lang])) {
            return fail(c, err, "is no name: a name is one line of text", c->names[lang]);
        }
    }
    TSL__TRY(check_when(c, err));
done:
    return status;
}

tsl_status tsl__given_rules_check(const tsl_label_options *opt, tsl_error *err)
{
    tsl_status status = TSL_OK;
    if (opt->rules_given && opt->rule_count && !opt->rule) {
        return tsl__error_set(err, TSL_E_OPTION, "rules: %zu classes are said to be there, but none is",
                              opt->rule_count);
    }
    for (size_t i = 0; opt->rules_given && i < opt->rule_count; i++) {
        const tsl_rule_class *c = &opt->rule[i];
        size_t before = 0;
        TSL__TRY(check_class(c, err));
        for (size_t k = 0; k < i; k++) {
            const int same_set = strcmp(opt->rule[k].set, c->set) == 0;
            before += (size_t)same_set;
            if (same_set && strcmp(opt->rule[k].code, c->code) == 0) {
                return fail(c, err, "stands twice in the set", c->code);
            }
        }
        if (before == TSL_RULE_CLASSES_MAX) {
            return fail(c, err, "is one class too many: a set has at most 64", c->code);
        }
    }
done:
    return status;
}

/* ---- Into the policy -------------------------------------------------------------------- */

tsl_status tsl__given_rules_take(const tsl_label_options *opt, tsl_policy *policy, tsl_error *err)
{
    tsl_status status = TSL_OK;
    void *copy = NULL;
    if (!opt->rules_given) {
        return TSL_OK;
    }
    TSL__TRY(tsl__rows_copy(&tsl__rule_class_form, opt->rule, opt->rule_count, &copy, err));
    tsl_rule_class *rule = copy;
    for (size_t i = 0; i < opt->rule_count; i++) {
        TSL__TRY(tsl__row_names_fill(rule[i].names, rule[i].code, err));
    }
    tsl__rows_free(&tsl__rule_class_form, policy->rule, policy->rule_count);
    policy->rule = rule;
    policy->rule_count = opt->rule_count;
    copy = NULL;
done:
    tsl__rows_free(&tsl__rule_class_form, copy, opt->rule_count);
    return status;
}
