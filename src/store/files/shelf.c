/* shelf.c: rows in memory or in a temporary file, by the same calls. */
#include "store/files/shelf.h"

#include "base/alloc.h"
#include "base/error.h"
#include "base/parallel.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define WINDOW ((size_t)1 << 20)
#define AROUND ((size_t)64 << 10) /* bytes that the system maps about one that is read */

tsl_status tsl__shelf_open(size_t rows, size_t row_bytes, int in_file, const char *folder, tsl__shelf *out,
                           tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl__shelf shelf = {.rows = rows, .row_bytes = row_bytes};
    void *base;
    size_t bytes;
    *out = (tsl__shelf){.base = NULL};
    TSL__NEED(!__builtin_mul_overflow(rows, row_bytes, &bytes));
    if (!in_file || !bytes) {
        TSL__NEED(shelf.base = tsl__alloc(rows, row_bytes));
    } else {
        TSL__TRY(tsl__spill_open(folder, &shelf.spill, err));
        (void)tsl__spill_take(shelf.spill, bytes);
        TSL__TRY(tsl__spill_map(shelf.spill, &base, err));
        shelf.base = base;
        shelf.window = (WINDOW + row_bytes - 1) / row_bytes;
    }
    *out = shelf;
    shelf = (tsl__shelf){.base = NULL};
done:
    tsl__shelf_free(&shelf);
    return status;
}

void tsl__shelf_free(tsl__shelf *shelf)
{
    if (!shelf->spill) {
        free(shelf->base);
    } else if (shelf->base) {
        tsl__file_unmap(shelf->base, shelf->rows * shelf->row_bytes);
    }
    tsl__spill_free(shelf->spill);
    *shelf = (tsl__shelf){.base = NULL};
}

void *tsl__shelf_take(tsl__shelf *shelf)
{
    void *base = shelf->base;
    TSL__ASSERT(!shelf->spill);
    *shelf = (tsl__shelf){.base = NULL};
    return base;
}

tsl_status tsl__shelf_write(const tsl__shelf *s, size_t row, size_t count, const void *rows, tsl_error *err)
{
    const size_t at = row * s->row_bytes, bytes = count * s->row_bytes;
    if (s->spill) {
        return tsl__spill_write(s->spill, at, rows, bytes, err);
    }
    if (bytes) { /* of no bytes there may be no rows at all */
        memcpy(s->base + at, rows, bytes);
    }
    return TSL_OK;
}

/* The rows begin .. end leave memory, with what was mapped about them; of a file that is shared nothing is lost by it.
 */
static void pass(const tsl__shelf *s, size_t begin, size_t end)
{
    const size_t page = (size_t)sysconf(_SC_PAGESIZE), bytes = s->rows * s->row_bytes;
    const size_t first = begin * s->row_bytes, last = end * s->row_bytes + AROUND;
    const size_t from = first > AROUND ? (first - AROUND) / page * page : 0, to = last < bytes ? last : bytes;
    if (from < to) {
        (void)madvise(s->base + from, to - from, MADV_DONTNEED);
    }
}

void tsl__shelf_move(const tsl__shelf *s, size_t row)
{
    static _Thread_local struct {
        const tsl__shelf *shelf;
        size_t first, last; /* rows that were read */
    } seen;
    if (seen.shelf != s || row < seen.first || row - seen.first >= s->window) {
        if (seen.shelf == s) {
            pass(s, seen.first, seen.last + 1);
        }
        seen.shelf = s;
        seen.first = seen.last = row;
    }
    seen.last = row > seen.last ? row : seen.last;
}

static void change_memory(const tsl__shelf *s, int threads, tsl__rows_changer *change, void *user)
{
    const size_t blocks = tsl__block_count(s->rows);
#pragma omp parallel for num_threads(threads) schedule(static)
    for (size_t b = 0; b < blocks; b++) {
        size_t begin, end;
        tsl__block_get(s->rows, b, &begin, &end);
        change(user, begin, end, s->base + begin * s->row_bytes);
    }
}

tsl_status tsl__shelf_change(const tsl__shelf *s, int threads, tsl__rows_changer *change, void *user, tsl_error *err)
{
    tsl_status status = TSL_OK;
    const size_t blocks = tsl__block_count(s->rows);
    size_t begin, end;
    char *buffer = NULL;
    if (!s->spill) {
        change_memory(s, threads, change, user);
        return TSL_OK;
    }
    TSL__NEED(buffer = tsl__alloc(TSL__BLOCK_ROWS, s->row_bytes));
    for (size_t b = 0; b < blocks; b++) {
        tsl__block_get(s->rows, b, &begin, &end);
        memcpy(buffer, s->base + begin * s->row_bytes, (end - begin) * s->row_bytes);
        pass(s, begin, end);
        change(user, begin, end, buffer);
        TSL__TRY(tsl__shelf_write(s, begin, end - begin, buffer, err));
    }
done:
    free(buffer);
    return status;
}
