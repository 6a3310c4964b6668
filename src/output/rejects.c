/* rejects.c: rejects.csv, one line a rejected row, in order of arrival. */
#include "base/alloc.h"
#include "base/error.h"
#include "base/text.h"

#include <stdlib.h>
#include <tesela/output.h>
#include <tesela/store.h>

#define FLUSH_BYTES (1u << 20)

struct tsl_rejects {
    tsl_reject_sink sink;
    tsl_file *file;
    tsl__text text; /* lines not handed to the file yet */
};

static tsl_status flush(tsl_rejects *rejects, tsl_error *err)
{
    tsl_status status = TSL_OK;
    TSL__TRY(rejects->text.failed ? tsl__error_nomem(err) : TSL_OK);
    TSL__TRY(tsl_file_write(rejects->file, rejects->text.data, rejects->text.length, err));
done:
    tsl__text_clear(&rejects->text);
    return status;
}

static tsl_status write_reject(void *user, const tsl_reject *reject, tsl_error *err)
{
    tsl_rejects *rejects = user;
    tsl__text *text = &rejects->text;
    tsl__text_csv(text, reject->file);
    tsl__text_printf(text, ",%llu,", (unsigned long long)reject->line);
    tsl__text_csv(text, reject->column);
    tsl__text_append(text, ",", 1);
    tsl__text_puts(text, tsl_reject_kind_get_name(reject->kind));
    tsl__text_append(text, ",", 1);
    tsl__text_csv(text, reject->text);
    tsl__text_append(text, ",", 1);
    tsl__text_csv(text, reject->message);
    tsl__text_append(text, "\n", 1);
    return text->failed || text->length >= FLUSH_BYTES ? flush(rejects, err) : TSL_OK;
}

tsl_status tsl_rejects_open(const tsl_target *target, tsl_rejects **out, tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl_rejects *rejects = NULL;
    *out = NULL;
    tsl__error_reset(err);
    TSL__NEED(rejects = tsl__alloc_zero(1, sizeof *rejects));
    rejects->sink = (tsl_reject_sink){.write = write_reject, .user = rejects};
    tsl__text_puts(&rejects->text, "file,line,column,kind,text,message\n");
    TSL__TRY(tsl_file_open(target, &rejects->file, err));
    *out = rejects;
    rejects = NULL;
done:
    tsl_rejects_free(rejects);
    return status;
}

const tsl_reject_sink *tsl_rejects_get_sink(tsl_rejects *rejects)
{
    return &rejects->sink;
}

tsl_status tsl_rejects_close(tsl_rejects *rejects, tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl_file *whole = rejects->file;
    tsl__error_reset(err);
    TSL__TRY(flush(rejects, err));
    rejects->file = NULL; /* close frees it, whatever comes */
    TSL__TRY(tsl_file_close(whole, err));
done:
    tsl_rejects_free(rejects);
    return status;
}

void tsl_rejects_free(tsl_rejects *rejects)
{
    if (rejects) {
        tsl_file_free(rejects->file);
        tsl__text_free(&rejects->text);
        free(rejects);
    }
}
