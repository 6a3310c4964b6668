/* translate_encoding.c: text in another encoding as UTF-8, by the iconv of the C library. */
#include <errno.h>
#include <iconv.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/error.h"
#include "table/text/translator.h"

#define IN_BYTES ((size_t)64 << 10)

typedef struct recoding {
    tsl__input *input;
    iconv_t way; /* (iconv_t)-1: not open */
    size_t unit; /* bytes that are passed over where they are no character: 2 of UTF-16 */
    char *in, *out;
    size_t in_count;
    int at_end;
} recoding;

static void free_recoding(void *state)
{
    recoding *r = state;
    if (!r) {
        return;
    }
    if (r->way != (iconv_t)-1) {
        iconv_close(r->way);
    }
    free(r->in);
    free(r->out);
    free(r);
}

static tsl_status open_recoding(const tsl__translation *how, void **state, tsl_error *err)
{
    static const char *const names[TSL_ENCODINGS] = {[TSL_ENCODING_UTF16LE] = "UTF-16LE",
                                                     [TSL_ENCODING_UTF16BE] = "UTF-16BE",
                                                     [TSL_ENCODING_GB18030] = "GB18030",
                                                     [TSL_ENCODING_WINDOWS1252] = "CP1252"};
    recoding *r = NULL;
    tsl_status status = TSL_OK;
    *state = NULL;
    TSL__NEED(r = tsl__alloc_zero(1, sizeof *r));
    r->input = how->input;
    r->unit = how->encoding == TSL_ENCODING_UTF16LE || how->encoding == TSL_ENCODING_UTF16BE ? 2 : 1;
    r->way = iconv_open("UTF-8", names[how->encoding]);
    if (r->way == (iconv_t)-1) {
        TSL__TRY(errno == ENOMEM ? tsl__error_nomem(err)
                                 : tsl__error_set(err, TSL_E_FORMAT, "%s: is %s text, which this system cannot convert",
                                                  how->name, names[how->encoding]));
    }
    TSL__NEED(r->in = tsl__alloc(IN_BYTES, 1));
    TSL__NEED(r->out = tsl__alloc(IN_BYTES, 1));
    *state = r;
    r = NULL;
done:
    free_recoding(r);
    return status;
}

static tsl_status refill(recoding *r, tsl_error *err)
{
    size_t got, room = IN_BYTES - r->in_count;
    tsl_status status = TSL_OK;
    TSL__TRY(tsl__input_read(r->input, r->in + r->in_count, room, &got, err));
    r->at_end = got < room;
    r->in_count += got;
done:
    return status;
}

/* What is no character, or is cut off by the end of the file, is one bad byte. */
static void pass_over(recoding *r, tsl__text *out)
{
    static const char bad[] = {TSL__BAD_BYTE};
    const size_t count = r->in_count < r->unit ? r->in_count : r->unit;
    r->in_count -= count;
    memmove(r->in, r->in + count, r->in_count);
    tsl__text_append(out, bad, 1);
}

static tsl_status step_recoding(void *state, tsl__text *out, int *ended, tsl_error *err)
{
    recoding *r = state;
    tsl_status status = TSL_OK;
    *ended = 0;
    TSL__TRY(r->at_end ? TSL_OK : refill(r, err));
    char *in = r->in, *to = r->out;
    size_t in_count = r->in_count, room = IN_BYTES;
    const size_t gone = iconv(r->way, &in, &in_count, &to, &room);
    const int why = gone == (size_t)-1 ? errno : 0;
    tsl__text_append(out, r->out, IN_BYTES - room);
    memmove(r->in, in, in_count);
    r->in_count = in_count;
    if (why == EILSEQ || (why == EINVAL && r->at_end)) {
        pass_over(r, out);
    }
    TSL__NEED(!out->failed);
    *ended = r->at_end && r->in_count == 0;
done:
    return status;
}

const tsl__translator tsl__translate_encoding = {
    .first_line = 1, .open = open_recoding, .step = step_recoding, .free = free_recoding};
