/*
 * arrow_stream.h: a stream of record batches made of the arrays of a test, as a producer would make it, in every form
 * that the arrays' types have in Arrow. What is in use at any time is counted, so that a leak shows.
 */
#ifndef TSL_TESTS_TABLE_ARROW_STREAM_H
#define TSL_TESTS_TABLE_ARROW_STREAM_H

#include "help.h"

#include <errno.h>

static int in_use; /* streams, schemas and arrays that are not released */

typedef struct stream_state {
    const tsl_array *array;
    size_t count, rows, next, batch, offset; /* rows a batch; values in front of the first one */
    unsigned form;                           /* chooses among the forms of a type */
    int fail_at;                             /* the batch that cannot be had, from 1; 0: none */
    int batches;
    int error;
} stream_state;

/* ---- Formats ----------------------------------------------------------------- */

static UNUSED const char *choose(const stream_state *s, const char *const *forms, size_t count)
{
    return forms[s->form % count];
}

static UNUSED const char *format_of(const stream_state *s, const tsl_array *a)
{
    static const char *const texts[] = {"u", "U", "vu"}, *const indices[] = {"i", "l", "s", "c", "I", "L"};
    static const char *const times[] = {"tss:", "tsm:", "tsu:UTC", "tsn:+00:00"}, *const days[] = {"tdD", "tdm"};
    static const char *const longs[] = {"l"}, *const decimals[] = {"d:19,%d", "d:38,%d,128"};
    static char decimal[32];
    switch (a->dtype) {
    case TSL_F64:
        return "g";
    case TSL_F32:
        return "f";
    case TSL_I32:
        return "i";
    case TSL_I64:
        return choose(s, longs, 1);
    case TSL_DECIMAL64:
        snprintf(decimal, sizeof decimal, s->form % 2 ? decimals[1] : decimals[0], a->scale);
        return decimal;
    case TSL_BOOL8:
        return "b";
    case TSL_DAY32:
        return choose(s, days, 2);
    case TSL_SECOND64:
        return choose(s, times, 4);
    case TSL_TEXT:
        return choose(s, texts, 3);
    default:
        return choose(s, indices, 6);
    }
}

/* ---- Schemas ------------------------------------------------------------------ */

static UNUSED void release_schema(struct ArrowSchema *schema)
{
    for (int64_t i = 0; i < schema->n_children; i++) {
        if (schema->children[i]->release)
            schema->children[i]->release(schema->children[i]);
        free(schema->children[i]);
    }
    if (schema->dictionary) {
        schema->dictionary->release(schema->dictionary);
        free(schema->dictionary);
    }
    free(schema->children);
    free((void *)(uintptr_t)schema->format);
    free((void *)(uintptr_t)schema->name);
    schema->release = NULL;
    in_use--;
}

static UNUSED void make_schema(struct ArrowSchema *out, const char *format, const char *name)
{
    *out = (struct ArrowSchema){.format = strdup(format), .name = strdup(name ? name : ""), .release = release_schema};
    in_use++;
}

static UNUSED int get_schema(struct ArrowArrayStream *stream, struct ArrowSchema *out)
{
    const stream_state *s = stream->private_data;
    make_schema(out, "+s", NULL);
    out->n_children = (int64_t)s->count;
    out->children = calloc(s->count + 1, sizeof(struct ArrowSchema *));
    for (size_t i = 0; i < s->count; i++) {
        out->children[i] = calloc(1, sizeof *out->children[i]);
        make_schema(out->children[i], format_of(s, &s->array[i]), s->array[i].name);
        if (s->array[i].dtype == TSL_CODE32) {
            out->children[i]->dictionary = calloc(1, sizeof(struct ArrowSchema));
            make_schema(out->children[i]->dictionary, s->form % 2 ? "u" : "U", NULL);
        }
    }
    return 0;
}

/* ---- Arrays ------------------------------------------------------------------- */

static UNUSED void release_array(struct ArrowArray *array)
{
    for (int64_t i = 0; i < array->n_buffers; i++)
        free((void *)(uintptr_t)array->buffers[i]);
    for (int64_t i = 0; i < array->n_children; i++) {
        if (array->children[i]->release)
            array->children[i]->release(array->children[i]);
        free(array->children[i]);
    }
    if (array->dictionary) {
        array->dictionary->release(array->dictionary);
        free(array->dictionary);
    }
    free(array->buffers);
    free(array->children);
    array->release = NULL;
    in_use--;
}

static UNUSED void make_array(struct ArrowArray *out, size_t length, size_t offset, size_t buffers)
{
    *out = (struct ArrowArray){.length = (int64_t)length,
                               .null_count = -1,
                               .offset = (int64_t)offset,
                               .n_buffers = (int64_t)buffers,
                               .buffers = calloc(buffers + 1, sizeof(void *)),
                               .release = release_array};
    in_use++;
}

static UNUSED int is_there(const tsl_array *a, size_t row)
{
    return !a->valid || (a->valid[row / 8] >> row % 8 & 1);
}

static UNUSED int64_t integer_at(const tsl_array *a, size_t row)
{
    static const size_t width[] = {
        [TSL_F64] = 8,   [TSL_F32] = 4,   [TSL_I32] = 4,      [TSL_I64] = 8,  [TSL_DECIMAL64] = 8,
        [TSL_BOOL8] = 1, [TSL_DAY32] = 4, [TSL_SECOND64] = 8, [TSL_TEXT] = 8, [TSL_CODE32] = 4};
    size_t n = width[a->dtype];
    const char *at = (const char *)a->data + row * (a->stride ? a->stride : n);
    int64_t eight;
    int32_t four;
    if (n == 8)
        return memcpy(&eight, at, 8), eight;
    if (n == 4)
        return memcpy(&four, at, 4), four;
    return *at;
}

static UNUSED const char *string_at(const tsl_array *a, size_t row)
{
    const char *text;
    memcpy(&text, (const char *)a->data + row * (a->stride ? a->stride : sizeof text), sizeof text);
    return text;
}

/* Texts between offsets, or views; `get` gives them, NULL for what is missing. */
static UNUSED void fill_texts(struct ArrowArray *out, const char *format, const char **text, size_t count)
{
    size_t bytes = 0, at = 0, views = format[0] == 'v', wide = format[0] == 'U';
    for (size_t i = 0; i < count; i++)
        bytes += text[i] ? strlen(text[i]) : 0;
    char *data = malloc(bytes + 1), *index = calloc(count + 1, views ? 16 : wide ? 8 : 4);
    for (size_t i = 0; i < count; i++) {
        size_t n = text[i] ? strlen(text[i]) : 0;
        if (n)
            memcpy(data + at, text[i], n);
        if (views) {
            int32_t view[4] = {(int32_t)n, 0, 0, (int32_t)at};
            if (n <= 12 && n)
                memcpy(&view[1], text[i], n);
            else if (n)
                memcpy(&view[1], text[i], 4);
            memcpy(index + 16 * i, view, 16);
        }
        at += n;
        if (!views && wide)
            ((int64_t *)(void *)index)[i + 1] = (int64_t)at;
        if (!views && !wide)
            ((int32_t *)(void *)index)[i + 1] = (int32_t)at;
    }
    out->buffers[1] = index;
    out->buffers[2] = data;
    if (views) {
        int64_t *sizes = malloc(sizeof *sizes);
        sizes[0] = (int64_t)bytes;
        out->buffers[3] = sizes;
    }
}

static UNUSED void put_integer(void *to, size_t width, size_t i, int64_t value)
{
    memcpy((char *)to + i * width, &value, width);
}

/* The values of rows [begin, begin + rows), behind `offset` ones that are nothing. */
static UNUSED void make_column(const stream_state *s, const tsl_array *a, size_t begin, size_t rows,
                               struct ArrowArray *out)
{
    const char *format = format_of(s, a);
    int64_t unit = format[0] != 't'   ? 1
                   : format[2] == 'm' ? 1000
                   : format[2] == 'u' ? 1000000
                   : format[2] == 'n' ? 1000000000
                                      : 1;
    size_t all = s->offset + rows, is_text = strchr("uUv", format[0]) != NULL;
    size_t width = strchr("lLg", format[0])     ? 8
                   : strchr("iIf", format[0])   ? 4
                   : format[0] == 's'           ? 2
                   : format[0] == 'c'           ? 1
                   : format[0] == 'd'           ? 16
                   : strcmp(format, "tdD") == 0 ? 4
                                                : 8;
    uint8_t *valid = calloc(all / 8 + 1, 1);
    make_array(out, rows, s->offset, is_text ? format[0] == 'v' ? 4 : 3 : 2);
    out->buffers[0] = valid;
    const char **text = calloc(all + 1, sizeof *text);
    char *data = is_text ? NULL : calloc(all + 1, width);
    memset(data ? data : (char *)valid, 0, 1);
    for (size_t i = s->offset; i < all; i++) {
        size_t row = begin + i - s->offset;
        if (is_text)
            text[i] = string_at(a, row);
        int there = is_there(a, row) && (!is_text || text[i]);
        int64_t value = is_text || a->dtype == TSL_F64 || a->dtype == TSL_F32 ? 0 : integer_at(a, row);
        there = there && !(a->dtype == TSL_CODE32 && value < 0) && !(a->dtype == TSL_DAY32 && value == TSL_NO_DAY) &&
                !((a->dtype == TSL_SECOND64 || a->dtype == TSL_DECIMAL64) && value == TSL_MISSING_INT);
        if (!there)
            continue;
        valid[i / 8] = (uint8_t)(valid[i / 8] | 1u << i % 8);
        if (a->dtype == TSL_BOOL8)
            data[i / 8] = (char)(data[i / 8] | (value != 0) << i % 8);
        else if (a->dtype == TSL_DECIMAL64) {
            __int128 units = value;
            memcpy(data + 16 * i, &units, 16);
        } else if (a->dtype == TSL_DAY32 && width == 8)
            put_integer(data, width, i, value * 86400000);
        else if (a->dtype == TSL_F64 || a->dtype == TSL_F32 || !is_text)
            put_integer(data, width, i,
                        a->dtype == TSL_SECOND64 ? value * unit + (unit > 1 ? 7 : 0) : integer_at(a, row));
    }
    if (is_text)
        fill_texts(out, format, text, all);
    else
        out->buffers[1] = data;
    free((void *)text);
    if (a->dtype == TSL_CODE32) {
        out->dictionary = calloc(1, sizeof *out->dictionary);
        make_array(out->dictionary, a->level_count, 0, 3);
        fill_texts(out->dictionary, s->form % 2 ? "u" : "U", (const char **)(uintptr_t)a->level, a->level_count);
    }
}

static UNUSED int get_next(struct ArrowArrayStream *stream, struct ArrowArray *out)
{
    stream_state *s = stream->private_data;
    *out = (struct ArrowArray){.release = NULL};
    if (s->fail_at && ++s->batches == s->fail_at)
        return s->error;
    if (s->next >= s->rows)
        return 0;
    size_t rows = s->rows - s->next < s->batch ? s->rows - s->next : s->batch;
    make_array(out, rows, 0, 1);
    out->n_children = (int64_t)s->count;
    out->children = calloc(s->count + 1, sizeof(struct ArrowArray *));
    for (size_t i = 0; i < s->count; i++) {
        out->children[i] = calloc(1, sizeof *out->children[i]);
        make_column(s, &s->array[i], s->next, rows, out->children[i]);
    }
    s->next += rows;
    return 0;
}

static UNUSED const char *get_last_error(struct ArrowArrayStream *stream)
{
    (void)stream;
    return "the producer is tired";
}

static UNUSED void release_stream(struct ArrowArrayStream *stream)
{
    free(stream->private_data);
    stream->release = NULL;
    in_use--;
}

static UNUSED stream_state *make_stream(struct ArrowArrayStream *out, const tsl_array *array, size_t count, size_t rows)
{
    stream_state *s = calloc(1, sizeof *s);
    *s = (stream_state){.array = array, .count = count, .rows = rows, .batch = rows ? rows : 1};
    *out = (struct ArrowArrayStream){get_schema, get_next, get_last_error, release_stream, s};
    in_use++;
    return s;
}

#endif
