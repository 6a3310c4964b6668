/* codes.c: dictionaries in order, with the texts that are in use alone. */
#include "table/schema/codes.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/error.h"

/* Marks the codes in use with 1; counts the rows without one. */
static void mark_used(const int32_t *code, size_t rows, char *used, size_t *missing)
{
    *missing = 0;
    for (size_t row = 0; row < rows; row++) {
        if (code[row] < 0) {
            ++*missing;
        } else {
            used[code[row]] = 1;
        }
    }
}

/* The dictionary as one block: the pointers, then the texts. */
static char **make_texts(const tsl__dict *dict, const int32_t *sorted, size_t count)
{
    size_t bytes = count * sizeof(char *), length;
    for (size_t i = 0; i < count; i++) {
        tsl__dict_get_text(dict, sorted[i], &length);
        bytes += length + 1;
    }
    char **text = tsl__alloc(bytes, 1);
    char *at = text ? (char *)(text + count) : NULL;
    for (size_t i = 0; text && i < count; i++) {
        const char *s = tsl__dict_get_text(dict, sorted[i], &length);
        memcpy(at, s, length + 1);
        text[i] = at;
        at += length + 1;
    }
    return text;
}

tsl_status tsl__codes_sort(const tsl__dict *dict, const char *used, int32_t **ranks, tsl_column *column, tsl_error *err)
{
    size_t count = tsl__dict_get_count(dict), kept = 0;
    int32_t *rank = tsl__alloc(count, sizeof *rank), *sorted = tsl__alloc(count, sizeof *sorted);
    char **text = NULL;
    tsl_status status = TSL_OK;
    *ranks = NULL;
    TSL__NEED(rank && sorted && !tsl__dict_get_ranks(dict, rank));
    for (size_t i = 0; i < count; i++) {
        sorted[rank[i]] = (int32_t)i;
    }
    for (size_t i = 0; i < count; i++) { /* the codes in use move together, in order */
        int32_t c = sorted[i];
        rank[c] = used[c] ? (int32_t)kept : -1;
        if (used[c]) {
            sorted[kept++] = c;
        }
    }
    TSL__NEED(text = make_texts(dict, sorted, kept));
    column->dict = (const char *const *)text;
    column->dict_count = kept;
    *ranks = rank;
    rank = NULL;
done:
    free(rank);
    free(sorted);
    return status;
}

tsl_status tsl__codes_finish(const tsl__dict *dict, int32_t *code, size_t rows, tsl_column *column, tsl_error *err)
{
    char *used = tsl__alloc_zero(tsl__dict_get_count(dict), 1);
    int32_t *rank = NULL;
    tsl_status status = TSL_OK;
    TSL__NEED(used);
    mark_used(code, rows, used, &column->missing);
    TSL__TRY(tsl__codes_sort(dict, used, &rank, column, err));
    for (size_t row = 0; row < rows; row++) {
        code[row] = code[row] < 0 ? -1 : rank[code[row]];
    }
done:
    free(used);
    free(rank);
    return status;
}
