/*
 * json.c: JSON documents: Jansson holds the tree and quotes the texts; numbers
 * and layout are printed here, for Jansson 2.14 prints 0.1 with 17 digits.
 */
#include "output/json/json.h"

#include "base/calendar.h"
#include "base/error.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

void tsl__json_set(tsl__json *doc, json_t *object, const char *key, json_t *value)
{
    if (json_object_set_new(object, key, value)) {
        doc->failed = 1;
    }
}

void tsl__json_push(tsl__json *doc, json_t *array, json_t *value)
{
    if (json_array_append_new(array, value)) {
        doc->failed = 1;
    }
}

json_t *tsl__json_set_object(tsl__json *doc, json_t *object, const char *key)
{
    tsl__json_set(doc, object, key, json_object());
    return json_object_get(object, key);
}

json_t *tsl__json_set_array(tsl__json *doc, json_t *object, const char *key)
{
    tsl__json_set(doc, object, key, json_array());
    return json_object_get(object, key);
}

static json_t *push(tsl__json *doc, json_t *array, json_t *value)
{
    tsl__json_push(doc, array, value);
    return json_array_size(array) ? json_array_get(array, json_array_size(array) - 1) : NULL;
}

json_t *tsl__json_push_object(tsl__json *doc, json_t *array)
{
    return push(doc, array, json_object());
}

json_t *tsl__json_push_array(tsl__json *doc, json_t *array)
{
    return push(doc, array, json_array());
}

void tsl__json_set_langs(tsl__json *doc, json_t *object, const char *key, const char *en, const char *zh)
{
    json_t *langs = tsl__json_set_object(doc, object, key);
    tsl__json_set(doc, langs, "en", tsl__json_text(en));
    tsl__json_set(doc, langs, "zh", tsl__json_text(zh));
}

void tsl__json_set_parsed(tsl__json *doc, json_t *object, const char *key, const char *text)
{
    json_t *value = text ? json_loads(text, JSON_DECODE_ANY, NULL) : json_null();
    if (!value) {
        doc->bad = key;
        return;
    }
    tsl__json_set(doc, object, key, value);
}

json_t *tsl__json_number(double value)
{
    return isfinite(value) ? json_real(value) : json_null();
}

json_t *tsl__json_count(uint64_t value)
{
    /* Beyond it a reader that keeps numbers as doubles would lose digits. */
    return value <= TSL__GREATEST_WHOLE ? json_integer((json_int_t)value)
                                        : json_sprintf("%llu", (unsigned long long)value);
}

json_t *tsl__json_decimal(int64_t value)
{
    return value == TSL_MISSING_INT ? json_null() : json_real((double)value / (double)TSL_DECIMAL_ONE);
}

json_t *tsl__json_text(const char *text)
{
    if (!text) {
        return json_null();
    }
    tsl__text whole = {0};
    for (size_t left = strlen(text); left;) {
        size_t valid = tsl__utf8_check(text, left);
        tsl__text_append(&whole, text, valid);
        text += valid;
        left -= valid;
        if (left) {
            tsl__text_puts(&whole, "\xEF\xBF\xBD");
            text++;
            left--;
        }
    }
    char *copy = tsl__text_take(&whole);
    json_t *value = copy ? json_string(copy) : NULL;
    free(copy);
    return value;
}

json_t *tsl__json_day(int32_t day)
{
    char text[11];
    if (day == TSL_NO_DAY) {
        return json_null();
    }
    tsl_day_write(day, text);
    return json_string(text);
}

json_t *tsl__json_time(int64_t time, int with_hour)
{
    char text[11];
    if (time == TSL_MISSING_INT) {
        return json_null();
    }
    int32_t day = tsl__time_day(time);
    if (!with_hour) {
        return tsl__json_day(day);
    }
    int second = (int)(time - (int64_t)day * TSL__DAY_SECONDS);
    tsl_day_write(day, text);
    return json_sprintf("%sT%02d:%02d:%02d", text, second / 3600, second / 60 % 60, second % 60);
}

/* Texts and the three words, by Jansson. */
static void print_scalar(const json_t *value, tsl__text *out)
{
    char *text = json_dumps(value, JSON_ENCODE_ANY);
    if (text) {
        tsl__text_puts(out, text);
    } else {
        out->failed = 1;
    }
    free(text);
}

static void print_break(tsl__text *out, int depth)
{
    tsl__text_printf(out, "\n%*s", 2 * depth, "");
}

static void print_value(const json_t *value, int depth, tsl__text *out);

static void print_object(json_t *object, int depth, tsl__text *out)
{
    const char *key;
    json_t *member, *quoted;
    const char *lead = "{";
    json_object_foreach(object, key, member)
    {
        tsl__text_puts(out, lead);
        print_break(out, depth + 1);
        quoted = json_string(key);
        print_scalar(quoted, out);
        json_decref(quoted);
        tsl__text_puts(out, ": ");
        print_value(member, depth + 1, out);
        lead = ",";
    }
    if (json_object_size(object)) {
        print_break(out, depth);
        tsl__text_puts(out, "}");
    } else {
        tsl__text_puts(out, "{}");
    }
}

static void print_array(const json_t *array, int depth, tsl__text *out)
{
    size_t count = json_array_size(array);
    for (size_t i = 0; i < count; i++) {
        tsl__text_puts(out, i ? "," : "[");
        print_break(out, depth + 1);
        print_value(json_array_get(array, i), depth + 1, out);
    }
    if (count) {
        print_break(out, depth);
        tsl__text_puts(out, "]");
    } else {
        tsl__text_puts(out, "[]");
    }
}

static void print_value(const json_t *value, int depth, tsl__text *out)
{
    switch (json_typeof(value)) {
    case JSON_OBJECT:
        print_object((json_t *)(uintptr_t)value, depth, out); /* Jansson's iteration is not const */
        break;
    case JSON_ARRAY:
        print_array(value, depth, out);
        break;
    case JSON_REAL:
        tsl__text_double(out, json_real_value(value));
        break;
    default:
        print_scalar(value, out);
    }
}

void tsl__json_print(const json_t *value, tsl__text *out)
{
    print_value(value, 0, out);
    tsl__text_puts(out, "\n");
}

tsl_status tsl__json_take(tsl__json *doc, char **text, tsl_error *err)
{
    tsl__text out = {0};
    *text = NULL;
    if (doc->root && !doc->failed && !doc->bad) {
        tsl__json_print(doc->root, &out);
        *text = tsl__text_take(&out);
    }
    json_decref(doc->root);
    doc->root = NULL;
    if (doc->bad) {
        return tsl__error_set(err, TSL_E_INTERNAL, "%s: the text that was handed over is not valid JSON", doc->bad);
    }
    return *text ? TSL_OK : tsl__error_nomem(err);
}
