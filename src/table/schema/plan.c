/* plan.c: maps columns to roles: as the user said, else by their names. */
#include "table/schema/plan.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/error.h"
#include "base/notes.h"
#include "base/text.h"
#include "expr/quote.h"
#include "table/names/clock_column.h"
#include "table/names/column_hints.h"
#include "table/names/date_parts.h"
#include "table/names/header_words.h"
#include "table/names/name_index.h"
#include "table/names/role_units.h"
#include "table/names/roles.h"
#include "table/names/status_words.h"

typedef struct planner {
    tsl_table_kind kind;
    const tsl__asked *asked;
    const tsl_table_options *opt; /* those of asked */
    const tsl__own_columns *own;
    tsl__lookup *const *lookups;
    tsl__plan *plan;
    tsl_notes *notes;
    char **folded;   /* names of the inputs, as roles are recognised by */
    char *taken;     /* one an input: it plays a role */
    char *passed;    /* one an input: it does, or a file lacks it */
    char *timeless;  /* one an input: its name or its first cells tell that it is no time */
    char *masked;    /* one an input: its first cells hide a part of an id */
    char *out;       /* one an input: not to be recognised now */
    unsigned absent; /* roles, as bits, whose column was mapped before and is not there: not to be recognised */
    unsigned lost;   /* roles, as bits, whose column was recognised before and is not there */
    const tsl_column_rule **rule; /* one an input: what is declared of it, or NULL */
    tsl_column_type *found;       /* one an input: what it was taken for before, or TSL_TYPE_AUTO */
    tsl__expr_type *known;        /* one an input: what expressions find in it, or OPEN */
} planner;

/* ---- Inputs ------------------------------------------------------------ */

static tsl_status make_room(planner *p, tsl_error *err)
{
    tsl__plan *plan = p->plan;
    size_t total = p->own->count, count;
    tsl_status status = TSL_OK;
    for (size_t l = 0; l < p->opt->lookup_count; l++) {
        tsl__lookup_get_names(p->lookups[l], &count);
        total += count;
    }
    TSL__NEED(plan->name = tsl__alloc_zero(total, sizeof *plan->name));
    TSL__NEED(plan->input = tsl__alloc_zero(total, sizeof *plan->input));
    TSL__NEED(plan->key = tsl__alloc_zero(p->opt->lookup_count, sizeof *plan->key));
    TSL__NEED(plan->output = tsl__alloc_zero(total + TSL_ROLES + p->opt->column_count, sizeof *plan->output));
    TSL__NEED(p->taken = tsl__alloc_zero(total, 1));
    TSL__NEED(p->passed = tsl__alloc_zero(total, 1));
    TSL__NEED(p->timeless = tsl__alloc_zero(total, 1));
    TSL__NEED(p->masked = tsl__alloc_zero(total, 1));
    TSL__NEED(p->out = tsl__alloc_zero(total, 1));
    TSL__NEED(p->rule = tsl__alloc_zero(total, sizeof *p->rule));
    TSL__NEED(p->found = tsl__alloc_zero(total, sizeof *p->found)); /* TSL_TYPE_AUTO is 0 */
    TSL__NEED(p->known = tsl__alloc_zero(total, sizeof *p->known)); /* TSL__EXPR_OPEN is 0 */
done:
    return status;
}

static void add_inputs(tsl__plan *plan, const char *const *name, size_t count, size_t lookup)
{
    for (size_t column = 0; column < count; column++) {
        plan->name[plan->inputs] = name[column];
        plan->input[plan->inputs++] = (tsl__plan_input){.lookup = lookup, .column = column, .number = TSL__NONE};
    }
}

/* The key of a lookup is a column of the table, or of a lookup before it. */
static tsl_status find_key(const planner *p, size_t lookup, tsl_error *err)
{
    tsl__plan *plan = p->plan;
    const char *key = p->opt->lookups[lookup].key;
    size_t k = tsl__name_find(key, plan->name, plan->inputs);
    if (k == plan->inputs) {
        char hint[TSL__HINT_BYTES];
        return tsl__error_set(err, TSL_E_OPTION, "lookup in %s: %s has no column \"%s\"%s",
                              tsl__lookup_get_path(p->lookups[lookup]), p->own->path, key,
                              tsl__column_hint_put(key, plan->name, plan->inputs, hint));
    }
    plan->key[lookup] = k;
    plan->input[k].used = 1;
    return TSL_OK;
}

/* What the first cells tell of the own columns. Small numbers are days that are counted where the name says so, and
 * else hours, lengths, parts of a date. */
static void look_at_cells(planner *p)
{
    const size_t own = p->plan->own_inputs;
    const tsl__date_parts parts = tsl__date_parts_find((const char *const *)p->folded, own);
    for (size_t i = 0; p->own->files && i < own; i++) {
        const tsl__first_cells *first = &p->own->files[i].first;
        p->masked[i] = (char)tsl__first_cells_are_masked(first);
        p->timeless[i] = (char)(tsl__first_cells_are_numbers(first) && !tsl__name_counts_days(p->plan->name[i]));
    }
    const size_t part[] = {parts.year, parts.month, parts.day};
    for (size_t i = 0; i < sizeof part / sizeof *part; i++) {
        if (part[i] < own) {
            p->timeless[part[i]] = 1;
        }
    }
}

static tsl_status find_inputs(planner *p, tsl_error *err)
{
    tsl__plan *plan = p->plan;
    tsl_status status = TSL_OK;
    TSL__TRY(make_room(p, err));
    add_inputs(plan, p->own->name, p->own->count, TSL__NONE);
    plan->own_inputs = plan->inputs;
    for (size_t i = 0; p->own->files && i < plan->own_inputs; i++) {
        p->passed[i] = p->own->files[i].lacking > 0;
    }
    for (size_t l = 0; l < p->opt->lookup_count; l++) {
        size_t count;
        TSL__TRY(find_key(p, l, err));
        const char *const *names = tsl__lookup_get_names(p->lookups[l], &count);
        add_inputs(plan, names, count, l);
    }
    TSL__NEED(p->folded = tsl__names_fold(plan->name, plan->inputs));
    look_at_cells(p);
done:
    return status;
}

/* ---- Outputs ----------------------------------------------------------- */

static tsl__plan_output *find_output(const tsl__plan *plan, tsl_role role)
{
    for (size_t i = 0; i < plan->outputs; i++) {
        if (plan->output[i].role == role) {
            return &plan->output[i];
        }
    }
    return NULL;
}

static void use_operands(tsl__plan *plan, const tsl__expr *expr)
{
    size_t count = 0;
    const size_t *operand = expr ? tsl__expr_get_operands(expr, &count) : NULL;
    for (size_t i = 0; i < count; i++) {
        plan->input[operand[i]].used = 1;
    }
}

/* The unit that the name of an input tells for a role. */
static tsl_status read_unit(const tsl__plan *plan, tsl_role role, size_t input, tsl__unit *unit, tsl_error *err)
{
    tsl__plan_input *in = &plan->input[input];
    const tsl_status status = tsl__role_unit_read(role, plan->name[input], unit, err);
    if (status == TSL_OK && (in->role == TSL_ROLE_NONE || role < in->role)) {
        in->role = role;
        in->unit = *unit;
    }
    return status;
}

static tsl_status add_unit(const tsl__plan *plan, tsl__plan_output *o, tsl_notes *notes, tsl_error *err)
{
    const char *column = plan->name[o->input];
    tsl__unit unit;
    tsl_status status = TSL_OK;
    TSL__TRY(read_unit(plan, o->role, o->input, &unit, err));
    if (unit.text.n) {
        TSL__NEED(o->unit = tsl__alloc(1, sizeof *o->unit));
        *o->unit = unit;
    }
    if (!tsl__role_unit_is_known(o->role, unit.other)) {
        const char *role = tsl_role_get_name(o->role);
        TSL__TRY(tsl__found_add(notes, &(tsl__found){.kind = TSL_FINDING_UNKNOWN_UNIT, .column = column},
                                "%s: \"%.*s\" of the column \"%s\" is no unit that is known, and is left out; say "
                                "by an expression what is meant, if it is one (--%s '\"%s\" * 1')",
                                role, (int)unit.other.n, unit.other.s, column, role, column));
    }
done:
    return status;
}

/* Adds an output; name is copied. Takes expr over, also on failure. */
static tsl_status add_output(planner *p, tsl_role role, size_t input, tsl__expr *expr, const char *name, int mapped,
                             tsl_error *err)
{
    tsl__plan *plan = p->plan;
    tsl__plan_output *o = &plan->output[plan->outputs++];
    tsl_status status = TSL_OK;
    *o = (tsl__plan_output){.role = role,
                            .type = tsl__role_get_info(role)->type,
                            .required = tsl__role_is_required(role, p->kind),
                            .mapped = mapped,
                            .name = tsl__strdup(name),
                            .input = input,
                            .expr = expr};
    /* Of the customers all but expressions is read as text, and typed once all of it is known. */
    if (p->kind == TSL_CUSTOMERS && !expr) {
        o->type = TSL_TYPE_TEXT;
    }
    if (input != TSL__NONE) {
        plan->input[input].used = 1;
        p->taken[input] = p->passed[input] = 1;
    }
    TSL__TRY(input != TSL__NONE && tsl__role_get_info(role)->type == TSL_TYPE_DECIMAL ? add_unit(plan, o, p->notes, err)
                                                                                      : TSL_OK);
    use_operands(plan, expr);
    TSL__NEED(o->name);
done:
    return status;
}

static tsl_status add_expression(planner *p, tsl_role role, const char *text, int mapped, tsl_error *err)
{
    tsl__expr *expr;
    tsl_status status = TSL_OK;
    TSL__TRY(tsl__expr_open(tsl_role_get_name(role), text, p->plan->name, p->plan->inputs, &expr, err));
    TSL__TRY(add_output(p, role, TSL__NONE, expr, text, mapped, err));
done:
    return status;
}

static tsl_status check_role(const planner *p, tsl_role role, const char *source, tsl_error *err)
{
    const char *name = tsl_role_get_name(role), *table = tsl_table_kind_get_name(p->kind);
    if ((int)role <= TSL_ROLE_NONE || role >= TSL_ROLES || !tsl__role_is_of(role, p->kind)) {
        return tsl__error_set(err, TSL_E_OPTION, "%s: %s have no role \"%s\"", source, table, name);
    }
    if (find_output(p->plan, role)) {
        return tsl__error_set(err, TSL_E_OPTION, "%s: the role %s is mapped twice", table, name);
    }
    return TSL_OK;
}

/* The input of the name, also of one between the double quotes of an expression that is no more: its unit is applied,
 * too. plan->inputs: there is none. */
static size_t find_source(const tsl__plan *plan, const char *source)
{
    const size_t n = strlen(source), input = tsl__name_find(source, plan->name, plan->inputs);
    const int quoted = n > 2 && source[0] == '"' && source[n - 1] == '"';
    for (size_t i = 0; quoted && input == plan->inputs && i < plan->inputs; i++) {
        if (strlen(plan->name[i]) == n - 2 && strncmp(plan->name[i], source + 1, n - 2) == 0) {
            return i;
        }
    }
    return input;
}

static tsl_status add_mapped(planner *p, const tsl_role_map *map, tsl_error *err)
{
    const tsl__plan *plan = p->plan;
    tsl_status status = TSL_OK;
    TSL__TRY(check_role(p, map->role, map->source, err));
    size_t input = find_source(plan, map->source);
    if (input < plan->inputs) {
        return add_output(p, map->role, input, NULL, plan->name[input], 1, err);
    }
    if (p->kind == TSL_CUSTOMERS && map->role == TSL_ROLE_CUSTOMER && strcmp(map->source, TSL_ROW_NUMBER) == 0) {
        return add_output(p, map->role, TSL__NONE, NULL, TSL_ROW_NUMBER, 1, err);
    }
    if (tsl__role_get_info(map->role)->type == TSL_TYPE_DECIMAL && strpbrk(map->source, "+-*/()\"\'0123456789")) {
        return add_expression(p, map->role, map->source, 1, err);
    }
    char hint[TSL__HINT_BYTES];
    TSL__TRY(tsl__error_set(err, TSL_E_OPTION, "%s: %s has no column \"%s\"%s", tsl_role_get_name(map->role),
                            p->own->path, map->source,
                            tsl__column_hint_put(map->source, plan->name, plan->inputs, hint)));
done:
    return status;
}

/* "amount: b.csv has no "paid * 2", as the earlier table had (there is no column "paid")". */
static tsl_status fail_lost(const planner *p, const tsl_role_map *map, const tsl_error *why, tsl_error *err)
{
    char reason[200] = "";
    const char *colon = why ? strstr(why->message, ": ") : NULL;
    if (colon && strpbrk(map->source, "+-*/()\'")) {
        snprintf(reason, sizeof reason, " (%.*s)", (int)strcspn(colon + 2, "\n"), colon + 2);
    }
    return tsl__error_set(err, TSL_E_NOT_FOUND, "%s: %s has no \"%s\", as the earlier table had%s%s",
                          tsl_role_get_name(map->role), p->own->path, map->source, reason,
                          tsl__role_is_required(map->role, p->kind) ? "" : "; --allow-missing takes it as missing");
}

/* A role as it was mapped before: its column must be there, or may be missing. */
static tsl_status add_remembered(planner *p, const tsl_role_map *map, tsl_error *err)
{
    tsl_error why;
    if (find_output(p->plan, map->role)) { /* an array has it now */
        return TSL_OK;
    }
    tsl_status status = add_mapped(p, map, &why);
    if (status != TSL_E_OPTION) {
        return status == TSL_OK ? TSL_OK : tsl__error_set(err, status, "%s", why.message);
    }
    if (!p->opt->allow_missing || tsl__role_is_required(map->role, p->kind)) {
        return fail_lost(p, map, &why, err);
    }
    p->absent |= 1u << map->role;
    return tsl__found_add(p->notes, &(tsl__found){.kind = TSL_FINDING_MISSING_COLUMN, .column = map->source},
                          "%s: %s has no \"%s\", as the earlier table had; it is missing", tsl_role_get_name(map->role),
                          p->own->path, map->source);
}

/* 1 where the user maps what a total is the product of: then it is made anew. */
static int is_remade(const planner *p, tsl_role role)
{
    int remade = 0;
    for (size_t i = 0; i < p->asked->given_roles; i++) {
        tsl_role given = p->opt->roles[i].role;
        remade |= given == TSL_ROLE_QUANTITY || (given == TSL_ROLE_PRICE && role == TSL_ROLE_AMOUNT);
    }
    return remade && (role == TSL_ROLE_AMOUNT || role == TSL_ROLE_COST);
}

/* A role as it was recognised before, so that a new column with a better name does
 * not take its place; where that column is not there, it is recognised anew. */
static tsl_status add_found(planner *p, const tsl_role_map *map, tsl_error *err)
{
    const tsl__plan *plan = p->plan;
    tsl_error why;
    size_t input = tsl__name_find(map->source, plan->name, plan->inputs);
    int taken = input < plan->inputs && p->taken[input];
    if (taken || find_output(plan, map->role) || is_remade(p, map->role)) {
        return TSL_OK;
    }
    tsl_status status = add_mapped(p, map, &why);
    if (status == TSL_E_OPTION) {
        p->lost |= 1u << map->role;
        return TSL_OK;
    }
    return status == TSL_OK ? TSL_OK : tsl__error_set(err, status, "%s", why.message);
}

/* What the user has said, the caller of arrays, the earlier table. */
static tsl_status add_said(planner *p, tsl_error *err)
{
    const tsl__own_columns *own = p->own;
    tsl_status status = TSL_OK;
    for (size_t i = 0; i < p->asked->given_roles; i++) {
        TSL__TRY(add_mapped(p, &p->opt->roles[i], err));
    }
    for (size_t i = 0; own->role && i < own->count; i++) {
        if (own->role[i] != TSL_ROLE_NONE) {
            TSL__TRY(check_role(p, own->role[i], own->name[i], err));
            TSL__TRY(add_output(p, own->role[i], i, NULL, own->name[i], 1, err));
        }
    }
    for (size_t i = p->asked->given_roles; i < p->opt->role_count; i++) {
        const tsl_role_map *map = &p->opt->roles[i];
        TSL__TRY(p->asked->found_roles >> map->role & 1u ? add_found(p, map, err) : add_remembered(p, map, err));
    }
done:
    return status;
}

/* ---- Recognition ------------------------------------------------------- */

/* The input recognised as the role, a column of the table's own before one that is looked up, and one that all files
 * have before one that some of them lack; or TSL__NONE. unfit: one an input, 1: not this one; or NULL. */
static size_t recognise_fit(const planner *p, tsl_role role, const char *unfit, tsl__name_sense *sense)
{
    const char *const *folded = (const char *const *)p->folded;
    const size_t own = p->plan->own_inputs, rest = p->plan->inputs - own;
    const struct {
        size_t from, count;
        const char *out;
    } round[] = {{0, own, p->passed}, {0, own, p->taken}, {own, rest, p->taken}};
    for (size_t i = 0; i < sizeof round / sizeof *round; i++) {
        const size_t from = round[i].from, count = round[i].count;
        for (size_t k = from; k < from + count; k++) {
            p->out[k] = (char)(round[i].out[k] | (unfit ? unfit[k] : 0));
        }
        const size_t found = tsl__role_find(role, p->kind, folded + from, count, p->out + from, sense);
        if (found < count) {
            return from + found;
        }
    }
    return TSL__NONE;
}

/* What plays the role: of customers a column that hides nothing of their ids before one that does, but where it may be
 * anything's. */
static size_t recognise(const planner *p, tsl_role role, tsl__name_sense *sense)
{
    const char *unfit = role == TSL_ROLE_TIME ? p->timeless : NULL;
    if (role == TSL_ROLE_CUSTOMER && memchr(p->masked, 1, p->plan->own_inputs)) {
        const size_t whole = recognise_fit(p, role, p->masked, sense);
        if (whole != TSL__NONE && (*sense != TSL__SENSE_ANYONE || p->kind == TSL_CUSTOMERS)) {
            return whole;
        }
    }
    return recognise_fit(p, role, unfit, sense);
}

/* role = quantity * the input, which holds for one piece. */
static tsl_status add_product(planner *p, tsl_role role, const tsl__plan_output *quantity, size_t input, tsl_error *err)
{
    tsl__text text = {0};
    tsl__unit unit;
    char *expression = NULL;
    tsl_status status = TSL_OK;
    TSL__TRY(read_unit(p->plan, TSL_ROLE_PRICE, input, &unit, err)); /* of a price, or a cost */
    if (quantity->input == TSL__NONE) {
        tsl__text_printf(&text, "(%s)", quantity->name);
    } else {
        tsl__expr_put_name(&text, quantity->name);
    }
    tsl__text_puts(&text, " * ");
    tsl__expr_put_name(&text, p->plan->name[input]);
    tsl__unit_put_factor(&text, quantity->unit);
    tsl__unit_put_factor(&text, &unit);
    TSL__NEED(expression = tsl__text_take(&text));
    TSL__TRY(add_expression(p, role, expression, 0, err));
done:
    free(expression);
    return status;
}

/* May the role be looked for? One that the earlier table did not have may not: what is
 * made of the table would be made otherwise. A currency can only be refused by. */
static int is_open(const planner *p, tsl_role role)
{
    int known = !p->opt->like || role == TSL_ROLE_CURRENCY || tsl__role_is_required(role, p->kind);
    for (size_t i = 0; i < p->opt->role_count && !known; i++) {
        known = p->opt->roles[i].role == role;
    }
    return known && !find_output(p->plan, role) && !(p->absent & 1u << role);
}

/* An amount that no column holds, and a cost that is known a piece. */
static tsl_status add_products(planner *p, tsl_error *err)
{
    const tsl__plan_output *quantity = find_output(p->plan, TSL_ROLE_QUANTITY),
                           *price = find_output(p->plan, TSL_ROLE_PRICE);
    tsl_status status = TSL_OK;
    tsl__name_sense sense = TSL__SENSE_PLAIN;
    if (!find_output(p->plan, TSL_ROLE_AMOUNT) && price && quantity && price->input != TSL__NONE) {
        TSL__TRY(add_product(p, TSL_ROLE_AMOUNT, quantity, price->input, err));
    }
    size_t cost = is_open(p, TSL_ROLE_COST) ? recognise(p, TSL_ROLE_COST, &sense) : TSL__NONE;
    if (cost != TSL__NONE && sense == TSL__SENSE_PER_UNIT && quantity) {
        TSL__TRY(add_product(p, TSL_ROLE_COST, quantity, cost, err));
    }
done:
    return status;
}

/* An index of the rows among the table's own columns: the first one without a name, or one that is called so. */
static size_t find_index(const planner *p)
{
    size_t own = p->plan->own_inputs, i = 0;
    if (p->own->unnamed && !p->taken[0]) {
        return 0;
    }
    while (i < own && (p->taken[i] || !tsl__name_is_index(p->plan->name[i]))) {
        i++;
    }
    return i < own ? i : TSL__NONE;
}

/* Where no column of the customers is recognised as their id, the index of the rows is. */
static tsl_status add_index(planner *p, tsl_error *err)
{
    const size_t index = find_index(p);
    tsl_status status = TSL_OK;
    if (index == TSL__NONE || find_output(p->plan, TSL_ROLE_CUSTOMER)) {
        return TSL_OK;
    }
    const char *name = p->plan->name[index];
    TSL__TRY(add_output(p, TSL_ROLE_CUSTOMER, index, NULL, name, 0, err));
    p->plan->id_is_index = 1;
    TSL__TRY(tsl__found_add(p->notes, &(tsl__found){.kind = TSL_FINDING_INDEX_IDS, .column = name},
                            "the customers' ids are those of %s%s, as no column is recognised as the customer; "
                            "--customer-id names another",
                            name, p->own->unnamed && index == 0 ? ", the first column, which has no name" : ""));
done:
    return status;
}

/* Says by what the customers are told apart, where it is no id. */
static tsl_status note_customer(planner *p, size_t input, tsl__name_sense sense, tsl_error *err)
{
    static const char *const what[] = {[TSL__SENSE_CARD] = "the number of a card",
                                       [TSL__SENSE_PHONE] = "a telephone number",
                                       [TSL__SENSE_EMAIL] = "an e-mail address",
                                       [TSL__SENSE_PERSON] = "a name, which two of them may share"};
    const size_t known = sizeof what / sizeof *what;
    return (size_t)sense >= known || !what[sense]
               ? TSL_OK
               : tsl__found_add(p->notes, &(tsl__found){.kind = TSL_FINDING_WEAK_IDS, .column = p->plan->name[input]},
                                "%s: customers are told apart by \"%s\", %s, as no column of their ids is recognised; "
                                "--%s names another",
                                p->own->path, p->plan->name[input], what[sense],
                                tsl_role_get_option(TSL_ROLE_CUSTOMER, p->kind));
}

/* Is the role to be recognised, and in what sense? */
static int has_named(const planner *p, tsl_role role, tsl__name_sense *sense)
{
    return is_open(p, role) && recognise(p, role, sense) != TSL__NONE;
}

/* An amount of the whole order stands on one of its lines, or on each: where the lines name products and have quantity
 * and price of their own, those make the amount. */
static int is_told_by_lines(const planner *p, tsl__name_sense amount)
{
    tsl__name_sense price, other;
    if ((amount != TSL__SENSE_OF_ORDER && amount != TSL__SENSE_MAY_BE_OF_ORDER) ||
        !find_output(p->plan, TSL_ROLE_ORDER) || !has_named(p, TSL_ROLE_PRODUCT, &other) ||
        !has_named(p, TSL_ROLE_QUANTITY, &other) || !has_named(p, TSL_ROLE_PRICE, &price)) {
        return 0;
    }
    return amount == TSL__SENSE_OF_ORDER || price == TSL__SENSE_PER_ITEM;
}

/* 1: the columns are of a model of purchases, which has the age of a customer ("T") beside the time from his first
 * purchase to his last ("recency"), the purchases after the first, and their mean. */
static int is_of_model(const planner *p)
{
    for (size_t i = 0; i < p->plan->own_inputs; i++) {
        if (strcmp(p->folded[i], "t") == 0) {
            return 1;
        }
    }
    return 0;
}

/* May the column of this name tell what a customer bought? Where not, it stays a plain one, which is noted. */
static tsl_status check_purchases(const planner *p, tsl_role role, size_t input, int *may, tsl_error *err)
{
    const char *name = p->plan->name[input], *option = tsl_role_get_option(role, p->kind);
    const char *asked = p->opt->weight; /* for something else */
    tsl__unit unit;
    tsl_error why;
    const int fits = tsl__role_unit_read(role, name, &unit, &why) == TSL_OK,
              counts = role == TSL_ROLE_LAST_ORDER || role == TSL_ROLE_FIRST_ORDER || !is_of_model(p);
    const int taken = asked && strcmp(asked, name) == 0;
    *may = !p->opt->purchases_told && fits && counts && !taken;
    return *may || taken ? TSL_OK
           : p->opt->purchases_told
               ? tsl__notes_add(p->notes, "%s stays a column like others, as the transactions tell what was bought",
                                name)
           : fits ? tsl__notes_add(p->notes,
                                   "%s stays a column like others, as beside \"T\" it seems to be of a model of "
                                   "purchases, and counted from the first one; --%s takes it as it is",
                                   name, option)
                  : tsl__notes_add(p->notes,
                                   "%s stays a column like others, as its unit is not that of %s; --%s takes it, or an "
                                   "expression",
                                   name, tsl_role_get_name(role), option);
}

/* A role by the name of its column. */
static tsl_status add_named(planner *p, tsl_role role, tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl__name_sense sense = TSL__SENSE_PLAIN;
    size_t input = recognise(p, role, &sense);
    int may = 1;
    if (input == TSL__NONE || (role == TSL_ROLE_COST && sense == TSL__SENSE_PER_UNIT)) {
        return TSL_OK;
    }
    const char *name = p->plan->name[input];
    TSL__TRY(tsl__role_get_info(role)->purchases ? check_purchases(p, role, input, &may, err) : TSL_OK);
    if (!may) {
        return TSL_OK;
    }
    if (role == TSL_ROLE_AMOUNT && is_told_by_lines(p, sense)) {
        return tsl__found_add(p->notes, &(tsl__found){.kind = TSL_FINDING_ASSUMED_ROLE, .column = name},
                              "%s: the amount is that of each line, its quantity times its price, as \"%s\" is of the "
                              "whole order; --amount names another",
                              p->own->path, name);
    }
    /* A price with nothing to multiply it by is what was paid. */
    if (role == TSL_ROLE_PRICE && !find_output(p->plan, TSL_ROLE_QUANTITY) && !find_output(p->plan, TSL_ROLE_AMOUNT)) {
        role = TSL_ROLE_AMOUNT;
    }
    TSL__TRY(add_output(p, role, input, NULL, name, 0, err));
    if (role == TSL_ROLE_CUSTOMER) {
        p->plan->customer = sense;
        TSL__TRY(note_customer(p, input, sense, err));
    }
done:
    return status;
}

/* The only column of all files whose words let it be the role; TSL__NONE: none, or several. */
static size_t find_only(const planner *p, tsl_role role)
{
    size_t only = TSL__NONE, count = 0;
    for (size_t i = 0; i < p->plan->own_inputs; i++) {
        const int unfit = role == TSL_ROLE_TIME && p->timeless[i];
        if (!p->passed[i] && !unfit && tsl__name_may_be(p->plan->name[i], role)) {
            only = i;
            count++;
        }
    }
    return count == 1 ? only : TSL__NONE;
}

/* A required role whose column's name is not known: the only one that it can be. */
static tsl_status add_only(planner *p, tsl_error *err)
{
    tsl_status status = TSL_OK;
    for (int r = TSL_ROLE_NONE + 1; r < TSL_ROLES; r++) {
        const tsl_role role = (tsl_role)r;
        const int wanted = tsl__role_is_required(role, p->kind) && is_open(p, role);
        const size_t input = wanted ? find_only(p, role) : TSL__NONE;
        if (input != TSL__NONE) {
            const char *name = p->plan->name[input], *as = tsl_role_get_name(role);
            p->plan->only |= 1u << role;
            TSL__TRY(add_output(p, role, input, NULL, name, 0, err));
            TSL__TRY(tsl__found_add(p->notes, &(tsl__found){.kind = TSL_FINDING_ASSUMED_ROLE, .column = name},
                                    "%s: \"%s\" is taken for the %s, as the only column that may be; --%s names "
                                    "another",
                                    p->own->path, name, as, tsl_role_get_option(role, p->kind)));
        }
    }
done:
    return status;
}

/* Of customers a currency is the one of what they tell that they spent, or of the money that they are ranked by; else
 * it is a column like others. */
static int has_money(const planner *p)
{
    return p->kind != TSL_CUSTOMERS || find_output(p->plan, TSL_ROLE_SPEND) ||
           find_output(p->plan, TSL_ROLE_MEAN_ORDER) ||
           (p->opt->value && tsl__name_group(p->opt->value, 0, TSL_DEMOGRAPHIC) == TSL_VALUE);
}

/* A code of a currency, where no name tells one and the column's cells are such codes; else NULL. */
static const char *get_code(const planner *p, size_t column)
{
    return p->taken[column] ? NULL : tsl__currency_cells_get(&p->own->files[column].codes);
}

/* Where no name tells the currency, the cells do: the only column that holds codes of currencies. */
static tsl_status add_currency(planner *p, tsl_error *err)
{
    size_t only = TSL__NONE, count = 0;
    tsl_status status = TSL_OK;
    for (size_t i = 0; p->own->files && is_open(p, TSL_ROLE_CURRENCY) && i < p->own->count; i++) {
        if (get_code(p, i)) {
            only = count++ ? only : i;
        }
    }
    if (!count) {
        return TSL_OK;
    }
    const char *name = p->plan->name[only], *code = get_code(p, only);
    const char *option = tsl_role_get_option(TSL_ROLE_CURRENCY, p->kind);
    const tsl__found found = {.kind = TSL_FINDING_ASSUMED_ROLE, .column = name};
    if (count > 1) {
        return tsl__found_add(
            p->notes, &found,
            "%s: %zu columns, \"%s\" the first of them, hold codes of currencies such as %s, and none "
            "is taken for that of the amounts; --%s names it",
            p->own->path, count, name, code, option);
    }
    TSL__TRY(add_output(p, TSL_ROLE_CURRENCY, only, NULL, name, 0, err));
    TSL__TRY(tsl__found_add(p->notes, &found,
                            "%s: \"%s\" is taken for the currency, as its cells are codes of currencies such as %s; "
                            "--%s names another",
                            p->own->path, name, code, option));
done:
    return status;
}

static tsl_status add_recognised(planner *p, tsl_error *err)
{
    tsl_status status = TSL_OK;
    for (int r = TSL_ROLE_NONE + 1; r < TSL_ROLES; r++) {
        const int open = r != TSL_ROLE_CURRENCY && tsl__role_is_of((tsl_role)r, p->kind) && is_open(p, (tsl_role)r);
        TSL__TRY(open ? add_named(p, (tsl_role)r, err) : TSL_OK);
    }
    const int priced = tsl__role_is_of(TSL_ROLE_CURRENCY, p->kind) && is_open(p, TSL_ROLE_CURRENCY) && has_money(p);
    TSL__TRY(priced ? add_named(p, TSL_ROLE_CURRENCY, err) : TSL_OK);
    TSL__TRY(p->kind == TSL_TRANSACTIONS ? add_products(p, err) : TSL_OK);
    TSL__TRY(p->kind == TSL_TRANSACTIONS ? add_currency(p, err) : TSL_OK);
    TSL__TRY(p->kind == TSL_CUSTOMERS ? add_index(p, err) : add_only(p, err));
done:
    return status;
}

/* What became of the roles whose column is not there. A price that is but a factor may go. */
static tsl_status settle_lost(planner *p, tsl_error *err)
{
    tsl_status status = TSL_OK;
    for (size_t i = 0; i < p->opt->role_count; i++) {
        const tsl_role_map *map = &p->opt->roles[i];
        const tsl__plan_output *now = find_output(p->plan, map->role);
        if (!(p->lost & 1u << map->role) || (!now && map->role == TSL_ROLE_PRICE)) {
            continue;
        }
        if (now) {
            TSL__TRY(tsl__found_add(p->notes, &(tsl__found){.kind = TSL_FINDING_MISSING_COLUMN, .column = map->source},
                                    "%s: %s has no \"%s\", as the earlier table had; \"%s\" is taken",
                                    tsl_role_get_name(map->role), p->own->path, map->source, now->name));
        } else if (!p->opt->allow_missing || tsl__role_is_required(map->role, p->kind)) {
            return fail_lost(p, map, NULL, err);
        } else {
            TSL__TRY(tsl__found_add(p->notes, &(tsl__found){.kind = TSL_FINDING_MISSING_COLUMN, .column = map->source},
                                    "%s: %s has no \"%s\", as the earlier table had; it is missing",
                                    tsl_role_get_name(map->role), p->own->path, map->source));
        }
    }
done:
    return status;
}

/* ---- Plain columns, rules ---------------------------------------------- */

/* A declared column that is not there. */
static tsl_status lack_column(planner *p, size_t rule, tsl_error *err)
{
    const tsl__plan *plan = p->plan;
    const tsl_column_rule *r = &p->opt->rules[rule];
    if (rule < p->asked->given_rules) {
        char hint[TSL__HINT_BYTES];
        return tsl__error_set(err, TSL_E_OPTION, "%s has no column \"%s\" to declare%s", p->own->path, r->name,
                              tsl__column_hint_put(r->name, plan->name, plan->inputs, hint));
    }
    if (r->ignore) {
        return TSL_OK;
    }
    if (!p->opt->allow_missing) {
        return tsl__error_set(err, TSL_E_NOT_FOUND, "%s has no column \"%s\", which the earlier table had",
                              p->own->path, r->name);
    }
    return tsl__found_add(p->notes, &(tsl__found){.kind = TSL_FINDING_MISSING_COLUMN, .column = r->name},
                          "%s has no column \"%s\", which the earlier table had; it is missing", p->own->path, r->name);
}

/* The rule of each input, of two on one column the first; and what it was taken for. */
static tsl_status find_rules(planner *p, tsl_error *err)
{
    const tsl__plan *plan = p->plan;
    tsl__name_index *index = NULL;
    tsl_status status = TSL_OK;
    TSL__NEED(index = tsl__name_index_open(plan->name, plan->inputs));
    for (size_t i = 0; i < p->opt->rule_count; i++) {
        size_t input = tsl__name_index_get(index, p->opt->rules[i].name);
        if (input == plan->inputs) {
            TSL__TRY(lack_column(p, i, err));
        } else if (!p->rule[input]) {
            p->rule[input] = &p->opt->rules[i];
        }
    }
    for (size_t i = 0; i < p->asked->found_count; i++) { /* what is not there is the recipe's to miss */
        size_t input = tsl__name_index_get(index, p->asked->found[i].column);
        if (input < plan->inputs) {
            p->found[input] = p->asked->found[i].type;
        }
    }
done:
    tsl__name_index_free(index);
    return status;
}

static int is_key_of_lookup(const planner *p, size_t input)
{
    const tsl__plan_input *in = &p->plan->input[input];
    return in->lookup != TSL__NONE && tsl__lookup_get_key(p->lookups[in->lookup]) == in->column;
}

/* Customers keep every other column, unless a rule says to ignore it. */
static tsl_status add_plain(planner *p, tsl_error *err)
{
    tsl__plan *plan = p->plan;
    tsl_status status = TSL_OK;
    TSL__TRY(find_rules(p, err));
    for (size_t i = 0; i < plan->outputs; i++) {
        if (plan->output[i].input != TSL__NONE) {
            plan->output[i].rule = p->rule[plan->output[i].input];
        }
    }
    for (size_t i = 0; i < plan->inputs; i++) {
        const tsl_column_rule *rule = p->rule[i];
        if (p->taken[i] || (rule && rule->ignore) || is_key_of_lookup(p, i)) {
            continue;
        }
        TSL__TRY(add_output(p, TSL_ROLE_NONE, i, NULL, plan->name[i], 0, err));
        tsl__plan_output *o = &plan->output[plan->outputs - 1];
        o->rule = rule;
        o->unnamed = i == 0 && p->own->unnamed;
        o->found = p->found[i];
        o->is_value = p->opt->value && strcmp(p->opt->value, o->name) == 0;
        o->is_weight = p->opt->weight && strcmp(p->opt->weight, o->name) == 0;
    }
done:
    return status;
}

/* ---- What is asked for by expressions ------------------------------------ */

/* What a column of this type holds, as far as it matters how it is compared. */
static tsl__expr_type get_held(tsl_column_type type)
{
    switch (type) {
    case TSL_TYPE_DECIMAL:
    case TSL_TYPE_NUMBER:
        return TSL__EXPR_NUMBER;
    case TSL_TYPE_TIME:
    case TSL_TYPE_DATE:
    case TSL_TYPE_BIRTH:
        return TSL__EXPR_DATE;
    case TSL_TYPE_TEXT:
    case TSL_TYPE_CATEGORY:
    case TSL_TYPE_ORDINAL:
        return TSL__EXPR_TEXT;
    default:
        return TSL__EXPR_OPEN;
    }
}

/* By the roles of the columns, also of those that are not read, by what is said of them, and by names of codes. */
static void find_known(planner *p)
{
    const tsl__plan *plan = p->plan;
    for (size_t i = 0; i < plan->inputs; i++) {
        const int is_code = p->known[i] == TSL__EXPR_OPEN && tsl__name_code(plan->name[i]) != TSL__CODE_NONE;
        p->known[i] = is_code ? TSL__EXPR_TEXT : p->known[i];
    }
    for (size_t i = 0; i < plan->outputs; i++) {
        const tsl__plan_output *o = &plan->output[i];
        size_t count = 0;
        const size_t *operand = o->expr ? tsl__expr_get_operands(o->expr, &count) : NULL;
        for (size_t k = 0; k < count; k++) {
            const tsl__expr_type type = tsl__expr_get_operand_types(o->expr)[k];
            p->known[operand[k]] = type == TSL__EXPR_NUMBER ? type : p->known[operand[k]];
        }
        if (o->input != TSL__NONE) {
            const tsl_column_type said = o->rule ? o->rule->type : o->found;
            const tsl__expr_type held = get_held(o->role != TSL_ROLE_NONE   ? tsl__role_get_info(o->role)->type
                                                 : p->kind == TSL_CUSTOMERS ? said
                                                                            : o->type);
            p->known[o->input] = held != TSL__EXPR_OPEN ? held : p->known[o->input];
        }
    }
}

static tsl_status add_where(planner *p, tsl_error *err)
{
    tsl__plan *plan = p->plan;
    tsl_status status = TSL_OK;
    TSL__TRY(tsl__expr_open_typed("where", p->opt->where, plan->name, p->known, plan->inputs,
                                  TSL__EXPR_OF(TSL__EXPR_TRUTH), &plan->where, err));
    use_operands(plan, plan->where);
done:
    return status;
}

/* 1 where there is one like it already. */
static int has_column(const tsl__plan *plan, const tsl_event_column *column)
{
    for (size_t i = 0; i < plan->outputs; i++) {
        const tsl__plan_output *o = &plan->output[i];
        if (o->role == TSL_ROLE_NONE && o->type == column->type && strcmp(o->name, column->source) == 0) {
            return 1;
        }
    }
    return 0;
}

/* What makes a further column: an input, or else an expression. */
static tsl_status find_event_column(const planner *p, const tsl_event_column *column, size_t *input, tsl__expr **expr,
                                    tsl_error *err)
{
    const tsl__plan *plan = p->plan;
    const char *label = column->label ? column->label : "columns";
    const unsigned truth = TSL__EXPR_OF(TSL__EXPR_TRUTH);
    *expr = NULL;
    *input = column->type == TSL_TYPE_BOOLEAN ? plan->inputs : tsl__name_find(column->source, plan->name, plan->inputs);
    if (*input < plan->inputs) {
        return TSL_OK;
    }
    *input = TSL__NONE;
    if (column->type == TSL_TYPE_TEXT) {
        char hint[TSL__HINT_BYTES];
        return tsl__error_set(err, TSL_E_OPTION, "%s: %s has no column \"%s\"%s", label, p->own->path, column->source,
                              tsl__column_hint_put(column->source, plan->name, plan->inputs, hint));
    }
    return tsl__expr_open_typed(label, column->source, plan->name, p->known, plan->inputs,
                                column->type == TSL_TYPE_BOOLEAN ? truth : truth | TSL__EXPR_OF(TSL__EXPR_NUMBER), expr,
                                err);
}

/* A further column of events: of the table, or made of such. */
static tsl_status add_event_column(planner *p, const tsl_event_column *column, tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl__expr *expr;
    size_t input;
    tsl_error why;
    status = find_event_column(p, column, &input, &expr, &why);
    if (status == TSL_E_OPTION && p->opt->allow_missing) {
        return TSL_OK; /* what is made of it is told by the recipe */
    }
    if (status != TSL_OK) { /* as it is: with its caret */
        if (err) {
            *err = why;
        }
        return status;
    }
    TSL__TRY(add_output(p, TSL_ROLE_NONE, input, expr, column->source, 0, err));
    p->plan->output[p->plan->outputs - 1].type = column->type;
done:
    return status;
}

static tsl_status add_event_columns(planner *p, tsl_error *err)
{
    tsl_status status = TSL_OK;
    for (size_t i = 0; i < p->opt->column_count; i++) {
        const tsl_event_column *column = &p->opt->columns[i];
        TSL__TRY(has_column(p->plan, column) ? TSL_OK : add_event_column(p, column, err));
    }
done:
    return status;
}

/* ---- Numbers ----------------------------------------------------------- */

static void add_number(tsl__plan *plan, size_t input)
{
    if (input != TSL__NONE && plan->input[input].number == TSL__NONE) {
        plan->input[input].number = plan->numbers;
        plan->number[plan->numbers++] = input;
    }
}

/* The operands of an expression that are numbers. */
static void add_operands(tsl__plan *plan, const tsl__expr *expr)
{
    size_t count = 0;
    const size_t *operand = expr ? tsl__expr_get_operands(expr, &count) : NULL;
    const tsl__expr_type *type = expr ? tsl__expr_get_operand_types(expr) : NULL;
    for (size_t k = 0; k < count; k++) {
        if (type[k] == TSL__EXPR_NUMBER) {
            add_number(plan, operand[k]);
        }
    }
}

/* The inputs of decimals. Those of the customers that are read as texts first are none. */
static tsl_status find_numbers(tsl__plan *plan, tsl_error *err)
{
    tsl_status status = TSL_OK;
    TSL__NEED(plan->number = tsl__alloc(plan->inputs, sizeof *plan->number));
    for (size_t i = 0; i < plan->outputs; i++) {
        const tsl__plan_output *o = &plan->output[i];
        add_operands(plan, o->expr);
        if (o->type == TSL_TYPE_DECIMAL) {
            add_number(plan, o->input);
        }
    }
    add_operands(plan, plan->where);
done:
    return status;
}

/* The own column that is the order. */
static size_t find_order(const tsl__plan *plan)
{
    for (size_t i = 0; i < plan->outputs; i++) {
        if (plan->output[i].role == TSL_ROLE_ORDER && plan->output[i].input < plan->own_inputs) {
            return plan->output[i].input;
        }
    }
    return TSL__NONE;
}

/* Of events: the column of the times of day that belongs to that of their days. */
static size_t find_clock(const planner *p)
{
    const tsl__plan *plan = p->plan;
    const tsl__plan_output *time = find_output(plan, TSL_ROLE_TIME);
    const int is_own = time && time->input < plan->own_inputs; /* TSL__NONE is none */
    const char *const *folded = (const char *const *)p->folded;
    const size_t own = plan->own_inputs,
                 clock = is_own ? tsl__clock_column_find(folded[time->input], folded, own, p->taken) : own;
    return clock < own ? clock : TSL__NONE;
}

/* Columns of a status that play no role. */
static tsl_status find_statuses(const planner *p, tsl_error *err)
{
    tsl__plan *plan = p->plan;
    tsl_status status = TSL_OK;
    TSL__NEED(plan->status = tsl__alloc(TSL__PLAN_STATUSES, sizeof *plan->status));
    for (size_t i = 0; i < plan->own_inputs && plan->statuses < TSL__PLAN_STATUSES; i++) {
        const tsl__status_kind kind = p->taken[i] ? TSL__STATUS_NONE : tsl__status_find_kind(plan->name[i]);
        if (kind != TSL__STATUS_NONE) {
            plan->dated |= (kind == TSL__STATUS_DATE ? 1U : 0U) << plan->statuses;
            plan->status[plan->statuses++] = i;
        }
    }
done:
    return status;
}

static int is_operand(const tsl__expr *expr, size_t input)
{
    size_t count = 0;
    const size_t *operand = expr ? tsl__expr_get_operands(expr, &count) : NULL;
    for (size_t i = 0; i < count; i++) {
        if (operand[i] == input) {
            return 1;
        }
    }
    return 0;
}

/* Columns of money beside the amounts that play no role, and that neither the amounts nor the condition know of. */
static void find_besides(const planner *p)
{
    tsl__plan *plan = p->plan;
    const tsl__plan_output *amount = find_output(plan, TSL_ROLE_AMOUNT);
    for (size_t i = 0; amount && i < plan->own_inputs && plan->besides < TSL__MOST_BESIDE; i++) {
        const tsl__beside_kind kind = p->taken[i] ? TSL__BESIDE_NONE : tsl__beside_find_kind(plan->name[i]);
        if (kind != TSL__BESIDE_NONE && !is_operand(amount->expr, i) && !is_operand(plan->where, i)) {
            plan->beside[plan->besides++] = (tsl__plan_beside){i, kind};
        }
    }
}

/* Columns that may turn out to hold the currency of the amounts. */
static tsl_status find_watched(const planner *p, tsl_error *err)
{
    tsl__plan *plan = p->plan;
    tsl_status status = TSL_OK;
    TSL__NEED(plan->watched = tsl__alloc(plan->own_inputs, sizeof *plan->watched));
    for (size_t i = 0; p->own->files && !find_output(plan, TSL_ROLE_CURRENCY) && i < plan->own_inputs; i++) {
        if (!p->taken[i] && tsl__currency_cells_is_open(&p->own->files[i].codes)) {
            plan->watched[plan->watches++] = i;
        }
    }
done:
    return status;
}

/* ---- The whole --------------------------------------------------------- */

/* Takes out what is not to be read, and finds out anew which inputs are. */
static void leave_out(planner *p)
{
    tsl__plan *plan = p->plan;
    size_t kept = 0;
    for (size_t i = 0; i < plan->outputs; i++) {
        tsl__plan_output *o = &plan->output[i];
        const int is_asked_for = o->is_value || o->is_weight;
        const int tells_rates = o->role == TSL_ROLE_CURRENCY && p->opt->rate_count; /* of amounts, which are read */
        if (o->required || is_asked_for || tells_rates || !(p->opt->leave_out & 1u << o->role)) {
            plan->output[kept++] = *o;
        } else {
            free(o->name);
            tsl__expr_free(o->expr);
        }
    }
    plan->outputs = kept;
    for (size_t i = 0; i < plan->inputs; i++) {
        plan->input[i].used = 0;
    }
    for (size_t l = 0; l < p->opt->lookup_count; l++) {
        plan->input[plan->key[l]].used = 1;
    }
    for (size_t i = 0; i < plan->outputs; i++) {
        const tsl__plan_output *o = &plan->output[i];
        use_operands(plan, o->expr);
        if (o->input != TSL__NONE) {
            plan->input[o->input].used = 1;
        }
    }
}

static tsl_status check_required(const planner *p, tsl_error *err)
{
    tsl_role absent[TSL_ROLES];
    size_t count = 0;
    for (int r = 0; r < TSL_ROLES; r++) {
        if (tsl__role_is_required((tsl_role)r, p->kind) && !find_output(p->plan, (tsl_role)r)) {
            absent[count++] = (tsl_role)r;
        }
    }
    tsl__header header = {.path = p->own->path,
                          .kind = p->kind,
                          .name = p->plan->name,
                          .count = p->plan->inputs,
                          .files = p->own->files,
                          .looked = p->own->files ? p->own->count : 0,
                          .taken = p->taken,
                          .delimiter = p->opt->delimiter,
                          .is_given = p->own->has_header,
                          .sheets = p->own->sheets};
    return count ? tsl__column_hint_fail(&header, absent, count, err) : TSL_OK;
}

int tsl__plan_is_status(const tsl__plan *plan, size_t input)
{
    size_t i = 0;
    while (i < plan->statuses && plan->status[i] != input) {
        i++;
    }
    return i < plan->statuses;
}

char *tsl__plan_list_taken(const tsl__plan *plan, size_t count)
{
    char *taken = tsl__alloc_zero(count, 1);
    for (size_t i = 0; taken && i < plan->outputs; i++) {
        if (plan->output[i].role != TSL_ROLE_NONE && plan->output[i].input < count) {
            taken[plan->output[i].input] = 1;
        }
    }
    return taken;
}

int tsl__plan_has_row_ids(const tsl__plan *plan)
{
    const tsl__plan_output *id = &plan->output[0]; /* the customer, required of every table */
    return id->input == TSL__NONE && !id->expr;
}

int tsl__plan_has_order_statuses(const tsl__plan *plan)
{
    return plan->statuses > 0 && plan->order != TSL__NONE;
}

static int compare_outputs(const void *a, const void *b)
{
    const tsl__plan_output *x = a, *y = b;
    int rx = x->role == TSL_ROLE_NONE ? TSL_ROLES : (int)x->role,
        ry = y->role == TSL_ROLE_NONE ? TSL_ROLES : (int)y->role;
    if (rx != ry) {
        return rx - ry;
    }
    const int order = (x->input > y->input) - (x->input < y->input);
    return order ? order : strcmp(x->name, y->name); /* expressions have no input */
}

tsl_status tsl__plan_build(tsl_table_kind kind, const tsl__asked *asked, const tsl__own_columns *own,
                           tsl__lookup *const *lookups, tsl__plan *plan, tsl_notes *notes, tsl_error *err)
{
    planner p = {
        .kind = kind, .asked = asked, .opt = &asked->opt, .own = own, .lookups = lookups, .plan = plan, .notes = notes};
    tsl_status status = TSL_OK;
    TSL__TRY(find_inputs(&p, err));
    TSL__TRY(add_said(&p, err));
    TSL__TRY(add_recognised(&p, err));
    TSL__TRY(check_required(&p, err));
    TSL__TRY(settle_lost(&p, err));
    find_known(&p);
    TSL__TRY(kind == TSL_CUSTOMERS ? add_plain(&p, err) : add_event_columns(&p, err));
    find_known(&p);
    plan->order = find_order(plan);
    plan->clock = find_clock(&p);
    if (p.opt->leave_out) {
        leave_out(&p);
    }
    if (plan->clock != TSL__NONE) {
        plan->input[plan->clock].used = 1;
    }
    TSL__TRY(p.opt->where ? add_where(&p, err) : TSL_OK);
    qsort(plan->output, plan->outputs, sizeof *plan->output, compare_outputs);
    TSL__TRY(find_numbers(plan, err));
    TSL__TRY(kind == TSL_TRANSACTIONS ? find_statuses(&p, err) : TSL_OK);
    find_besides(&p);
    TSL__TRY(kind == TSL_TRANSACTIONS ? find_watched(&p, err) : TSL_OK);
done:
    free(p.folded);
    free(p.taken);
    free(p.passed);
    free(p.timeless);
    free(p.masked);
    free(p.out);
    free(p.rule);
    free(p.found);
    free(p.known);
    return status;
}

void tsl__plan_clear(tsl__plan *plan)
{
    for (size_t i = 0; i < plan->outputs; i++) {
        free(plan->output[i].name);
        free(plan->output[i].unit);
        tsl__expr_free(plan->output[i].expr);
    }
    plan->outputs = 0;
}

void tsl__plan_free(tsl__plan *plan)
{
    tsl__plan_clear(plan);
    tsl__expr_free(plan->where);
    free(plan->output);
    free(plan->key);
    free(plan->number);
    free(plan->status);
    free(plan->watched);
    free(plan->input);
    free(plan->name);
}

#define MANY_UNUSED 20 /* columns: of more their number is told, too */

tsl_status tsl__plan_describe(const tsl__plan *plan, tsl_notes *understood, tsl_error *err)
{
    tsl__text rest = {0};
    const char **name = NULL;
    tsl_status status = TSL_OK;
    for (size_t i = 0; i < plan->outputs; i++) {
        const tsl__plan_output *o = &plan->output[i];
        char unit[TSL__UNIT_TEXT_BYTES];
        const int has_clock = o->role == TSL_ROLE_TIME && plan->clock != TSL__NONE;
        TSL__TRY(tsl__notes_add(
            understood, "%s: %s (%s%s)%s%s", o->role == TSL_ROLE_NONE ? "for features" : tsl_role_get_name(o->role),
            o->name, tsl_column_type_get_name(o->type), tsl__role_unit_describe(o->unit, unit),
            has_clock ? ", with the time of day of " : "", has_clock ? plan->name[plan->clock] : ""));
    }
    size_t unused = 0;
    TSL__NEED(name = tsl__alloc(plan->own_inputs, sizeof *name));
    for (size_t i = 0; i < plan->own_inputs; i++) {
        if (!plan->input[i].used) {
            name[unused++] = plan->name[i];
        }
    }
    tsl__names_put(&rest, name, unused);
    if (unused > MANY_UNUSED) {
        tsl__text_printf(&rest, " (%zu columns)", unused);
    }
    TSL__NEED(!rest.failed);
    if (unused) {
        TSL__TRY(tsl__notes_add(understood, "not used: %s", rest.data));
    }
done:
    free(name);
    tsl__text_free(&rest);
    return status;
}
