/*
 * rename.c: features that are there already: some customers leave, and those who stay are called otherwise.
 *
 * Rows stand in the order of ids. So they are put in the order of the new ones: one that stayed would tell who is who.
 */
#include "feature/rename.h"

#include "base/alloc.h"
#include "base/error.h"
#include "base/notes.h"
#include "base/text_order.h"
#include "table/cell/pseudonyms.h"
#include "table/cell/suppression.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- Who leaves ------------------------------------------------------------------- */

static tsl_status fail_unknown(const tsl_features *features, const char *what, tsl_error *err)
{
    return tsl__error_set(
        err, TSL_E_OPTION,
        "suppression: %s: its customers are pseudonyms by the key %s: --pseudonymise KEYFILE with that "
        "key tells who is who",
        what, features->recipe->pseudonyms);
}

/* stays[i]: 0 where customer i leaves. */
static tsl_status find_leaving(const tsl_features *features, const tsl_pseudonyms *key,
                               const tsl_suppression *suppression, uint8_t *stays, tsl_error *err)
{
    const size_t ids = tsl_suppression_get_info(suppression).ids;
    tsl__pseudonymiser *maker = NULL;
    tsl_status status = TSL_OK;
    TSL__TRY(key ? tsl__pseudonymiser_open(key, &maker, err) : TSL_OK);
    for (size_t i = 0; i < ids; i++) {
        const char *id = tsl__suppression_get_id(suppression, i);
        char name[TSL_PSEUDONYM_CHARS + 1];
        if (key) {
            TSL__TRY(tsl__pseudonymiser_put(maker, id, strlen(id), name, err));
            id = name;
        }
        const size_t at = tsl_features_get_customer(features, id);
        if (at < features->customers) {
            stays[at] = 0;
            tsl__suppression_mark(suppression, i);
        }
    }
done:
    tsl__pseudonymiser_free(maker);
    return status;
}

/* ---- Who is who ----------------------------------------------------------------------- */

tsl_status tsl_features_get_customer_by_key(const tsl_features *features, const char *id, const tsl_pseudonyms *key,
                                            size_t *customer, tsl_error *err)
{
    tsl__pseudonymiser *maker = NULL;
    tsl__pseudonym_forms form;
    tsl_status status = TSL_OK;
    *customer = features->customers;
    tsl__error_reset(err);
    TSL__TRY(tsl__pseudonyms_check_key("the features", features->recipe->pseudonyms,
                                       tsl__pseudonyms_find_fingerprint(key), err));
    *customer = tsl_features_get_customer(features, id);
    if (!key || *customer < features->customers) {
        return TSL_OK;
    }
    TSL__TRY(tsl__pseudonymiser_open(key, &maker, err));
    TSL__TRY(tsl__pseudonymiser_put_forms(maker, id, &form, err));
    for (int f = 0; f < TSL__PSEUDONYM_FORMS && *customer == features->customers; f++) {
        *customer = tsl_features_get_customer(features, form[f]);
    }
done:
    tsl__pseudonymiser_free(maker);
    return status;
}

/* ---- Rows in another order ----------------------------------------------------------- */

/* The rows `row` of cells of `size` bytes a row, in place of all. */
static tsl_status take_rows(void *cells, size_t size, const uint32_t *row, size_t count, tsl_error *err)
{
    void **of = cells;
    char *taken;
    tsl_status status = TSL_OK;
    if (!*of || size == 0) {
        return TSL_OK;
    }
    TSL__NEED(taken = tsl__alloc(count, size));
    for (size_t i = 0; i < count; i++) {
        memcpy(taken + i * size, (const char *)*of + row[i] * size, size);
    }
    free(*of);
    *of = taken;
done:
    return status;
}

static tsl_status take_all(tsl_features *f, const uint32_t *row, size_t count, tsl_error *err)
{
    tsl_status status = TSL_OK;
    TSL__TRY(take_rows(&f->x, f->feature_count * sizeof *f->x, row, count, err));
    TSL__TRY(take_rows(&f->history, TSL_HISTORY_COLUMNS * sizeof *f->history, row, count, err));
    TSL__TRY(take_rows(&f->apart, sizeof *f->apart, row, count, err));
    for (int g = 0; g < TSL_GROUPS; g++) {
        tsl_vector *v = &f->vector[g];
        TSL__TRY(take_rows(&v->values, v->cols * sizeof *v->values, row, count, err));
    }
    for (size_t c = 0; c < f->category_count; c++) {
        TSL__TRY(take_rows(&f->category[c].code, sizeof *f->category[c].code, row, count, err));
    }
done:
    return status;
}

/* Those who stay, by their names in bytewise order. */
static tsl_status rename_rows(tsl_features *f, char **name, const uint32_t *row, size_t count, tsl_error *err)
{
    tsl__order_text *text = NULL;
    const char **sorted = NULL;
    uint32_t *place = NULL, *from = NULL;
    char **id = NULL;
    size_t width = 0;
    tsl_status status = TSL_OK;
    TSL__NEED(text = tsl__alloc(count, sizeof *text));
    TSL__NEED(sorted = tsl__alloc(count, sizeof *sorted));
    TSL__NEED(place = tsl__alloc(count, sizeof *place));
    TSL__NEED(from = tsl__alloc(count, sizeof *from));
    for (size_t i = 0; i < count; i++) {
        text[i] = (tsl__order_text){name[i], strlen(name[i])};
        width = text[i].n > width ? text[i].n : width;
    }
    TSL__NEED(tsl__text_order(text, count, place) == 0);
    for (size_t i = 0; i < count; i++) {
        sorted[i] = name[place[i]];
        from[i] = row[place[i]];
    }
    TSL__NEED(id = tsl__texts_pack(sorted, count));
    TSL__TRY(take_all(f, from, count, err));
    free(f->id);
    f->id = id;
    f->id_width = width;
    f->customers = f->info.customers = count;
    id = NULL;
done:
    free(text);
    free(sorted);
    free(place);
    free(from);
    free(id);
    return status;
}

static tsl_status note_left(tsl_features *f, size_t left, tsl_error *err)
{
    return left ? tsl__notes_add(
                      &f->info.notes,
                      "%zu customer%s left out, being suppressed; counts of lines and orders and sums of money "
                      "that the features file has are with them",
                      left, left == 1 ? " is" : "s are")
                : TSL_OK;
}

tsl_status tsl__features_rename(tsl_features *f, const char *what, const tsl_pseudonyms *key,
                                const tsl_suppression *suppression, int threads, tsl_error *err)
{
    const char *has = tsl__pseudonyms_find_fingerprint(key);
    const int renames = key && !*f->recipe->pseudonyms;
    uint8_t *stays = NULL;
    uint32_t *row = NULL;
    char **name = NULL;
    size_t count = 0;
    tsl_status status = TSL_OK;
    TSL__TRY(key && !renames ? tsl__pseudonyms_check_key(what, f->recipe->pseudonyms, has, err) : TSL_OK);
    TSL__TRY(suppression && !key && *f->recipe->pseudonyms ? fail_unknown(f, what, err) : TSL_OK);
    if (!f->id || (!renames && !suppression)) {
        return TSL_OK;
    }
    TSL__NEED(stays = tsl__alloc(f->customers, 1));
    memset(stays, 1, f->customers);
    TSL__TRY(suppression ? find_leaving(f, renames ? NULL : key, suppression, stays, err) : TSL_OK);
    TSL__NEED(row = tsl__alloc(f->customers, sizeof *row));
    TSL__NEED(name = tsl__alloc_zero(f->customers, sizeof *name));
    for (size_t i = 0; i < f->customers; i++) {
        if (stays[i]) {
            TSL__NEED(name[count] = tsl__strdup(f->id[i]));
            row[count++] = (uint32_t)i;
        }
    }
    TSL__TRY(count ? note_left(f, f->customers - count, err)
                   : tsl__error_set(err, TSL_E_INPUT, "%s: all of its customers are suppressed", what));
    TSL__TRY(renames ? tsl__pseudonyms_replace(key, name, count, threads, err) : TSL_OK);
    TSL__TRY(rename_rows(f, name, row, count, err));
    if (renames) {
        snprintf(f->recipe->pseudonyms, sizeof f->recipe->pseudonyms, "%s", has);
    }
done:
    tsl__free_texts(name, name ? count : 0);
    free(stays);
    free(row);
    return status;
}
