/*
 * pseudonyms.c: ids -> HMAC-SHA-256 under a key, in base32.
 *
 * 130 bits: whoever has no key learns nothing of an id by trying, and no two customers of 2^40 meet by more than chance
 * of 2^-50. Base32 in small letters, since a spreadsheet takes hexadecimal digits with one e for a number.
 */
#include "table/cell/pseudonyms.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/error.h"
#include "base/hash.h"
#include "base/parallel.h"
#include "store/files/key_file.h"
#include "table/cell/id_spelling.h"

#define FINGERPRINT_BYTES (TSL_FINGERPRINT_CHARS / 2)
#define FINGERPRINT_OF "tesela key fingerprint"

struct tsl_pseudonyms {
    tsl__hmac *hmac; /* never hashed with itself, but copied */
    char fingerprint[2 * FINGERPRINT_BYTES + 1];
};

struct tsl__pseudonymiser {
    tsl__hmac *hmac;
};

void tsl_pseudonyms_free(tsl_pseudonyms *pseudonyms)
{
    if (pseudonyms) {
        tsl__hmac_free(pseudonyms->hmac);
        free(pseudonyms);
    }
}

/* Which key it is, and nothing else of it. */
static tsl_status put_fingerprint(tsl_pseudonyms *p, tsl_error *err)
{
    static const char hex[] = "0123456789abcdef";
    unsigned char hash[TSL__HMAC_BYTES];
    tsl__hmac *hmac;
    tsl_status status = TSL_OK;
    TSL__NEED(hmac = tsl__hmac_copy(p->hmac));
    TSL__NEED(tsl__hmac_hash(hmac, FINGERPRINT_OF, strlen(FINGERPRINT_OF), hash) == 0);
    for (size_t i = 0; i < FINGERPRINT_BYTES; i++) {
        p->fingerprint[2 * i] = hex[hash[i] >> 4];
        p->fingerprint[2 * i + 1] = hex[hash[i] & 15];
    }
done:
    tsl__hmac_free(hmac);
    return status;
}

tsl_status tsl_pseudonyms_build(const void *key, size_t bytes, tsl_pseudonyms **out, tsl_error *err)
{
    tsl_pseudonyms *p = NULL;
    tsl_status status = TSL_OK;
    *out = NULL;
    tsl__error_reset(err);
    if (!key || bytes < TSL_KEY_LEAST || bytes > TSL_KEY_MOST) {
        return tsl__error_set(err, TSL_E_OPTION, "a key of %zu bytes: %d to %d are expected", key ? bytes : 0,
                              TSL_KEY_LEAST, TSL_KEY_MOST);
    }
    TSL__NEED(p = tsl__alloc_zero(1, sizeof *p));
    TSL__NEED(p->hmac = tsl__hmac_open(key, bytes));
    TSL__TRY(put_fingerprint(p, err));
    *out = p;
    p = NULL;
done:
    tsl_pseudonyms_free(p);
    return status;
}

tsl_status tsl_pseudonyms_read(const char *path, tsl_pseudonyms **out, tsl_error *err)
{
    unsigned char key[TSL_KEY_MOST];
    size_t bytes = 0;
    tsl_status status = TSL_OK;
    *out = NULL;
    tsl__error_reset(err);
    TSL__TRY(tsl__key_file_read(path, sizeof key, key, &bytes, err));
    TSL__TRY(bytes < TSL_KEY_LEAST
                 ? tsl__error_set(err, TSL_E_INPUT,
                                  "%s: a key of %zu bytes, expected at least %d: openssl rand -hex 32 makes one", path,
                                  bytes, TSL_KEY_LEAST)
                 : tsl_pseudonyms_build(key, bytes, out, err));
done:
    tsl__hash_wipe(key, sizeof key);
    return status;
}

const char *tsl_pseudonyms_get_fingerprint(const tsl_pseudonyms *pseudonyms)
{
    return pseudonyms->fingerprint;
}

const char *tsl__pseudonyms_find_fingerprint(const tsl_pseudonyms *pseudonyms)
{
    return pseudonyms ? pseudonyms->fingerprint : "";
}

/* ---- Ids ----------------------------------------------------------------------- */

tsl_status tsl__pseudonymiser_open(const tsl_pseudonyms *pseudonyms, tsl__pseudonymiser **out, tsl_error *err)
{
    tsl__pseudonymiser *maker;
    tsl_status status = TSL_OK;
    *out = NULL;
    TSL__NEED(maker = tsl__alloc_zero(1, sizeof *maker));
    *out = maker;
    TSL__NEED(maker->hmac = tsl__hmac_copy(pseudonyms->hmac));
done:
    if (status != TSL_OK) {
        tsl__pseudonymiser_free(*out);
        *out = NULL;
    }
    return status;
}

void tsl__pseudonymiser_free(tsl__pseudonymiser *maker)
{
    if (maker) {
        tsl__hmac_free(maker->hmac);
        free(maker);
    }
}

/* The first bits of the hash, five a letter. */
static void put_base32(const unsigned char hash[TSL__HMAC_BYTES], char out[TSL_PSEUDONYM_CHARS + 1])
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz234567";
    unsigned bits = 0, held = 0;
    for (size_t i = 0, byte = 0; i < TSL_PSEUDONYM_CHARS; i++) {
        if (held < 5) {
            bits = bits << 8 | hash[byte++];
            held += 8;
        }
        held -= 5;
        out[i] = letters[bits >> held & 31];
    }
    out[TSL_PSEUDONYM_CHARS] = '\0';
}

tsl_status tsl__pseudonymiser_put(tsl__pseudonymiser *maker, const char *id, size_t bytes,
                                  char out[TSL_PSEUDONYM_CHARS + 1], tsl_error *err)
{
    unsigned char hash[TSL__HMAC_BYTES];
    tsl_status status = TSL_OK;
    TSL__NEED(tsl__hmac_hash(maker->hmac, id, bytes, hash) == 0);
    put_base32(hash, out);
done:
    return status;
}

tsl_status tsl__pseudonymiser_put_forms(tsl__pseudonymiser *maker, const char *id, tsl__pseudonym_forms *out,
                                        tsl_error *err)
{
    const tsl__span written = tsl__span_make(id);
    unsigned traits;
    char *form = NULL;
    tsl_status status = TSL_OK;
    TSL__NEED(form = tsl__alloc(written.n + 1, 1));
    const size_t bytes = tsl__id_normalise(written, form, &traits);
    TSL__TRY(tsl__pseudonymiser_put(maker, written.s, written.n, (*out)[0], err));
    TSL__TRY(tsl__pseudonymiser_put(maker, form, bytes, (*out)[1], err));
done:
    free(form);
    return status;
}

tsl_status tsl_pseudonyms_get_id(const tsl_pseudonyms *pseudonyms, const char *id, char out[TSL_PSEUDONYM_CHARS + 1],
                                 tsl_error *err)
{
    tsl__pseudonymiser *maker = NULL;
    tsl_status status = TSL_OK;
    *out = '\0';
    tsl__error_reset(err);
    TSL__TRY(tsl__pseudonymiser_open(pseudonyms, &maker, err));
    TSL__TRY(tsl__pseudonymiser_put(maker, id, strlen(id), out, err));
done:
    tsl__pseudonymiser_free(maker);
    return status;
}

/* ---- Many of them ----------------------------------------------------------------- */

typedef struct many {
    const tsl_pseudonyms *pseudonyms;
    char **id;
} many;

static tsl_status replace_some(const many *of, size_t begin, size_t end, tsl_error *err)
{
    tsl__pseudonymiser *maker = NULL;
    tsl_status status = TSL_OK;
    TSL__TRY(tsl__pseudonymiser_open(of->pseudonyms, &maker, err));
    for (size_t i = begin; i < end; i++) {
        char *text;
        TSL__NEED(text = tsl__alloc(TSL_PSEUDONYM_CHARS + 1, 1));
        status = tsl__pseudonymiser_put(maker, of->id[i], strlen(of->id[i]), text, err);
        free(of->id[i]);
        of->id[i] = text;
        TSL__TRY(status);
    }
done:
    tsl__pseudonymiser_free(maker);
    return status;
}

tsl_status tsl__pseudonyms_replace(const tsl_pseudonyms *pseudonyms, char **id, size_t count, int threads,
                                   tsl_error *err)
{
    const many of = {pseudonyms, id};
    const size_t blocks = tsl__block_count(count);
    tsl_status status = TSL_OK;
#pragma omp parallel for num_threads(threads) schedule(static)
    for (size_t b = 0; b < blocks; b++) {
        tsl_error own = {.status = TSL_OK};
        size_t begin, end;
        tsl__block_get(count, b, &begin, &end);
        const tsl_status done = replace_some(&of, begin, end, &own);
        if (done != TSL_OK) {
#pragma omp critical(pseudonyms_replace)
            status = tsl__error_take(err, &own);
        }
    }
    return status;
}

tsl_status tsl__pseudonyms_check_key(const char *what, const char *had, const char *has, tsl_error *err)
{
    if (strcmp(had, has) == 0) {
        return TSL_OK;
    }
    return !*has
               ? tsl__error_set(err, TSL_E_INPUT,
                                "%s: its customers are pseudonyms by the key %s: --pseudonymise KEYFILE with that key "
                                "tells who is who",
                                what, had)
           : !*had
               ? tsl__error_set(err, TSL_E_INPUT,
                                "%s: its customers stand by their own ids, and not by pseudonyms: none of them would "
                                "be found again by the key %s",
                                what, has)
               : tsl__error_set(err, TSL_E_INPUT,
                                "%s: its customers are pseudonyms by another key, %s, than the one given, %s: the "
                                "same customer has another pseudonym by each",
                                what, had, has);
}
