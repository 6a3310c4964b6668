/* suppression.c: a set of ids, by what they are and by the form that their spellings share. */
#include "table/cell/suppression.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/dict.h"
#include "base/error.h"
#include "table/cell/id_spelling.h"

/* A flag is set by whichever thread meets the customer, always to the same. */
struct tsl_suppression {
    tsl__dict *id, *form;
    int32_t *form_of;            /* one an id */
    uint8_t *found, *found_form; /* one an id, one a form */
    size_t room, form_of_room, form_room;
};

#define FORM_BYTES 256 /* longer ones are no ids that somebody types */

void tsl_suppression_free(tsl_suppression *s)
{
    if (s) {
        tsl__dict_free(s->id);
        tsl__dict_free(s->form);
        free(s->form_of);
        free(s->found);
        free(s->found_form);
        free(s);
    }
}

tsl_status tsl__suppression_open(tsl_suppression **out, tsl_error *err)
{
    tsl_suppression *s;
    tsl_status status = TSL_OK;
    *out = NULL;
    TSL__NEED(s = tsl__alloc_zero(1, sizeof *s));
    *out = s;
    TSL__NEED(s->id = tsl__dict_open());
    TSL__NEED(s->form = tsl__dict_open());
done:
    if (status != TSL_OK) {
        tsl_suppression_free(*out);
        *out = NULL;
    }
    return status;
}

static tsl__span get_form(tsl__span id, char room[FORM_BYTES])
{
    unsigned traits;
    return id.n <= FORM_BYTES ? (tsl__span){room, tsl__id_normalise(id, room, &traits)} : id;
}

static tsl_status reserve(uint8_t **flag, size_t *room, size_t count, tsl_error *err)
{
    const size_t before = *room;
    void *grown = *flag;
    tsl_status status = TSL_OK;
    TSL__NEED(tsl__reserve(&grown, room, count, 1) == 0);
    *flag = grown;
    memset(*flag + before, 0, *room - before);
done:
    return status;
}

tsl_status tsl__suppression_add(tsl_suppression *s, const char *id, tsl_error *err)
{
    char room[FORM_BYTES];
    const size_t before = tsl__dict_get_count(s->id);
    const tsl__span form = get_form(tsl__span_make(id), room);
    void *form_of = s->form_of;
    int32_t code;
    tsl_status status = TSL_OK;
    TSL__NEED((code = tsl__dict_add(s->id, id, strlen(id))) >= 0);
    if ((size_t)code < before) {
        return TSL_OK;
    }
    TSL__NEED(tsl__reserve(&form_of, &s->form_of_room, before + 1, sizeof *s->form_of) == 0);
    s->form_of = form_of;
    TSL__NEED((s->form_of[code] = tsl__dict_add(s->form, form.s, form.n)) >= 0);
    TSL__TRY(reserve(&s->found, &s->room, before + 1, err));
    TSL__TRY(reserve(&s->found_form, &s->form_room, tsl__dict_get_count(s->form), err));
done:
    return status;
}

static void mark(uint8_t *flag)
{
    uint8_t is_set;
#pragma omp atomic read
    is_set = *flag;
    if (!is_set) {
#pragma omp atomic write
        *flag = 1;
    }
}

int tsl__suppression_has(const tsl_suppression *s, tsl__span id, int by_form)
{
    char room[FORM_BYTES];
    const tsl__span key = by_form ? get_form(id, room) : id;
    const int32_t code = tsl__dict_get(by_form ? s->form : s->id, key.s, key.n);
    if (code >= 0) {
        mark(by_form ? &s->found_form[code] : &s->found[code]);
    }
    return code >= 0;
}

const char *tsl__suppression_get_id(const tsl_suppression *s, size_t number)
{
    return tsl__dict_get_text(s->id, (int32_t)number, NULL);
}

void tsl__suppression_mark(const tsl_suppression *s, size_t number)
{
    mark(&s->found[number]);
}

tsl_suppression_info tsl_suppression_get_info(const tsl_suppression *s)
{
    tsl_suppression_info info = {.ids = tsl__dict_get_count(s->id)};
    for (size_t i = 0; i < info.ids; i++) {
        info.found += s->found[i] || s->found_form[s->form_of[i]];
    }
    return info;
}
