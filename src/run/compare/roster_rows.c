/* roster_rows.c: segments.csv as a roster: each customer's segment, tier and stage by code, his value, and why. Other
 * versions have further columns, and other codes. */
#include "run/compare/roster_rows.h"

#include "base/alloc.h"
#include "base/dict.h"
#include "base/error.h"
#include "base/parallel.h"
#include "base/text.h"
#include "label/compare/roster.h"
#include "table/listing.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define VALUE_MOST 9e14 /* of 1/10000 that a whole number of 64 bits holds */

typedef enum column { SEGMENT, TIER, STAGE, NAME, VALUE, REASON, NUMBER, COLUMNS } column;
static const char *const columns[COLUMNS] = {"segment_code", "tier",   "lifecycle", "segment_name",
                                             "value",        "reason", "segment"};

/* Texts one behind the other, and where each begins. */
typedef struct pool {
    tsl__text text;
    size_t *at, room;
} pool;

typedef struct reader {
    tsl_roster *out;
    tsl__listing listing;
    size_t field[COLUMNS]; /* listing.fields: there is none */
    tsl__dict *code[TSL_BYS];
    size_t of_room[TSL_BYS], value_room;
    pool id, reason;
    size_t rows;
    int valued; /* 1: a value is known */
    tsl__ticker ticker;
} reader;

/* ---- Columns ------------------------------------------------------------------------------------ */

static tsl_status find_columns(reader *r, tsl_error *err)
{
    static const tsl__listing_column segment = {"segment_code", "where each customer is"};
    for (int c = 0; c < COLUMNS; c++) {
        r->field[c] = tsl__listing_find(&r->listing, columns[c]);
    }
    if (r->field[SEGMENT] < r->listing.fields) {
        return TSL_OK;
    }
    r->field[SEGMENT] = r->field[NUMBER];
    return r->field[NUMBER] < r->listing.fields ? TSL_OK
                                                : tsl__listing_need(&r->listing, &segment, &r->field[SEGMENT], err);
}

/* The groups that the summary names come first. */
static tsl_status open_codes(reader *r, tsl_error *err)
{
    tsl_status status = TSL_OK;
    for (int by = 0; by < TSL_BYS; by++) {
        TSL__NEED(r->code[by] = tsl__dict_open());
        for (size_t g = 0; g < r->out->by[by].count; g++) {
            const char *code = r->out->by[by].group[g].code;
            TSL__TRY(tsl__dict_add(r->code[by], code, strlen(code)) < 0 ? tsl__error_nomem(err) : TSL_OK);
        }
    }
done:
    return status;
}

/* ---- Rows ------------------------------------------------------------------------------------------ */

static tsl_status keep_text(pool *p, size_t row, tsl__span cell, tsl_error *err)
{
    void *at = p->at;
    tsl_status status = TSL_OK;
    TSL__NEED(tsl__reserve(&at, &p->room, row + 1, sizeof *p->at) == 0);
    p->at = at;
    p->at[row] = p->text.length;
    tsl__text_append(&p->text, cell.s, cell.n);
    tsl__text_append(&p->text, "", 1);
done:
    return status;
}

/* A code that no group has is one more. */
static tsl_status add_unknown(reader *r, int by, const tsl__record *record, tsl_error *err)
{
    static const char *const none[TSL_LANGS] = {"(none)", "（无）"};
    const tsl__span cell = record->field[r->field[by]];
    const char *names[TSL_LANGS] = {NULL};
    char *code = NULL, *name = NULL;
    tsl_status status = TSL_OK;
    TSL__NEED(code = tsl__strndup(cell.s, cell.n));
    if (by == TSL_BY_SEGMENT && r->field[NAME] < r->listing.fields) {
        TSL__NEED(name = tsl__strndup(record->field[r->field[NAME]].s, record->field[r->field[NAME]].n));
    }
    for (int lang = 0; lang < TSL_LANGS; lang++) {
        names[lang] = name && *name ? name : !cell.n ? none[lang] : NULL;
    }
    TSL__TRY(tsl__roster_add_group(&r->out->by[by], code, names, err));
done:
    free(code);
    free(name);
    return status;
}

static tsl_status add_group(reader *r, int by, const tsl__record *record, tsl_error *err)
{
    tsl_roster_groups *groups = &r->out->by[by];
    const tsl__span cell = record->field[r->field[by]];
    void *of = groups->of;
    tsl_status status = TSL_OK;
    const int32_t code = tsl__dict_add(r->code[by], cell.s, cell.n);
    TSL__TRY(code < 0 ? tsl__error_nomem(err) : TSL_OK);
    TSL__TRY((size_t)code == groups->count ? add_unknown(r, by, record, err) : TSL_OK);
    TSL__NEED(tsl__reserve(&of, &r->of_room[by], r->rows + 1, sizeof *groups->of) == 0);
    groups->of = of;
    groups->of[r->rows] = code;
done:
    return status;
}

static tsl_status add_value(reader *r, const tsl__record *record, tsl_error *err)
{
    const tsl__span cell = record->field[r->field[VALUE]];
    void *value = r->out->value;
    double number = 0;
    tsl_status status = TSL_OK;
    TSL__NEED(tsl__reserve(&value, &r->value_room, r->rows + 1, sizeof *r->out->value) == 0);
    r->out->value = value;
    r->out->value[r->rows] = TSL_MISSING_INT;
    if (cell.n) {
        TSL__TRY(tsl__double_read(cell.s, cell.n, &number) || !(fabs(number) <= VALUE_MOST)
                     ? tsl__listing_fail(&r->listing, record, r->field[VALUE], "is no number from -9e14 to 9e14", err)
                     : TSL_OK);
        r->out->value[r->rows] = llround(number * (double)TSL_DECIMAL_ONE);
        r->valued = 1;
    }
done:
    return status;
}

static tsl_status add_row(void *to, const tsl__record *record, tsl_error *err)
{
    reader *r = to;
    tsl_status status = TSL_OK;
    TSL__TRY(tsl__listing_tick(&r->listing, "segments", r->rows, &r->ticker, err));
    TSL__TRY(keep_text(&r->id, r->rows, record->field[0], err));
    for (int by = 0; by < TSL_BYS; by++) {
        TSL__TRY(r->field[by] < r->listing.fields ? add_group(r, by, record, err) : TSL_OK);
    }
    TSL__TRY(r->field[VALUE] < r->listing.fields ? add_value(r, record, err) : TSL_OK);
    TSL__TRY(r->field[REASON] < r->listing.fields ? keep_text(&r->reason, r->rows, record->field[r->field[REASON]], err)
                                                  : TSL_OK);
    r->rows++;
done:
    return status;
}

static tsl_status read_rows(reader *r, tsl_error *err)
{
    tsl_status status = TSL_OK;
    TSL__TRY(tsl__listing_read(&r->listing, add_row, r, err));
    TSL__TRY(r->id.text.failed || r->reason.text.failed ? tsl__error_nomem(err) : TSL_OK);
    TSL__TRY(r->rows == 0 ? tsl__error_set(err, TSL_E_INPUT, "%s: holds no customer", r->listing.file) : TSL_OK);
done:
    return status;
}

/* ---- What was read ------------------------------------------------------------------------------------ */

/* The texts behind the array of them: one block. */
static tsl_status take_pool(pool *p, size_t rows, char ***out, tsl_error *err)
{
    tsl_status status = TSL_OK;
    TSL__NEED(*out = tsl__alloc(rows * sizeof **out + p->text.length, 1));
    char *texts = (char *)(*out + rows);
    memcpy(texts, p->text.data, p->text.length);
    for (size_t i = 0; i < rows; i++) {
        (*out)[i] = texts + p->at[i];
    }
    tsl__text_free(&p->text);
done:
    return status;
}

/* A kind of groups of which nobody is in any is none. */
static void drop_unknown(reader *r)
{
    for (int by = 0; by < TSL_BYS; by++) {
        tsl_roster_groups *groups = &r->out->by[by];
        int known = 0;
        for (size_t i = 0; groups->of && i < r->rows && !known; i++) {
            known = *groups->group[groups->of[i]].code != 0;
        }
        if (!known) {
            tsl__roster_close_groups(groups);
            *groups = (tsl_roster_groups){0, NULL, NULL};
        }
    }
}

tsl_status tsl__roster_read_rows(const tsl_source *source, const tsl_exec *exec, tsl_roster *roster, tsl_error *err)
{
    reader r = {.out = roster, .ticker = tsl__ticker_open(exec)};
    tsl_status status = TSL_OK;
    TSL__TRY(tsl__listing_open(&(tsl__csv_options){.from = source, .header = 1}, "the segments", &r.listing, err));
    TSL__TRY(find_columns(&r, err));
    TSL__TRY(open_codes(&r, err));
    TSL__TRY(read_rows(&r, err));
    TSL__TRY(take_pool(&r.id, r.rows, &roster->id, err));
    TSL__TRY(r.field[REASON] < r.listing.fields ? take_pool(&r.reason, r.rows, &roster->reason, err) : TSL_OK);
    roster->customers = r.rows;
    drop_unknown(&r);
    if (!r.valued) {
        free(roster->value);
        roster->value = NULL;
    }
done:
    tsl__listing_close(&r.listing);
    for (int by = 0; by < TSL_BYS; by++) {
        tsl__dict_free(r.code[by]);
    }
    tsl__text_free(&r.id.text);
    tsl__text_free(&r.reason.text);
    free(r.id.at);
    free(r.reason.at);
    return status;
}
