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

tsl_status tsl__codes_finish(const tsl__dict *dict, int32_t *code, size_t rows, tsl_column *column, tsl_error *err)
{
    size_t count = tsl__dict_get_count(dict), kept = 0;
    int32_t *rank = tsl__alloc(count, sizeof *rank), *sorted = tsl__alloc(count, sizeof *sorted);
    char *used = tsl__alloc_zero(count, 1);
    char **text = NULL;
    tsl_status status = TSL_OK;
    TSL__NEED(rank && sorted && used && !tsl__dict_get_ranks(dict, rank));
    mark_used(code, rows, used, &column->missing);
    for (size_t i = 0; i < count; i++) {
        sorted[rank[i]] = (int32_t)i;
    }
    for (size_t i = 0; i < count; i++) { /* the codes in use move together, in order */
        int32_t c = sorted[i];
        rank[c] = (int32_t)kept;
        if (used[c]) {
            sorted[kept++] = c;
        }
    }
    for (size_t row = 0; row < rows; row++) {
        code[row] = code[row] < 0 ? -1 : rank[code[row]];
    }
    TSL__NEED(text = make_texts(dict, sorted, kept));
    column->dict = (const char *const *)text;
    column->dict_count = kept;
done:
    free(rank);
    free(sorted);
    free(used);
    return status;
}
