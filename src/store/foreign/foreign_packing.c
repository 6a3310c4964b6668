/* foreign_packing.c: numbers that an array's attributes scale, shift, or call missing. */
#include "store/foreign/foreign_packing.h"

#include "base/alloc.h"
#include "base/text.h"
#include "store/foreign/foreign.h"
#include "store/foreign/foreign_find.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- Attributes ---- */

/* The numbers of an attribute, in their own type, which is to be closed. */
typedef struct numbers {
    hid_t type;
    size_t count, width;
    unsigned char value[TSL__PACKING_VALUES * sizeof(int64_t)];
} numbers;

/* 1: there is such an attribute. `out` has no value where it is no number, or of too many. */
static int open_numbers(hid_t set, const char *name, numbers *out)
{
    hid_t attribute = H5Aexists(set, name) > 0 ? H5Aopen(set, name, H5P_DEFAULT) : -1;
    *out = (numbers){.type = -1};
    if (attribute < 0) {
        return 0;
    }
    hid_t space = H5Aget_space(attribute);
    const hssize_t count = H5Sget_simple_extent_npoints(space);
    out->type = H5Aget_type(attribute);
    if (tsl__foreign_is_number(out->type) && count > 0 && count <= TSL__PACKING_VALUES &&
        H5Aread(attribute, out->type, out->value) >= 0) {
        out->count = (size_t)count;
        out->width = H5Tget_size(out->type);
    }
    H5Sclose(space);
    H5Aclose(attribute);
    return 1;
}

/* So many numbers as doubles, that are all finite. 0 on success. */
static int get_doubles(const numbers *n, size_t count, double *out)
{
    int failed = n->count != count;
    if (!failed) {
        memcpy(out, n->value, n->count * n->width);
        failed = H5Tconvert(n->type, H5T_NATIVE_DOUBLE, n->count, out, NULL, H5P_DEFAULT) < 0;
    }
    for (size_t i = 0; i < count && !failed; i++) {
        failed = !isfinite(out[i]);
    }
    return failed ? -1 : 0;
}

/* ---- What each of them says: 0 on success ---- */

/* Of floats alone floats come. */
static void note_type(const numbers *n, tsl__packing *p)
{
    p->is_float &= H5Tget_class(n->type) == H5T_FLOAT && n->width <= sizeof(float);
}

static int take_scale(const numbers *n, hid_t cell, tsl__packing *p)
{
    double value;
    (void)cell;
    if (get_doubles(n, 1, &value) || value == 0) {
        return -1;
    }
    const double whole = nearbyint(1 / value);
    note_type(n, p);
    const int divides = fabs(whole) > 1 && value == (p->is_float ? (double)(float)(1 / whole) : 1 / whole);
    p->scale = value;
    p->parts = divides ? whole : 0;
    p->is_packed |= value != 1;
    return 0;
}

static int take_offset(const numbers *n, hid_t cell, tsl__packing *p)
{
    (void)cell;
    if (get_doubles(n, 1, &p->offset)) {
        return -1;
    }
    note_type(n, p);
    p->is_packed |= p->offset != 0;
    return 0;
}

static int is_nan(const numbers *n, size_t i)
{
    double value = 0;
    memcpy(&value, n->value + i * n->width, n->width);
    return H5Tget_class(n->type) == H5T_FLOAT &&
           H5Tconvert(n->type, H5T_NATIVE_DOUBLE, 1, &value, NULL, H5P_DEFAULT) >= 0 && isnan(value);
}

/* A number that the type of the values cannot hold is none of them; NaN is missing by itself. */
static int take_fill(const numbers *n, hid_t cell, tsl__packing *p)
{
    for (size_t i = 0; i < n->count; i++) {
        unsigned char *fill = p->fill[p->fills], back[sizeof p->fill[0]];
        if (is_nan(n, i)) {
            continue;
        }
        memcpy(fill, n->value + i * n->width, n->width);
        if (H5Tconvert(n->type, cell, 1, fill, NULL, H5P_DEFAULT) < 0) {
            return -1;
        }
        memcpy(back, fill, sizeof back);
        p->fills += H5Tconvert(cell, n->type, 1, back, NULL, H5P_DEFAULT) >= 0 &&
                    memcmp(back, n->value + i * n->width, n->width) == 0;
    }
    return n->count ? 0 : -1;
}

static int take_range(const numbers *n, hid_t cell, tsl__packing *p)
{
    double value[2];
    (void)cell;
    if (get_doubles(n, 2, value)) {
        return -1;
    }
    p->low = value[0];
    p->high = value[1];
    return 0;
}

static int take_least(const numbers *n, hid_t cell, tsl__packing *p)
{
    (void)cell;
    return get_doubles(n, 1, &p->low);
}

static int take_most(const numbers *n, hid_t cell, tsl__packing *p)
{
    (void)cell;
    return get_doubles(n, 1, &p->high);
}

static const struct {
    const char *name;
    int (*take)(const numbers *n, hid_t cell, tsl__packing *p); /* 0 on success */
} attributes[] = {{"scale_factor", take_scale}, {"add_offset", take_offset}, {"_FillValue", take_fill},
                  {"missing_value", take_fill}, {"valid_min", take_least},   {"valid_max", take_most},
                  {"valid_range", take_range}};
#define ATTRIBUTES (sizeof attributes / sizeof *attributes)

/* ---- The whole ---- */

static const char *fault(char what[TSL__PACKING_FAULT_BYTES], const char *name, const char *why)
{
    snprintf(what, TSL__PACKING_FAULT_BYTES, "has an attribute %s, %s", name, why);
    return what;
}

/* Texts and truths are not packed; that they are filled with nothing is how NetCDF says so. */
static const char *check_texts(tsl__foreign_texts *texts, hid_t set, char what[TSL__PACKING_FAULT_BYTES])
{
    for (size_t i = 0; i < ATTRIBUTES; i++) {
        numbers n;
        char text[64] = "";
        if (!open_numbers(set, attributes[i].name, &n)) {
            continue;
        }
        tsl__foreign_get_text(texts, set, attributes[i].name, text, sizeof text);
        const int is_nothing = H5Tget_class(n.type) == H5T_STRING && !*text;
        H5Tclose(n.type);
        if (!is_nothing) {
            return fault(what, attributes[i].name, "which is followed for numbers and times alone");
        }
    }
    return NULL;
}

/* What is counted otherwise than everybody takes it. */
static const char *check_words(tsl__foreign_texts *texts, hid_t set, int is_time, char what[TSL__PACKING_FAULT_BYTES])
{
    static const char *const calendars[] = {"", "standard", "gregorian", "proleptic_gregorian"};
    char text[64];
    int known = !is_time;
    tsl__foreign_get_text(texts, set, "calendar", text, sizeof text);
    for (size_t i = 0; i < sizeof calendars / sizeof *calendars; i++) {
        known |= tsl__is_same_folded(text, calendars[i]);
    }
    if (!known) {
        return fault(what, "calendar", "which is none of standard, gregorian, proleptic_gregorian");
    }
    tsl__foreign_get_text(texts, set, "_Unsigned", text, sizeof text);
    return tsl__is_same_folded(text, "true") ? fault(what, "_Unsigned", "which is not followed") : NULL;
}

const char *tsl__packing_read(tsl__foreign_texts *texts, hid_t set, hid_t cell, const tsl__foreign_column *column,
                              tsl__packing *out, char what[TSL__PACKING_FAULT_BYTES])
{
    const int is_time = column->kind == TSL__FOREIGN_TIME;
    const char *wrong = check_words(texts, set, is_time, what);
    *out = (tsl__packing){.is_float = 1, .scale = 1, .low = -INFINITY, .high = INFINITY};
    if (column->kind > TSL__FOREIGN_FLOAT && !is_time) {
        return wrong ? wrong : check_texts(texts, set, what);
    }
    for (size_t i = 0; i < ATTRIBUTES && !wrong; i++) {
        numbers n;
        if (open_numbers(set, attributes[i].name, &n)) {
            wrong =
                attributes[i].take(&n, cell, out) ? fault(what, attributes[i].name, "which cannot be followed") : NULL;
            H5Tclose(n.type);
        }
    }
    return !wrong && is_time && out->is_packed ? fault(what, "scale_factor or add_offset", "which no time may have")
                                               : wrong;
}

/* Which rows are there, in packed[]. */
static void find_missing(const tsl__packing *p, tsl__foreign_column *c, const double *packed, size_t rows)
{
    for (size_t row = 0; row < rows; row++) {
        const void *value = (const char *)c->values + row * c->width;
        int there = !(packed[row] < p->low || packed[row] > p->high);
        for (size_t i = 0; i < p->fills; i++) {
            there &= memcmp(value, p->fill[i], c->width) != 0;
        }
        c->valid[row / 8] |= (uint8_t)(there << row % 8);
    }
}

static void unpack(const tsl__packing *p, double *packed, size_t rows)
{
    for (size_t row = 0; row < rows; row++) {
        packed[row] = (p->parts != 0 ? packed[row] / p->parts : packed[row] * p->scale) + p->offset;
    }
    for (size_t row = 0; row < rows && p->is_float; row++) {
        const float value = (float)packed[row];
        memcpy((char *)packed + row * sizeof value, &value, sizeof value);
    }
}

int tsl__packing_is_none(const tsl__packing *p)
{
    return !p->is_packed && !p->fills && p->low == -INFINITY && p->high == INFINITY;
}

int tsl__packing_apply(const tsl__packing *p, hid_t cell, tsl__foreign_column *c, size_t rows)
{
    if (tsl__packing_is_none(p)) {
        return 0;
    }
    double *packed = tsl__alloc(rows, sizeof *packed);
    c->valid = tsl__alloc_zero(rows / 8 + 1, 1);
    if (!packed || !c->valid) {
        free(packed);
        return -1;
    }
    memcpy(packed, c->values, rows * c->width);
    H5Tconvert(H5Tget_class(cell) == H5T_OPAQUE ? H5T_NATIVE_INT64 : cell, H5T_NATIVE_DOUBLE, rows, packed, NULL,
               H5P_DEFAULT);
    find_missing(p, c, packed, rows);
    if (!p->is_packed) {
        free(packed);
        return 0;
    }
    unpack(p, packed, rows);
    free(c->values);
    c->values = packed;
    c->kind = TSL__FOREIGN_FLOAT;
    c->width = p->is_float ? sizeof(float) : sizeof(double);
    return 0;
}
