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
    return ids->id[code].text ? tsl__span_make(ids->id[code].text) : form;
}

/* A new form, whose first spelling is set by the caller. */
static tsl_status reserve(tsl__shown_ids *ids, size_t count, tsl_error *err)
{
    const size_t before = ids->capacity;
    void *id = ids->id;
    tsl_status status = TSL_OK;
    TSL__NEED(tsl__reserve(&id, &ids->capacity, count, sizeof *ids->id) == 0);
    ids->id = id;
    if (ids->capacity > before) {
        memset(ids->id + before, 0, (ids->capacity - before) * sizeof *ids->id);
    }
done:
    return status;
}

static tsl_status replace(char **text, tsl__span by, tsl_error *err)
{
    char *copy;
    tsl_status status = TSL_OK;
    TSL__NEED(copy = tsl__strndup(by.s, by.n));
    free(*text);
    *text = copy;
done:
    return status;
}

tsl_status tsl__shown_ids_add(tsl__shown_ids *ids, tsl__span form, tsl__span spelling, tsl_error *err)
{
    const size_t before = ids->form ? tsl__dict_get_count(ids->form) : 0;
    int32_t code;
    tsl_status status = TSL_OK;
    TSL__NEED(ids->form || (ids->form = tsl__dict_open()));
    TSL__TRY(reserve(ids, before + 1, err));
    TSL__NEED((code = tsl__dict_add(ids->form, form.s, form.n)) >= 0);
    struct tsl__shown_id *id = &ids->id[code];
    if ((size_t)code < before) {
        const tsl__span shown = get_shown(ids, code);
        const int order = compare(spelling, shown);
        const tsl__span other = order < 0 ? shown : spelling;
        if (order == 0) {
            return TSL_OK;
        }
        TSL__TRY(!id->other || compare(other, tsl__span_make(id->other)) > 0 ? replace(&id->other, other, err)
                                                                             : TSL_OK);
        if (order > 0) {
            return TSL_OK;
        }
    }
    if (tsl__span_equal(form, spelling)) {
        free(id->text);
        id->text = NULL;
    } else {
        TSL__TRY(replace(&id->text, spelling, err));
    }
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
        TSL__TRY(other->id[i].other ? tsl__shown_ids_add(ids, form, tsl__span_make(other->id[i].other), err) : TSL_OK);
    }
done:
    return status;
}

const char *tsl__shown_ids_get(const tsl__shown_ids *ids, const char *form)
{
    const int32_t code = ids->form ? tsl__dict_get(ids->form, form, strlen(form)) : -1;
    return code < 0 ? NULL : get_shown(ids, code).s;
}

tsl__joined_ids tsl__shown_ids_find_joined(const tsl__shown_ids *ids, const tsl__shown_ids *known)
{
    const size_t count = ids->form ? tsl__dict_get_count(ids->form) : 0;
    const char *least = NULL;
    tsl__joined_ids joined = {.count = 0};
    for (size_t i = 0; i < count; i++) {
        const char *form = tsl__dict_get_text(ids->form, (int32_t)i, NULL), *own = get_shown(ids, (int32_t)i).s;
        const char *theirs = known ? tsl__shown_ids_get(known, form) : NULL;
        const char *other = ids->id[i].other ? ids->id[i].other : theirs && strcmp(theirs, own) != 0 ? theirs : NULL;
        joined.count += other != NULL;
        if (other && (!least || strcmp(form, least) < 0)) {
            least = form;
            joined.one = own;
            joined.other = other;
        }
    }
    return joined;
}

void tsl__shown_ids_free(tsl__shown_ids *ids)
{
    const size_t count = ids->form ? tsl__dict_get_count(ids->form) : 0;
    for (size_t i = 0; i < count && i < ids->capacity; i++) {
        free(ids->id[i].text);
        free(ids->id[i].other);
    }
    free(ids->id);
    tsl__dict_free(ids->form);
    *ids = (tsl__shown_ids){0};
}
