/* rules_fill.c: each customer's class in each rule set, and how many hold what. docs/methods/rules.md. */
#include "label/rules/rules.h"

#include "base/alloc.h"
#include "base/error.h"
#include "base/notes.h"
#include "base/parallel.h"
#include "base/text.h"

#include <math.h>
#include <omp.h>
#include <stdlib.h>
#include <string.h>

static const char *const reaches[] = {
    [TSL_RULE_REACHED] = "reached",
    [TSL_RULE_NOBODY] = "nobody",
    [TSL_RULE_SHADOWED] = "shadowed",
    [TSL_RULE_CONTRADICTORY] = "contradictory",
};

const char *tsl_rule_reach_get_name(tsl_rule_reach reach)
{
    return (size_t)reach < sizeof reaches / sizeof *reaches ? reaches[reach] : "?";
}

/* ---- Counting ------------------------------------------------------------------------ */

/* What a thread counts: of each condition holds, fails, unknown; of each class holds, unknown, both; of the set one. */
typedef struct tally {
    uint64_t condition[TSL_RULE_CLASSES_MAX][TSL_RULE_CONDITIONS_MAX][3];
    uint64_t holds[TSL_RULE_CLASSES_MAX], unknown[TSL_RULE_CLASSES_MAX];
    uint64_t both[TSL_RULE_CLASSES_MAX][TSL_RULE_CLASSES_MAX];
    uint64_t open;
} tally;

enum { HOLDS, FAILS, UNKNOWN };

/* One set of the policy, and its classes' programs. */
typedef struct set_programs {
    const tsl_labels *labels;
    tsl_rule_set *set;
    tsl__class_program *program; /* one a class */
} set_programs;

/* A class: HOLDS, FAILS or UNKNOWN, and which conditions are not met. */
static int run_class(const set_programs *s, size_t c, size_t customer, uint64_t (*count)[3], uint32_t *fails,
                     uint32_t *unknown)
{
    const tsl__class_program *program = &s->program[c];
    *fails = *unknown = 0;
    for (size_t i = 0; i < program->count; i++) {
        const int holds = tsl__rule_program_get(&program->condition[i], s->labels, customer);
        count[i][holds > 0 ? HOLDS : holds == 0 ? FAILS : UNKNOWN]++;
        *fails |= (uint32_t)(holds == 0) << i;
        *unknown |= (uint32_t)(holds < 0) << i;
    }
    return *fails ? FAILS : *unknown ? UNKNOWN : HOLDS;
}

/* The first class that holds. */
static void run_customer(const set_programs *s, size_t customer, tally *t)
{
    tsl_rule_set *set = s->set;
    int is = TSL_RULE_NONE, open = 0;
    uint64_t holding = 0;
    for (size_t c = 0; c < set->class_count; c++) {
        uint32_t fails, unknown;
        const int state = run_class(s, c, customer, t->condition[c], &fails, &unknown);
        if (c == 0) {
            set->first_fails[customer] = fails;
            set->first_unknown[customer] = unknown;
        }
        t->holds[c] += state == HOLDS;
        t->unknown[c] += state == UNKNOWN;
        holding |= (uint64_t)(state == HOLDS) << c;
        if (is < 0 && state == HOLDS) {
            is = (int)c;
            t->open += (uint64_t)open;
        }
        open |= state == UNKNOWN;
    }
    set->customer_class[customer] = (int8_t)(is >= 0 ? is : open ? TSL_RULE_UNKNOWN : TSL_RULE_NONE);
    for (uint64_t a = holding; a; a &= a - 1) {
        for (uint64_t b = holding; b; b &= b - 1) {
            t->both[__builtin_ctzll(a)][__builtin_ctzll(b)]++;
        }
    }
}

static void add_tally(const tally *t, tsl_rule_set *set)
{
    for (size_t c = 0; c < set->class_count; c++) {
        tsl_rule_count *class = &set->classes[c];
        class->holds += t->holds[c];
        class->unknown += t->unknown[c];
        for (size_t i = 0; i < class->condition_count; i++) {
            class->condition[i].holds += t->condition[c][i][HOLDS];
            class->condition[i].fails += t->condition[c][i][FAILS];
            class->condition[i].unknown += t->condition[c][i][UNKNOWN];
        }
        for (size_t other = 0; other < set->class_count; other++) {
            class->both[other] += t->both[c][other];
        }
    }
    set->open += t->open;
}

/* Counts are whole numbers, and each customer's class is his own, so that threads do not matter. */
static tsl_status run_customers(const set_programs *s, int threads, tsl_error *err)
{
    const size_t customers = s->labels->customers, blocks = tsl__block_count(customers);
    tsl_status status = TSL_OK;
    tally *own = NULL;
    TSL__NEED(own = tsl__alloc_zero((size_t)threads, sizeof *own));
#pragma omp parallel for schedule(dynamic, 1) num_threads(threads)
    for (size_t b = 0; b < blocks; b++) {
        size_t begin, end;
        tsl__block_get(customers, b, &begin, &end);
        for (size_t i = begin; i < end; i++) {
            run_customer(s, i, &own[omp_get_thread_num()]);
        }
    }
    for (int t = 0; t < threads; t++) {
        add_tally(&own[t], s->set);
    }
done:
    free(own);
    return status;
}

/* ---- A set -------------------------------------------------------------------------- */

static tsl_status open_class(set_programs *s, const tsl_rule_class *of, const tsl__rule_names *names, tsl_error *err)
{
    tsl_rule_set *set = s->set;
    const size_t c = set->class_count++;
    tsl_rule_count *class = &set->classes[c];
    tsl_status status = TSL_OK;
    TSL__TRY(tsl__class_program_open(of, names, &s->program[c], err));
    *class = (tsl_rule_count){.code = of->code, .names = {of->names[0], of->names[1]}, .when = of->when};
    TSL__NEED(class->condition = tsl__alloc_zero(s->program[c].count, sizeof *class->condition));
    for (; class->condition_count < s->program[c].count; class->condition_count++) {
        TSL__NEED(class->condition[class->condition_count].text =
                      tsl__strdup(s->program[c].texts.text[class->condition_count]));
    }
    TSL__NEED(class->both = tsl__alloc_zero(TSL_RULE_CLASSES_MAX, sizeof *class->both));
done:
    return status;
}

/* Of all customers the sizes and totals. */
static void measure(const tsl_labels *labels, tsl_rule_set *set)
{
    tsl__total total[TSL_RULE_CLASSES_MAX] = {0}, all = {0};
    const int money = tsl__value_is_money(labels);
    for (size_t i = 0; i < labels->customers; i++) {
        const int c = set->customer_class[i];
        set->none += c == TSL_RULE_NONE;
        set->unknown += c == TSL_RULE_UNKNOWN;
        if (labels->value) {
            tsl__total_add(&all, labels->value[i]);
        }
        if (c >= 0) {
            set->classes[c].size++;
        }
        if (c >= 0 && labels->value) {
            tsl__total_add(&total[c], labels->value[i]);
        }
    }
    const double sum = tsl__total_get(&all, money);
    for (size_t c = 0; c < set->class_count; c++) {
        tsl_rule_count *class = &set->classes[c];
        class->value_total = labels->value && !isnan(sum) ? tsl__total_get(&total[c], money) : (double)NAN;
        class->value_share = labels->value && sum > 0 ? class->value_total / sum : (double)NAN;
    }
}

static void find_reach(const set_programs *s)
{
    for (size_t c = 0; c < s->set->class_count; c++) {
        tsl_rule_count *class = &s->set->classes[c];
        class->reach = class->size                                      ? TSL_RULE_REACHED
                       : class->holds                                   ? TSL_RULE_SHADOWED
                       : tsl__class_program_contradicts(&s->program[c]) ? TSL_RULE_CONTRADICTORY
                                                                        : TSL_RULE_NOBODY;
    }
}

/* The classes of the policy that are of this set. */
static tsl_status fill_set(const tsl__labeling *job, const tsl__rule_names *names, const char *name, tsl_error *err)
{
    tsl_labels *labels = job->labels;
    const tsl_policy *policy = labels->policy;
    tsl_rule_set *set = &labels->rule_set[labels->rule_set_count++];
    set_programs s = {.labels = labels, .set = set};
    tsl_status status = TSL_OK;
    set->name = name;
    TSL__NEED(set->classes = tsl__alloc_zero(TSL_RULE_CLASSES_MAX, sizeof *set->classes));
    TSL__NEED(set->customer_class = tsl__alloc(labels->customers, 1));
    TSL__NEED(set->first_fails = tsl__alloc(labels->customers, sizeof *set->first_fails));
    TSL__NEED(set->first_unknown = tsl__alloc(labels->customers, sizeof *set->first_unknown));
    TSL__NEED(s.program = tsl__alloc_zero(TSL_RULE_CLASSES_MAX, sizeof *s.program));
    for (size_t i = 0; i < policy->rule_count; i++) {
        if (strcmp(policy->rule[i].set, name) == 0) {
            TSL__TRY(open_class(&s, &policy->rule[i], names, err));
        }
    }
    TSL__TRY(run_customers(&s, job->threads, err));
    measure(labels, set);
    find_reach(&s);
done:
    for (size_t c = 0; s.program && c < set->class_count; c++) {
        tsl__class_program_free(&s.program[c]);
    }
    free(s.program);
    return status;
}

/* ---- All sets -------------------------------------------------------------------------- */

static int is_first(const tsl_policy *policy, size_t i)
{
    size_t k = 0;
    while (k < i && strcmp(policy->rule[k].set, policy->rule[i].set) != 0) {
        k++;
    }
    return k == i;
}

/* Conditions of a class that are not known of a single customer. */
static tsl_status note_unknown(tsl_labels *labels, const tsl_rule_set *set, const tsl_rule_count *class, tsl_error *err)
{
    tsl_status status = TSL_OK;
    for (size_t i = 0; i < class->condition_count && labels->customers; i++) {
        const tsl_rule_condition *condition = &class->condition[i];
        if (condition->unknown == labels->customers) {
            TSL__TRY(tsl__notes_add(&labels->notes, "rules.%s.%s: whether \"%s\" holds is not known of any customer",
                                    set->name, class->code, condition->text));
        }
    }
done:
    return status;
}

static tsl_status note_set(tsl_labels *labels, const tsl_rule_set *set, tsl_error *err)
{
    tsl_status status = TSL_OK;
    for (size_t c = 0; c < set->class_count; c++) {
        TSL__TRY(note_unknown(labels, set, &set->classes[c], err));
    }
done:
    return status;
}

tsl_status tsl__rules_fill(const tsl__labeling *job, tsl_error *err)
{
    tsl_labels *labels = job->labels;
    tsl_status status = TSL_OK;
    tsl__rule_names names = {.count = 0};
    if (labels->features->recipe->plain) {
        return job->opt->rules_given && job->opt->rule_count
                   ? tsl__notes_add(&labels->notes, "plain numbers are no customers: rule sets are not looked at")
                   : TSL_OK;
    }
    TSL__TRY(tsl__given_rules_take(job->opt, labels->policy, err));
    const tsl_policy *policy = labels->policy;
    if (policy->rule_count == 0) {
        goto done;
    }
    TSL__TRY(tsl__rule_names_open(labels, &names, err));
    TSL__NEED(labels->rule_set = tsl__alloc_zero(policy->rule_count, sizeof *labels->rule_set));
    for (size_t i = 0; i < policy->rule_count; i++) {
        if (is_first(policy, i)) {
            TSL__TRY(fill_set(job, &names, policy->rule[i].set, err));
            TSL__TRY(note_set(labels, &labels->rule_set[labels->rule_set_count - 1], err));
        }
    }
done:
    tsl__rule_names_free(&names);
    return status;
}

void tsl__rule_sets_free(tsl_labels *labels)
{
    for (size_t i = 0; i < labels->rule_set_count; i++) {
        tsl_rule_set *set = &labels->rule_set[i];
        for (size_t c = 0; set->classes && c < set->class_count; c++) {
            tsl_rule_count *class = &set->classes[c];
            for (size_t k = 0; class->condition && k < class->condition_count; k++) {
                free(class->condition[k].text);
            }
            free(class->condition);
            free(class->both);
        }
        free(set->classes);
        free(set->customer_class);
        free(set->first_fails);
        free(set->first_unknown);
    }
    free(labels->rule_set);
    labels->rule_set = NULL;
    labels->rule_set_count = 0;
}

const tsl_rule_set *tsl_labels_get_rule_set(const tsl_labels *labels, size_t index)
{
    return index < labels->rule_set_count ? &labels->rule_set[index] : NULL;
}
