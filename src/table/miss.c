/* miss.c: counts the keys that a lookup lacks. */
#include "table/miss.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "base/error.h"
#include "base/text.h"

tsl_status tsl__miss_add(tsl__miss *miss, tsl__span key, const char *file, uint64_t line, tsl_error *err)
{
    if (!miss->keys) {
        char shown[80];
        miss->keys = tsl__dict_open();
        miss->example =
            tsl__format("\"%s\" (%s:%llu)", tsl__span_show(key, shown, sizeof shown), file, (unsigned long long)line);
    }
    miss->rows++;
    return miss->keys && miss->example && tsl__dict_add(miss->keys, key.s, key.n) >= 0 ? TSL_OK : tsl__error_nomem(err);
}

void tsl__miss_free(tsl__miss *miss)
{
    tsl__dict_free(miss->keys);
    free(miss->example);
}

char *tsl__miss_describe(const tsl__miss *miss, const char *column, const char *path, char *out, size_t size)
{
    size_t keys = tsl__dict_get_count(miss->keys);
    snprintf(out, size, "%zu key%s of \"%.100s\" (in %llu row%s) %s not in %.200s, the first %.200s", keys,
             keys == 1 ? "" : "s", column, (unsigned long long)miss->rows, miss->rows == 1 ? "" : "s",
             keys == 1 ? "is" : "are", path, miss->example);
    return out;
}
