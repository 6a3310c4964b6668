/* csv_rows.c: a CSV file of many rows: put into words block by block by several
 * threads, written in their order. */
#include "output/csv/csv_rows.h"

#include "base/alloc.h"
#include "base/error.h"
#include "base/parallel.h"
#include "output/csv/fields.h"

#include <math.h>
#include <omp.h>
#include <stdlib.h>
#include <string.h>
#include <tesela/store.h>

/* Blocks a thread between two writings. */
#define AHEAD 4

/* What is under way: some blocks' texts. */
typedef struct window {
    const tsl__csv_rows *rows;
    tsl__text *text; /* `most` */
    size_t most;
    int threads;
} window;

/* Blocks first .. first + count - 1. */
static tsl_status write_blocks(const window *w, size_t first, size_t count, tsl_file *file, tsl_error *err)
{
    tsl_status status = TSL_OK;
#pragma omp parallel for schedule(dynamic, 1) num_threads(w->threads)
    for (size_t b = 0; b < count; b++) {
        size_t begin = (first + b) * TSL__CSV_ROWS, left = w->rows->count - begin;
        tsl__text own = w->text[b]; /* no two threads write to one line of the cache */
        tsl__text_clear(&own);
        w->rows->put(w->rows->what, begin, begin + (left < TSL__CSV_ROWS ? left : TSL__CSV_ROWS), &own);
        w->text[b] = own;
    }
    for (size_t b = 0; b < count; b++) {
        TSL__TRY(w->text[b].failed ? tsl__error_nomem(err) : TSL_OK);
        TSL__TRY(tsl_file_write(file, w->text[b].data, w->text[b].length, err));
    }
done:
    return status;
}

static tsl_status write_all(const window *w, const tsl_exec *exec, tsl_file *file, tsl_error *err)
{
    tsl_status status = TSL_OK;
    const size_t rows = w->rows->count, blocks = rows / TSL__CSV_ROWS + (rows % TSL__CSV_ROWS > 0);
    tsl__ticker ticker = tsl__ticker_open(exec);
    TSL__TRY(tsl_file_write(file, w->rows->head, strlen(w->rows->head), err));
    for (size_t first = 0; first < blocks; first += w->most) {
        const size_t done = first * TSL__CSV_ROWS;
        const tsl_progress_event event = {
            .stage = "write", .rows = done, .fraction = (double)done / (double)rows, .best_inertia = NAN};
        TSL__TRY(tsl__tick(&ticker, &event, err));
        TSL__TRY(write_blocks(w, first, blocks - first < w->most ? blocks - first : w->most, file, err));
    }
done:
    return status;
}

tsl_status tsl__csv_rows_write(const tsl__csv_rows *rows, const tsl_target *target, const tsl_exec *exec,
                               tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl_exec run;
    tsl_file *file = NULL, *whole;
    window w = {.rows = rows};
    TSL__TRY(tsl__exec_open(exec, &run, err));
    w.threads = run.threads;
    w.most = (size_t)run.threads * AHEAD;
    TSL__NEED(w.text = tsl__alloc_zero(w.most, sizeof *w.text));
    TSL__TRY(tsl_file_open(target, &file, err));
    TSL__TRY(write_all(&w, &run, file, err));
    whole = file;
    file = NULL;
    TSL__TRY(tsl_file_close(whole, err));
done:
    tsl_file_free(file);
    for (size_t b = 0; w.text && b < w.most; b++) {
        tsl__text_free(&w.text[b]);
    }
    free(w.text);
    return status;
}

const char *tsl__csv_get_id_name(const tsl_features *features)
{
    return !features->recipe->plain ? "customer_id" : features->id ? "id" : "row";
}

const char *tsl__csv_get_id(const tsl_features *features, size_t row)
{
    return features->id ? features->id[row] : NULL;
}

void tsl__csv_put_id(const char *id, size_t number, tsl__text *out)
{
    if (id) {
        tsl__text_csv(out, id);
    } else {
        char cell[20];
        tsl__text_append(out, cell, (size_t)(tsl__write_count(cell, number) - cell));
    }
}
