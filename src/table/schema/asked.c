/* asked.c: takes options over, and remembers. */
#include "table/schema/asked.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/error.h"
#include "base/options.h"
#include "base/text.h"
#include "table/names/role_names.h"

void tsl_table_defaults(tsl_table_options *opt, size_t size)
{
    const tsl_table_options full = {
        .size = sizeof full, .header = -1, .as_of = TSL_NO_DAY, .hash = 1, .max_rejects = 0.10};
    tsl__options_give(opt, size, &full, sizeof full);
}

/* The cells of a column are added up where it plays one of these roles, as said or by its name. Prices are not. */
static int is_summed(const void *of, const char *name)
{
    static const tsl_role roles[] = {TSL_ROLE_AMOUNT, TSL_ROLE_COST,  TSL_ROLE_QUANTITY, TSL_ROLE_MINUTES,
                                     TSL_ROLE_PAGES,  TSL_ROLE_SPEND, TSL_ROLE_ORDERS};
    const tsl_table_options *opt = of;
    char folded[200];
    const char *const one[] = {folded};
    int summed = 0;
    tsl__name_fold(name, folded, sizeof folded);
    for (size_t i = 0; i < sizeof roles / sizeof *roles && !summed; i++) {
        for (size_t k = 0; k < opt->role_count; k++) {
            summed |= opt->roles[k].role == roles[i] && tsl__is_same_folded(opt->roles[k].source, name);
        }
        for (int kind = 0; kind < TSL_TABLE_KINDS; kind++) {
            tsl__name_sense sense;
            summed |= tsl__role_find(roles[i], (tsl_table_kind)kind, one, 1, NULL, &sense) == 0;
        }
    }
    return summed;
}

tsl__text_options tsl__asked_get_text(const tsl_table_options *opt)
{
    return (tsl__text_options){.encoding = opt->encoding,
                               .sheet = opt->sheet,
                               .fill_merged = opt->fill_merged,
                               .summed = is_summed,
                               .of = opt};
}

tsl_status tsl_table_check(const tsl_table_options *opt, tsl_error *err)
{
    tsl__asked asked = {0};
    tsl__error_reset(err);
    tsl_status status = tsl__asked_open(opt, TSL_TABLE_KINDS, &asked, err);
    tsl__asked_free(&asked);
    return status;
}

tsl_status tsl__asked_open(const tsl_table_options *given, tsl_table_kind kind, tsl__asked *a, tsl_error *err)
{
    tsl_status status = TSL_OK;
    *a = (tsl__asked){.clock = -1};
    tsl_table_defaults(&a->opt, sizeof a->opt);
    TSL__TRY(tsl__options_take("table", &a->opt, sizeof a->opt, given, err));
    TSL__TRY(tsl__asked_check(&a->opt, err));
    TSL__NEED(a->role = tsl__alloc(a->opt.role_count + TSL_ROLES, sizeof *a->role));
    if (a->opt.role_count) {
        memcpy(a->role, a->opt.roles, a->opt.role_count * sizeof *a->role);
    }
    a->given_roles = a->opt.role_count;
    a->given_rules = a->opt.rule_count;
    a->opt.roles = a->role;
    if (a->opt.like) {
        TSL__TRY(tsl__asked_read(a, kind, err));
    }
    TSL__TRY(tsl__rates_open(a->opt.rates, a->opt.rate_count, &a->rates, err));
    TSL__TRY(a->opt.timezone ? tsl__zone_open(a->opt.timezone, &a->zone, err) : TSL_OK);
done:
    return status;
}

void tsl__asked_free(tsl__asked *a)
{
    for (size_t i = 0; i < a->shown_count; i++) {
        free(a->shown[i].column);
    }
    for (size_t i = 0; i < a->found_count; i++) {
        free(a->found[i].column);
    }
    for (size_t i = 0; i < a->mark_count; i++) {
        free(a->mark[i].column);
    }
    free(a->mark);
    for (size_t i = 0; i < a->unknown_count; i++) {
        free(a->unknown[i].column);
    }
    free(a->unknown);
    tsl__free_texts(a->ages, a->age_count);
    tsl__asked_forget(a);
    tsl__zone_free(a->zone);
    tsl__rates_free(&a->rates);
    free(a->rate);
    free(a->found);
    free(a->shown);
    free(a->role);
    free(a->rule);
    free(a->texts);
    *a = (tsl__asked){0};
}
