/* own_line.c: the words of a line of the user's own: what they may be, and what they mean together. */
#include "feature/own_line.h"

#include "base/alloc.h"
#include "base/error.h"
#include "base/options.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

#define COUNT(table) (sizeof(table) / sizeof *(table))
#define MOST_DAYS 36500
#define MOST_MONTHS 1200
#define NAME_BYTES 64

/* ---- Words ------------------------------------------------------------------------ */

typedef struct word {
    const char *name;
    int value;
} word;

static const word groups[] = {{"behavioral", TSL_BEHAVIORAL}, {"value", TSL_VALUE}};
static const word transforms[] = {{"identity", TSL_IDENTITY}, {"log1p", TSL_LOG1P}, {"signed_log1p", TSL_SIGNED_LOG1P}};
static const word levels[] = {{"lines", TSL__LINES},
                              {"purchase_lines", TSL__PURCHASE_LINES},
                              {"purchases", TSL__PURCHASES},
                              {"days", TSL__DAYS},
                              {"interactions", TSL__INTERACTIONS}};

/* A source that is a role, or what is made of roles: where it is known. */
#define AT(level) (1u << (level))
#define OF_LINES (AT(TSL__LINES) | AT(TSL__PURCHASE_LINES))
static const struct {
    const char *name, *unit;
    tsl__record_part part;
    unsigned levels;
    int codes;
} sources[] = {
    {"amount", "currency", TSL__AMOUNT, OF_LINES | AT(TSL__PURCHASES) | AT(TSL__DAYS), 0},
    {"margin", "currency", TSL__MARGIN, OF_LINES, 0},
    {"quantity", "units", TSL__QUANTITY, OF_LINES | AT(TSL__PURCHASES), 0},
    {"lines", "lines", TSL__LINE_COUNT, AT(TSL__PURCHASES), 0},
    {"product", "", TSL__PRODUCT, OF_LINES, 1},
    {"category", "", TSL__CATEGORY, OF_LINES, 1},
    {"channel", "", TSL__CHANNEL, OF_LINES | AT(TSL__PURCHASES), 1},
    {"payment", "", TSL__PAYMENT, OF_LINES | AT(TSL__PURCHASES), 1},
    {"minutes", "minutes", TSL__MINUTES, AT(TSL__INTERACTIONS), 0},
    {"pages", "pages", TSL__PAGES, AT(TSL__INTERACTIONS), 0},
    {"satisfaction", "points", TSL__SATISFACTION, AT(TSL__INTERACTIONS), 0},
    {"nps", "points", TSL__NPS, AT(TSL__INTERACTIONS), 0},
};

/* What an aggregate is of. */
typedef enum taking { TAKES_NONE, TAKES_NUMBER, MAY_TAKE_NUMBER, TAKES_TEXT, MAY_TAKE_TEXT } taking;
typedef enum wants_window { ANY_WINDOW, DAYS_AHEAD, WHOLE_MONTHS } wants_window;

static const struct aggregate_word {
    const char *name;
    tsl__aggregate aggregate;
    taking takes;
    wants_window window;
    const char *unit; /* NULL: that of the source; "*": what is counted */
} aggregates[] = {
    {"count", TSL__COUNT, TAKES_NONE, ANY_WINDOW, "*"},
    {"sum", TSL__SUM, TAKES_NUMBER, ANY_WINDOW, NULL},
    {"mean", TSL__MEAN, TAKES_NUMBER, ANY_WINDOW, NULL},
    {"min", TSL__MIN, TAKES_NUMBER, ANY_WINDOW, NULL},
    {"max", TSL__MAX, TAKES_NUMBER, ANY_WINDOW, NULL},
    {"sd", TSL__SD, TAKES_NUMBER, ANY_WINDOW, NULL},
    {"first", TSL__FIRST, TAKES_NUMBER, ANY_WINDOW, NULL},
    {"last", TSL__LAST, TAKES_NUMBER, ANY_WINDOW, NULL},
    {"distinct", TSL__DISTINCT, MAY_TAKE_TEXT, ANY_WINDOW, ""},
    {"share", TSL__SHARE, MAY_TAKE_NUMBER, ANY_WINDOW, "share"},
    {"rate", TSL__RATE, TAKES_NONE, DAYS_AHEAD, "*"},
    {"gap_mean", TSL__GAP_MEAN, TAKES_NONE, ANY_WINDOW, "days"},
    {"gap_sd", TSL__GAP_SD, TAKES_NONE, ANY_WINDOW, "days"},
    {"gap_median", TSL__GAP_MEDIAN, TAKES_NONE, ANY_WINDOW, "days"},
    {"gap_max", TSL__GAP_MAX, TAKES_NONE, ANY_WINDOW, "days"},
    {"since_first", TSL__SINCE_FIRST, TAKES_NONE, ANY_WINDOW, "days"},
    {"since_last", TSL__SINCE_LAST, TAKES_NONE, ANY_WINDOW, "days"},
    {"slope", TSL__SLOPE, MAY_TAKE_NUMBER, WHOLE_MONTHS, NULL},
    {"entropy", TSL__ENTROPY, TAKES_TEXT, ANY_WINDOW, "nats"},
};

static int is_there(const char *text)
{
    return text && *text;
}

/* "aggregate: "mead" is none; did you mean "mean"?" or the words that there are. */
static tsl_status refuse_word(const char *field, const char *text, const char *const *names, size_t count,
                              tsl_error *err)
{
    tsl__text said = {0};
    if (!is_there(text)) {
        tsl__text_puts(&said, "is missing");
    } else {
        const char *near = tsl__nearest_get(text, names, count);
        tsl__text_printf(&said, "\"%s\" is none%s%s%s", text, near ? " (did you mean \"" : "", near ? near : "",
                         near ? "\"?)" : "");
    }
    tsl__text_puts(&said, "; expected ");
    for (size_t i = 0; i < count; i++) {
        tsl__text_printf(&said, "%s%s", i == 0 ? "" : i + 1 < count ? ", " : " or ", names[i]);
    }
    tsl_status status =
        said.failed ? tsl__error_nomem(err) : tsl__error_set(err, TSL_E_OPTION, "%s: %s", field, said.data);
    tsl__text_free(&said);
    return status;
}

static tsl_status read_word(const char *field, const char *text, const word *words, size_t count, int *value,
                            tsl_error *err)
{
    const char *names[16];
    for (size_t i = 0; i < count; i++) {
        names[i] = words[i].name;
        if (is_there(text) && strcmp(text, names[i]) == 0) {
            *value = words[i].value;
            return TSL_OK;
        }
    }
    return refuse_word(field, text, names, count, err);
}

static tsl_status read_aggregate(const char *text, const struct aggregate_word **out, tsl_error *err)
{
    const char *names[COUNT(aggregates)];
    for (size_t i = 0; i < COUNT(aggregates); i++) {
        names[i] = aggregates[i].name;
        if (is_there(text) && strcmp(text, names[i]) == 0) {
            *out = &aggregates[i];
            return TSL_OK;
        }
    }
    return refuse_word("aggregate", text, names, COUNT(aggregates), err);
}

/* "all", "90 days", "12 months", "previous 12 months". */
static tsl_status read_window(const char *text, tsl__catalogue_entry *entry, tsl_error *err)
{
    const char *at = is_there(text) ? text : "all";
    const int previous = strncmp(at, "previous ", 9) == 0;
    long number = 0;
    if (strcmp(at, "all") == 0) {
        entry->window = TSL__ALL;
        return TSL_OK;
    }
    at += previous ? 9 : 0;
    for (; tsl__is_digit(*at) && number <= MOST_DAYS; at++) {
        number = number * 10 + (*at - '0');
    }
    const int days = strcmp(at, " days") == 0 || strcmp(at, " day") == 0,
              months = strcmp(at, " months") == 0 || strcmp(at, " month") == 0;
    if ((!days && !months) || number < 1 || number > (days ? MOST_DAYS : MOST_MONTHS)) {
        return tsl__error_set(err, TSL_E_OPTION,
                              "window: \"%s\" is none; expected all, N days (1 to %d), N months (1 to %d), or previous "
                              "before one of the two",
                              text, MOST_DAYS, MOST_MONTHS);
    }
    entry->window = previous ? TSL__PREVIOUS : TSL__RECENT;
    *(days ? &entry->window_days : &entry->window_months) = (int)number;
    return TSL_OK;
}

/* ---- Source ------------------------------------------------------------------------- */

/* The source by its word, or COUNT(sources). */
static size_t find_source(const char *text)
{
    size_t i = 0;
    while (i < COUNT(sources) && strcmp(sources[i].name, text) != 0) {
        i++;
    }
    return i;
}

static tsl_status check_source_word(const struct aggregate_word *a, const char *level, size_t s, unsigned at,
                                    tsl_error *err)
{
    const int texts = a->takes == TAKES_TEXT || a->takes == MAY_TAKE_TEXT;
    if (!(sources[s].levels & at)) {
        return tsl__error_set(err, TSL_E_OPTION, "source: %s is not known of %s", sources[s].name, level);
    }
    if (sources[s].codes != texts) {
        return tsl__error_set(err, TSL_E_OPTION, "source: %s is %s, and %s is of %s", sources[s].name,
                              sources[s].codes ? "a text" : "a number", a->name, texts ? "texts" : "numbers");
    }
    return TSL_OK;
}

/* A role, a column, or what is made of columns. */
static tsl_status read_source(const tsl_feature_line *given, const struct aggregate_word *a, tsl__line *out,
                              tsl_error *err)
{
    const int texts = a->takes == TAKES_TEXT || a->takes == MAY_TAKE_TEXT;
    const tsl__level level = out->entry.level;
    if (!is_there(given->source)) {
        return a->takes == TAKES_NUMBER || a->takes == TAKES_TEXT
                   ? tsl__error_set(err, TSL_E_OPTION, "source: is missing: %s of what? amount, or a column", a->name)
                   : TSL_OK;
    }
    if (a->takes == TAKES_NONE) {
        return tsl__error_set(err, TSL_E_OPTION, "source: %s is of the records themselves and takes none", a->name);
    }
    out->entry.source = texts ? TSL__PRODUCT : TSL__QUANTITY;
    const size_t s = find_source(given->source);
    if (s < COUNT(sources)) {
        out->part = sources[s].part;
        return check_source_word(a, given->level, s, AT(level), err);
    }
    if (level == TSL__DAYS || (texts && level == TSL__PURCHASES)) {
        return tsl__error_set(err, TSL_E_OPTION, "source: a column is not known of %s, but of lines or purchase_lines",
                              given->level);
    }
    out->column = given->source;
    out->type = texts ? TSL_TYPE_TEXT : TSL_TYPE_DECIMAL;
    return TSL_OK;
}

/* ---- A line ---------------------------------------------------------------------------- */

static tsl_status check_name(const char *name, tsl_error *err)
{
    const size_t length = name ? strlen(name) : 0;
    int good = length > 0 && length < NAME_BYTES && !tsl__is_digit(name[0]);
    for (size_t i = 0; i < length && good; i++) {
        good = name[i] == '_' || tsl__is_digit(name[i]) || tsl__is_lower(tsl__lower(name[i])) ||
               (unsigned char)name[i] >= 0x80;
    }
    if (!good || tsl__utf8_check(name, length) != length) {
        return tsl__error_set(err, TSL_E_OPTION,
                              "name: \"%s\" is none; expected letters, digits and _, at most %d bytes",
                              name ? name : "", NAME_BYTES - 1);
    }
    for (size_t i = 0; i < tsl__catalogue_count; i++) {
        if (strcmp(name, tsl__catalogue[i].name) == 0) {
            return tsl__error_set(err, TSL_E_OPTION, "name: there is a feature %s already", name);
        }
    }
    return TSL_OK;
}

static tsl_status check_window(const struct aggregate_word *a, const tsl__catalogue_entry *e, tsl_error *err)
{
    const int good = a->window == ANY_WINDOW || e->window == TSL__ALL ||
                     (a->window == DAYS_AHEAD ? e->window == TSL__RECENT && e->window_days : e->window_months > 1);
    return good ? TSL_OK
                : tsl__error_set(err, TSL_E_OPTION, "window: %s takes all or %s", a->name,
                                 a->window == DAYS_AHEAD ? "N days" : "N months, two or more");
}

static const char *get_counted(tsl__level level)
{
    static const char *const counted[TSL__LEVELS] = {[TSL__LINES] = "lines",
                                                     [TSL__PURCHASE_LINES] = "lines",
                                                     [TSL__PURCHASES] = "orders",
                                                     [TSL__DAYS] = "days",
                                                     [TSL__INTERACTIONS] = "interactions"};
    return counted[level];
}

static const char *get_unit(const struct aggregate_word *a, const tsl__line *line)
{
    if (a->unit) {
        return strcmp(a->unit, "*") == 0 ? get_counted(line->entry.level) : a->unit;
    }
    for (size_t s = 0; s < COUNT(sources); s++) {
        if (sources[s].part == line->part) {
            return sources[s].unit;
        }
    }
    return line->column ? "" : get_counted(line->entry.level); /* of a slope without a source */
}

/* "share of amount over lines where Category = 'Grocery', 180 days". */
static char *write_definition(const tsl_feature_line *given)
{
    tsl__text text = {0};
    tsl__text_puts(&text, given->aggregate);
    if (is_there(given->source)) {
        tsl__text_printf(&text, " of %s", given->source);
    }
    tsl__text_printf(&text, " over %s", given->level);
    if (is_there(given->filter)) {
        tsl__text_printf(&text, " where %s", given->filter);
    }
    if (is_there(given->window) && strcmp(given->window, "all") != 0) {
        tsl__text_printf(&text, ", %s", given->window);
    }
    return tsl__text_take(&text);
}

tsl_status tsl__line_open(const tsl_feature_line *given, tsl__line *out, tsl_error *err)
{
    const struct aggregate_word *a = NULL;
    tsl__catalogue_entry *e = &out->entry;
    int group = TSL_BEHAVIORAL, level = 0, transform = TSL_IDENTITY;
    tsl_status status = TSL_OK;
    *out = (tsl__line){.source_column = TSL__NO_COLUMN, .condition_column = TSL__NO_COLUMN};
    TSL__TRY(check_name(given->name, err));
    TSL__TRY(is_there(given->group) ? read_word("group", given->group, groups, COUNT(groups), &group, err) : TSL_OK);
    TSL__TRY(read_word("level", given->level, levels, COUNT(levels), &level, err));
    TSL__TRY(read_aggregate(given->aggregate, &a, err));
    TSL__TRY(is_there(given->transform)
                 ? read_word("transform", given->transform, transforms, COUNT(transforms), &transform, err)
                 : TSL_OK);
    *e = (tsl__catalogue_entry){.name = given->name,
                                .group = (tsl_group)group,
                                .level = (tsl__level)level,
                                .aggregate = a->aggregate,
                                .transform = (tsl_transform)transform,
                                .profile = given->profile};
    TSL__TRY(read_window(given->window, e, err));
    TSL__TRY(check_window(a, e, err));
    TSL__TRY(read_source(given, a, out, err));
    if (is_there(given->filter)) {
        out->condition = given->filter;
        e->filter = TSL__OWN;
    }
    if (level == TSL__DAYS && out->condition) {
        status = tsl__error_set(err, TSL_E_OPTION, "filter: days have none, but purchases and lines");
    } else if (a->aggregate == TSL__SHARE && !out->condition) {
        status = tsl__error_set(err, TSL_E_OPTION, "filter: is missing: the share of what? \"category = 'Grocery'\"");
    }
    TSL__TRY(status);
    if (a->aggregate == TSL__ENTROPY && level == TSL__INTERACTIONS) {
        return tsl__error_set(err, TSL_E_OPTION, "aggregate: entropy is of shares of amount, which interactions lack");
    }
    if (a->aggregate == TSL__SHARE && e->source != TSL__NOTHING) {
        e->aggregate = TSL__SUM_SHARE;
    }
    TSL__NEED(out->unit = tsl__strdup(is_there(given->unit) ? given->unit : get_unit(a, out)));
    TSL__NEED(out->definition = is_there(given->definition) ? tsl__strdup(given->definition) : write_definition(given));
    e->unit = out->unit;
    e->definition = out->definition;
done:
    return status;
}

void tsl__line_free(tsl__line *line)
{
    free(line->unit);
    free(line->definition);
    *line = (tsl__line){.part = TSL__NOTHING};
}

tsl_status tsl_feature_line_check(const tsl_feature_line *line, tsl_error *err)
{
    tsl__line open;
    tsl__error_reset(err);
    tsl_status status = tsl__line_open(line, &open, err);
    tsl__line_free(&open);
    return status;
}

tsl_status tsl__lines_check(const tsl_feature_line *lines, size_t count, tsl_error *err)
{
    tsl_status status = TSL_OK;
    TSL__TRY(tsl__options_check_list(lines, count, "line", err));
    for (size_t i = 0; i < count; i++) {
        tsl_error why;
        if (tsl_feature_line_check(&lines[i], &why) != TSL_OK) {
            return tsl__error_set(err, why.status, "feature %s: %s", lines[i].name ? lines[i].name : "without a name",
                                  why.message);
        }
        for (size_t k = 0; k < i; k++) {
            if (strcmp(lines[k].name, lines[i].name) == 0) {
                return tsl__error_set(err, TSL_E_OPTION, "feature %s: name: stands twice", lines[i].name);
            }
        }
    }
done:
    return status;
}

tsl_table_kind tsl__line_get_kind(const tsl__line *line)
{
    return line->entry.level == TSL__INTERACTIONS ? TSL_INTERACTIONS : TSL_TRANSACTIONS;
}

/* ---- Its columns -------------------------------------------------------------------------- */

static size_t find_column(const tsl_table *table, const char *source, tsl_column_type type)
{
    for (size_t i = 0; i < tsl_table_get_column_count(table); i++) {
        const tsl_column *c = tsl_table_get_column(table, i);
        if (c->role == TSL_ROLE_NONE && c->type == type && strcmp(c->name, source) == 0) {
            return i;
        }
    }
    return TSL__NO_COLUMN;
}

const char *tsl__line_find(tsl__line *line, const tsl_table *table, char *text, size_t size)
{
    const tsl_role role = tsl__record_part_get_role(line->part);
    const char *kind = tsl_table_kind_get_name(tsl__line_get_kind(line)), *lacks = NULL;
    if (!table) {
        tsl__print(text, size, "the table %s", kind);
        return text;
    }
    if (role != TSL_ROLE_NONE && !tsl_table_get_role(table, role)) {
        tsl__print(text, size, "%s (%s)", tsl_role_get_name(role), kind);
        return text;
    }
    line->source_column = line->column ? find_column(table, line->column, line->type) : TSL__NO_COLUMN;
    line->condition_column = line->condition ? find_column(table, line->condition, TSL_TYPE_BOOLEAN) : TSL__NO_COLUMN;
    if (line->column && line->source_column == TSL__NO_COLUMN) {
        lacks = line->column;
    } else if (line->condition && line->condition_column == TSL__NO_COLUMN) {
        lacks = line->condition;
    }
    if (lacks) {
        tsl__print(text, size, "%s (%s)", lacks, kind);
    }
    return lacks ? text : NULL;
}

static tsl_status add_column(tsl__line_columns *out, const char *name, const char *field, const char *source,
                             tsl_column_type type, tsl_error *err)
{
    tsl_status status = TSL_OK;
    TSL__NEED(out->label[out->count] = tsl__format("feature %s: %s", name, field));
    out->column[out->count] = (tsl_event_column){source, type, out->label[out->count]};
    out->count++;
done:
    return status;
}

/* Those of one line, where it is of that kind of table. */
static tsl_status add_line_columns(tsl__line_columns *out, const tsl_feature_line *given, tsl_table_kind kind,
                                   tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl__line line;
    TSL__TRY(tsl__line_open(given, &line, err));
    if (tsl__line_get_kind(&line) == kind) {
        TSL__TRY(line.column ? add_column(out, given->name, "source", line.column, line.type, err) : TSL_OK);
        TSL__TRY(line.condition ? add_column(out, given->name, "filter", line.condition, TSL_TYPE_BOOLEAN, err)
                                : TSL_OK);
    }
done:
    tsl__line_free(&line);
    return status;
}

tsl_status tsl__line_columns_open(const tsl_feature_line *lines, size_t count, tsl_table_kind kind,
                                  tsl__line_columns *out, tsl_error *err)
{
    tsl_status status = TSL_OK;
    *out = (tsl__line_columns){.count = 0};
    TSL__NEED(out->column = tsl__alloc(2 * count, sizeof *out->column));
    TSL__NEED(out->label = tsl__alloc_zero(2 * count, sizeof *out->label));
    for (size_t i = 0; i < count; i++) {
        TSL__TRY(add_line_columns(out, &lines[i], kind, err));
    }
done:
    return status;
}

void tsl__line_columns_free(tsl__line_columns *columns)
{
    for (size_t i = 0; columns->label && i < columns->count; i++) {
        free(columns->label[i]);
    }
    free(columns->label);
    free(columns->column);
    *columns = (tsl__line_columns){.count = 0};
}

/* ---- Copies -------------------------------------------------------------------------------- */

#define TEXT(member) offsetof(tsl_feature_line, member)
static const size_t texts[] = {TEXT(name),   TEXT(group),  TEXT(unit),   TEXT(level),     TEXT(aggregate),
                               TEXT(source), TEXT(filter), TEXT(window), TEXT(transform), TEXT(definition)};

static char *get_text(const tsl_feature_line *line, size_t i)
{
    char *text;
    memcpy(&text, (const char *)line + texts[i], sizeof text);
    return text;
}

tsl_status tsl__lines_copy(const tsl_feature_line *lines, size_t count, tsl_feature_line **out, tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl_feature_line *copy = NULL;
    *out = NULL;
    TSL__NEED(copy = tsl__alloc_zero(count, sizeof *copy));
    for (size_t i = 0; i < count; i++) {
        copy[i].profile = lines[i].profile;
        for (size_t t = 0; t < COUNT(texts); t++) {
            const char *from = get_text(&lines[i], t);
            char *text = tsl__strdup(from ? from : "");
            TSL__NEED(text);
            memcpy((char *)&copy[i] + texts[t], &text, sizeof text);
        }
    }
    *out = copy;
    copy = NULL;
done:
    tsl__lines_free(copy, count);
    return status;
}

void tsl__lines_free(tsl_feature_line *lines, size_t count)
{
    for (size_t i = 0; lines && i < count; i++) {
        for (size_t t = 0; t < COUNT(texts); t++) {
            free(get_text(&lines[i], t));
        }
    }
    free(lines);
}

int tsl__lines_are_same(const tsl_feature_line *a, const tsl_feature_line *b)
{
    int same = a->profile == b->profile;
    for (size_t t = 0; t < COUNT(texts) && same; t++) {
        const char *x = get_text(a, t), *y = get_text(b, t);
        same = strcmp(x ? x : "", y ? y : "") == 0;
    }
    return same;
}
