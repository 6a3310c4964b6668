/* date_evidence.c: gathers, joins and decides what a column shows of its dates. */
#include "table/date/date_evidence.h"

#include <string.h>

#include "base/calendar.h"
#include "table/date/date_column.h"
#include "table/date/number_date.h"

#define SWAPPED_LEAST 10 /* of both kinds: fewer may be so by chance */

/* ---- Gathering ----------------------------------------------------------------------- */

static void keep(tsl__date_example *example, tsl__span cell, const char *file, uint64_t line)
{
    if (!example->text[0]) {
        example->file = file;
        example->line = line;
        tsl__span_show(cell, example->text, sizeof example->text);
    }
}

static int is_late(int64_t seconds)
{
    int year, month, day;
    tsl__day_split(tsl__time_day(seconds), &year, &month, &day);
    return tsl__mday_is_late(day);
}

/* Which orders an open cell leaves, and which of them it tells apart. */
static void add_open(tsl__date_evidence *e, const tsl__moment *m, tsl__span cell, const char *file, uint64_t line)
{
    const unsigned either = TSL__ORDER(TSL_DATES_MDY) | TSL__ORDER(TSL_DATES_DMY);
    e->early_texts += m->form == TSL__DATE_YEAR_LAST && (m->orders & either) == either ? 1 + e->repeats : 0;
    for (int order = TSL_DATES_YMD; order <= TSL_DATES_DMY; order++) {
        if (!(m->orders & TSL__ORDER(order))) {
            keep(&e->excludes[order], cell, file, line);
        }
    }
    for (int pair = 0; m->seconds == TSL_MISSING_INT && pair < TSL__ORDER_PAIRS; pair++) {
        const tsl_date_order one = tsl__order_pairs[pair][0], other = tsl__order_pairs[pair][1];
        const unsigned both = TSL__ORDER(one) | TSL__ORDER(other);
        if ((m->orders & both) == both && !e->differs[pair].text[0] &&
            tsl__open_get(m->open, one) != tsl__open_get(m->open, other)) {
            keep(&e->differs[pair], cell, file, line);
        }
    }
}

static void add_zone(tsl__date_evidence *e, int32_t offset, tsl__span cell, const char *file, uint64_t line)
{
    const int is_first = !e->with_zone;
    e->with_zone += 1 + e->repeats;
    if (is_first) {
        e->offset = offset;
        keep(&e->first_with_zone, cell, file, line);
    } else if (offset != e->offset && !e->other_zone.text[0]) {
        e->other_offset = offset;
        keep(&e->other_zone, cell, file, line);
    }
}

/* A declared order settles an open cell, and leaves out those of another, and numbers that no order says anything of.
 * 0 where the cell is left out. */
static int declare(tsl_date_order declared, tsl__moment *m)
{
    if (m->open) {
        m->seconds = tsl__open_get(m->open, declared);
        m->open = 0;
        return m->seconds != TSL_MISSING_INT;
    }
    return m->form == TSL__DATE_DAY_FIRST ? declared == TSL_DATES_DMY : m->form <= TSL__DATE_COMPACT;
}

static void add_placeholder(tsl__date_evidence *e, tsl__span cell, const char *file, uint64_t line)
{
    e->placeholders += 1 + e->repeats;
    keep(&e->first_placeholder, cell, file, line);
}

/* Counts a cell that is a date. */
static inline void count(tsl__date_evidence *e, const tsl__moment *m, tsl__span cell, const char *file, uint64_t line)
{
    if (!e->form[m->form]) {
        keep(&e->first[m->form], cell, file, line);
    }
    e->form[m->form] += 1 + e->repeats;
    if (!m->has_clock) {
        keep(&e->first_without_clock, cell, file, line);
    } else {
        keep(&e->first_with_clock, cell, file, line);
        e->with_clock += 1 + e->repeats;
        if (m->has_zone) {
            add_zone(e, m->offset, cell, file, line);
        } else {
            keep(&e->first_without_zone, cell, file, line);
        }
    }
    if (m->seconds != TSL_MISSING_INT && tsl__time_is_placeholder(m->seconds)) {
        add_placeholder(e, cell, file, line);
    }
}

tsl__date_fault tsl__date_read(tsl__span cell, tsl_date_order declared, int64_t *value)
{
    tsl__moment m;
    *value = TSL_MISSING_INT;
    if (!tsl__moment_read(cell, &m)) {
        return m.fault;
    }
    if (declared != TSL_DATES_AUTO && !declare(declared, &m)) {
        return TSL__DATE_OTHER_ORDER;
    }
    *value = tsl__moment_get_value(&m);
    return TSL__DATE_GOOD;
}

tsl__date_fault tsl__date_evidence_add(tsl__date_evidence *e, tsl__span cell, int clock, const char *file,
                                       uint64_t line, int64_t *value)
{
    tsl__moment m;
    *value = TSL_MISSING_INT;
    if (!tsl__moment_read(cell, &m)) {
        if (m.fault == TSL__DATE_PLACEHOLDER) {
            add_placeholder(e, cell, file, line);
        }
        return m.fault;
    }
    if (e->declared != TSL_DATES_AUTO && !declare(e->declared, &m)) {
        return TSL__DATE_OTHER_ORDER;
    }
    if (clock >= 0) {
        (void)tsl__moment_add_clock(&m, clock);
    }
    count(e, &m, cell, file, line);
    if (m.open) {
        add_open(e, &m, cell, file, line);
    }
    e->late_days += m.form == TSL__DATE_YEAR_FIRST && is_late(m.seconds) ? 1 + e->repeats : 0;
    e->years += m.form == TSL__DATE_SERIAL && tsl__serial_is_year(m.seconds) ? 1 + e->repeats : 0;
    e->days_of_month += m.form == TSL__DATE_SERIAL && tsl__serial_is_day_of_month(m.seconds) ? 1 + e->repeats : 0;
    *value = tsl__moment_get_value(&m);
    return TSL__DATE_GOOD;
}

tsl__date_fault tsl__date_evidence_add_seconds(tsl__date_evidence *e, int64_t seconds, int has_clock, const char *file,
                                               uint64_t line)
{
    const tsl__moment m = {.form = TSL__DATE_YEAR_FIRST, .has_clock = has_clock, .seconds = seconds};
    char day[11] = "";
    const int is_known = tsl__time_is_of_calendar(seconds), is_none = tsl__time_is_placeholder(seconds);
    if (is_known || is_none) {
        tsl_day_write(tsl__time_day(seconds), day);
    }
    if (is_known) {
        count(e, &m, tsl__span_make(day), file, line);
        e->late_days++; /* no text that a spreadsheet could change */
        return TSL__DATE_GOOD;
    }
    if (is_none) {
        add_placeholder(e, tsl__span_make(day), file, line);
    }
    return is_none ? TSL__DATE_PLACEHOLDER : TSL__DATE_NO_YEAR;
}

/* ---- Joining -------------------------------------------------------------------------- */

static void join_examples(tsl__date_example *before, const tsl__date_example *behind, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (!before[i].text[0]) {
            before[i] = behind[i];
        }
    }
}

static void join_zones(tsl__date_evidence *before, const tsl__date_evidence *behind)
{
    if (!before->with_zone) {
        before->offset = behind->offset;
        before->other_offset = behind->other_offset;
        before->other_zone = behind->other_zone;
    } else if (!before->other_zone.text[0] && behind->with_zone) {
        int is_first = behind->offset != before->offset;
        before->other_offset = is_first ? behind->offset : behind->other_offset;
        before->other_zone = is_first ? behind->first_with_zone : behind->other_zone;
    }
    join_examples(&before->first_with_zone, &behind->first_with_zone, 1);
    before->with_zone += behind->with_zone;
}

void tsl__date_evidence_join(tsl__date_evidence *before, const tsl__date_evidence *behind)
{
    for (int form = 0; form < TSL__DATE_FORMS; form++) {
        before->form[form] += behind->form[form];
    }
    join_examples(before->first, behind->first, TSL__DATE_FORMS);
    before->with_clock += behind->with_clock;
    join_examples(&before->first_with_clock, &behind->first_with_clock, 1);
    join_examples(&before->first_without_clock, &behind->first_without_clock, 1);
    join_zones(before, behind);
    join_examples(&before->first_without_zone, &behind->first_without_zone, 1);
    join_examples(before->excludes, behind->excludes, TSL_DATES_DMY + 1);
    join_examples(before->differs, behind->differs, TSL__ORDER_PAIRS);
    before->years += behind->years;
    before->days_of_month += behind->days_of_month;
    before->late_days += behind->late_days;
    before->early_texts += behind->early_texts;
    before->placeholders += behind->placeholders;
    join_examples(&before->first_placeholder, &behind->first_placeholder, 1);
}

/* ---- Deciding -------------------------------------------------------------------------- */

int tsl__date_kind_get(const tsl__date_evidence *e, tsl__date_form form)
{
    if (form == TSL__DATE_COMPACT && e->declared != TSL_DATES_AUTO) {
        return 0;
    }
    return tsl__date_form_is_number(form) ? (int)form : 0;
}

/* 1: all cells are of one kind: written, or numbers of one form. */
static int is_one_kind(const tsl__date_evidence *e)
{
    int kind = -1;
    for (int form = 0; form < TSL__DATE_FORMS; form++) {
        if (e->form[form]) {
            int own = tsl__date_kind_get(e, (tsl__date_form)form);
            if (kind >= 0 && own != kind) {
                return 0;
            }
            kind = own;
        }
    }
    return 1;
}

int tsl__date_pair_find(const tsl__date_evidence *e)
{
    for (int pair = 0; pair < TSL__ORDER_PAIRS; pair++) {
        if (!e->excludes[tsl__order_pairs[pair][0]].text[0] && !e->excludes[tsl__order_pairs[pair][1]].text[0] &&
            e->differs[pair].text[0]) {
            return pair;
        }
    }
    return -1;
}

int tsl__date_evidence_is_open(const tsl__date_evidence *e)
{
    return e->declared == TSL_DATES_AUTO && (e->form[TSL__DATE_YEAR_LAST] || e->form[TSL__DATE_TWO_DIGITS]);
}

tsl_date_order tsl__date_evidence_get_proven(const tsl__date_evidence *e)
{
    tsl_date_order proven = TSL_DATES_AUTO;
    for (int order = TSL_DATES_YMD; order <= TSL_DATES_DMY && tsl__date_evidence_is_open(e); order++) {
        if (!e->excludes[order].text[0]) {
            if (proven != TSL_DATES_AUTO) {
                return TSL_DATES_AUTO;
            }
            proven = (tsl_date_order)order;
        }
    }
    return proven;
}

tsl_date_order tsl__date_evidence_keep(const tsl__date_evidence *e, tsl_date_order before, tsl_date_order decided)
{
    const tsl_date_order proven = tsl__date_evidence_get_proven(e);
    if (proven != TSL_DATES_AUTO) {
        return proven;
    }
    if (tsl__date_evidence_is_open(e) && tsl__date_pair_find(e) >= 0) {
        return decided;
    }
    return e->declared != TSL_DATES_AUTO || (before != TSL_DATES_AUTO && e->excludes[before].text[0]) ? TSL_DATES_AUTO
                                                                                                      : before;
}

static tsl__date_doubt decide_order(const tsl__date_evidence *e, tsl_date_order before, tsl_date_order *out)
{
    *out = e->declared;
    if (!tsl__date_evidence_is_open(e)) {
        return TSL__DATES_SURE;
    }
    for (int order = TSL_DATES_DMY; order >= TSL_DATES_YMD; order--) { /* the lowest of those that agree */
        *out = e->excludes[order].text[0] ? *out : (tsl_date_order)order;
    }
    if (*out == TSL_DATES_AUTO) {
        return TSL__DATES_MIXED_ORDERS;
    }
    if (tsl__date_pair_find(e) < 0) {
        return TSL__DATES_SURE;
    }
    if (before != TSL_DATES_AUTO && !e->excludes[before].text[0]) {
        *out = before;
        return TSL__DATES_SURE;
    }
    return TSL__DATES_OPEN_ORDER;
}

/* In one file: another one may be written otherwise, and end where this one begins. */
static int is_swapped(const tsl__date_evidence *e)
{
    const char *dates = e->first[TSL__DATE_YEAR_FIRST].file, *texts = e->first[TSL__DATE_YEAR_LAST].file;
    const int is_one_file = dates == texts || (dates && texts && strcmp(dates, texts) == 0);
    return tsl__date_evidence_is_open(e) && is_one_file && e->form[TSL__DATE_YEAR_FIRST] >= SWAPPED_LEAST &&
           e->form[TSL__DATE_YEAR_LAST] >= SWAPPED_LEAST && !e->late_days && !e->early_texts;
}

tsl__date_doubt tsl__date_evidence_decide(const tsl__date_evidence *e, tsl_date_order before, const tsl__zone *zone,
                                          tsl__date_reading *out)
{
    *out = (tsl__date_reading){.zone = zone};
    tsl__date_doubt doubt = decide_order(e, before, &out->order);
    out->offset = zone || e->other_zone.text[0] ? 0 : e->offset;
    if (!is_one_kind(e)) {
        return TSL__DATES_MIXED_FORMS;
    }
    if (e->form[TSL__DATE_SERIAL] && e->years == e->form[TSL__DATE_SERIAL]) {
        return TSL__DATES_YEARS;
    }
    if (doubt != TSL__DATES_SURE) {
        return doubt;
    }
    if (is_swapped(e)) {
        return TSL__DATES_SWAPPED;
    }
    return e->with_zone && e->with_zone < e->with_clock && !zone ? TSL__DATES_MIXED_ZONES : TSL__DATES_SURE;
}

/* ---- Values ------------------------------------------------------------------------------ */

static int64_t settle_instant(const tsl__date_reading *reading, int64_t utc)
{
    return utc + (reading->zone ? tsl__zone_get_offset(reading->zone, utc) : reading->offset);
}

int64_t tsl__date_settle(const tsl__date_reading *reading, int64_t value)
{
    int32_t offset;
    if (tsl__time_is_open(value)) {
        int64_t seconds = tsl__open_get(value, reading->order);
        int zoned = seconds != TSL_MISSING_INT && tsl__open_get_offset(value, &offset);
        return zoned ? settle_instant(reading, seconds - offset) : seconds;
    }
    if (tsl__time_is_instant(value)) {
        return settle_instant(reading, value - TSL__TIME_INSTANT);
    }
    return tsl__time_is_day(value) ? value - TSL__TIME_DAY : value;
}

int64_t tsl__date_settle_birth(const tsl__date_reading *reading, tsl__date_form form, int64_t seconds)
{
    const int two = form == TSL__DATE_TWO_DIGITS || form == TSL__DATE_NAME_AND_TWO;
    int year, month, day;
    if (!two || seconds == TSL_MISSING_INT || tsl__time_day(seconds) < reading->born_before) {
        return seconds;
    }
    tsl__day_split(tsl__time_day(seconds), &year, &month, &day);
    day = month == 2 && day == 29 && year == 2000 ? 28 : day; /* 1900 has none */
    return (int64_t)tsl__day_make(year - 100, month, day) * TSL__DAY_SECONDS;
}

void tsl__date_get_bounds(int64_t value, int64_t *least, int64_t *most)
{
    int32_t offset = 0;
    int zoned = tsl__time_is_instant(value);
    *least = *most = value - (zoned ? TSL__TIME_INSTANT : tsl__time_is_day(value) ? TSL__TIME_DAY : 0);
    if (tsl__time_is_open(value)) {
        *least = INT64_MAX;
        *most = TSL_MISSING_INT;
        for (int order = TSL_DATES_YMD; order <= TSL_DATES_DMY; order++) {
            int64_t seconds = tsl__open_get(value, (tsl_date_order)order);
            if (seconds != TSL_MISSING_INT) {
                *least = seconds < *least ? seconds : *least;
                *most = seconds > *most ? seconds : *most;
            }
        }
        zoned = tsl__open_get_offset(value, &offset);
    }
    if (zoned) { /* no clock is further from UTC than a day */
        *least -= offset + TSL__DAY_SECONDS;
        *most += TSL__DAY_SECONDS - offset;
    }
}
