/* file_roles.c: a role whose column is called otherwise in some of a table's files. */
#include "table/file_roles.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/error.h"
#include "base/notes.h"
#include "base/text.h"
#include "expr/quote.h"
#include "table/names/role_units.h"
#include "table/names/roles.h"

/* What the columns would be, as they are so far. */
typedef struct search {
    tsl__reading *reading;
    tsl__file_columns *columns;
    tsl__own_columns *own;
    tsl__plan plan;
    tsl_notes notes; /* of the plan, to be said by the one that holds */
    char **folded;   /* names of the columns */
    char *spoken;    /* one a column: it plays a role, or was asked for */
    char *out;       /* one a column, scratch */
    int is_planned;
} search;

static void free_search(search *s)
{
    tsl__plan_free(&s->plan);
    tsl_notes notes = s->notes;
    tsl__notes_free(&notes);
    free(s->folded);
    free(s->spoken);
    free(s->out);
}

static void speak_of(search *s, const tsl__expr *expr)
{
    size_t count = 0;
    const size_t *operand = expr ? tsl__expr_get_operands(expr, &count) : NULL;
    for (size_t i = 0; i < count; i++) {
        s->spoken[operand[i]] = 1;
    }
}

/* A plain column of the customers is there by itself, unless more is said of it. */
static int is_plain(const search *s, const tsl__plan_output *o)
{
    return s->reading->terms.kind == TSL_CUSTOMERS && o->role == TSL_ROLE_NONE && !o->rule && !o->is_value &&
           !o->is_weight;
}

static void find_spoken(search *s)
{
    const tsl__plan *plan = &s->plan;
    for (size_t i = 0; i < plan->outputs; i++) {
        const tsl__plan_output *o = &plan->output[i];
        speak_of(s, o->expr);
        if (o->input != TSL__NONE && !is_plain(s, o)) {
            s->spoken[o->input] = 1;
        }
    }
    speak_of(s, plan->where);
    for (size_t l = 0; l < s->reading->terms.lookups; l++) {
        s->spoken[plan->key[l]] = 1;
    }
}

/* A plan that does not hold is refused where it is made for good. */
static tsl_status open_search(search *s, tsl_error *err)
{
    const tsl__terms *terms = &s->reading->terms;
    tsl_status status = TSL_OK;
    tsl_error why;
    status = tsl__plan_build(terms->kind, &terms->asked, s->own, terms->lookup, &s->plan, &s->notes, &why);
    s->is_planned = status == TSL_OK;
    if (status != TSL_OK) {
        return status == TSL_E_NOMEM ? tsl__error_nomem(err) : TSL_OK;
    }
    TSL__NEED(s->folded = tsl__names_fold(s->own->name, s->own->count));
    TSL__NEED(s->spoken = tsl__alloc_zero(s->plan.inputs, 1));
    TSL__NEED(s->out = tsl__alloc(s->own->count, 1));
    find_spoken(s);
done:
    return status;
}

/* 1: the user named the role's column, now or for the table before. */
static int is_said(const search *s, const tsl__plan_output *o)
{
    const tsl__asked *asked = &s->reading->terms.asked;
    for (size_t i = 0; i < asked->given_roles; i++) {
        if (asked->opt.roles[i].role == o->role) {
            return 1;
        }
    }
    return o->mapped && !(asked->found_roles >> o->role & 1u);
}

/* The column of the role among those that are not out; TSL__NONE: none. */
static size_t find_role(const search *s, tsl_role role, tsl__name_sense *sense)
{
    const size_t count = s->own->count;
    const size_t found =
        tsl__role_find(role, s->reading->terms.kind, (const char *const *)s->folded, count, s->out, sense);
    return found < count ? found : TSL__NONE;
}

/* What plays the role in a file that lacks its column. */
static size_t find_other(const search *s, size_t file, tsl_role role, tsl__name_sense *sense)
{
    for (size_t i = 0; i < s->own->count; i++) {
        s->out[i] = s->spoken[i] || !tsl__file_columns_has(s->columns, file, i);
    }
    return find_role(s, role, sense);
}

/* What the folded name of an amount says of taxes: "net", "gross", or NULL for nothing. */
static const char *find_tax(const char *folded)
{
    static const struct {
        const char *part, *says;
    } words[] = {{"不含税", "net"}, {"未税", "net"},    {"无税", "net"},   {"含税", "gross"}, {"net", "net"},
                 {"hors", "net"},   {"gross", "gross"}, {"brut", "gross"}, {"ttc", "gross"}};
    const size_t n = strlen(folded);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (strstr(folded, words[i].part)) {
            return words[i].says;
        }
    }
    return n > 2 && strcmp(folded + n - 2, "ht") == 0 ? "net" : NULL;
}

/* 1: by their names two columns mean the same of the role. */
static int is_same_sense(const search *s, tsl_role role, size_t column, tsl__name_sense other)
{
    tsl__name_sense sense = TSL__SENSE_PLAIN;
    memset(s->out, 1, s->own->count);
    s->out[column] = 0;
    const int known = find_role(s, role, &sense) == column;
    return !known || sense == other || sense == TSL__SENSE_ANYONE || other == TSL__SENSE_ANYONE;
}

/* 1: their numbers are with taxes, or without. */
static int is_same_tax(const search *s, tsl_role role, size_t column, size_t other)
{
    const char *one = find_tax(s->folded[column]), *two = find_tax(s->folded[other]);
    return tsl__role_get_info(role)->type != TSL_TYPE_DECIMAL || one == two || (one && two && strcmp(one, two) == 0);
}

/* 1: their numbers are of one unit. */
static int is_same_unit(const search *s, tsl_role role, size_t column, size_t other)
{
    tsl__unit a, b;
    tsl_error ignored;
    if (tsl__role_get_info(role)->type != TSL_TYPE_DECIMAL) {
        return 1;
    }
    return tsl__role_unit_read(role, s->own->name[column], &a, &ignored) == TSL_OK &&
           tsl__role_unit_read(role, s->own->name[other], &b, &ignored) == TSL_OK && a.numerator == b.numerator &&
           a.denominator == b.denominator && a.currency == b.currency;
}

/* `"amount (cents)" / 100` */
static void put_term(const search *s, tsl_role role, size_t column, tsl__text *text)
{
    tsl__unit unit;
    tsl_error ignored;
    const int known = tsl__role_unit_read(role, s->own->name[column], &unit, &ignored) == TSL_OK;
    tsl__expr_put_name(text, s->own->name[column]);
    if (known && unit.numerator > 1) {
        tsl__text_printf(text, " * %lld", (long long)unit.numerator);
    }
    if (known && unit.denominator > 1) {
        tsl__text_printf(text, " / %lld", (long long)unit.denominator);
    }
}

/* 1: their names tell two currencies, which do not add up. */
static int are_currencies(const search *s, tsl_role role, size_t column, size_t other)
{
    tsl__unit a, b;
    tsl_error ignored;
    return tsl__role_unit_read(role, s->own->name[column], &a, &ignored) == TSL_OK &&
           tsl__role_unit_read(role, s->own->name[other], &b, &ignored) == TSL_OK && a.currency && b.currency &&
           a.currency != b.currency;
}

/* What may be done: `, or say what is meant: --amount "coalesce(amount, total)"`. */
static void put_way(const search *s, const tsl__plan_output *o, size_t other, tsl__text *text)
{
    const char *option = tsl_role_get_option(o->role, s->reading->terms.kind);
    tsl__text expression = {0};
    if (are_currencies(s, o->role, o->input, other)) {
        tsl__text_puts(text, ", and write the currency in a column beside it, for --rates to convert, or read one file "
                             "a currency");
    } else if (option && tsl__role_get_info(o->role)->type == TSL_TYPE_DECIMAL) {
        tsl__text_puts(&expression, "coalesce(");
        put_term(s, o->role, o->input, &expression);
        tsl__text_puts(&expression, ", ");
        put_term(s, o->role, other, &expression);
        tsl__text_puts(&expression, ")");
        tsl__text_printf(text, ", or say what is meant: --%s ", option);
        tsl__expr_put_argument(text, expression.failed ? NULL : expression.data);
    } else if (option && !o->required) {
        tsl__text_printf(text, ", or name the one that is meant by --%s", option);
    }
    tsl__text_free(&expression);
}

static tsl_status fail_apart(const search *s, const tsl__plan_output *o, size_t other, size_t file, const char *why,
                             tsl_error *err)
{
    tsl__text way = {0};
    tsl_status status = TSL_OK;
    put_way(s, o, other, &way);
    TSL__NEED(!way.failed);
    TSL__TRY(tsl__error_set(err, TSL_E_INPUT,
                            "%s: \"%s\" is by its name the %s, as \"%s\" is in %s, but they are not taken for one "
                            "column, since %s; call them alike%s",
                            s->reading->place[file], s->own->name[other], tsl_role_get_name(o->role),
                            s->own->name[o->input], s->reading->place[s->columns->column[o->input].has], why,
                            way.data ? way.data : ""));
done:
    tsl__text_free(&way);
    return status;
}

/* The two are one column, which is noted. */
static tsl_status join(search *s, const tsl__plan_output *o, size_t other, tsl_error *err)
{
    const size_t one = o->input < other ? o->input : other, two = o->input < other ? other : o->input;
    const char *option = o->required ? NULL : tsl_role_get_option(o->role, s->reading->terms.kind);
    const char *file = s->reading->place[s->columns->column[two].has];
    const size_t files = s->columns->files - s->columns->column[two].lacking;
    const tsl__found found = {
        .kind = TSL_FINDING_ASSUMED_ROLE, .count = files, .column = s->own->name[one], .example = {{.file = file}}};
    char more[48] = "";
    tsl_status status = TSL_OK;
    if (files > 1) {
        snprintf(more, sizeof more, " (and in %zu more)", files - 1);
    }
    TSL__TRY(
        tsl__found_add(&s->reading->table->info.notes, &found,
                       "%s%s: \"%s\" is taken for \"%s\" of %s, as both are the %s by their names, and no file has "
                       "both%s%s%s",
                       file, more, s->own->name[two], s->own->name[one], s->reading->place[s->columns->column[one].has],
                       tsl_role_get_name(o->role), option ? "; --" : "", option ? option : "",
                       option ? " names one of them alone" : ""));
    TSL__TRY(tsl__file_columns_join(s->columns, one, two, err));
    s->own->count = s->columns->count;
done:
    return status;
}

/* Looks for another name of the role's column, and joins the two. */
static tsl_status settle(search *s, const tsl__plan_output *o, int *joined, tsl_error *err)
{
    const size_t column = o->input;
    tsl__name_sense sense = TSL__SENSE_PLAIN;
    size_t file = 0, other = TSL__NONE;
    if (o->role == TSL_ROLE_NONE || column >= s->own->count || is_said(s, o)) {
        return TSL_OK;
    }
    for (; file < s->columns->files && s->columns->column[column].lacking; file++) {
        other = tsl__file_columns_has(s->columns, file, column) ? TSL__NONE : find_other(s, file, o->role, &sense);
        if (other != TSL__NONE) {
            break;
        }
    }
    if (other == TSL__NONE) {
        return TSL_OK;
    }
    const char *why = tsl__file_columns_meet(s->columns, column, other) ? "another file has both"
                      : !is_same_unit(s, o->role, column, other)        ? "they are in different units by their names"
                      : !is_same_tax(s, o->role, column, other)         ? "by their names one may have taxes in it"
                      : !is_same_sense(s, o->role, column, sense)       ? "by their names they may not mean the same"
                                                                        : NULL;
    if (why) {
        return fail_apart(s, o, other, file, why, err);
    }
    *joined = 1;
    return join(s, o, other, err);
}

static tsl_status join_one(search *s, int *joined, tsl_error *err)
{
    tsl_status status = TSL_OK;
    *joined = 0;
    TSL__TRY(open_search(s, err));
    for (size_t i = 0; s->is_planned && i < s->plan.outputs && !*joined; i++) {
        TSL__TRY(settle(s, &s->plan.output[i], joined, err));
    }
done:
    return status;
}

tsl_status tsl__file_roles_join(tsl__reading *reading, tsl__file_columns *columns, tsl__own_columns *own,
                                tsl_error *err)
{
    tsl_status status = TSL_OK;
    for (int joined = columns->count > columns->first_count && columns->has_header; joined && status == TSL_OK;) {
        search s = {.reading = reading, .columns = columns, .own = own};
        status = join_one(&s, &joined, err);
        if (status == TSL_E_INPUT) { /* what the columns would be is told with the refusal */
            reading->terms.plan = s.plan;
            s.plan = (tsl__plan){.inputs = 0};
        }
        free_search(&s);
    }
    return status;
}
