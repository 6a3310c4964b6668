/* cell_array.c: from the bytes of a column in memory to what its cells hold. */
#include "table/cell/cell_array.h"

#include <math.h>

#include "base/calendar.h"
#include "base/text.h"
#include "table/cell/stored.h"

/* Seconds of UTC that zones have a clock for: of the years 1 to 9999. */
#define LEAST_CLOCK INT64_C(-62135596800)
#define MOST_CLOCK INT64_C(253402300799)

static int is_valid(const tsl__cell_array *c, size_t row)
{
    size_t bit = c->valid_from + row;
    return !c->valid || (c->valid[bit / 8] >> bit % 8 & 1);
}

static int64_t read_begin(const tsl__cell_array *c, size_t row)
{
    size_t width = c->layout == TSL__LAYOUT_OFFSETS32 ? 4 : 8;
    return tsl__stored_signed(tsl__stored_bits(c->begins + row * width, width, 0), width);
}

/* Arrow's views: the length, then the text itself where it is 12 bytes or less, else four bytes of it, the number of a
 * buffer and the place in it. */
#define VIEW_WITHIN 12

static int64_t read_view_part(const tsl__cell_array *c, size_t row, size_t at)
{
    return tsl__stored_signed(tsl__stored_bits(c->data + row * c->stride + at, 4, 0), 4);
}

static tsl__span read_view(const tsl__cell_array *c, size_t row)
{
    size_t length = (size_t)read_view_part(c, row, 0);
    if (length <= VIEW_WITHIN) {
        return (tsl__span){(const char *)c->data + row * c->stride + 4, length};
    }
    const unsigned char *buffer = c->buffer[read_view_part(c, row, 8)];
    return (tsl__span){(const char *)buffer + read_view_part(c, row, 12), length};
}

static int check_view(const tsl__cell_array *c, size_t row)
{
    int64_t length = read_view_part(c, row, 0);
    if (length <= VIEW_WITHIN) {
        return length < 0 ? -1 : 0;
    }
    int64_t buffer = read_view_part(c, row, 8), at = read_view_part(c, row, 12);
    if (buffer < 0 || buffer >= (int64_t)c->buffers || !c->sizes || !c->buffer[buffer] || at < 0) {
        return -1;
    }
    int64_t size = tsl__stored_signed(tsl__stored_bits(c->sizes + (size_t)buffer * 8, 8, 0), 8);
    return length <= size && at <= size - length ? 0 : -1;
}

/* Offsets rise also where a text is missing; what a missing view says does not matter. */
int tsl__cell_array_check(const tsl__cell_array *c, size_t rows)
{
    int offsets = c->layout == TSL__LAYOUT_OFFSETS32 || c->layout == TSL__LAYOUT_OFFSETS64;
    if (!rows || !(offsets || c->layout == TSL__LAYOUT_VIEW)) {
        return 0;
    }
    int64_t begin = offsets ? read_begin(c, 0) : 0, end = begin;
    int bad = begin < 0;
    for (size_t row = 0; row < rows && !bad; row++) {
        if (offsets) {
            int64_t next = read_begin(c, row + 1);
            bad = next < end;
            end = next;
        } else {
            bad = is_valid(c, row) && check_view(c, row);
        }
    }
    return bad || (begin < end && !c->data) ? -1 : 0;
}

static tsl__span read_text(const tsl__cell_array *c, size_t row)
{
    const char *text;
    int64_t begin, end;
    switch (c->layout) {
    case TSL__LAYOUT_POINTER:
        memcpy(&text, c->data + row * c->stride, sizeof text);
        return text ? tsl__span_make(text) : (tsl__span){NULL, 0};
    case TSL__LAYOUT_VIEW:
        return read_view(c, row);
    case TSL__LAYOUT_FIXED:
        text = (const char *)c->data + row * c->stride;
        for (begin = 0, end = (int64_t)c->width; end > begin && !text[end - 1];) {
            end--;
        }
        return (tsl__span){text, (size_t)end};
    default:
        begin = read_begin(c, row);
        end = read_begin(c, row + 1);
        return begin < end ? (tsl__span){(const char *)c->data + begin, (size_t)(end - begin)} : (tsl__span){"", 0};
    }
}

static void get_text(const tsl__cell_array *c, size_t row, tsl__typed *out)
{
    tsl__span text = read_text(c, row);
    if (!text.s) {
        return;
    }
    int sound = (text.n == 0 || !memchr(text.s, 0, text.n)) && tsl__utf8_check(text.s, text.n) == text.n;
    out->form = sound ? TSL__TYPED_TEXT : TSL__TYPED_ENCODING;
    out->text = sound ? tsl__cell_trim(text) : text;
}

static void get_float(const tsl__cell_array *c, size_t row, tsl__typed *out)
{
    out->number = tsl__stored_float(tsl__stored_bits(c->data + row * c->stride, c->width, 0), c->width);
    out->is_single = c->width < sizeof(double);
    out->greatest_whole = tsl__stored_greatest_whole(c->width);
    out->form = isnan(out->number) ? TSL__TYPED_MISSING : TSL__TYPED_NUMBER;
}

/* 0 where it means missing. */
static int read_integer(const tsl__cell_array *c, size_t row, __int128 *value)
{
    const unsigned char *at = c->data + row * c->stride;
    if (c->layout == TSL__LAYOUT_BIT) {
        size_t bit = c->from + row;
        *value = c->data[bit / 8] >> bit % 8 & 1;
        return 1;
    }
    if (c->layout == TSL__LAYOUT_WIDE) {
        memcpy(value, at, sizeof *value);
        return 1;
    }
    uint64_t bits = tsl__stored_bits(at, c->width, 0);
    if (c->layout == TSL__LAYOUT_UNSIGNED) {
        *value = bits;
        return 1;
    }
    *value = tsl__stored_signed(bits, c->width);
    return !(c->missing_least && bits == UINT64_C(1) << (8 * c->width - 1)) && !(c->missing_below && *value == -1);
}

static int64_t floor_divide(int64_t a, int64_t b)
{
    return a / b - (a % b < 0);
}

/* Seconds of UTC by the clock to be read. */
static int64_t read_clock(const tsl__cell_array *c, int64_t utc)
{
    int64_t seconds;
    const int is_of_clock = c->clock && utc > LEAST_CLOCK && utc < MOST_CLOCK;
    return __builtin_add_overflow(utc, is_of_clock ? tsl__zone_get_offset(c->clock, utc) : c->zone, &seconds)
               ? INT64_MAX
               : seconds;
}

static void get_integer(const tsl__cell_array *c, size_t row, tsl__typed *out)
{
    __int128 value;
    if (!read_integer(c, row, &value)) {
        return;
    }
    out->units = value;
    out->places = 0;
    switch (c->content) {
    case TSL__CONTENT_NUMBER:
        out->places = c->places;
        out->form = TSL__TYPED_DECIMAL;
        break;
    case TSL__CONTENT_BOOLEAN:
        out->units = value != 0;
        out->form = TSL__TYPED_BOOLEAN;
        break;
    case TSL__CONTENT_DAY:
        out->seconds = (int64_t)value * TSL__DAY_SECONDS;
        out->form = TSL__TYPED_DAY;
        break;
    case TSL__CONTENT_TIME:
        out->seconds = read_clock(c, floor_divide((int64_t)value, c->per_second));
        out->per_second = c->per_second;
        out->form = TSL__TYPED_TIME;
        break;
    case TSL__CONTENT_CODE:
        if (value >= 0 && value < (__int128)c->level_count) {
            tsl__cell_array_get(c->levels, (size_t)value, out);
        } else {
            out->form = TSL__TYPED_CODE;
        }
        break;
    }
}

void tsl__cell_array_get(const tsl__cell_array *c, size_t row, tsl__typed *out)
{
    out->form = TSL__TYPED_MISSING;
    if (!is_valid(c, row)) {
        return;
    }
    switch (c->layout) {
    case TSL__LAYOUT_NULL:
    case TSL__LAYOUT_UNKNOWN:
        break;
    case TSL__LAYOUT_FLOAT:
        get_float(c, row, out);
        break;
    case TSL__LAYOUT_POINTER:
    case TSL__LAYOUT_FIXED:
    case TSL__LAYOUT_OFFSETS32:
    case TSL__LAYOUT_OFFSETS64:
    case TSL__LAYOUT_VIEW:
        get_text(c, row, out);
        break;
    default:
        get_integer(c, row, out);
    }
}
