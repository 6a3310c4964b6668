/* odd_values.c: notes numbers that can hardly be meant. */
#include "table/schema/odd_values.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/error.h"
#include "base/notes.h"
#include "base/text.h"
#include "stat/off_scale.h"
#include "stat/sort.h"
#include "table/names/role_names.h"

#define YOUNGEST 0 /* of a child of weeks it is written as 0.17 */
#define OLDEST 120
#define OLDEST_EVER 130 /* beyond any on record */
#define LEAST_MEDIAN 10 /* of ages in years */
#define NINES 9999999

tsl__oddity tsl__odd_find(const char *name)
{
    static const char *const ages[] = {"age",  "customer age", "client age", "user age", "member age", "age years",
                                       "年龄", "客户年龄",     "用户年龄",   "会员年龄", "edad",       "alter"};
    char bare[64] = "";
    const size_t length = tsl__name_length(name); /* without brackets */
    for (size_t i = 0; i < length && length < sizeof bare; i++) {
        bare[i] = name[i] == '_' ? ' ' : name[i];
    }
    for (size_t i = 0; i < sizeof ages / sizeof *ages; i++) {
        if (tsl__is_same_folded(bare, ages[i])) {
            return TSL__ODD_AGES;
        }
    }
    return TSL__ODD_AMOUNTS;
}

/* Rising distinct values and how many rows have each. */
typedef struct distinct {
    double *value;
    uint64_t *rows;
    size_t count;
    uint64_t all;
} distinct;

static tsl_status sort_values(double *value, double *rows, size_t count, distinct *out, tsl_error *err)
{
    tsl_status status = TSL_OK;
    double *scratch = NULL;
    TSL__NEED(scratch = tsl__alloc(2 * count, sizeof *scratch));
    TSL__NEED(out->rows = tsl__alloc(count, sizeof *out->rows));
    tsl__sort_with(value, rows, scratch, count);
    out->value = value;
    for (size_t i = 0; i < count; i++) {
        const int same = out->count && value[i] == value[out->count - 1];
        out->count += !same;
        value[out->count - 1] = value[i];
        out->rows[out->count - 1] = (same ? out->rows[out->count - 1] : 0) + (uint64_t)rows[i];
        out->all += (uint64_t)rows[i];
    }
done:
    free(scratch);
    return status;
}

static uint64_t get_rows(const distinct *d, double value)
{
    size_t i = 0;
    while (i < d->count && d->value[i] != value) {
        i++;
    }
    return i < d->count ? d->rows[i] : 0;
}

/* As a program writes a missing number, in several rows: which the features look for. */
static int is_written(const distinct *d, const tsl__off_scale *off)
{
    double nines = 9;
    while (nines < fabs(off->example) && nines < NINES) {
        nines = nines * 10 + 9;
    }
    return (off->example == -1 || fabs(off->example) == nines) && off->count >= 2 && off->count * 100 >= d->all &&
           get_rows(d, off->example) == off->count;
}

static int is_odd_age(double age)
{
    return age <= YOUNGEST || age > OLDEST;
}

/* Ages in years for the most part. */
static int hold_ages(const distinct *d)
{
    uint64_t sum = 0, odd = 0;
    double median = NAN;
    for (size_t i = 0; i < d->count; i++) {
        sum += d->rows[i];
        median = isnan(median) && sum * 2 >= d->all ? d->value[i] : median;
        odd += is_odd_age(d->value[i]) ? d->rows[i] : 0;
    }
    return median >= LEAST_MEDIAN && median <= OLDEST && odd * 2 < d->all;
}

/* No ages of customers, in a column that holds such. */
static void find_ages(const distinct *d, tsl__off_scale *off)
{
    const int are_ages = hold_ages(d);
    for (size_t i = 0; i < d->count && are_ages; i++) {
        if (is_odd_age(d->value[i])) {
            off->example = off->count == 0 || d->value[i] > OLDEST ? d->value[i] : off->example;
            off->count += d->rows[i];
        }
    }
}

int tsl__odd_is_no_age(double value)
{
    return value < YOUNGEST || value > OLDEST_EVER;
}

tsl_status tsl__odd_find_ages(const char *name, double *value, double *rows, size_t count, int *are, tsl_error *err)
{
    distinct d = {.count = 0};
    tsl_status status = TSL_OK;
    *are = 0;
    if (tsl__odd_find(name) != TSL__ODD_AGES) {
        return TSL_OK;
    }
    TSL__TRY(sort_values(value, rows, count, &d, err));
    *are = hold_ages(&d);
done:
    free(d.rows);
    return status;
}

static tsl_status note(const char *name, tsl__oddity what, const distinct *d, const tsl__off_scale *off,
                       tsl_notes *notes, tsl_error *err)
{
    const unsigned long long count = (unsigned long long)off->count, all = (unsigned long long)d->all;
    const int one = get_rows(d, off->example) == off->count;
    char example[32], low[32], high[32];
    tsl__double_write(off->example, example);
    tsl__double_write(off->low, low);
    tsl__double_write(off->high, high);
    if (what == TSL__ODD_AGES) {
        return tsl__found_add(
            notes,
            &(tsl__found){
                .kind = TSL_FINDING_UNLIKELY_AGES, .count = count, .column = name, .example = {{.text = example}}},
            "%s: %llu of %llu numbers %s no age%s: %s%s; they are used as they stand", name, count, all,
            count == 1 ? "is" : "are", count == 1 ? "" : "s", one ? "" : "such as ", example);
    }
    return tsl__found_add(
        notes,
        &(tsl__found){.kind = TSL_FINDING_OFF_SCALE, .count = count, .column = name, .example = {{.text = example}}},
        "%s: %llu of %llu numbers %s %s%s, where all others are %s to %s; they are used as they "
        "stand",
        name, count, all, count == 1 ? "is" : "are", one ? "" : "far off, such as ", example, low, high);
}

tsl_status tsl__odd_note(const char *name, tsl__oddity what, double *value, double *rows, size_t count,
                         tsl_notes *notes, tsl_error *err)
{
    distinct d = {.count = 0};
    tsl__off_scale off = {.count = 0};
    tsl_status status = TSL_OK;
    TSL__TRY(sort_values(value, rows, count, &d, err));
    if (what == TSL__ODD_AGES) {
        find_ages(&d, &off);
    } else {
        tsl__off_scale_find(d.value, d.rows, d.count, what == TSL__ODD_SCORES, &off);
    }
    if (off.count && !(what == TSL__ODD_AMOUNTS && is_written(&d, &off))) {
        TSL__TRY(note(name, what, &d, &off, notes, err));
    }
done:
    free(d.rows);
    return status;
}
