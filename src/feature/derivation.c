/* derivation.c: how a feature is computed, in words: the entry of the catalogue, a line of the user's own, or a column
 * of the customers. */
#include <tesela/feature.h>

#include "base/alloc.h"
#include "base/error.h"
#include "base/text.h"
#include "feature/derived/derived.h"
#include "feature/layout.h"
#include "feature/own_line.h"
#include "feature/recipe.h"
#include "feature/words/feature_wording.h"

#include <stdlib.h>
#include <string.h>

/* ---- Words -------------------------------------------------------------------------- */

static const char *const records[TSL__LEVELS] = {
    [TSL__LINES] = "lines: the rows of the transactions",
    [TSL__PURCHASE_LINES] = "lines of purchases, which are orders of a net amount over 0",
    [TSL__PURCHASES] =
        "purchases: orders of a net amount over 0; without an order id, lines of one instant are an order",
    [TSL__DAYS] = "days with a purchase",
    [TSL__INTERACTIONS] = "interactions: the rows of their table",
};

/* What is done with the records, and when there is nothing to say. */
static const struct {
    const char *does, *missing;
} aggregates[TSL__AGGREGATES] = {
    [TSL__COUNT] = {"their number", "never; 0 without any"},
    [TSL__SUM] = {"the sum of the source", "never; 0 without any"},
    [TSL__MEAN] = {"the mean of the source, over those where it is known", "where it is known of none"},
    [TSL__MAX] = {"the greatest value of the source", "where it is known of none"},
    [TSL__MIN] = {"the least value of the source", "where it is known of none"},
    [TSL__FIRST] = {"the first value of the source in time", "where it is known of none"},
    [TSL__LAST] = {"the last value of the source in time", "where it is known of none"},
    [TSL__SD] = {"the sample standard deviation (n - 1) of the source", "where it is known of fewer than two"},
    [TSL__DISTINCT] = {"the number of different texts of the source, or without one of days", "never; 0 without any"},
    [TSL__SINCE_FIRST] = {"days from the first of them to the as-of day", "without any"},
    [TSL__SINCE_LAST] = {"days from the last of them to the as-of day", "without any"},
    [TSL__GAP_MEAN] = {"the mean of the days between consecutive days of them", "under 2 days"},
    [TSL__GAP_SD] = {"the sample standard deviation of the days between consecutive days of them", "under 3 days"},
    [TSL__GAP_MEDIAN] = {"the median of the days between consecutive days of them", "under 2 days"},
    [TSL__GAP_MAX] = {"the greatest number of days between consecutive days of them", "under 2 days"},
    [TSL__RATE] = {"30 x their number / max(days since the first record, 30)", "never; 0 without any"},
    [TSL__SHARE] = {"the share of them that pass the filter", "without any"},
    [TSL__SUM_SHARE] = {"the share of the source's sum that those have which pass the filter",
                        "where the sum is not over 0"},
    [TSL__RETURN_SHARE] = {"-(the sum of what is below 0) / the sum of what is above", "never; 0 with no sales"},
    [TSL__ENTROPY] = {"-sum p ln p over the source's texts, p the share of amount",
                      "where no text has an amount over 0"},
    [TSL__COUNT_TREND] = {"ln((a + 1) / (b + 1)): a their number in the window, b in the one before", "never"},
    [TSL__SUM_TREND] =
        {"ln((a + c) / (b + c)): a the sum of the source in the window, b in the one before, neither below 0; "
         "c the median purchase of the customers of the fit",
         "where nobody bought anything"},
    [TSL__MONTHS_WITHOUT] = {"of the last 12 calendar months those without one", "never; 12 without any"},
    [TSL__SLOPE] =
        {"the slope, a month, of the sums of the source (without one: of their number) in the calendar months, by "
         "least squares",
         "where it is of one month"},
};

static const char *const parts[TSL__SOURCES] = {
    [TSL__AMOUNT] = "amount",
    [TSL__MARGIN] = "margin: amount less cost",
    [TSL__QUANTITY] = "quantity",
    [TSL__LINE_COUNT] = "the number of lines",
    [TSL__MINUTES] = "minutes",
    [TSL__PAGES] = "pages",
    [TSL__SATISFACTION] = "satisfaction",
    [TSL__NPS] = "willingness to recommend (nps)",
    [TSL__PRODUCT] = "product",
    [TSL__CATEGORY] = "category",
    [TSL__CHANNEL] = "channel",
    [TSL__PAYMENT] = "payment",
};

static const struct {
    int bit;
    const char *says;
} filters[] = {{TSL__WEEKEND, "on Saturday or Sunday"},
               {TSL__EVENING, "from 18 to 24 h"},
               {TSL__NIGHT, "from 0 to 6 h"},
               {TSL__VISIT, "of a kind that says visit, session, view or click; all where there is no kind"},
               {TSL__SERVICE, "of a kind that says service, support, contact, ticket or call"},
               {TSL__COMPLAINT, "of a kind that says complaint"}};

static const char *const transforms[] = {[TSL_IDENTITY] = "as it is",
                                         [TSL_LOG1P] = "ln(1 + x)",
                                         [TSL_SIGNED_LOG1P] = "sign(x) ln(1 + |x|)",
                                         [TSL_LOG1P_UNITS] = "ln(1 + max(0, x) / unit)"};

/* ---- What is told -------------------------------------------------------------------- */

/* Of what. */
typedef struct teller {
    tsl_derivation *out;
    const tsl_tables *tables; /* all NULL: none are at hand */
    const tsl_recipe *recipe; /* or NULL */
} teller;

static tsl_status put(teller *t, const char *field, tsl__text *text, tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl_derivation *out = t->out;
    if (!text->length && !text->failed) { /* nothing is said of it */
        goto done;
    }
    TSL__ASSERT(out->count < TSL_DERIVATION_MAX);
    TSL__NEED(out->text[out->count] = tsl__text_take(text));
    out->field[out->count++] = field;
done:
    tsl__text_free(text);
    return status;
}

static tsl_status put_words(teller *t, const char *field, const char *words, tsl_error *err)
{
    tsl__text text = {0};
    tsl__text_puts(&text, words ? words : "");
    return put(t, field, &text, err);
}

/* "the last 90 days before the as-of day"; of calendar months, which are the last is told as well. */
static tsl_status put_window(teller *t, const tsl__catalogue_entry *e, tsl_error *err)
{
    tsl__text text = {0};
    const int n = e->window_months ? e->window_months : e->window_days;
    const char *unit = e->window_months ? "calendar month" : "day", *plural = n == 1 ? "" : "s";
    if (e->window == TSL__ALL) {
        tsl__text_puts(&text, "all of the past");
    } else if (e->window == TSL__PREVIOUS) {
        tsl__text_printf(&text, "the %d %s%s before the last %d", n, unit, plural, n);
    } else {
        tsl__text_printf(&text, "the last %d %s%s%s", n, unit, plural, e->window_months ? "" : " before the as-of day");
    }
    if (e->window_months) {
        tsl__text_puts(&text, "; the last of all is that of the last day before the as-of day");
    }
    return put(t, "window", &text, err);
}

static tsl_status put_filter(teller *t, const tsl__catalogue_entry *e, const tsl__line *line, const char *value,
                             tsl_error *err)
{
    tsl__text text = {0};
    if (line && line->condition) {
        tsl__text_printf(&text, "where %s", line->condition);
    }
    for (size_t i = 0; i < sizeof filters / sizeof *filters; i++) {
        if (e->filter & filters[i].bit) {
            tsl__text_printf(&text, "%s%s", text.length ? ", " : "", filters[i].says);
        }
    }
    if (e->among & TSL__TIMED) {
        tsl__text_puts(&text, "; of those with a time of day");
    }
    if (e->name[strlen(e->name) - 1] == ':') {
        tsl__text_printf(
            &text, *value ? "whose %s is %s" : "whose %s is each of the most frequent values, one feature a value",
            parts[e->source], value);
    }
    return put(t, "filter", &text, err);
}

static tsl_status put_source(teller *t, const tsl__catalogue_entry *e, const tsl__line *line, tsl_error *err)
{
    return put_words(t, "source",
                     line && line->column ? line->column
                     : line               ? parts[line->part]
                                          : parts[e->source],
                     err);
}

/* A role, and, where the table is at hand, the column that has it. */
static void put_role(const teller *t, tsl_table_kind kind, tsl_role role, int or_none, tsl__text *text)
{
    const tsl_table *table = kind == TSL_INTERACTIONS ? t->tables->interactions : t->tables->transactions;
    const tsl_column *column = table ? tsl_table_get_role(table, role) : NULL;
    if (or_none && table && !column) {
        return;
    }
    tsl__text_printf(text, "%s%s", text->length ? ", " : "", tsl_role_get_name(role));
    if (table) {
        tsl__text_printf(text, column ? " (%s)" : " (which the table lacks)", column ? column->name : "");
    } else if (or_none) {
        tsl__text_puts(text, " where there is one");
    }
}

/* The roles that the feature is made of, each once. */
static tsl_status put_needs(teller *t, const tsl__catalogue_entry *e, const tsl__line *line, tsl_error *err)
{
    const tsl_table_kind kind = e->level == TSL__INTERACTIONS ? TSL_INTERACTIONS : TSL_TRANSACTIONS;
    const tsl_role part = tsl__record_part_get_role(line ? line->part : e->source);
    const int orders = kind == TSL_TRANSACTIONS;
    tsl__text text = {0};
    put_role(t, kind, TSL_ROLE_CUSTOMER, 0, &text);
    put_role(t, kind, TSL_ROLE_TIME, 0, &text);
    if (orders) {
        put_role(t, kind, TSL_ROLE_AMOUNT, 0, &text);
    }
    if (e->level != TSL__LINES && orders) {
        put_role(t, kind, TSL_ROLE_ORDER, 1, &text);
    }
    if (part != TSL_ROLE_NONE && part != TSL_ROLE_AMOUNT) {
        put_role(t, kind, part, 0, &text);
    }
    if (e->filter & (TSL__VISIT | TSL__SERVICE | TSL__COMPLAINT)) {
        put_role(t, kind, TSL_ROLE_KIND, e->filter & TSL__VISIT, &text);
    }
    tsl__text_printf(&text, " of the %s", tsl_table_kind_get_name(kind));
    if (line && (line->column || line->condition)) {
        tsl__text_puts(&text, "; the columns of its source and filter");
    }
    return put(t, "needs", &text, err);
}

static tsl_status put_use(teller *t, tsl_transform transform, tsl_group group, int profile, tsl_error *err)
{
    tsl__text text = {0};
    if (profile) {
        tsl__text_puts(&text, "it describes, and is in no vector unless asked for (--include)");
    } else {
        tsl__text_printf(&text, "%s, drawn in at the outer quantiles, then as --scale says, in the %s vector",
                         transforms[transform], tsl_group_get_name(group));
    }
    return put(t, "scale", &text, err);
}

/* Where tables are at hand that it cannot be made of. */
static tsl_status put_absent(teller *t, const tsl__catalogue_entry *e, tsl_error *err)
{
    char absent[128];
    tsl__text text = {0};
    const int any = t->tables->customers || t->tables->transactions || t->tables->interactions;
    if (any && !tsl__entry_is_present(e, t->tables)) {
        tsl__entry_put_absent(e, t->tables, absent, sizeof absent);
        tsl__text_printf(&text, "not of these tables: %s is not there", absent);
    }
    return put(t, "made", &text, err);
}

/* What a fit has learned, by which it is made. */
static tsl_status put_learned(teller *t, const tsl__derived *derived, tsl_error *err)
{
    tsl__text text = {0};
    if (derived && derived->tell && t->recipe) {
        derived->tell(t->recipe, &text);
    }
    return put(t, "fitted", &text, err);
}

static tsl_status tell_entry(teller *t, const tsl__catalogue_entry *e, const tsl__line *line, const char *value,
                             tsl_error *err)
{
    const tsl__derived *derived = tsl__derived_get(e->derived);
    tsl_status status = TSL_OK;
    TSL__TRY(put_words(t, "definition", e->definition, err));
    TSL__TRY(put_words(t, "computed", derived ? derived->does : aggregates[e->aggregate].does, err));
    TSL__TRY(put_learned(t, derived, err));
    TSL__TRY(put_words(t, "records", records[e->level], err));
    TSL__TRY(put_source(t, e, line, err));
    TSL__TRY(put_filter(t, e, line, value, err));
    TSL__TRY(put_window(t, e, err));
    TSL__TRY(put_needs(t, e, line, err));
    TSL__TRY(put_words(t, "unit", *e->unit ? e->unit : "none", err));
    TSL__TRY(put_use(t, e->transform, e->group, e->profile, err));
    TSL__TRY(put_words(t, "missing", derived ? derived->missing : aggregates[e->aggregate].missing, err));
    TSL__TRY(line ? TSL_OK : put_absent(t, e, err));
done:
    return status;
}

/* A column of the customers. */
static tsl_status tell_column(teller *t, const tsl_feature *f, tsl_error *err)
{
    tsl__text text = {0};
    tsl_status status = TSL_OK;
    TSL__TRY(put_words(t, "definition", f->definition, err));
    tsl__text_printf(&text, "the column %s of the customers, read as %s", f->column, tsl_column_type_get_name(f->type));
    TSL__TRY(put(t, "computed", &text, err));
    if (f->form == TSL_FORM_VALUE) {
        tsl__text_printf(&text,
                         f->rest ? "1 where it is none of the values that have a feature of their own, else 0%s"
                                 : "1 where it is %s, else 0",
                         f->rest ? "" : f->level);
        TSL__TRY(put(t, "value", &text, err));
    }
    TSL__TRY(put_words(t, "unit", *f->unit ? f->unit : "none", err));
    if (f->outcome) {
        TSL__TRY(put_words(t, "scale", "an outcome: it is in no vector, rule or name", err));
    } else {
        TSL__TRY(put_use(t, f->transform, f->group, f->profile || f->sensitive, err));
    }
    TSL__TRY(put_words(t, "missing", "where the cell is, or the customer is not in the table", err));
done:
    tsl__text_free(&text);
    return status;
}

/* ---- Finding ------------------------------------------------------------------------- */

/* The names that may be asked for: those of the recipe, of the lines, of the catalogue; views. */
static tsl_status list_names(const tsl_feature_options *opt, const tsl_recipe *recipe, const char ***out, size_t *count,
                             tsl_error *err)
{
    tsl_status status = TSL_OK;
    const size_t own = recipe ? recipe->feature_count : 0;
    const char **name = *out = tsl__alloc(own + opt->line_count + tsl__catalogue_count, sizeof *name);
    size_t n = 0;
    TSL__NEED(name);
    for (size_t f = 0; f < own; f++) {
        name[n++] = recipe->feature[f].name;
    }
    for (size_t i = 0; i < opt->line_count + tsl__catalogue_count; i++) {
        const char *next = i < opt->line_count ? opt->line[i].name : tsl__catalogue[i - opt->line_count].name;
        size_t f = 0;
        while (f < own && strcmp(recipe->feature[f].name, next) != 0) {
            f++;
        }
        if (f == own) {
            name[n++] = next;
        }
    }
    *count = n;
done:
    return status;
}

/* The entry of a name, "channel" for the family "channel:" too. */
static const tsl__catalogue_entry *find_entry(const char *name, const char **value)
{
    const size_t length = strlen(name);
    const tsl__catalogue_entry *entry = tsl__wording_get(name, value);
    for (size_t i = 0; i < tsl__catalogue_count && !entry; i++) {
        const char *family = tsl__catalogue[i].name;
        if (strncmp(family, name, length) == 0 && strcmp(family + length, ":") == 0) {
            entry = &tsl__catalogue[i];
            *value = "";
        }
    }
    return entry && entry->definition ? entry : NULL;
}

static tsl_status tell_line(teller *t, const tsl_feature_line *given, tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl__line line;
    TSL__TRY(tsl__line_open(given, &line, err));
    TSL__TRY(tell_entry(t, &line.entry, &line, "", err));
done:
    tsl__line_free(&line);
    return status;
}

static tsl_status refuse(const char *name, const tsl_feature_options *opt, const tsl_recipe *recipe, tsl_error *err)
{
    tsl_status status = TSL_OK;
    const char **names = NULL;
    tsl__text hint = {0};
    size_t count;
    TSL__TRY(list_names(opt, recipe, &names, &count, err));
    tsl__nearest_put(&hint, name, names, count);
    status = tsl__error_set(err, TSL_E_OPTION, "no feature is called \"%s\"%s", name, hint.data ? hint.data : "");
done:
    tsl__text_free(&hint);
    free(names);
    return status;
}

static tsl_status tell(teller *t, const char *name, const tsl_feature_options *opt, tsl_error *err)
{
    const tsl_recipe *recipe = t->recipe;
    const size_t f = recipe ? tsl__recipe_find(recipe, name) : 0;
    const char *value;
    for (size_t i = 0; i < opt->line_count; i++) {
        if (strcmp(opt->line[i].name, name) == 0) {
            return tell_line(t, &opt->line[i], err);
        }
    }
    if (recipe && f < recipe->feature_count && !*recipe->feature[f].entry) {
        return tell_column(t, &recipe->feature[f], err);
    }
    const tsl__catalogue_entry *entry = find_entry(name, &value);
    return entry ? tell_entry(t, entry, NULL, value, err) : refuse(name, opt, recipe, err);
}

tsl_status tsl_derivation_build(const char *name, const tsl_feature_options *given, const tsl_recipe *recipe,
                                const tsl_tables *tables, tsl_derivation **out, tsl_error *err)
{
    static const tsl_tables none;
    tsl_status status = TSL_OK;
    tsl_feature_options opt;
    teller t = {.tables = tables ? tables : &none, .recipe = recipe};
    *out = NULL;
    tsl__error_reset(err);
    TSL__TRY(tsl__feature_options_open(given, &opt, err));
    TSL__NEED(t.out = tsl__alloc_zero(1, sizeof *t.out));
    TSL__TRY(tell(&t, name, &opt, err));
    *out = t.out;
    t.out = NULL;
done:
    tsl_derivation_free(t.out);
    return status;
}

void tsl_derivation_free(tsl_derivation *derivation)
{
    for (size_t i = 0; derivation && i < derivation->count; i++) {
        free(derivation->text[i]);
    }
    free(derivation);
}

tsl_status tsl_derivation_get_names(const tsl_feature_options *given, const tsl_recipe *recipe, char ***out,
                                    size_t *count, tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl_feature_options opt;
    const char **name = NULL;
    char **copy = NULL;
    size_t n = 0;
    *out = NULL;
    *count = 0;
    tsl__error_reset(err);
    TSL__TRY(tsl__feature_options_open(given, &opt, err));
    TSL__TRY(list_names(&opt, recipe, &name, &n, err));
    TSL__NEED(copy = tsl__alloc_zero(n, sizeof *copy));
    for (size_t i = 0; i < n; i++) {
        TSL__NEED(copy[i] = tsl__strdup(name[i]));
    }
    *out = copy;
    *count = n;
    copy = NULL;
done:
    tsl_texts_free(copy, copy ? n : 0);
    free(name);
    return status;
}
