/* shown_ids.c: which spelling of an id is shown. */
#include "table/row/shown_ids.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

/* <0: a is shown rather than b. */
static int compare(tsl__span a, tsl__span b)
{
    return a.n != b.n ? (a.n < b.n ? -1 : 1) : memcmp(a.s, b.s, a.n);
}

static tsl__span get_shown(const tsl__shown_ids *ids, int32_t code)
{
    tsl__span form;
    form.s = tsl__dict_get_text(ids->form, code, &form.n);
    return ids->text[code] ? tsl__span_make(ids->text[code]) : form;
}

/* A new form, whose first spelling is set by the caller. */
static tsl_status reserve(tsl__shown_ids *ids, size_t count, tsl_error *err)
{
    const size_t before = ids->capacity;
    void *text = ids->text;
    tsl_status status = TSL_OK;
    TSL__NEED(tsl__reserve(&text, &ids->capacity, count, sizeof *ids->text) == 0);
    ids->text = text;
    if (ids->capacity > before) {
        memset(ids->text + before, 0, (ids->capacity - before) * sizeof *ids->text);
    }
done:
    return status;
}

tsl_status tsl__shown_ids_add(tsl__shown_ids *ids, tsl__span form, tsl__span spelling, tsl_error *err)
{
    const size_t before = ids->form ? tsl__dict_get_count(ids->form) : 0;
    const int is_form = tsl__span_equal(form, spelling);
    int32_t code;
    char *text = NULL;
    tsl_status status = TSL_OK;
    TSL__NEED(ids->form || (ids->form = tsl__dict_open()));
    TSL__TRY(reserve(ids, before + 1, err));
    TSL__NEED((code = tsl__dict_add(ids->form, form.s, form.n)) >= 0);
    if ((size_t)code < before && compare(spelling, get_shown(ids, code)) >= 0) {
        return TSL_OK;
    }
    TSL__NEED(is_form || (text = tsl__strndup(spelling.s, spelling.n)));
    free(ids->text[code]);
    ids->text[code] = text;
done:
    return status;
}

tsl_status tsl__shown_ids_join(tsl__shown_ids *ids, const tsl__shown_ids *other, tsl_error *err)
{
    const size_t count = other->form ? tsl__dict_get_count(other->form) : 0;
    tsl_status status = TSL_OK;
    for (size_t i = 0; i < count; i++) {
        tsl__span form;
        form.s = tsl__dict_get_text(other->form, (int32_t)i, &form.n);
        TSL__TRY(tsl__shown_ids_add(ids, form, get_shown(other, (int32_t)i), err));
    }
done:
    return status;
}

const char *tsl__shown_ids_get(const tsl__shown_ids *ids, const char *form)
{
    const int32_t code = ids->form ? tsl__dict_get(ids->form, form, strlen(form)) : -1;
    return code < 0 ? NULL : ids->text[code] ? ids->text[code] : tsl__dict_get_text(ids->form, code, NULL);
}

void tsl__shown_ids_free(tsl__shown_ids *ids)
{
    const size_t count = ids->form ? tsl__dict_get_count(ids->form) : 0;
    for (size_t i = 0; i < count && i < ids->capacity; i++) {
        free(ids->text[i]);
    }
    free(ids->text);
    tsl__dict_free(ids->form);
    *ids = (tsl__shown_ids){0};
}
