/* scored_run.c: a run's rows, one after the other, in the order of their ids. */
#include "crm/scored_run.h"

#include "base/alloc.h"
#include "base/error.h"
#include "base/text.h"
#include "store/files/stream.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <tesela/store.h>

#define TICK_ROWS 4096
#define MODEL_DIGITS 12
#define SUMMARY "summary.json"
#define SEGMENTS "segments.csv"
#define MODEL "model.h5"

char *tsl__scored_run_find(const char *folder, const char *name)
{
    const size_t length = strlen(folder);
    return tsl__format("%s%s%s", folder, length && folder[length - 1] == '/' ? "" : "/", name);
}

int tsl__span_compare(tsl__span a, tsl__span b)
{
    const int by = memcmp(a.s, b.s, a.n < b.n ? a.n : b.n);
    return by ? by : (a.n > b.n) - (a.n < b.n);
}

/* ---- The summary ----------------------------------------------------------------------------- */

static tsl_status fail_folder(const char *path, const char *lacks, tsl_error *err)
{
    return tsl__error_set(err, TSL_E_NOT_FOUND,
                          "%s: is no folder of a run: there is no %s in it; a folder that tesela run wrote is expected",
                          path, lacks);
}

static tsl_status take_summary(tsl__scored_run *run, const json_t *summary, const char *path, tsl_error *err)
{
    const char *format = json_string_value(json_object_get(summary, "format"));
    const char *lang = json_string_value(json_object_get(summary, "language"));
    const json_t *as_of = json_object_get(summary, "as_of");
    const char *day = json_string_value(as_of);
    const char *currency = json_string_value(json_object_get(json_object_get(summary, "totals"), "currency"));
    const json_t *privacy = json_object_get(summary, "privacy");
    const char *key = json_string_value(json_object_get(privacy, "pseudonyms"));
    tsl_status status = TSL_OK;
    if (!format || strcmp(format, "tesela summary") != 0) {
        return tsl__error_set(err, TSL_E_FORMAT, "%s: is no summary that tesela wrote", path);
    }
    if (!lang || tsl_lang_read(lang, &run->lang, NULL) != TSL_OK) {
        return tsl__error_set(err, TSL_E_FORMAT, "%s: language: \"%s\" is none", path, lang ? lang : "");
    }
    if (!json_is_null(as_of)) { /* of tables without a date there is none */
        if (!day || tsl_day_read(day, &run->as_of, NULL) != TSL_OK) {
            return tsl__error_set(err, TSL_E_FORMAT, "%s: as_of: \"%s\" is no date, YYYY-MM-DD", path, day ? day : "");
        }
        tsl_day_write(run->as_of, run->scored_on);
    }
    run->suppresses = json_object_get(privacy, "suppressed") != NULL;
    TSL__NEED(!currency || (run->currency = tsl__strdup(currency)));
    TSL__NEED(run->key = tsl__strdup(key ? key : ""));
done:
    return status;
}

static tsl_status read_summary(tsl__scored_run *run, tsl_error *err)
{
    tsl__stream stream = {.fd = -1};
    char *path = NULL, *bytes = NULL;
    size_t count = 0;
    json_error_t why;
    json_t *summary = NULL;
    tsl_status status = TSL_OK;
    TSL__NEED(path = tsl__scored_run_find(run->path, SUMMARY));
    status = tsl__stream_open(&(tsl_source){.path = path}, &stream, err);
    TSL__TRY(status == TSL_E_NOT_FOUND ? fail_folder(run->path, SUMMARY, err) : status);
    TSL__TRY(tsl__stream_read_all(&stream, &bytes, &count, err));
    summary = json_loadb(bytes, count, 0, &why);
    TSL__TRY(summary ? TSL_OK : tsl__error_set(err, TSL_E_FORMAT, "%s:%d: is no JSON: %s", path, why.line, why.text));
    TSL__TRY(take_summary(run, summary, path, err));
    TSL__TRY(tsl__crm_lists_add(&run->lists, summary, path, err));
done:
    json_decref(summary);
    tsl__stream_close(&stream);
    free(bytes);
    free(path);
    return status;
}

static tsl_status read_model(tsl__scored_run *run, tsl_error *err)
{
    char *path = NULL, hash[65];
    tsl_status status = TSL_OK;
    TSL__NEED(path = tsl__scored_run_find(run->path, MODEL));
    status = tsl_file_get_hash(&(tsl_source){.path = path}, hash, err);
    if (status == TSL_E_NOT_FOUND) {
        tsl__error_reset(err);
        hash[0] = '\0';
        status = TSL_OK;
    }
    TSL__TRY(status);
    TSL__NEED(run->model = tsl__format(*hash ? "m%.*s" : "%.*s", MODEL_DIGITS, hash));
done:
    free(path);
    return status;
}

/* ---- The rows ----------------------------------------------------------------------------------- */

static tsl_status open_rows(tsl__scored_run *run, tsl_error *err)
{
    const tsl_status status = tsl__scored_rows_open(run->file, &run->rows, err);
    return status == TSL_E_NOT_FOUND ? fail_folder(run->path, SEGMENTS, err) : status;
}

tsl_status tsl__scored_run_open(const char *path, const tsl_exec *exec, tsl__scored_run *out, tsl_error *err)
{
    tsl_status status = TSL_OK;
    *out = (tsl__scored_run){.as_of = TSL_NO_DAY, .ticker = tsl__ticker_open(exec), .stage = "customers"};
    TSL__NEED(out->path = tsl__strdup(path));
    TSL__NEED(out->file = tsl__scored_run_find(path, SEGMENTS));
    TSL__TRY(read_summary(out, err));
    TSL__TRY(read_model(out, err));
    TSL__TRY(open_rows(out, err));
done:
    return status;
}

void tsl__scored_run_close(tsl__scored_run *run)
{
    tsl__scored_rows_close(&run->rows);
    tsl__crm_lists_close(&run->lists);
    free(run->path);
    free(run->file);
    free(run->model);
    free(run->currency);
    free(run->key);
    free(run->last);
    *run = (tsl__scored_run){0};
}

tsl_status tsl__scored_run_rewind(tsl__scored_run *run, tsl_error *err)
{
    tsl__scored_rows_close(&run->rows);
    run->row = run->line = 0;
    run->ended = 0;
    return open_rows(run, err);
}

void tsl__scored_run_put_place(const tsl__scored_run *run, size_t field, tsl__text *to)
{
    char shown[80];
    tsl__text_printf(to, "%s:%llu: %s: ", run->file, (unsigned long long)run->line, tsl__crm_fields[field].column);
    if (field != TSL__FIELD_ID) {
        tsl__text_printf(to, "\"%s\" ", tsl__span_show(run->cell[field], shown, sizeof shown));
    }
}

/* TSL_E_INPUT: an id at hand that is wrong. */
static tsl_status fail_id(const tsl__scored_run *run, const char *what, tsl_error *err)
{
    tsl__text text = {0};
    tsl__scored_run_put_place(run, TSL__FIELD_ID, &text);
    tsl__text_puts(&text, what);
    const tsl_status status = text.failed ? tsl__error_nomem(err) : tsl__error_set(err, TSL_E_INPUT, "%s", text.data);
    tsl__text_free(&text);
    return status;
}

/* Ids rise, so that two runs can be read side by side. */
static tsl_status check_order(tsl__scored_run *run, tsl_error *err)
{
    const tsl__span id = run->cell[TSL__FIELD_ID], before = {run->last, run->last_count};
    const int by = run->row ? tsl__span_compare(before, id) : -1;
    void *last = run->last;
    tsl_status status = TSL_OK;
    TSL__TRY(by < 0    ? TSL_OK
             : by == 0 ? fail_id(run, "stands twice", err)
                       : fail_id(run, "stands behind a greater id: the rows of a run stand in the order of ids", err));
    TSL__NEED(tsl__reserve(&last, &run->last_room, id.n + 1, 1) == 0);
    run->last = last;
    memcpy(run->last, id.s, id.n);
    run->last_count = id.n;
done:
    return status;
}

static tsl_status tick(tsl__scored_run *run, tsl_error *err)
{
    const uint64_t bytes = tsl__scored_rows_get_position(&run->rows), size = tsl__csv_get_size(run->rows.csv);
    const tsl_progress_event event = {.stage = run->stage,
                                      .rows = run->row,
                                      .bytes = bytes,
                                      .fraction = size ? (double)bytes / (double)size : -1,
                                      .best_inertia = (double)NAN};
    return tsl__tick(&run->ticker, &event, err);
}

tsl_status tsl__scored_run_read(tsl__scored_run *run, tsl_error *err)
{
    const tsl__span *cell;
    tsl_status status = TSL_OK;
    if (run->ended) {
        return TSL_OK;
    }
    TSL__TRY(run->row % TICK_ROWS == 0 ? tick(run, err) : TSL_OK);
    TSL__TRY(tsl__scored_rows_read(&run->rows, &cell, &run->line, err));
    run->ended = !cell;
    if (run->ended) {
        return TSL_OK;
    }
    memcpy(run->cell, cell, sizeof run->cell);
    run->cell[TSL__FIELD_SCORED_ON] = (tsl__span){run->scored_on, strlen(run->scored_on)};
    run->cell[TSL__FIELD_MODEL] = (tsl__span){run->model, strlen(run->model)};
    TSL__TRY(check_order(run, err));
    run->row++;
done:
    return status;
}
