/* date_wording.c: what is said of a column of dates: why it is refused, and what to know where it is not. */
#include <stdio.h>

#include "base/calendar.h"
#include "base/error.h"
#include "base/notes.h"
#include "base/text.h"
#include "table/cell/unit.h"
#include "table/date/date_column.h"

#define PLACE_BYTES 256
#define TIME_BYTES 64

static const char *const order_texts[] = {"", "year first", "month first", "day first"};
static const char *const kind_texts[TSL__DATE_FORMS] = {
    [TSL__DATE_NONE] = "written dates",
    [TSL__DATE_COMPACT] = "days of eight digits",
    [TSL__DATE_SERIAL] = "serial numbers of a spreadsheet",
    [TSL__DATE_SECONDS] = "seconds since 1970",
    [TSL__DATE_MILLISECONDS] = "milliseconds since 1970",
    [TSL__DATE_MICROSECONDS] = "microseconds since 1970",
    [TSL__DATE_NANOSECONDS] = "nanoseconds since 1970",
};

/* "orders.csv:7: "3/4/2017"" */
static const char *show(const tsl__date_example *example, char out[PLACE_BYTES])
{
    if (example->file) {
        snprintf(out, PLACE_BYTES, "%.*s:%llu: \"%s\"", tsl__text_head(example->file, 180), example->file,
                 (unsigned long long)example->line, example->text);
    } else {
        snprintf(out, PLACE_BYTES, "\"%s\"", example->text);
    }
    return out;
}

/* What the example is by a reading: "2017-04-03 10:30:00"; "?" where its text was cut. */
static const char *show_time(const tsl__date_example *example, const tsl__date_reading *reading, char out[TIME_BYTES])
{
    tsl__moment m;
    snprintf(out, TIME_BYTES, "?");
    if (!tsl__moment_read(tsl__span_make(example->text), &m)) {
        return out;
    }
    int64_t seconds = tsl__date_settle(reading, tsl__moment_get_value(&m));
    seconds = reading->births ? tsl__date_settle_birth(reading, m.form, seconds) : seconds;
    if (seconds == TSL_MISSING_INT) {
        return out;
    }
    char day[11];
    tsl_day_write(tsl__time_day(seconds), day);
    int second = (int)(seconds - (int64_t)tsl__time_day(seconds) * TSL__DAY_SECONDS);
    if (m.has_clock) {
        snprintf(out, TIME_BYTES, "%s %02d:%02d:%02d", day, second / 3600, second / 60 % 60, second % 60);
    } else {
        snprintf(out, TIME_BYTES, "%s", day);
    }
    return out;
}

/* ---- Why a column is refused ------------------------------------------------------------ */

static tsl_status fail_forms(const tsl__date_evidence *e, const char *column, tsl_error *err)
{
    int first = -1, other = -1;
    char a[PLACE_BYTES], b[PLACE_BYTES];
    for (int form = 0; form < TSL__DATE_FORMS; form++) {
        if (e->form[form] && first < 0) {
            first = form;
        } else if (e->form[form] && other < 0 &&
                   tsl__date_kind_get(e, (tsl__date_form)form) != tsl__date_kind_get(e, (tsl__date_form)first)) {
            other = form;
        }
    }
    const int written = tsl__date_kind_get(e, (tsl__date_form)first) == 0;
    return tsl__error_set(err, TSL_E_INPUT, "column \"%s\" mixes %s (%s) and %s (%s); make them one kind%s", column,
                          kind_texts[tsl__date_kind_get(e, (tsl__date_form)first)], show(&e->first[first], a),
                          kind_texts[tsl__date_kind_get(e, (tsl__date_form)other)], show(&e->first[other], b),
                          written ? ", or say by --dates (dates: in the configuration) which order the written ones "
                                    "have, and other numbers are rejected"
                                  : "");
}

static tsl_status fail_mixed_orders(const tsl__date_evidence *e, const char *column, tsl_error *err)
{
    static const char *const way = "say which is right by --dates (dates: in the configuration), and the rows of "
                                   "another order are rejected";
    char y[PLACE_BYTES], m[PLACE_BYTES], d[PLACE_BYTES];
    if (!e->form[TSL__DATE_TWO_DIGITS]) {
        return tsl__error_set(err, TSL_E_INPUT,
                              "column \"%s\" mixes two orders of day and month: %s has the month first, %s the day "
                              "first; %s",
                              column, show(&e->excludes[TSL_DATES_DMY], m), show(&e->excludes[TSL_DATES_MDY], d), way);
    }
    return tsl__error_set(err, TSL_E_INPUT,
                          "column \"%s\" has no order of day, month and year that fits all rows: the year is not first "
                          "in %s, the month not in %s, the day not in %s; %s",
                          column, show(&e->excludes[TSL_DATES_YMD], y), show(&e->excludes[TSL_DATES_MDY], m),
                          show(&e->excludes[TSL_DATES_DMY], d), way);
}

static tsl_status fail_open_order(const tsl__date_evidence *e, const char *column, tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl__text text = {0};
    char place[PLACE_BYTES], time[TIME_BYTES];
    const tsl__date_example *example = &e->differs[tsl__date_pair_find(e)];
    const char *separator = "", *options = "";
    for (int order = TSL_DATES_YMD; order <= TSL_DATES_DMY; order++) {
        if (!e->excludes[order].text[0]) {
            const tsl__date_reading reading = {.order = (tsl_date_order)order, .offset = e->offset};
            tsl__text_printf(&text, "%s%s (%s)", separator, show_time(example, &reading, time), order_texts[order]);
            separator = " or ";
        }
    }
    options = e->excludes[TSL_DATES_YMD].text[0]   ? "--dates mdy or --dates dmy"
              : e->excludes[TSL_DATES_MDY].text[0] ? "--dates ymd or --dates dmy"
                                                   : "--dates ymd, mdy or dmy";
    TSL__NEED(!text.failed ? text.data : NULL);
    status = tsl__error_set(err, TSL_E_INPUT,
                            "column \"%s\": %s reads as %s, and no row settles it; say which is right by %s (dates: in "
                            "the configuration)",
                            column, show(example, place), text.data, options);
done:
    tsl__text_free(&text);
    return status;
}

static tsl_status fail_swapped(const tsl__date_evidence *e, const char *column, tsl_error *err)
{
    char a[PLACE_BYTES], b[PLACE_BYTES];
    return tsl__error_set(
        err, TSL_E_INPUT,
        "column \"%s\": all %llu dates with the year first lie on the first twelve days of a month (%s), and none of "
        "the "
        "%llu with the year last (%s): so it is where a spreadsheet took texts for dates of its own order, and swapped "
        "their day and month; take the file from before it was opened there, or say by --dates %s (dates: in the "
        "configuration) that all are right",
        column, (unsigned long long)e->form[TSL__DATE_YEAR_FIRST], show(&e->first[TSL__DATE_YEAR_FIRST], a),
        (unsigned long long)e->form[TSL__DATE_YEAR_LAST], show(&e->first[TSL__DATE_YEAR_LAST], b),
        e->excludes[TSL_DATES_DMY].text[0] ? "mdy" : "dmy");
}

tsl_status tsl__date_evidence_fail(const tsl__date_evidence *e, tsl__date_doubt doubt, const char *column,
                                   tsl_error *err)
{
    char a[PLACE_BYTES], b[PLACE_BYTES];
    switch (doubt) {
    case TSL__DATES_MIXED_FORMS:
        return fail_forms(e, column, err);
    case TSL__DATES_MIXED_ORDERS:
        return fail_mixed_orders(e, column, err);
    case TSL__DATES_OPEN_ORDER:
        return fail_open_order(e, column, err);
    case TSL__DATES_SWAPPED:
        return fail_swapped(e, column, err);
    case TSL__DATES_YEARS:
        return tsl__error_set(err, TSL_E_INPUT,
                              "column \"%s\" holds whole numbers from 1900 to 2200 alone (%s): as years they tell no "
                              "day, as serial numbers of a spreadsheet they lie in 1905 and 1906",
                              column, show(&e->first[TSL__DATE_SERIAL], a));
    default:
        return tsl__error_set(err, TSL_E_INPUT,
                              "column \"%s\": %s has a zone, %s has none; say by --timezone (timezone: in the "
                              "configuration) by which clock those without one are written",
                              column, show(&e->first_with_zone, a), show(&e->first_without_zone, b));
    }
}

/* The unit that stands in brackets in a name; 0: none does. */
static int find_unit(const char *column, tsl__unit *out)
{
    const tsl__span name = tsl__cell_trim(tsl__span_make(column));
    return tsl__unit_read(name, TSL__UNIT_DURATION, out) && out->text.s + out->text.n < name.s + name.n;
}

tsl_status tsl__date_evidence_check_unit(const tsl__date_evidence *e, const char *column, tsl_error *err)
{
    static const int64_t per_minute[TSL__DATE_FORMS] = {[TSL__DATE_SECONDS] = 60,
                                                        [TSL__DATE_MILLISECONDS] = 60000,
                                                        [TSL__DATE_MICROSECONDS] = 60000000,
                                                        [TSL__DATE_NANOSECONDS] = 60000000000};
    char place[PLACE_BYTES];
    tsl__unit unit;
    int form = TSL__DATE_SERIAL;
    while (form < TSL__DATE_FORMS && !e->form[form]) {
        form++;
    }
    if (form == TSL__DATE_FORMS || !find_unit(column, &unit) ||
        (unit.kind == TSL__UNIT_DURATION && unit.numerator == 1 && unit.denominator == per_minute[form])) {
        return TSL_OK;
    }
    return tsl__error_set(err, TSL_E_INPUT,
                          "column \"%s\": %s is a number of \"%.*s\", which tell no day without the one that they are "
                          "counted from (and are no %s); write dates, or in an HDF5 file units such as \"days since "
                          "1970-01-01\"",
                          column, show(&e->first[form], place), (int)unit.text.n, unit.text.s, kind_texts[form]);
}

tsl_status tsl__date_evidence_check_days(const tsl__date_evidence *e, const char *column, const char *option,
                                         tsl_error *err)
{
    char place[PLACE_BYTES];
    return !e->days_of_month || e->days_of_month < tsl__date_evidence_get_count(e)
               ? TSL_OK
               : tsl__error_set(
                     err, TSL_E_INPUT,
                     "column \"%s\": no number is over 31 (%s), as those of hours, weekdays or days of a month "
                     "are; name a column of whole dates by --%s, or this one, where its numbers count days",
                     column, show(&e->first[TSL__DATE_SERIAL], place), option);
}

/* ---- What to know of one that is read ---------------------------------------------------- */

static const char *name_zone(const tsl__date_reading *reading)
{
    return reading->zone ? tsl__zone_get_name(reading->zone) : "UTC";
}

static tsl_status note_forms(const tsl__date_evidence *e, const tsl__date_reading *reading, const char *column,
                             tsl_notes *notes, tsl_error *err)
{
    tsl_status status = TSL_OK;
    char place[PLACE_BYTES], time[TIME_BYTES];
    uint64_t two = e->form[TSL__DATE_TWO_DIGITS] + e->form[TSL__DATE_NAME_AND_TWO];
    if (two) {
        const tsl__date_example *example =
            &e->first[e->form[TSL__DATE_TWO_DIGITS] ? TSL__DATE_TWO_DIGITS : TSL__DATE_NAME_AND_TWO];
        char rule[80] = "69 to 99 are read as 1969 to 1999, 00 to 68 as 2000 to 2068", day[11];
        if (reading->births) {
            tsl_day_write(reading->born_before, day);
            tsl__print(rule, sizeof rule, "no birth is read as one of %s or later", day);
        }
        TSL__TRY(tsl__found_add(
            notes,
            &(tsl__found){.kind = TSL_FINDING_TWO_DIGIT_YEARS,
                          .count = two,
                          .column = column,
                          .example = {{example->file, example->line, NULL, example->text}}},
            "%s: %llu date%s of a year of two digits: %s (%s is %s); where that is wrong, write four digits", column,
            (unsigned long long)two, two == 1 ? " is" : "s are", rule, show(example, place),
            show_time(example, reading, time)));
    }
    for (int form = TSL__DATE_SERIAL; form < TSL__DATE_FORMS; form++) {
        if (e->form[form]) {
            const tsl__date_example *example = &e->first[form];
            TSL__TRY(tsl__found_add(
                notes,
                &(tsl__found){.kind = TSL_FINDING_READ_AS,
                              .count = e->form[form],
                              .column = column,
                              .example = {{example->file, example->line, NULL, example->text}}},
                "%s: numbers are read as %s, %s%s (%s is %s)%s", column, kind_texts[form],
                form == TSL__DATE_SERIAL ? "counted from 1900" : "by the clock of ",
                form == TSL__DATE_SERIAL ? "" : name_zone(reading), show(example, place),
                show_time(example, reading, time),
                form == TSL__DATE_SERIAL ? "; counted from 1904, they lie four years and a day later" : ""));
        }
    }
done:
    return status;
}

static tsl_status note_clocks(const tsl__date_evidence *e, const tsl__date_reading *reading, const char *column,
                              tsl_notes *notes, tsl_error *err)
{
    tsl_status status = TSL_OK;
    char a[PLACE_BYTES], b[PLACE_BYTES];
    uint64_t count = tsl__date_evidence_get_count(e);
    if (e->other_zone.text[0]) {
        TSL__TRY(tsl__found_add(
            notes,
            &(tsl__found){.kind = TSL_FINDING_SEVERAL_ZONES,
                          .column = column,
                          .example = {{e->other_zone.file, e->other_zone.line, NULL, e->other_zone.text}}},
            "%s: times have several offsets from UTC (%s, %s), and are converted to the clock "
            "of %s%s",
            column, show(&e->first_with_zone, a), show(&e->other_zone, b), name_zone(reading),
            reading->zone ? "" : "; --timezone names another"));
    }
    if (e->with_zone && e->with_zone < e->with_clock) {
        TSL__TRY(tsl__found_add(notes,
                                &(tsl__found){.kind = TSL_FINDING_MISSING_ZONES,
                                              .count = e->with_clock - e->with_zone,
                                              .column = column,
                                              .example = {{e->first_without_zone.file, e->first_without_zone.line, NULL,
                                                           e->first_without_zone.text}}},
                                "%s: %llu of %llu times have no zone (%s), and are taken by the clock of %s", column,
                                (unsigned long long)(e->with_clock - e->with_zone), (unsigned long long)e->with_clock,
                                show(&e->first_without_zone, a), name_zone(reading)));
    }
    if (e->with_clock && e->with_clock < count) {
        TSL__TRY(tsl__found_add(notes,
                                &(tsl__found){.kind = TSL_FINDING_MISSING_CLOCK,
                                              .count = count - e->with_clock,
                                              .column = column,
                                              .example = {{e->first_without_clock.file, e->first_without_clock.line,
                                                           NULL, e->first_without_clock.text}}},
                                "%s: %llu of %llu dates have no time of day (%s): nothing is known of their hour",
                                column, (unsigned long long)(count - e->with_clock), (unsigned long long)count,
                                show(&e->first_without_clock, a)));
    }
done:
    return status;
}

tsl_status tsl__date_evidence_note(const tsl__date_evidence *e, const tsl__date_reading *reading, const char *column,
                                   tsl_notes *notes, tsl_error *err)
{
    tsl_status status = TSL_OK;
    TSL__TRY(note_forms(e, reading, column, notes, err));
    TSL__TRY(note_clocks(e, reading, column, notes, err));
done:
    return status;
}

tsl_status tsl__date_evidence_note_placeholders(const tsl__date_evidence *e, const char *column, const char *end,
                                                tsl_notes *notes, tsl_error *err)
{
    const tsl__date_example *first = &e->first_placeholder;
    const tsl__found found = {.kind = TSL_FINDING_PLACEHOLDER_DATES,
                              .count = e->placeholders,
                              .column = column,
                              .example = {{first->file, first->line, NULL, first->text}}};
    char place[PLACE_BYTES];
    return e->placeholders
               ? tsl__found_add(notes, &found, "%s: %llu cell%s such as programs write where no date is known (%s)%s",
                                column, (unsigned long long)e->placeholders, e->placeholders == 1 ? " is" : "s are",
                                show(first, place), end)
               : TSL_OK;
}

tsl_status tsl__date_evidence_note_common(const tsl__date_evidence *e, const tsl__date_reading *reading,
                                          const char *column, tsl_notes *notes, tsl_error *err)
{
    char place[PLACE_BYTES], time[TIME_BYTES];
    const int pair = tsl__date_evidence_is_open(e) ? tsl__date_pair_find(e) : -1;
    if (pair < 0) {
        return TSL_OK;
    }
    const tsl__date_example *example = &e->differs[pair];
    return tsl__found_add(
        notes,
        &(tsl__found){.kind = TSL_FINDING_READ_AS,
                      .column = column,
                      .example = {{example->file, example->line, NULL, example->text}}},
        "%s: no cell tells day from month; they are read as those of the other columns, %s (%s is %s); "
        "--dates says another order",
        column, order_texts[reading->order], show(example, place), show_time(example, reading, time));
}
