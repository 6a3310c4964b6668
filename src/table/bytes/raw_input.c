/* raw_input.c: reads a source, and puts back what was read too far. */
#include "table/bytes/raw_input.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/error.h"

#define MORE_BYTES ((size_t)1 << 20)

tsl_status tsl__input_read(tsl__input *in, void *buffer, size_t size, size_t *got, tsl_error *err)
{
    const size_t left = in->ahead_count - in->ahead_at, some = left < size ? left : size;
    tsl_status status = TSL_OK;
    *got = 0;
    if (some) {
        memcpy(buffer, in->ahead + in->ahead_at, some);
        in->ahead_at += some;
    }
    if (some == left) {
        free(in->ahead);
        in->ahead = NULL;
        in->ahead_at = in->ahead_count = 0;
    }
    TSL__TRY(some < size ? tsl__source_read(in->source, (char *)buffer + some, size - some, got, err) : TSL_OK);
    *got += some;
done:
    return status;
}

tsl_status tsl__input_put_back(tsl__input *in, const void *bytes, size_t count, tsl_error *err)
{
    const size_t left = in->ahead_count - in->ahead_at;
    char *ahead = tsl__alloc(count + left, 1);
    if (!ahead) {
        return tsl__error_nomem(err);
    }
    memcpy(ahead, bytes, count);
    if (left) {
        memcpy(ahead + count, in->ahead + in->ahead_at, left);
    }
    free(in->ahead);
    in->ahead = ahead;
    in->ahead_at = 0;
    in->ahead_count = count + left;
    return TSL_OK;
}

tsl_status tsl__input_read_all(tsl__input *in, size_t most, char **bytes, size_t *count, tsl_error *err)
{
    size_t capacity = 0, got = 1;
    void *all = NULL;
    tsl_status status = TSL_OK;
    *bytes = NULL;
    for (*count = 0; got && *count <= most; *count += got) {
        TSL__NEED(!tsl__reserve(&all, &capacity, *count + MORE_BYTES, 1));
        TSL__TRY(tsl__input_read(in, (char *)all + *count, capacity - *count, &got, err));
    }
    *bytes = all;
    all = NULL;
done:
    free(all);
    return status;
}
