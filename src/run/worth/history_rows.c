/* history_rows.c: reads histories of customers, one a row, by the names that this and other tools give their columns.
 */
#include "run/worth/history_rows.h"

#include "base/alloc.h"
#include "base/dict.h"
#include "base/error.h"
#include "base/text.h"
#include "table/cell/parse_number.h"
#include "table/cell/pseudonyms.h"
#include "table/cell/suppression.h"
#include "table/listing.h"
#include "table/names/column_hints.h"
#include "value/rows/histories.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* What each column may be called, as messages write it; case and what is no letter or digit do not count, and those of
 * times may say behind it what they count (units). */
static const struct {
    int required;
    const char *name[12];
} columns[TSL__HISTORY_CELLS] = {
    [TSL__CELL_X] = {1, {"x", "frequency"}},
    [TSL__CELL_TX] = {1, {"t_x", "recency"}},
    [TSL__CELL_T] = {1, {"T", "age", "t_cal", "n", "n_cal", "periods", "opportunities"}},
    [TSL__CELL_SPEND] = {0, {"m_x", "spend_mean", "mean_spend", "monetary_value", "monetary", "zbar"}},
    [TSL__CELL_WEIGHT] = {0, {"weight", "weights", "customers", "num_custs", "n_cust", "count"}},
    [TSL__CELL_AFTER] = {0, {"x_after", "frequency_holdout", "x_star", "purchases_after"}},
};
static const char *const id_names[] = {"customer_id", "customer", "cust_id", "cust", "id"};

typedef struct reader {
    int after, opportunities;
    tsl__history_rows *out;
    tsl__listing listing;
    size_t field[TSL__HISTORY_CELLS], id; /* listing.fields: there is none */
    size_t room[TSL__HISTORY_CELLS], id_room, line_room;
    const tsl_suppression *suppression;    /* of rows with an id, or NULL */
    tsl__dict *ids;                        /* without weights: each id stands once, ... */
    uint64_t *line;                        /* ... in this line */
    double unit, days[TSL__HISTORY_CELLS]; /* what each column counts by its name; 0: units */
} reader;

/* As tsl__name_fold, but that a unit in brackets stays: "T (weeks)". */
static void fold(const char *name, char out[64])
{
    size_t n = 0;
    for (; *name && n < 63; name++) {
        const char c = (char)(*name >= 'A' && *name <= 'Z' ? *name + ('a' - 'A') : *name);
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (unsigned char)c > 127) {
            out[n++] = c;
        }
    }
    out[n] = '\0';
}

/* Takes the unit off that a name ends with; its days, 0: it says none. */
static double take_unit(char name[64])
{
    static const char *const endings[TSL_TIME_UNITS] = {"days", "weeks", "months"};
    const size_t n = strlen(name);
    for (int u = 0; u < TSL_TIME_UNITS; u++) {
        const size_t length = strlen(endings[u]);
        if (n > length && strcmp(name + n - length, endings[u]) == 0) {
            name[n - length] = '\0';
            return tsl_time_unit_get_days((tsl_time_unit)u);
        }
    }
    return 0;
}

static int is_one_of(const char *folded, const char *const *name, size_t count)
{
    for (size_t i = 0; i < count && name[i]; i++) {
        char known[64];
        fold(name[i], known);
        if (strcmp(folded, known) == 0) {
            return 1;
        }
    }
    return 0;
}

/* The first field from `from` on that has one of the column's names; fields: none. */
static size_t find_cell(const reader *r, int c, size_t from, double *days)
{
    const int is_time = c == TSL__CELL_TX || c == TSL__CELL_T;
    size_t f = from;
    for (; f < r->listing.fields; f++) {
        char folded[64];
        fold(r->listing.names[f], folded);
        *days = is_time ? take_unit(folded) : 0;
        if (is_one_of(folded, columns[c].name, sizeof columns[c].name / sizeof *columns[c].name)) {
            break;
        }
    }
    return f;
}

static size_t find_known_id(const reader *r)
{
    size_t f = 0;
    for (; f < r->listing.fields; f++) {
        char folded[64];
        fold(r->listing.names[f], folded);
        if (is_one_of(folded, id_names, sizeof id_names / sizeof *id_names)) {
            break;
        }
    }
    return f;
}

static tsl_status choose_columns(reader *r, const tsl_data_options *opt, tsl_error *err)
{
    char hint[TSL__HINT_BYTES];
    r->id = opt->id ? tsl__listing_find(&r->listing, opt->id) : find_known_id(r);
    if (opt->id && r->id == r->listing.fields) {
        return tsl__error_set(err, TSL_E_OPTION, "%s: has no column \"%s\"%s", r->listing.file, opt->id,
                              tsl__column_hint_put(opt->id, r->listing.names, r->listing.fields, hint));
    }
    for (int c = 0; c < TSL__HISTORY_CELLS; c++) {
        const int wanted = c != TSL__CELL_AFTER || r->after;
        double ignored;
        r->field[c] = wanted ? find_cell(r, c, 0, &r->days[c]) : r->listing.fields;
        const size_t other =
            r->field[c] < r->listing.fields ? find_cell(r, c, r->field[c] + 1, &ignored) : r->listing.fields;
        if (other < r->listing.fields) {
            return tsl__error_set(err, TSL_E_INPUT, "%s: which column is %s: \"%s\" or \"%s\"?", r->listing.file,
                                  columns[c].name[0], r->listing.names[r->field[c]], r->listing.names[other]);
        }
        if (r->field[c] == r->listing.fields && (columns[c].required || (c == TSL__CELL_AFTER && wanted))) {
            return tsl__error_set(err, TSL_E_INPUT, "%s: has no column %s (it may also be called %s)%s",
                                  r->listing.file, columns[c].name[0], columns[c].name[1],
                                  tsl__column_hint_put(columns[c].name[0], r->listing.names, r->listing.fields, hint));
        }
    }
    return TSL_OK;
}

/* An empty mean spend is not known. */
static tsl_status add_cell(reader *r, const tsl__record *record, int c, tsl_error *err)
{
    tsl__history_rows *out = r->out;
    const tsl__span cell = record->field[r->field[c]];
    void *column = out->cell[c];
    double value = NAN;
    tsl_status status = TSL_OK;
    TSL__NEED(!tsl__reserve(&column, &r->room[c], out->count + 1, sizeof **out->cell));
    out->cell[c] = column;
    if ((cell.n || c != TSL__CELL_SPEND) && tsl__cell_number(cell, &value)) {
        return tsl__listing_fail(&r->listing, record, r->field[c], "is not a finite number", err);
    }
    out->cell[c][out->count] = r->days[c] > 0 ? value * r->days[c] / r->unit : value;
done:
    return status;
}

/* Where a row is a customer, who has one history; an id that is not known may stand in any number of rows. */
static tsl_status check_once(reader *r, const tsl__record *record, tsl_error *err)
{
    const tsl__span cell = record->field[r->id];
    tsl_status status = TSL_OK;
    void *line = r->line;
    if (r->field[TSL__CELL_WEIGHT] < r->listing.fields || tsl__cell_is_missing_id(cell)) {
        return TSL_OK;
    }
    TSL__NEED(r->ids || (r->ids = tsl__dict_open()));
    const size_t known = tsl__dict_get_count(r->ids);
    const int32_t code = tsl__dict_add(r->ids, cell.s, cell.n);
    TSL__NEED(code >= 0 && !tsl__reserve(&line, &r->line_room, known + 1, sizeof *r->line));
    r->line = line;
    if ((size_t)code < known) {
        char what[80];
        tsl__print(what, sizeof what, "has a history in line %llu already; each customer has one",
                   (unsigned long long)r->line[code]);
        return tsl__listing_fail(&r->listing, record, r->id, what, err);
    }
    r->line[code] = record->line;
done:
    return status;
}

static tsl_status add_id(reader *r, const tsl__record *record, tsl_error *err)
{
    tsl__history_rows *out = r->out;
    const tsl__span cell = record->field[r->id];
    void *id = out->id;
    tsl_status status = TSL_OK;
    TSL__NEED(!tsl__reserve(&id, &r->id_room, out->count + 1, sizeof *out->id));
    out->id = id;
    TSL__NEED(out->id[out->count] = tsl__strndup(cell.s, cell.n));
done:
    return status;
}

/* What cannot be a history is told here, where its line is known. */
static tsl_status check_history(const reader *r, const tsl__record *record, tsl_error *err)
{
    double at[TSL__HISTORY_CELLS];
    for (int c = 0; c < TSL__HISTORY_CELLS; c++) {
        at[c] = r->out->cell[c] ? r->out->cell[c][r->out->count] : 1;
    }
    static const struct {
        tsl__history_cell at;
        const char *words;
    } said[TSL__FAULTS] = {
        [TSL__FAULT_X] = {TSL__CELL_X, "is no whole number from 0 to 1,000,000"},
        [TSL__FAULT_T] = {TSL__CELL_T, "is below 0"},
        [TSL__FAULT_TX] = {TSL__CELL_TX, "is not between 0 and the end, T"},
        [TSL__FAULT_TX_WITHOUT] = {TSL__CELL_TX, "is not 0, where x is"},
        [TSL__FAULT_TX_NOUGHT] = {TSL__CELL_TX, "is not above 0, where x is: a later day is not at time 0"},
        [TSL__FAULT_WEIGHT] = {TSL__CELL_WEIGHT, "is no number of customers above 0"},
        [TSL__FAULT_T_MOST] = {TSL__CELL_T, "is more than 10,000 opportunities"},
        [TSL__FAULT_T_PART] = {TSL__CELL_T, "is no whole number of opportunities"},
        [TSL__FAULT_TX_PART] = {TSL__CELL_TX, "is no whole number of opportunities"},
        [TSL__FAULT_X_MOST] = {TSL__CELL_X, "is over t_x, the opportunities until the last that was taken"},
    };
    const tsl__history_fault fault =
        tsl__history_judge(at[TSL__CELL_X], at[TSL__CELL_TX], at[TSL__CELL_T], at[TSL__CELL_WEIGHT], r->opportunities);
    const double after = at[TSL__CELL_AFTER];
    return fault != TSL__FAULTS
               ? tsl__listing_fail(&r->listing, record, r->field[said[fault].at], said[fault].words, err)
           : !(after >= 0 && after == floor(after))
               ? tsl__listing_fail(&r->listing, record, r->field[TSL__CELL_AFTER], "is no whole number from 0 on", err)
               : TSL_OK;
}

static tsl_status add_row(void *to, const tsl__record *record, tsl_error *err)
{
    reader *r = to;
    tsl_status status = TSL_OK;
    if (r->suppression && tsl__suppression_has(r->suppression, record->field[r->id], 0)) {
        return TSL_OK;
    }
    for (int c = 0; c < TSL__HISTORY_CELLS; c++) {
        TSL__TRY(r->field[c] < r->listing.fields ? add_cell(r, record, c, err) : TSL_OK);
    }
    TSL__TRY(check_history(r, record, err));
    if (r->id < r->listing.fields) {
        TSL__TRY(check_once(r, record, err));
        TSL__TRY(add_id(r, record, err));
    }
    r->out->count++;
done:
    return status;
}

tsl_status tsl__history_rows_read(const tsl_source *source, const tsl_data_options *opt, double unit, int after,
                                  int opportunities, tsl__history_rows *out, tsl_error *err)
{
    const tsl__csv_options csv = {.from = source,
                                  .delimiter = opt->delimiter,
                                  .header = 1,
                                  .text = {.encoding = opt->encoding, .sheet = opt->sheet}};
    tsl_status status = TSL_OK;
    reader r = {.after = after, .opportunities = opportunities, .out = out, .unit = unit};
    *out = (tsl__history_rows){.count = 0};
    TSL__TRY(tsl__listing_open(&csv, "the histories", &r.listing, err));
    TSL__TRY(choose_columns(&r, opt, err));
    TSL__TRY(opt->suppression && r.id == r.listing.fields
                 ? tsl__error_set(err, TSL_E_OPTION,
                                  "suppression: %s: which column holds the ids of the customers is not said (--id)",
                                  r.listing.file)
                 : TSL_OK);
    r.suppression = opt->suppression;
    TSL__TRY(tsl__listing_read(&r.listing, add_row, &r, err));
    TSL__TRY(opt->pseudonyms && out->id ? tsl__pseudonyms_replace(opt->pseudonyms, out->id, out->count, 1, err)
                                        : TSL_OK);
    TSL__TRY(out->count ? TSL_OK : tsl__error_set(err, TSL_E_INPUT, "%s: holds no row of a history", r.listing.file));
done:
    tsl__listing_close(&r.listing);
    tsl__dict_free(r.ids);
    free(r.line);
    return status;
}

void tsl__history_rows_free(tsl__history_rows *rows)
{
    for (int c = 0; c < TSL__HISTORY_CELLS; c++) {
        free(rows->cell[c]);
    }
    tsl__free_texts(rows->id, rows->id ? rows->count : 0);
    *rows = (tsl__history_rows){.count = 0};
}
