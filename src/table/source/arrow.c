/*
 * arrow.c: Arrow's arrays as columns of cells.
 *
 * Formats and buffers: the Arrow columnar format and its C data interface
 * (arrow.apache.org/docs/format/CDataInterface.html). A producer in the same
 * process is trusted for its pointers, and for the lengths of those buffers
 * whose lengths the interface does not tell, and for nothing else.
 */
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "table/source/arrays.h"

#define MAX_SCALE 38

static const struct format_line {
    const char *format;
    tsl__cell_layout layout;
    tsl__cell_content content;
    size_t width;       /* bytes of a value, 0 where it has none of its own */
    int64_t per_second; /* times */
} formats[] = {
    {"n", TSL__LAYOUT_NULL, TSL__CONTENT_NUMBER, 0, 1},
    {"b", TSL__LAYOUT_BIT, TSL__CONTENT_BOOLEAN, 0, 1},
    {"c", TSL__LAYOUT_SIGNED, TSL__CONTENT_NUMBER, 1, 1},
    {"C", TSL__LAYOUT_UNSIGNED, TSL__CONTENT_NUMBER, 1, 1},
    {"s", TSL__LAYOUT_SIGNED, TSL__CONTENT_NUMBER, 2, 1},
    {"S", TSL__LAYOUT_UNSIGNED, TSL__CONTENT_NUMBER, 2, 1},
    {"i", TSL__LAYOUT_SIGNED, TSL__CONTENT_NUMBER, 4, 1},
    {"I", TSL__LAYOUT_UNSIGNED, TSL__CONTENT_NUMBER, 4, 1},
    {"l", TSL__LAYOUT_SIGNED, TSL__CONTENT_NUMBER, 8, 1},
    {"L", TSL__LAYOUT_UNSIGNED, TSL__CONTENT_NUMBER, 8, 1},
    {"e", TSL__LAYOUT_FLOAT, TSL__CONTENT_NUMBER, 2, 1},
    {"f", TSL__LAYOUT_FLOAT, TSL__CONTENT_NUMBER, 4, 1},
    {"g", TSL__LAYOUT_FLOAT, TSL__CONTENT_NUMBER, 8, 1},
    {"d:", TSL__LAYOUT_WIDE, TSL__CONTENT_NUMBER, 16, 1},
    {"u", TSL__LAYOUT_OFFSETS32, TSL__CONTENT_NUMBER, 0, 1},
    {"U", TSL__LAYOUT_OFFSETS64, TSL__CONTENT_NUMBER, 0, 1},
    {"vu", TSL__LAYOUT_VIEW, TSL__CONTENT_NUMBER, 16, 1},
    {"tdD", TSL__LAYOUT_SIGNED, TSL__CONTENT_DAY, 4, 1},
    {"tdm", TSL__LAYOUT_SIGNED, TSL__CONTENT_TIME, 8, 1000},
    {"tss:", TSL__LAYOUT_SIGNED, TSL__CONTENT_TIME, 8, 1},
    {"tsm:", TSL__LAYOUT_SIGNED, TSL__CONTENT_TIME, 8, 1000},
    {"tsu:", TSL__LAYOUT_SIGNED, TSL__CONTENT_TIME, 8, 1000000},
    {"tsn:", TSL__LAYOUT_SIGNED, TSL__CONTENT_TIME, 8, 1000000000},
};
#define FORMATS (sizeof formats / sizeof *formats)

/* "d:10,2" and "tss:UTC" by what stands in front of their parameters. */
static const struct format_line *find_format(const char *format)
{
    for (size_t i = 0; i < FORMATS; i++) {
        size_t n = strlen(formats[i].format);
        int open = formats[i].format[n - 1] == ':';
        if (strncmp(format, formats[i].format, n) == 0 && (open || format[n] == 0)) {
            return &formats[i];
        }
    }
    return NULL;
}

/* "UTC", "+08:00", "" -> seconds that its clock is ahead; -1 for a zone that needs a table of zones,
 * and for what is none. */
static int read_zone(const char *zone, int64_t *ahead)
{
    static const char *const none[] = {"", "UTC", "Etc/UTC", "GMT", "Etc/GMT", "Z", "Zulu"};
    *ahead = 0;
    for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
        if (strcmp(zone, none[i]) == 0) {
            return 0;
        }
    }
    int digit[4];
    for (size_t i = 0; i < 4; i++) {
        char c = strlen(zone) == 6 ? zone[1 + i + (i > 1)] : 0;
        if (c < '0' || c > '9') {
            return -1;
        }
        digit[i] = c - '0';
    }
    int hours = digit[0] * 10 + digit[1], minutes = digit[2] * 10 + digit[3];
    *ahead = (hours * 60 + minutes) * 60;
    *ahead = *zone == '-' ? -*ahead : *ahead;
    return (*zone == '+' || *zone == '-') && zone[3] == ':' && minutes < 60 &&
                   hours * 60 + minutes <= TSL__ZONE_MINUTES_MAX
               ? 0
               : -1;
}

/* "10,2" or "10,2,128" behind "d:"; -1 for another width, or a scale that is not read. */
static int read_scale(const char *parameters, int *places)
{
    const char *scale = strchr(parameters, ',');
    size_t digits = scale ? strspn(scale + 1, "0123456789") : 0;
    if (digits < 1 || digits > 2) {
        return -1;
    }
    *places = (int)strtol(scale + 1, NULL, 10);
    const char *rest = scale + 1 + digits;
    return *places <= MAX_SCALE && (*rest == 0 || strcmp(rest, ",128") == 0) ? 0 : -1;
}

/* The clock of times of a zone; *bad: 1 for a zone that is none. */
static tsl_status open_clock(const char *zone, const tsl__zone *clock, tsl__cell_array *cells, int *bad, tsl_error *err)
{
    tsl_error why;
    tsl_status status = TSL_OK;
    cells->clock = *zone ? clock : NULL;
    if (cells->clock || read_zone(zone, &cells->zone) == 0) {
        return TSL_OK;
    }
    if ((*bad = !strchr(zone, '/'))) { /* most of what else there is stands for several zones */
        return TSL_OK;
    }
    status = tsl__zone_open(zone, &cells->own_clock, &why);
    cells->clock = cells->own_clock;
    *bad = status != TSL_OK;
    return status == TSL_E_NOMEM ? tsl__error_nomem(err) : TSL_OK;
}

static tsl_status open_plain(const struct ArrowSchema *schema, const tsl__zone *clock, tsl__cell_array *out,
                             tsl_error *err)
{
    const struct format_line *line = schema->format ? find_format(schema->format) : NULL;
    *out = (tsl__cell_array){.layout = TSL__LAYOUT_UNKNOWN};
    if (!line) {
        return TSL_OK;
    }
    const char *parameters = schema->format + strlen(line->format);
    tsl__cell_array cells = {.layout = line->layout,
                             .content = line->content,
                             .stride = line->width,
                             .width = line->width,
                             .per_second = line->per_second};
    int bad = 0;
    tsl_status status = TSL_OK;
    if (line->layout == TSL__LAYOUT_WIDE) {
        bad = read_scale(parameters, &cells.places);
    } else if (line->content == TSL__CONTENT_TIME) {
        status = open_clock(parameters, clock, &cells, &bad, err);
    }
    if (status == TSL_OK && !bad) {
        *out = cells;
    }
    return status;
}

tsl_status tsl__arrow_open(const struct ArrowSchema *schema, const tsl__zone *clock, tsl__cell_array *out,
                           tsl__cell_array *levels, tsl_error *err)
{
    tsl_status status = TSL_OK;
    TSL__TRY(open_plain(schema, clock, out, err));
    if (!schema->dictionary) {
        return TSL_OK;
    }
    TSL__TRY(open_plain(schema->dictionary, clock, levels, err));
    int is_index = (out->layout == TSL__LAYOUT_SIGNED || out->layout == TSL__LAYOUT_UNSIGNED) &&
                   out->content == TSL__CONTENT_NUMBER;
    if (!is_index || levels->layout == TSL__LAYOUT_UNKNOWN || schema->dictionary->dictionary) {
        out->layout = TSL__LAYOUT_UNKNOWN;
        return TSL_OK;
    }
    out->content = TSL__CONTENT_CODE;
    out->levels = levels;
done:
    return status;
}

/* Buffers of a layout, the bitmap of what is there included. */
static int64_t count_buffers(tsl__cell_layout layout)
{
    switch (layout) {
    case TSL__LAYOUT_NULL:
        return 0;
    case TSL__LAYOUT_OFFSETS32:
    case TSL__LAYOUT_OFFSETS64:
    case TSL__LAYOUT_VIEW:
        return 3;
    default:
        return 2;
    }
}

/* Where texts lie that are not in the values themselves. */
static void fill_texts(const struct ArrowArray *a, size_t first, tsl__cell_array *c)
{
    if (c->layout == TSL__LAYOUT_VIEW) {
        c->buffer = (const unsigned char *const *)a->buffers + 2;
        c->buffers = (size_t)a->n_buffers - 3; /* the last one holds their sizes */
        c->sizes = a->buffers[a->n_buffers - 1];
    } else if (c->layout == TSL__LAYOUT_OFFSETS32 || c->layout == TSL__LAYOUT_OFFSETS64) {
        c->begins = (const unsigned char *)a->buffers[1] + first * (c->layout == TSL__LAYOUT_OFFSETS32 ? 4 : 8);
        c->data = a->buffers[2];
    }
}

/* Where the values lie, behind the first `skip`; -1 where the array is not as its schema says. */
static int fill_plain(const struct ArrowArray *a, size_t skip, size_t rows, tsl__cell_array *c)
{
    int64_t buffers = count_buffers(c->layout);
    size_t first = (size_t)a->offset + skip;
    if (a->length < 0 || a->offset < 0 || a->n_buffers < buffers || (uint64_t)a->length < (uint64_t)skip + rows ||
        (buffers && !a->buffers)) {
        return -1;
    }
    if (!buffers || !rows) {
        return 0;
    }
    if (!a->buffers[1]) {
        return -1;
    }
    c->valid = a->null_count == 0 ? NULL : a->buffers[0];
    c->valid_from = c->from = first;
    c->data = (const unsigned char *)a->buffers[1] + first * c->stride; /* booleans: from the first bit on */
    fill_texts(a, first, c);
    return tsl__cell_array_check(c, rows);
}

tsl_status tsl__arrow_fill(const struct ArrowArray *array, const char *name, size_t skip, size_t rows,
                           tsl__cell_array *cells, tsl__cell_array *levels, tsl_error *err)
{
    if (cells->layout == TSL__LAYOUT_UNKNOWN) {
        return TSL_OK; /* not used */
    }
    int bad = fill_plain(array, skip, rows, cells);
    if (!bad && cells->levels) {
        const struct ArrowArray *dictionary = array->dictionary;
        bad = !dictionary || dictionary->length < 0 || fill_plain(dictionary, 0, (size_t)dictionary->length, levels);
        cells->level_count = bad ? 0 : (size_t)dictionary->length;
    }
    return bad ? tsl__error_set(err, TSL_E_INPUT, "Arrow stream: column \"%s\" is not as its schema says", name)
               : TSL_OK;
}
