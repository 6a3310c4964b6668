/* wanted.c: the features that are asked for by name: which they are, and which columns nobody needs then. */
#include "feature/wanted.h"

#include "feature/derived/derived.h"
#include "feature/own_line.h"
#include "feature/words/pattern.h"

#include <string.h>

/* "channel" names the family "channel:". */
static int names_family(const char *pattern, const char *name)
{
    const size_t length = strlen(pattern);
    return strncmp(pattern, name, length) == 0 && strcmp(name + length, ":") == 0;
}

int tsl__wanted_has(const tsl_feature_options *opt, const char *name, uint8_t *mark)
{
    int wanted = opt->select_count == 0;
    for (size_t i = 0; i < opt->select_count; i++) {
        const int fits = tsl__pattern_fits(opt->select[i], name) || names_family(opt->select[i], name);
        wanted |= fits;
        if (fits && mark) {
            mark[i] = 1;
        }
    }
    return wanted;
}

/* The derived kinds of which a feature is asked for, as bits. */
static unsigned get_kinds(const tsl_feature_options *opt)
{
    unsigned kinds = 0;
    for (size_t i = 0; i < tsl__catalogue_count; i++) {
        const tsl__catalogue_entry *entry = &tsl__catalogue[i];
        kinds |= entry->derived && tsl__wanted_has(opt, entry->name, NULL) ? 1u << entry->derived : 0;
    }
    return kinds;
}

int tsl__wanted_is_off(const tsl_feature_options *opt, const tsl__catalogue_entry *entry)
{
    return entry->derived == TSL__EXPECTATIONS && !opt->value_models;
}

int tsl__wanted_has_entry(const tsl_feature_options *opt, const tsl__catalogue_entry *entry, uint8_t *mark)
{
    const tsl__derived *derived = tsl__derived_get(entry->derived);
    unsigned uses = tsl__derived_get_uses(entry);
    if (tsl__wanted_is_off(opt, entry)) {
        return 0;
    }
    const int named = tsl__wanted_has(opt, entry->name, mark);
    uses |= derived && derived->whole ? 1u << entry->derived : 0;
    return named || (uses && uses & get_kinds(opt));
}

int tsl__entry_is_of_orders(const tsl__catalogue_entry *entry)
{
    return entry->level == TSL__PURCHASE_LINES || entry->level == TSL__PURCHASES || entry->level == TSL__DAYS;
}

/* The roles that an entry is made of, as bits. */
static unsigned roles_of(const tsl__catalogue_entry *entry)
{
    const int orders = tsl__entry_is_of_orders(entry),
              money = entry->source == TSL__AMOUNT || entry->source == TSL__MARGIN;
    return 1u << tsl__record_part_get_role(entry->source) | (orders ? 1u << TSL_ROLE_ORDER : 0) |
           (orders || money ? 1u << TSL_ROLE_CURRENCY : 0) |
           (entry->filter & (TSL__VISIT | TSL__SERVICE | TSL__COMPLAINT) ? 1u << TSL_ROLE_KIND : 0);
}

/* Those that tell what a customer bought: each may bear on the others. */
static unsigned roles_of_purchases(void)
{
    return 1u << TSL_ROLE_RECENCY | 1u << TSL_ROLE_LAST_ORDER | 1u << TSL_ROLE_FIRST_ORDER | 1u << TSL_ROLE_ORDERS |
           1u << TSL_ROLE_SPEND | 1u << TSL_ROLE_MEAN_ORDER;
}

/* The same of a line of the user's own, but for its filter and its column. */
static unsigned roles_of_line(const tsl_feature_line *given, tsl_table_kind kind)
{
    tsl__line line;
    const int open = tsl__line_open(given, &line, NULL) == TSL_OK;
    unsigned roles = open ? 0 : ~0u; /* what is wrong with it is told where the features are made */
    if (open && tsl__line_get_kind(&line) == kind) {
        tsl__catalogue_entry entry = line.entry;
        entry.source = line.part;
        entry.filter = 0;
        roles = roles_of(&entry);
    }
    tsl__line_free(&line);
    return roles;
}

static int is_line(const tsl_feature_options *opt, const char *name)
{
    for (size_t i = 0; i < opt->line_count; i++) {
        if (strcmp(opt->line[i].name, name) == 0) {
            return 1;
        }
    }
    return 0;
}

/* 1 where each name that is asked for is one of the catalogue's, so that none is made of a plain column. */
static int are_entries(const tsl_feature_options *opt)
{
    for (size_t s = 0; s < opt->select_count; s++) {
        size_t i = 0;
        while (i < tsl__catalogue_count && strcmp(opt->select[s], tsl__catalogue[i].name) != 0 &&
               !names_family(opt->select[s], tsl__catalogue[i].name)) {
            i++;
        }
        if (i == tsl__catalogue_count && !is_line(opt, opt->select[s])) {
            return 0;
        }
    }
    return 1;
}

unsigned tsl__wanted_leave(const tsl_feature_options *opt, tsl_table_kind kind)
{
    unsigned needed = 0;
    if (opt->select_count == 0) {
        return 0;
    }
    for (size_t i = 0; i < tsl__catalogue_count; i++) {
        const tsl__catalogue_entry *entry = &tsl__catalogue[i];
        const int of_acts = entry->level == TSL__INTERACTIONS;
        const int of_kind = kind == TSL_CUSTOMERS /* scores may stand there */ || of_acts == (kind == TSL_INTERACTIONS);
        const unsigned told = kind == TSL_CUSTOMERS && entry->told ? roles_of_purchases() : 0;
        needed |= of_kind && tsl__wanted_has_entry(opt, entry, NULL) ? roles_of(entry) | told : 0;
    }
    for (size_t i = 0; i < opt->line_count; i++) {
        needed |= tsl__wanted_has(opt, opt->line[i].name, NULL) ? roles_of_line(&opt->line[i], kind) : 0;
    }
    needed |= opt->returns == TSL_RETURNS_MATCHED ? 1u << TSL_ROLE_PRODUCT | 1u << TSL_ROLE_QUANTITY : 0;
    needed &= ~(1u << TSL_ROLE_NONE);
    needed |= kind != TSL_CUSTOMERS || !are_entries(opt) || opt->outcome_count ? 1u << TSL_ROLE_NONE : 0;
    return ~needed & ((1u << TSL_ROLES) - 1);
}
