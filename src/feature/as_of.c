/* as_of.c: the day that features are told by, and what sets it. */
#include "feature/as_of.h"

#include <inttypes.h>

#include "base/calendar.h"
#include "base/error.h"
#include "base/notes.h"
#include "base/text.h"
#include "table/names/header_words.h"

#define LONG_AGO_DAYS 7305 /* 20 years: where most dates lie as far behind the last, they are births */
#define OLDEST_YEARS 130   /* as ages are told */
#define LATE_DAYS 366      /* a year: a given day that lies as far behind the last row may not be meant */

/* Of the dates of a column. */
typedef struct dates {
    const tsl_column *column;
    int64_t last; /* TSL_MISSING_INT: there are none */
} dates;

/* The rows whose date lies before a day, and those that have one. */
static size_t count_before(const tsl_column *column, size_t rows, int32_t day, size_t *present)
{
    size_t before = 0;
    *present = 0;
    for (size_t i = 0; i < rows; i++) {
        const int there = column->integer[i] != TSL_MISSING_INT;
        *present += (size_t)there;
        before += there && tsl__time_day(column->integer[i]) < day;
    }
    return before;
}

static int64_t find_last(const tsl_column *column, size_t rows)
{
    int64_t last = TSL_MISSING_INT;
    for (size_t i = 0; i < rows; i++) {
        last = column->integer[i] > last ? column->integer[i] : last;
    }
    return last;
}

/* A day on which something happened, by the name of its column: not one that ends or falls due then, nor a birth. */
static int is_past(const tsl_column *column)
{
    return column->type == TSL_TYPE_DATE && !tsl__name_hints(column->name, TSL__HINT_EXPIRY) &&
           !tsl__name_hints(column->name, TSL__HINT_BIRTH);
}

/* Births by their days: most lie decades before the last. */
static int is_long_ago(const tsl_column *column, size_t rows)
{
    size_t present;
    const int64_t last = find_last(column, rows);
    return last != TSL_MISSING_INT &&
           count_before(column, rows, tsl__time_day(last) - LONG_AGO_DAYS, &present) * 2 > present;
}

/* The column of the customers with the last date, and *other: with the last one of all other columns. Where the last
 * order is told, no other date counts. */
static tsl_status find_last_date(const tsl_table *customers, dates *out, dates *other, tsl_notes *notes, tsl_error *err)
{
    tsl_status status = TSL_OK;
    dates last = {NULL, TSL_MISSING_INT};
    const size_t columns = customers ? tsl_table_get_column_count(customers) : 0;
    const size_t rows = customers ? tsl_table_get_rows(customers) : 0;
    const tsl_column *order = customers ? tsl_table_get_role(customers, TSL_ROLE_LAST_ORDER) : NULL;
    const int is_told = order && order->missing < rows;
    *other = last;
    for (size_t c = 0; c < columns; c++) {
        const tsl_column *column = tsl_table_get_column(customers, c);
        if (is_told ? column != order : !is_past(column)) {
            continue;
        }
        if (!is_told && is_long_ago(column, rows)) {
            TSL__TRY(
                tsl__notes_add(notes,
                               "%s does not set the as-of day: most of its days lie over 20 years before the last, "
                               "as births do",
                               column->name));
            continue;
        }
        const dates own = {column, find_last(column, rows)};
        *other = own.last > last.last ? last : own.last > other->last ? own : *other;
        last = own.last > last.last ? own : last;
    }
    *out = last;
done:
    return status;
}

/* Where most of the dates that set the day lie behind all others, they may be yet to come. */
static tsl_status note_column(const tsl_features *f, const tsl_table *customers, const dates *last, const dates *other,
                              tsl_notes *notes, tsl_error *err)
{
    char day[11], end[11], earlier[11], rest[400] = "";
    size_t present;
    tsl_day_write(f->as_of, day);
    if (other->column) {
        const int32_t ended = tsl__time_day(other->last);
        const size_t before = count_before(last->column, tsl_table_get_rows(customers), ended + 1, &present);
        tsl_day_write(ended, end);
        tsl_day_write(ended + 1, earlier);
        if (before * 2 < present) {
            tsl__print(rest, sizeof rest,
                       "; most of them lie behind all other dates, which end on %s (%.*s): where they are yet to come, "
                       "give --as-of %s",
                       end, tsl__text_head(other->column->name, 120), other->column->name, earlier);
        }
    }
    return tsl__notes_add(notes, "as of %s, the day after the last %s of the customers%s", day, last->column->name,
                          rest);
}

/* What sets the default day, where that is not the transactions alone. */
static tsl_status note_tables(const tsl_features *f, const tsl_table *other, tsl_notes *notes, tsl_error *err)
{
    char day[11], end[11], earlier[11];
    tsl_day_write(f->as_of, day);
    if (!other || tsl__time_day(tsl_table_get_info(other)->last_time) + 1 == f->as_of) {
        return TSL_OK;
    }
    const int32_t last = tsl__time_day(tsl_table_get_info(other)->last_time);
    tsl_day_write(last, end);
    tsl_day_write(last + 1, earlier);
    return tsl__notes_add(notes,
                          "as of %s, the day after the last row of %s; the %s end on %s (--as-of %s ends all there)",
                          day, f->as_of_from, tsl_table_kind_get_name(tsl_table_get_kind(other)), end, earlier);
}

/* The day after the last row of any event table, and which that is; without those, after the last date of the
 * customers. A note, where the transactions do not set it alone. */
static tsl_status find_last_day(const tsl_tables *tables, tsl_features *f, tsl_error *err)
{
    const tsl_table *const table[] = {tables->transactions, tables->interactions};
    const tsl_table *from = NULL;
    dates of_customers = {NULL, TSL_MISSING_INT}, rest = of_customers;
    int64_t last = TSL_MISSING_INT;
    tsl_status status = TSL_OK;
    for (int t = 0; t < 2; t++) {
        if (table[t] && tsl_table_get_info(table[t])->last_time > last) {
            from = table[t];
            last = tsl_table_get_info(from)->last_time;
        }
    }
    if (!table[0] && !table[1]) {
        TSL__TRY(find_last_date(tables->customers, &of_customers, &rest, &f->info.notes, err));
        last = of_customers.last;
        from = tables->customers;
    }
    if (last == TSL_MISSING_INT) {
        return TSL_OK;
    }
    f->as_of = tsl__time_day(last) + 1;
    f->as_of_from = tsl_table_kind_get_name(tsl_table_get_kind(from));
    TSL__TRY(of_customers.column ? note_column(f, from, &of_customers, &rest, &f->info.notes, err)
                                 : note_tables(f, from == table[0] ? table[1] : table[0], &f->info.notes, err));
done:
    return status;
}

/* Dates of birth that no age follows from are told. */
static tsl_status note_ages(const tsl_tables *tables, int32_t as_of, tsl_notes *notes, tsl_error *err)
{
    const tsl_table *customers = tables->customers;
    tsl_status status = TSL_OK;
    for (size_t c = 0; customers && c < tsl_table_get_column_count(customers); c++) {
        const tsl_column *column = tsl_table_get_column(customers, c);
        size_t odd = 0;
        for (size_t i = 0; column->type == TSL_TYPE_BIRTH && i < tsl_table_get_rows(customers); i++) {
            const int age =
                column->integer[i] == TSL_MISSING_INT ? 0 : tsl__age_years(tsl__time_day(column->integer[i]), as_of);
            odd += age < 0 || age > OLDEST_YEARS;
        }
        TSL__TRY(odd ? tsl__notes_add(notes,
                                      "%s: %zu date%s behind the as-of day or over %d years before it; the age is "
                                      "missing there",
                                      column->name, odd, odd == 1 ? " lies" : "s lie", OLDEST_YEARS)
                     : TSL_OK);
    }
done:
    return status;
}

/* Behind the last row, a given day by which all have been silent for long may be another than is meant. */
static tsl_status note_late(const tsl_tables *tables, const tsl_features *f, tsl_notes *notes, tsl_error *err)
{
    const tsl_table *const table[] = {tables->transactions, tables->interactions};
    const tsl_column *order = tables->customers ? tsl_table_get_role(tables->customers, TSL_ROLE_LAST_ORDER) : NULL;
    int64_t last = order ? find_last(order, tsl_table_get_rows(tables->customers)) : TSL_MISSING_INT;
    const char *what = "", *from = "";
    char day[11], end[11];
    if (last != TSL_MISSING_INT) {
        what = order->name;
        from = "the customers";
    }
    for (int t = 0; t < 2; t++) {
        if (table[t] && tsl_table_get_info(table[t])->last_time > last) {
            last = tsl_table_get_info(table[t])->last_time;
            what = "row";
            from = tsl_table_kind_get_name(tsl_table_get_kind(table[t]));
        }
    }
    const int32_t after = last != TSL_MISSING_INT ? f->as_of - tsl__time_day(last) : 0;
    if (after <= LATE_DAYS) {
        return TSL_OK;
    }
    tsl_day_write(f->as_of, day);
    tsl_day_write(tsl__time_day(last), end);
    return tsl__notes_add(notes,
                          "as of %s, %" PRId32 " days after the last %s of %s (%s): everybody has been silent for as "
                          "long; if that is not meant, give another day (--as-of, --until), or none",
                          day, after, what, from, end);
}

/* The day given, else the one that follows the tables. No record may lie at or after it, unless those are left out. */
static tsl_status find_day(const tsl_tables *tables, tsl_features *f, tsl_error *err)
{
    const tsl_table *const table[] = {tables->transactions, tables->interactions};
    const int32_t given = tables->as_of;
    f->as_of = given;
    f->as_of_from = given != TSL_NO_DAY ? "given" : "";
    if (given != TSL_NO_DAY && !tsl__day_is_valid(given)) {
        return tsl__error_set(err, TSL_E_OPTION, "as_of: day %" PRId32 " is outside the years 1 to 9999", given);
    }
    if (given == TSL_NO_DAY) {
        return find_last_day(tables, f, err);
    }
    for (int t = 0; t < 2 && !tables->clip; t++) {
        if (table[t] && tsl__time_day(tsl_table_get_info(table[t])->last_time) >= given) {
            return tsl__error_set(err, TSL_E_OPTION, "%s: rows at or after the as-of day: read the table with it",
                                  tsl_table_kind_get_name(tsl_table_get_kind(table[t])));
        }
    }
    return note_late(tables, f, &f->info.notes, err);
}

tsl_status tsl__as_of_find(const tsl_tables *tables, tsl_features *f, tsl_error *err)
{
    tsl_status status = TSL_OK;
    TSL__TRY(find_day(tables, f, err));
    TSL__TRY(f->as_of != TSL_NO_DAY ? note_ages(tables, f->as_of, &f->info.notes, err) : TSL_OK);
done:
    return status;
}
