/* outlying_dates.c: finds the dates that stand far from all others. */
#include "table/date/outlying_dates.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "base/calendar.h"
#include "base/error.h"
#include "base/notes.h"
#include "base/text.h"
#include "table/date/parse_date.h"

#define FAR_DAYS 365   /* without a single row in between */
#define FEWEST_ROWS 10 /* of less, nothing is the rule */
#define SLIP_SHARE 20  /* one row in so many may be a slip, and a few always: */
#define FEW 3          /* but one in FEWEST_ROWS at most, so that they are no part of the rule */
#define SHARE 3        /* one in so many may lie far off and be told */

/* Late rows that are fewer still stand out by less, where the others have a rhythm. */
#define RHYTHM_DAYS 90
#define RHYTHM_TIMES 10    /* the longest gap between the days of the others */
#define RHYTHM_FEWEST 10   /* days of the others */
#define RHYTHM_SHARE 10000 /* as SHARE */
#define PAUSE_SHARE 100    /* of more it is a pause */
#define SLIP_DAYS 3        /* late rows of more days than that are no slip: a shop that opened again */

/* ---- Rows a day ---------------------------------------------------------- */

static int open_counts(tsl__day_counts *counts)
{
    if (!counts->sum) {
        counts->sum = tsl__alloc_zero(TSL__CALENDAR_DAYS, sizeof *counts->sum);
    }
    if (!counts->count && counts->sum) {
        counts->count = tsl__alloc_zero(TSL__CALENDAR_DAYS, sizeof *counts->count);
    }
    return counts->count ? 0 : -1;
}

int tsl__day_counts_add(tsl__day_counts *counts, int64_t value, int64_t amount)
{
    if (value == TSL_MISSING_INT) {
        return 0;
    }
    if (tsl__time_is_open(value) || tsl__time_is_instant(value)) {
        counts->unsettled++;
        return 0;
    }
    if (open_counts(counts)) {
        return -1;
    }
    const int64_t time = tsl__time_is_day(value) ? value - TSL__TIME_DAY : value;
    const int32_t day = tsl__time_day(time) - TSL__CALENDAR_FIRST;
    const int32_t at = day < 0 ? 0 : day >= TSL__CALENDAR_DAYS ? TSL__CALENDAR_DAYS - 1 : day;
    counts->time_of_day |= time % TSL__DAY_SECONDS != 0;
    counts->count[at]++;
    counts->sum[at] += amount == TSL_MISSING_INT ? 0 : amount;
    return 0;
}

int tsl__day_counts_join(tsl__day_counts *counts, const tsl__day_counts *other)
{
    counts->time_of_day |= other->time_of_day;
    counts->unsettled += other->unsettled;
    if (other->count && open_counts(counts)) {
        return -1;
    }
    for (size_t day = 0; other->count && day < TSL__CALENDAR_DAYS; day++) {
        counts->count[day] += other->count[day];
        counts->sum[day] += other->sum[day];
    }
    return 0;
}

void tsl__day_counts_free(tsl__day_counts *counts)
{
    free(counts->count);
    free(counts->sum);
    *counts = (tsl__day_counts){.count = NULL};
}

/* ---- The rule ---------------------------------------------------------- */

/* Walks from one end of the days inwards as long as at most `most` rows are passed; *edge: the day behind the last
 * wide gap that was crossed. Returns the rows before that gap. */
static size_t cross_gaps(const uint32_t *count, int32_t days, int step, size_t most, int32_t *edge)
{
    size_t passed = 0, far = 0;
    int32_t before = step > 0 ? 0 : days - 1;
    *edge = before;
    for (int32_t day = before; day >= 0 && day < days; day += step) {
        if (!count[day]) {
            continue;
        }
        if (abs(day - before) > FAR_DAYS) {
            far = passed;
            *edge = day;
        }
        passed += count[day];
        before = day;
        if (passed > most) {
            break;
        }
    }
    return far;
}

static size_t find_most(size_t dated, size_t share)
{
    const size_t few = dated / FEWEST_ROWS < FEW ? dated / FEWEST_ROWS : FEW;
    return dated / share > few ? dated / share : few;
}

/* Those few that are a slip; where there are none, as many as may be told. */
static size_t find_far(const uint32_t *count, int32_t days, int step, size_t dated, int32_t *edge)
{
    const size_t far = cross_gaps(count, days, step, find_most(dated, SLIP_SHARE), edge);
    return far ? far : cross_gaps(count, days, step, dated / SHARE, edge);
}

/* The longest gap between days that have rows; INT32_MAX: they are too few for a rhythm. */
static int32_t find_longest(const uint32_t *count, int32_t from, int32_t to)
{
    int32_t longest = 0, before = from, days = 0;
    for (int32_t day = from; day <= to; day++) {
        if (count[day]) {
            longest = day - before > longest ? day - before : longest;
            before = day;
            days++;
        }
    }
    return days < RHYTHM_FEWEST ? INT32_MAX / RHYTHM_TIMES : longest;
}

/* Like cross_gaps from the last day on, of gaps far beyond the rhythm of the days before. */
static size_t cross_rhythm(const uint32_t *count, int32_t from, int32_t last, size_t most, int32_t *edge)
{
    size_t passed = 0, far = 0;
    int32_t before = last;
    *edge = last;
    for (int32_t day = last; day >= from && passed <= most; day--) {
        if (!count[day]) {
            continue;
        }
        if (before - day > RHYTHM_DAYS && before - day > RHYTHM_TIMES * find_longest(count, from, day)) {
            far = passed;
            *edge = day;
        }
        passed += count[day];
        before = day;
    }
    return far;
}

/* The first and last day of the counts; rows on all of them. */
static size_t find_range(const uint32_t *count, int32_t *first, int32_t *last)
{
    size_t dated = 0;
    for (int32_t day = 0; day < TSL__CALENDAR_DAYS; day++) {
        if (count[day]) {
            *first = dated ? *first : day;
            *last = day;
            dated += count[day];
        }
    }
    return dated;
}

static void find_in(const uint32_t *count, tsl__outlying *out)
{
    int32_t first = 0, last = 0, edge;
    const size_t dated = find_range(count, &first, &last);
    *out = (tsl__outlying){0};
    out->dated = dated;
    if (dated < FEWEST_ROWS) {
        return;
    }
    const int32_t days = last - first + 1;
    out->early = find_far(count + first, days, 1, dated, &out->from);
    out->late = find_far(count + first, days, -1, dated, &out->to);
    const size_t late = cross_rhythm(count + first, out->from, days - 1, find_most(dated, RHYTHM_SHARE), &edge);
    if (late > out->late) {
        out->late = late;
        out->to = edge;
    }
    for (int32_t day = days - 1; out->late && day > out->to; day--) {
        out->late_days += count[first + day] > 0;
        out->gap = count[first + day] ? day - out->to : out->gap;
    }
    out->from += first + TSL__CALENDAR_FIRST;
    out->to += first + TSL__CALENDAR_FIRST;
}

void tsl__outlying_count(const tsl__day_counts *counts, tsl__outlying *out)
{
    *out = (tsl__outlying){0};
    if (counts->count) {
        find_in(counts->count, out);
    }
}

tsl_status tsl__outlying_find(const int64_t *time, size_t rows, tsl__outlying *out, tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl__day_counts counts = {.count = NULL};
    for (size_t row = 0; row < rows; row++) {
        TSL__NEED(tsl__day_counts_add(&counts, time[row], TSL_MISSING_INT) == 0);
    }
    tsl__outlying_count(&counts, out);
done:
    tsl__day_counts_free(&counts);
    return status;
}

tsl__outlying_effect tsl__outlying_get_effect(const tsl__outlying *far)
{
    /* a pause of months in a small table is no slip: there they are more than a few of many */
    const int is_pause = far->gap <= FAR_DAYS && far->late * PAUSE_SHARE > far->dated;
    const int are_many = far->late > find_most(far->dated, SLIP_SHARE);
    return far->late_days > SLIP_DAYS || is_pause || are_many ? TSL__OUTLYING_MOVES : TSL__OUTLYING_REJECTED;
}

/* ---- What is said of it ------------------------------------------------ */

/* What follows, of one row and of several. */
static const char *const effects[][2] = {
    [TSL__OUTLYING_NONE] = {"", ""},
    [TSL__OUTLYING_ALONE] = {"where no other table has dates, the as-of day follows the last: where it is wrong, give",
                             "where no other table has dates, the as-of day follows the last: where it is wrong, give"},
    [TSL__OUTLYING_MOVES] = {"the as-of day follows the last: where it is wrong, give",
                             "the as-of day follows the last: where they are wrong, give"},
    [TSL__OUTLYING_REJECTED] = {"it does not set the as-of day and is rejected: where it is right, give",
                                "they do not set the as-of day and are rejected: where they are right, give"},
};

tsl_status tsl__outlying_note(const tsl__outlying *far, const char *what, const tsl__dated *first,
                              const tsl__dated *last, const char *const *files, tsl__outlying_effect effect,
                              tsl_notes *notes, tsl_error *err)
{
    char day[11], edge[11], as_of[11];
    tsl_status status = TSL_OK;
    if (far->early) {
        tsl_day_write(tsl__time_day(first->time), day);
        tsl_day_write(far->from, edge);
        TSL__TRY(tsl__found_add(notes,
                                &(tsl__found){.kind = TSL_FINDING_EARLY_DATES,
                                              .count = far->early,
                                              .column = what,
                                              .example = {{files[first->file], first->line, NULL, day}}},
                                "%s: %zu row%s dated over a year before all others, from %s on (%s:%llu); those begin "
                                "on %s; where such a date is a placeholder, empty the cell or take the row out",
                                what, far->early, far->early == 1 ? " is" : "s are", day, files[first->file],
                                (unsigned long long)first->line, edge));
    }
    if (far->late && effect != TSL__OUTLYING_NONE) {
        char by[32] = "over a year";
        if (far->gap <= FAR_DAYS) {
            tsl__print(by, sizeof by, "%d days or more", (int)far->gap);
        }
        tsl_day_write(tsl__time_day(last->time), day);
        tsl_day_write(far->to, edge);
        tsl_day_write(effect == TSL__OUTLYING_REJECTED ? tsl__time_day(last->time) + 1 : far->to + 1, as_of);
        TSL__TRY(tsl__found_add(notes,
                                &(tsl__found){.kind = TSL_FINDING_LATE_DATES,
                                              .count = far->late,
                                              .column = what,
                                              .example = {{files[last->file], last->line, NULL, day}}},
                                "%s: %zu row%s dated %s after all others, up to %s (%s:%llu); those end on "
                                "%s; %s --as-of %s",
                                what, far->late, far->late == 1 ? " is" : "s are", by, day, files[last->file],
                                (unsigned long long)last->line, edge, effects[effect][far->late > 1], as_of));
    }
done:
    return status;
}
