/* amounts.c: the net amounts of all purchases, and their median. */
#include "feature/amounts.h"

#include "base/alloc.h"
#include "base/error.h"
#include "stat/quantile.h"

#include <stdlib.h>

/* What is in memory goes to the file. */
static tsl_status spill_piece(tsl__amounts *a, tsl_error *err)
{
    tsl_status status = TSL_OK;
    const size_t bytes = a->count * sizeof *a->value;
    void *place = a->place;
    const int failed = tsl__reserve(&place, &a->place_capacity, a->places + 1, sizeof *a->place);
    a->place = place;
    TSL__NEED(failed ? NULL : place);
    a->place[a->places] = tsl__spill_take(a->spill, bytes);
    TSL__TRY(tsl__spill_write(a->spill, a->place[a->places], a->value, bytes, err));
    a->places++;
    a->count = 0;
done:
    return status;
}

tsl_status tsl__amounts_add(tsl__amounts *a, const int64_t *amount, size_t count, tsl_error *err)
{
    tsl_status status = TSL_OK;
    for (size_t i = 0; i < count; i++) {
        if (a->count == a->capacity) {
            void *value = a->value;
            const int failed = tsl__reserve(&value, &a->capacity, a->count + 1, sizeof *a->value);
            a->value = value;
            TSL__NEED(failed ? NULL : value);
        }
        a->value[a->count++] = (double)amount[i];
        TSL__TRY(a->spill && a->count == TSL__AMOUNTS_PIECE ? spill_piece(a, err) : TSL_OK);
    }
done:
    return status;
}

/* All pieces: those in files, a part after the other, then what the parts have in memory. */
typedef struct pieces {
    const tsl__amounts *part;
    size_t parts;
    double *buffer;
    tsl_status status;
    tsl_error err;
} pieces;

static int read_piece(void *user, size_t piece, tsl__values *out)
{
    pieces *p = user;
    for (size_t i = 0; i < p->parts; i++) {
        const tsl__amounts *a = &p->part[i];
        if (piece < a->places) {
            *out = (tsl__values){p->buffer, TSL__AMOUNTS_PIECE};
            p->status =
                tsl__spill_read(a->spill, a->place[piece], p->buffer, TSL__AMOUNTS_PIECE * sizeof *p->buffer, &p->err);
            return p->status == TSL_OK ? 0 : -1;
        }
        piece -= a->places;
    }
    *out = (tsl__values){p->part[piece].value, p->part[piece].count};
    return 0;
}

/* The median of amounts that are not all in memory. */
static tsl_status find_median(const tsl__amounts *a, size_t parts, size_t count, double *median, tsl_error *err)
{
    tsl_status status = TSL_OK;
    pieces all = {.part = a, .parts = parts};
    TSL__NEED(all.buffer = tsl__alloc(TSL__AMOUNTS_PIECE, sizeof *all.buffer));
    if (tsl__quantile_of_pieces(read_piece, &all, count, .5, median)) {
        status = all.status == TSL_OK ? tsl__error_nomem(err) : tsl__error_take(err, &all.err);
    }
done:
    free(all.buffer);
    return status;
}

tsl_status tsl__amounts_get_median(const tsl__amounts *a, size_t parts, double *median, tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl__values *part = NULL;
    size_t count = 0, places = 0;
    *median = 0;
    TSL__NEED(part = tsl__alloc(parts, sizeof *part));
    for (size_t i = 0; i < parts; i++) {
        part[i] = (tsl__values){a[i].value, a[i].count};
        count += a[i].count;
        places += a[i].places;
    }
    if (places) {
        TSL__TRY(find_median(a, parts, places + parts, median, err));
    } else {
        TSL__NEED(count == 0 || tsl__quantile_of_parts(part, parts, .5, median) == 0);
    }
done:
    free(part);
    return status;
}

void tsl__amounts_free(tsl__amounts *a)
{
    free(a->value);
    free(a->place);
    *a = (tsl__amounts){.spill = NULL};
}
